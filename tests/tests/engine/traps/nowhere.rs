//! A run whose route leads nowhere, reported as a success.

use super::*;

#[node]
fn item(_: u8) -> Line {
    line("item")
}

#[node]
fn gather(_: &Log) -> Line {
    line("gather")
}

#[node]
fn again(_: &Log) -> Line {
    line("again")
}

graph! {
    Nowhere<Log> {
        START -> again;
        again -> |Log { log, .. }| match log[0].as_str() {
            "round" => again,
            _ => for item in log[0].bytes() { item(item) },
        };
        item -> gather -> END;
    }
}

#[tokio::test]
async fn a_route_always_leads_somewhere() {
    // Without items, the run continues after the `for` edge's node.
    assert_eq!(Nowhere::new().run(given("")).await.unwrap().log, ["", "again", "gather"]);
    assert_eq!(Nowhere::new().run(given("x")).await.unwrap().log, ["x", "again", "item", "gather"]);
    // A run that does not reach the end is an error with its position.
    let error = Nowhere::new().run(given("round")).recursion_limit(5).await.unwrap_err();
    assert!(matches!(error, Error::RecursionLimit { limit: 5, ref active, .. } if active == &["again"]), "{error}");
    // Everything else that would lead nowhere does not compile.
    for mistake in [
        "names/unknown_in_nested_router",
        "names/unknown_behind_for",
        "types/missing_arm",
        "shape/dead_end",
        "shape/if_without_else",
        "shape/join_of_alternatives",
    ] {
        assert!(ui::is_a_compile_error(mistake), "{mistake}");
    }
}
