//! `key = ..`: which fields of the state are the key.

use graph_core::state::FieldSet;

use super::*;

#[node(cache(key = |Weather { user, .. }| user.chars().next()))]
async fn by_user(Weather { city, .. }: &Weather, cx: &Context<ByUser>) -> Reported {
    report(cx.deps(), city)
}

fn city(state: &Weather) -> String {
    state.city.clone()
}

/// A function has the whole state, which demands nothing.
#[node(cache(key = city))]
async fn by_city(_: &Weather, cx: &Context<ByUser>) -> Reported {
    report(cx.deps(), "by city")
}

graph! { ByUser<Weather, Runs> { START -> by_user -> by_city -> END; } }

#[tokio::test]
async fn a_key_function_says_what_counts() {
    let app = ByUser::new(Runs::default()).cache(MemoryCache::new());
    for (city, user, expected) in [("Rome", "Ada", 2), ("Oslo", "Alf", 3), ("Rome", "Bob", 4)] {
        app.run(input(city, user)).await.unwrap();
        assert_eq!(app.deps().load(Ordering::SeqCst), expected, "{city} {user}");
    }
}

#[test]
fn what_a_key_reads_the_node_reads() {
    let reads = |node: ByUserNode| ByUser::TOPOLOGY.nodes[node.index()].info.reads;
    assert!(reads(ByUserNode::ByUser).contains(FieldSet::index::<Weather>("user")));
    assert!(reads(ByUserNode::ByCity).is_empty());
}
