use quote::quote;

use super::{exits, joins, loops, meetings, reachability, start};
use crate::diagnostics::Diagnostics;
use crate::graph::model::{Model, model, steps};
use crate::graph::parse;

fn messages(items: &str, check: impl FnOnce(&Model, &Diagnostics)) -> Vec<String> {
    let items: proc_macro2::TokenStream = items.parse().unwrap();
    let diagnostics = Diagnostics::new();
    let graph = parse::graph(quote!([::graph_core] ChatGraph<ChatState> { #items }), &diagnostics).unwrap();
    let model = model(&graph, &diagnostics);
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.messages());
    check(&model, &diagnostics);
    diagnostics.messages()
}

const NONE: [&str; 0] = [];

#[test]
fn start() {
    let check = |items| {
        messages(items, |model, diagnostics| {
            let leads = start::leads_to_a_node(model, diagnostics);
            assert_eq!(leads, diagnostics.is_empty());
        })
    };
    assert_eq!(check("START -> a -> END;"), NONE);
    assert_eq!(check("a -> END;"), ["`ChatGraph` never starts"]);
    assert_eq!(check("start -> a -> END;"), ["`start` is taken for a node"]);
    assert_eq!(check("START -> END;"), ["`ChatGraph` runs nothing"]);
}

#[test]
fn reachability() {
    let check = |items| messages(items, reachability::every_node_is_between_start_and_end);
    assert_eq!(
        check("START -> a -> END; b -> b2; b2 -> END;"),
        ["node `b` can never run: nothing leads to it from START"]
    );
    assert_eq!(check("START -> a -> END; c -> d -> c;"), ["node `c` can never run: nothing leads to it from START"]);
    assert_eq!(check("START -> [a, b]; b -> END;"), ["nothing follows `a`"]);
    assert_eq!(check("START -> a -> __end__;"), ["`__end__` is taken for a node"]);
    assert_eq!(check("START -> outlin; outline -> END;"), ["nothing leads to `outline`, and nothing follows `outlin`"]);
    assert_eq!(check("START -> a -> b; b -> |s| if s.done { END } else { a };"), NONE);
}

#[test]
fn loops() {
    let check = |items| messages(items, loops::every_loop_ends);
    assert_eq!(check("START -> a -> a;"), ["`a` leads to itself and to nothing else"]);
    assert_eq!(check("START -> a -> b -> c -> b;"), ["`b`, `c` form a loop that nothing leaves"]);
    // END beside the way back does not end the loop.
    let endless = "`c` always leads back to `b`: the loop never ends, whatever runs beside it";
    assert_eq!(check("START -> a -> b -> c -> b; c -> END;"), [endless]);
    assert_eq!(check("START -> a -> [b, d]; b -> c -> b; c -> d -> END;"), [endless]);
    let routed = "START -> b -> |s| if s.x { [c, b] } else { b }; c -> END;";
    assert_eq!(check(routed), ["`b` always leads back to `b`: the loop never ends, whatever runs beside it"]);
    assert_eq!(check("START -> b -> |s| if s.x { [c, b] } else { c }; c -> END;"), NONE);
    assert_eq!(check("START -> b -> |s| for i in s.xs { c(i) }; c -> [b, d]; d -> END;"), NONE);
    // Another node may end the run by an exit.
    assert_eq!(
        check("exit Full; START -> [a, b]; a -> [a, c]; c -> END; b -> |s| if s.x { END::Full } else { b };"),
        NONE
    );
    assert_eq!(check("exit Full; START -> a; a -> |s| if s.full { END::Full } else { a };"), NONE);
}

#[test]
fn joins() {
    let check = |items| {
        messages(items, |model, diagnostics| joins::joins_are_complete(model, &steps::flow(model), diagnostics))
    };
    assert_eq!(check("START -> [a, b] -> c -> END;"), NONE);
    assert_eq!(
        check("START -> |s| if s.x { a } else { b }; [a, b] -> c -> END;"),
        ["`c` would wait forever: `a` and `b` are alternatives"]
    );
    assert_eq!(
        check("START -> [a, b]; b -> |s| if s.x { d } else { END }; [a, d] -> c -> END;"),
        ["`c` can wait forever: on the path START -> [a, b] `d` never runs"]
    );
}

#[test]
fn meetings() {
    let of_one_fork = |items| messages(items, meetings::branches_are_of_one_length);
    let of_any = |items| {
        messages(items, |model, diagnostics| meetings::nothing_meets_itself(model, &steps::flow(model), diagnostics))
    };
    let unequal = "START -> a -> [b, c]; c -> d -> e; b -> e; e -> END;";
    assert_eq!(of_one_fork(unequal), ["`e` would run twice, after `b` and after `d`"]);
    assert_eq!(of_any(unequal), ["`e` can run twice, after `b` and after `d`"]);
    let routed = "START -> [a, b]; a -> |s| if s.x { c } else { END }; b -> e; c -> e; e -> END;";
    assert_eq!(of_one_fork(routed), NONE);
    assert_eq!(of_any(routed), ["`e` can run twice, after `b` and after `c`"]);
    for items in
        ["START -> [b, c]; c -> e; b -> e; e -> END;", "START -> [b, c]; c -> d -> e; b -> e; e -> END; defer e;"]
    {
        assert_eq!((of_one_fork(items), of_any(items)), (vec![], vec![]), "{items}");
    }
}

#[test]
fn exits() {
    let taken = |items| messages(items, exits::every_exit_is_taken);
    assert_eq!(taken("exit A; exit B; START -> a -> END::A;"), ["exit `B` is never taken"]);
    let agree =
        |items| messages(items, |model, diagnostics| exits::exits_agree(model, &steps::flow(model), diagnostics));
    assert_eq!(
        agree("exit A; exit B; START -> [a, b]; a -> END::A; b -> END::B;"),
        ["`a` and `b` can run in the same super-step and take different exits, `END::A` and `END::B`"]
    );
    let many =
        "exit A; exit B; START -> p; p -> |s| for x in s { a(x) }; a -> |s, go| if go { END::A } else { END::B };";
    assert_eq!(agree(many), ["many `a` tasks run at once, and can take different exits, `END::A` and `END::B`"]);
    assert_eq!(agree("exit A; exit B; START -> |s| if s.x { a } else { b }; a -> END::A; b -> END::B;"), NONE);
}
