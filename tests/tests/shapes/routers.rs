//! Routers: every form of Rust's control flow.

use super::*;

shapes! {
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

    a_list_of_routers(1) {
        START -> |s| [a, if s.n > 0 { b } else { c }, if s.n > 1 { d } else { END }];
        a -> END;
        b -> END;
        c -> END;
        d -> END;
    } => "a b"

    alternatives_that_meet(1) {
        START -> |s| if s.n > 0 { a } else { b };
        a -> c;
        b -> c;
        c -> END;
    } => "a c"

    end_beside_a_node(0) {
        START -> a;
        a -> |s| [b, if s.n > 0 { c } else { END }];
        b -> END;
        c -> END;
    } => "a b"
}
