//! Edges that fire in addition to the route that a node has chosen.

use super::*;

#[node]
fn decides(Log { log }: &Log) -> Command<Line, bool> {
    Command::new(line("decides"), log[0] == "left")
}

#[node]
fn left(_: &Log) -> Line {
    line("left")
}

#[node]
fn right(_: &Log) -> Line {
    line("right")
}

graph! {
    Decided<Log> {
        START -> decides;
        decides -> |_, is_left| if is_left { left } else { right };
        left -> END;
        right -> END;
    }
}

#[tokio::test]
async fn only_the_way_that_a_node_decides_on_is_taken() {
    for way in ["left", "right"] {
        assert_eq!(Decided::new().run(given(way)).await.unwrap().log, [way, "decides", way]);
    }
    for mistake in ["types/command_not_asked", "shape/edge_beside_router", "shape/router_beside_edge"] {
        assert!(ui::is_a_compile_error(mistake), "{mistake}");
    }
}
