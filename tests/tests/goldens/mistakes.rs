//! 45 (when mistakes are found), 50 (a join that waits for a skipped branch).

use graph_core::Error;
use graph_core::prelude::*;
use graph_tests::golden::Golden;
use graph_tests::ui;
use serde_json::{Value, json};

/// How a recorded mistake is handled here.
enum Here {
    /// As a compile error: the program under `tests/ui` that makes it.
    Case(&'static str),
    /// It cannot be expressed: why.
    Unsayable(&'static str),
    /// It is no mistake here: the test that shows it.
    Fine(fn()),
    /// As an error of the run or of its input: the test that shows it.
    Run(fn()),
    /// The feature does not exist yet.
    Waits(&'static str),
}

use Here::{Case, Fine, Run, Unsayable, Waits};

const RECORDED: [(&str, Here); 39] = [
    ("no entrypoint", Case("shape/no_start")),
    ("edge to unknown node", Case("names/unknown_target")),
    ("edge from unknown node", Case("names/unknown_source")),
    ("duplicate node", Case("shape/one_name_two_nodes")),
    ("reserved name __start__", Case("names/start_of_langgraph")),
    ("name with ':'", Case("shape/node_as_string")),
    ("name with '|'", Case("shape/node_as_string")),
    ("node name = state key", Fine(a_node_may_have_the_name_of_a_field)),
    ("edge from END", Case("shape/after_end")),
    ("edge to START", Case("shape/to_start")),
    ("unreachable node", Case("shape/unreachable")),
    ("dead-end node (no out edge)", Case("shape/dead_end")),
    ("conditional path map to unknown", Case("names/unknown_in_nested_router")),
    ("interrupt_before unknown", Case("types/unknown_variant")),
    ("sync node with timeout", Case("node/timeout_of_a_sync_function")),
    ("checkpointer wrong type", Case("types/checkpointer_of_another_type")),
    ("no thread_id", Case("types/thread_without_an_id")),
    ("no thread_id but configurable", Case("types/thread_without_an_id")),
    ("router returns unknown node (no path map)", Case("names/unknown_in_nested_router")),
    ("router returns key not in path map", Case("types/missing_arm")),
    ("Command goto unknown", Case("names/unknown_in_nested_router")),
    ("Send unknown", Case("names/unknown_behind_for")),
    ("empty input {}", Case("types/missing_input")),
    ("None input new thread", Fine(a_thread_that_has_not_begun_has_nothing_to_go_on_with)),
    ("input with only unknown keys", Run(an_input_with_unknown_fields_is_none)),
    ("input not dict", Run(an_input_with_unknown_fields_is_none)),
    ("recursion_limit 0", Run(a_limit_of_no_steps_is_reached_at_once)),
    ("Command(graph=PARENT) at root", Unsayable("a graph ends by the exits that it declares, whoever runs it")),
    ("interrupt without checkpointer", Waits("interrupts")),
    ("resume without checkpointer", Waits("interrupts")),
    ("get_state without checkpointer", Case("types/thread_without_checkpointer")),
    ("two channels same key different reducer", Unsayable("a field has its reducer where the state is declared, once")),
    ("reducer wrong arity", Case("reducer/one_parameter")),
    ("recursion limit default (self-loop)", Case("shape/endless_self_loop")),
    ("sync node with timeout compiled", Case("node/timeout_of_a_sync_function")),
    ("list-returning router with END and node", Fine(a_list_may_hold_the_end)),
    ("named reducers conflict between schemas", Unsayable("a field has its reducer where the state is declared, once")),
    ("LastValue vs reducer between schemas", Unsayable("a field has its reducer where the state is declared, once")),
    ("interrupt() swallowed by try/except Exception", Waits("interrupts")),
];

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Log {
    #[state(input)]
    x: i64,
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Log)]
struct Line {
    log: Vec<String>,
}

macro_rules! nodes {
    ($($node:ident)*) => {$(
        #[node]
        fn $node(_: &Log) -> Line {
            Line { log: vec![stringify!($node).into()] }
        }
    )*};
}

nodes!(a b c d log);

graph! {
    Named<Log> {
        START -> log;
        log -> |Log { x, .. }| [a, if *x == 0 { END } else { b }];
        a -> END;
        b -> END;
    }
}

fn input(x: i64) -> LogInput {
    LogInput { x, log: Vec::new() }
}

fn a_node_may_have_the_name_of_a_field() {
    assert_eq!(Named::new().run(input(1)).blocking().unwrap().log, ["log", "a", "b"]);
}

fn a_list_may_hold_the_end() {
    assert_eq!(Named::new().run(input(0)).blocking().unwrap().log, ["log", "a"]);
}

fn a_thread_that_has_not_begun_has_nothing_to_go_on_with() {
    let thread = Named::new().checkpointer(MemorySaver::new()).thread("new");
    let state = thread.continue_run().blocking().unwrap();
    assert!(state.log.is_empty() && state.x == 0);
}

fn an_input_with_unknown_fields_is_none() {
    for (input, wrong) in [
        (json!({ "nope": 1 }), "unknown field `nope`"),
        (json!({ "x": 1, "log": [], "nope": 1 }), "unknown field `nope`"),
        (json!(5), "invalid type: integer `5`"),
        (json!({}), "missing field `x`"),
    ] {
        let error = serde_json::from_value::<LogInput>(input).unwrap_err().to_string();
        assert!(error.contains(wrong), "{error}");
    }
}

fn a_limit_of_no_steps_is_reached_at_once() {
    let error = Named::new().run(input(0)).recursion_limit(0).blocking().unwrap_err();
    assert!(matches!(error, Error::RecursionLimit { limit: 0, .. }), "{error}");
}

/// Most of what LangGraph finds when a program starts, at run time, or never, does not compile here.
#[test]
fn golden_45_validation_errors() {
    let golden = Golden::read("45_validation_errors");
    let cases = golden.value()["cases"].as_array().unwrap();
    let recorded: Vec<_> = cases.iter().filter_map(|case| case["case"].as_str()).collect();
    let listed: Vec<_> = RECORDED.iter().map(|(case, _)| *case).collect();
    assert_eq!(listed, recorded);
    for (case, here) in &RECORDED {
        match here {
            Case(program) => assert!(ui::is_a_compile_error(program), "{case}: no program `{program}`"),
            Fine(test) | Run(test) => test(),
            Unsayable(why) | Waits(why) => assert!(!why.is_empty()),
        }
    }
}

mod skipped {
    use super::*;

    graph! {
        Skipped<Log> {
            START -> |Log { x, .. }| if *x == 1 { a } else { b };
            a -> c;
            b -> c;
            c -> d -> END;
        }
    }

    /// In LangGraph, a join of two alternatives never fires, the run ends without an error, and the next run on the
    /// thread completes the join. Here such a join does not compile (`shape/join_of_alternatives_at_start`); with an
    /// edge from each, the target runs in both runs, and neither affects the other. The second run is the recorded one.
    #[tokio::test]
    async fn golden_50_waiting_edge_skipped_branch() {
        assert!(ui::is_a_compile_error("shape/join_of_alternatives_at_start"));
        let golden = Golden::read("50_waiting_edge_skipped_branch");
        let thread = Skipped::new().checkpointer(MemorySaver::new()).thread("t1");
        assert_eq!(thread.run(input(1)).await.unwrap().log, ["a", "c", "d"]);
        let mut updates = thread.run(input(0)).updates();
        let mut second = Vec::new();
        while let Some(update) = updates.next().await {
            second.push(serde_json::to_value(update.unwrap()).unwrap());
        }
        assert_eq!(Value::from(second), golden.value()["modes"]["updates"][1]["events"]);
    }
}
