//! No false alarm: shapes of graphs that are right, each of which compiles and runs as it is written.
#![cfg(test)]

use graph_core::prelude::*;

/// What ran.
#[derive(State, Clone, Debug, Default)]
struct Trace {
    #[state(input)]
    n: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
    #[state(reduce = Sum)]
    ran: u64,
    note: Late<String>,
    mark: Option<u8>,
}

#[derive(Update, Clone, Debug)]
#[update(Trace)]
struct Ran {
    log: Vec<String>,
    ran: u64,
}

fn ran(name: &str) -> Ran {
    Ran { log: vec![name.to_owned()], ran: 1 }
}

macro_rules! nodes {
    ($($name:ident)*) => {
        $(
            #[node]
            fn $name(_: &Trace) -> Ran {
                ran(stringify!($name))
            }
        )*
    };
}

nodes!(a b c d e f g h);

#[node]
fn item(name: String) -> Ran {
    Ran { log: vec![name], ran: 1 }
}

#[derive(Update, Clone, Debug)]
#[update(Trace)]
struct Noted {
    note: String,
    mark: Option<u8>,
}

/// Writes what has no reducer.
#[node]
fn write(_: &Trace) -> Noted {
    Noted { note: "note".to_owned(), mark: Some(1) }
}

/// Reads what is not there at first.
#[node]
fn read(Trace { note, .. }: &Trace) -> Ran {
    ran(note)
}

#[derive(Update, Clone, Debug)]
#[update(Trace)]
struct Maybe {
    #[update(maybe)]
    mark: Option<Option<u8>>,
}

#[node]
fn maybe(_: &Trace) -> Maybe {
    Maybe { mark: None }
}

macro_rules! shapes {
    ($($name:ident($n:literal) { $($items:tt)* } => $log:literal)*) => {
        $(
            #[test]
            fn $name() {
                graph! {
                    Shape<Trace> { $($items)* }
                }
                let state = Shape::new().run(TraceInput { n: $n }).blocking().unwrap();
                assert_eq!(state.log.join(" "), $log);
            }
        )*
    };
}

shapes! {
    one_node(0) {
        START -> a -> END;
    } => "a"

    a_line(0) {
        START -> a -> b -> c -> END;
    } => "a b c"

    a_line_in_pieces(0) {
        a -> b;
        START -> a;
        b -> END;
    } => "a b"

    two_starts(0) {
        START -> [a, b];
        [a, b] -> END;
    } => "a b"

    starts_in_two_edges(0) {
        START -> a;
        START -> b;
        a -> END;
        b -> END;
    } => "a b"

    conditional_entry(1) {
        START -> |s| if s.n > 0 { a } else { b };
        a -> END;
        b -> END;
    } => "a"

    entry_that_may_end(0) {
        START -> |s| if s.n > 0 { a } else { END };
        a -> END;
    } => ""

    a_diamond(0) {
        START -> a -> [b, c] -> d -> END;
    } => "a b c d"

    a_diamond_by_edges(0) {
        START -> a -> [b, c];
        b -> d;
        c -> d;
        d -> END;
    } => "a b c d"

    a_diamond_in_a_diamond(0) {
        START -> a -> [b, c];
        b -> [d, e] -> f;
        c -> g;
        [f, g] -> h -> END;
    } => "a b c d e g f h"

    diamonds_in_a_row(0) {
        START -> a -> [b, c] -> d -> [e, f] -> g -> END;
    } => "a b c d e f g"

    a_join_of_unequal_branches(0) {
        START -> a -> [b, c];
        c -> d;
        [b, d] -> e -> END;
    } => "a b c d e"

    unequal_branches_into_a_deferred_node(0) {
        START -> a -> [b, c];
        c -> d -> e;
        b -> e -> END;
        defer e;
    } => "a b c d e"

    a_deferred_node_in_a_loop(3) {
        START -> a;
        a -> |s| if s.ran < s.n { a } else { END };
        defer a;
    } => "a a a"

    late_before_a_deferred_node(0) {
        START -> [a, b];
        b -> c -> write -> END;
        a -> read -> END;
        defer read;
    } => "a b c note"

    deferred_nodes_one_after_the_other_write_one_field(0) {
        START -> [a, write];
        a -> write as again -> END;
        write -> END;
        defer again;
    } => "a"

    a_join_of_three(0) {
        START -> [a, b, c] -> d -> END;
    } => "a b c d"

    a_join_to_two(0) {
        START -> [a, b] -> [c, d];
        [c, d] -> END;
    } => "a b c d"

    two_joins_of_one_source(0) {
        START -> [a, b, c];
        [a, b] -> d -> END;
        [b, c] -> e -> END;
    } => "a b c d e"

    branches_of_their_own(0) {
        START -> a -> [b, c];
        b -> d -> END;
        c -> e -> f -> END;
    } => "a b c d e f"

    a_loop_with_an_exit(3) {
        START -> a;
        a -> |s| if s.ran < s.n { a } else { END };
    } => "a a a"

    a_loop_of_two(4) {
        START -> a -> b;
        b -> |s| if s.ran < s.n { a } else { END };
    } => "a b a b"

    a_loop_left_in_the_middle(3) {
        START -> a;
        a -> |s| if s.ran > s.n { END } else { b };
        b -> a;
    } => "a b a b a"

    a_loop_in_a_loop(6) {
        START -> a -> b;
        b -> |s| match s.ran {
            ran if ran > s.n => END,
            ran if ran % 2 == 0 => b,
            _ => a,
        };
    } => "a b b a b a b"

    a_loop_around_a_diamond(5) {
        START -> a -> [b, c] -> d;
        d -> |s| if s.ran < s.n { a } else { END };
    } => "a b c d a b c d"

    a_tool_loop(2) {
        START -> a;
        a -> |s| if s.ran < s.n { b } else { END };
        b -> a;
    } => "a b a"

    a_router_to_a_join(0) {
        START -> a;
        a -> |_| [b, c];
        [b, c] -> d -> END;
    } => "a b c d"

    a_router_that_forks_or_not(1) {
        START -> a;
        a -> |s| if s.n > 0 { [b, c] } else { d };
        b -> d;
        c -> d;
        d -> END;
    } => "a b c d"

    nested_routers(2) {
        START -> |s| match s.n {
            0 => END,
            1 => if s.ran > 0 { a } else { b },
            _ => match s.log.len() { 0 => c, _ => d },
        };
        a -> END;
        b -> END;
        c -> END;
        d -> END;
    } => "c"

    blocks_in_routers(2) {
        START -> a;
        a -> |s| {
            let twice = s.n * 2;
            let more = twice > 3;
            if more { b } else { END }
        };
        b -> END;
    } => "a b"

    if_let_in_routers(0) {
        START -> a;
        a -> |s| if let Some(mark) = s.mark { if mark > 3 { b } else { c } } else { d };
        b -> END;
        c -> END;
        d -> END;
    } => "a d"

    routers_one_after_the_other(0) {
        START -> a;
        a -> |s| if s.n > 0 { b } else { c };
        b -> END;
        c -> |s| if s.ran > 3 { END } else { d };
        d -> END;
    } => "a c d"

    many_tasks(3) {
        START -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> END;
    } => "0 1 2"

    no_task_at_all(0) {
        START -> a;
        a -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> END;
    } => "a"

    many_tasks_and_a_gathering(2) {
        START -> a;
        a -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> b -> END;
    } => "a 0 1 b"

    many_tasks_in_a_list(2) {
        START -> |s| [a, for i in 0..s.n { item(i.to_string()) }];
        a -> END;
        item -> END;
    } => "a 0 1"

    two_kinds_of_tasks(2) {
        START -> |s| [
            for i in 0..s.n { item(i.to_string()) },
            for i in 0..s.n { item(format!("x{i}")) },
        ];
        item -> END;
    } => "0 1 x0 x1"

    tasks_that_send_tasks(1) {
        START -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> |s| if s.ran < 3 { for i in 0..s.n { item(format!("again {i}")) } } else { END };
    } => "0 again 0 again 0"

    a_list_of_routers(1) {
        START -> |s| [a, if s.n > 0 { b } else { c }, if s.n > 1 { d } else { END }];
        a -> END;
        b -> END;
        c -> END;
        d -> END;
    } => "a b"

    one_node_under_three_names(0) {
        START -> a -> a as second -> a as third -> END;
    } => "a a a"

    alternatives_that_meet(1) {
        START -> |s| if s.n > 0 { a } else { b };
        a -> c;
        b -> c;
        c -> END;
    } => "a c"

    late_on_every_path(0) {
        START -> |s| if s.n > 0 { write } else { a };
        a -> write as later -> read;
        write -> read;
        read -> END;
    } => "a note"

    late_before_a_loop(2) {
        START -> write -> read;
        read -> |s| if s.ran < s.n { read } else { END };
    } => "note note"

    late_behind_a_join(0) {
        START -> [write, a] -> read -> END;
    } => "a note"

    alternatives_that_write_one_field(0) {
        START -> |s| if s.n > 0 { write } else { write as other };
        write -> END;
        other -> END;
    } => ""

    one_after_the_other_write_one_field(0) {
        START -> write -> a -> write as again -> END;
    } => "a"

    a_write_that_may_be_none(0) {
        START -> maybe -> a -> END;
    } => "a"

    end_beside_a_node(0) {
        START -> a;
        a -> |s| [b, if s.n > 0 { c } else { END }];
        b -> END;
        c -> END;
    } => "a b"

    a_wide_fork(0) {
        START -> [a as w0, a as w1, a as w2, a as w3, a as w4, a as w5, a as w6, a as w7, a as w8, a as w9, a as
            w10, a as w11, a as w12, a as w13, a as w14, a as w15, a as w16, a as w17, a as w18, a as w19, a as w20,
            a as w21, a as w22, a as w23, a as w24, a as w25, a as w26, a as w27, a as w28, a as w29, a as w30, a as
            w31, a as w32, a as w33, a as w34, a as w35, a as w36, a as w37, a as w38, a as w39] -> b -> END;
    } => "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a b"

    a_hundred_nodes(0) {
        START -> a as n0 -> a as n1 -> a as n2 -> a as n3 -> a as n4 -> a as n5 -> a as n6 -> a as n7 -> a as n8
            -> a as n9 -> a as n10 -> a as n11 -> a as n12 -> a as n13 -> a as n14 -> a as n15 -> a as n16 -> a as
            n17 -> a as n18 -> a as n19 -> a as n20 -> a as n21 -> a as n22 -> a as n23 -> a as n24 -> a as n25 -> a
            as n26 -> a as n27 -> a as n28 -> a as n29 -> a as n30 -> a as n31 -> a as n32 -> a as n33 -> a as n34 ->
            a as n35 -> a as n36 -> a as n37 -> a as n38 -> a as n39 -> a as n40 -> a as n41 -> a as n42 -> a as n43
            -> a as n44 -> a as n45 -> a as n46 -> a as n47 -> a as n48 -> a as n49 -> a as n50 -> a as n51 -> a as
            n52 -> a as n53 -> a as n54 -> a as n55 -> a as n56 -> a as n57 -> a as n58 -> a as n59 -> a as n60 -> a
            as n61 -> a as n62 -> a as n63 -> a as n64 -> a as n65 -> a as n66 -> a as n67 -> a as n68 -> a as n69 ->
            a as n70 -> a as n71 -> a as n72 -> a as n73 -> a as n74 -> a as n75 -> a as n76 -> a as n77 -> a as n78
            -> a as n79 -> a as n80 -> a as n81 -> a as n82 -> a as n83 -> a as n84 -> a as n85 -> a as n86 -> a as
            n87 -> a as n88 -> a as n89 -> a as n90 -> a as n91 -> a as n92 -> a as n93 -> a as n94 -> a as n95 -> a
            as n96 -> a as n97 -> a as n98 -> a as n99 -> END;
    } => "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a"
}
