//! Fields that a handler reads count as read by its node.

use graph_core::state::FieldSet;

use super::*;

#[derive(State, Clone, Debug, Default)]
struct Two {
    #[state(input)]
    one: String,
    #[state(input)]
    other: String,
}

#[node(on_error = reads_other)]
fn reads_one(Two { one, .. }: &Two) -> NodeResult<TwoUpdate> {
    Err(NodeError::msg(one))
}

#[node]
fn reads_other(_: NodeFailure, Two { other, .. }: &Two) -> TwoUpdate {
    TwoUpdate::default().one(other.clone())
}

graph! { Reads<Two> { START -> reads_one -> END; } }

#[test]
fn what_the_handler_reads_the_node_reads() {
    let info = Reads::TOPOLOGY.nodes[0].info;
    assert_eq!(info.policy.handler(), Some("reads_other"));
    assert_eq!(info.reads, FieldSet::named::<Two>(&["one", "other"]));
}
