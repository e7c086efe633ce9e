//! A handler that chooses the route.

use super::*;

#[derive(Clone, Copy, Debug)]
enum Way {
    Ship,
    Refund,
}

#[node(on_error = refuse)]
async fn pay(Log { log, .. }: &Log) -> NodeResult<Command<Line, Way>> {
    if log.is_empty() { Err(NodeError::msg("no money")) } else { Ok(Command::new(line("paid"), Way::Ship)) }
}

/// A handler may work on any graph, and chooses a route as its node does.
#[node]
async fn refuse(failure: NodeFailure, cx: &RunContext) -> Command<Line, Way> {
    Command::new(line(format!("{}: {}", cx.node(), failure.error)), Way::Refund)
}

#[node]
fn ship(_: &Log) -> Line {
    line("shipped")
}

#[node]
fn refund(_: &Log) -> Line {
    line("refunded")
}

graph! {
    Payments<Log> {
        START -> pay;
        pay -> |_, way| match way {
            Way::Ship => ship,
            Way::Refund => refund,
        };
        ship -> END;
        refund -> END;
    }
}

#[tokio::test]
async fn the_route_of_a_handler_counts_as_the_nodes_own() {
    assert_eq!(Payments::new().run(nothing()).await.unwrap().log, ["pay: no money", "refunded"]);
    assert_eq!(Payments::new().run(given("x")).await.unwrap().log, ["x", "paid", "shipped"]);
}
