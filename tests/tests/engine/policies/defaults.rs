//! `defaults(..)`: the policies of nodes without their own.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use graph_core::node::{Retry, Timeout};
use graph_core::prelude::*;
use tokio::time::Instant;

use crate::kit::{Line, Log, line, nothing};

/// How often each node was tried.
type Tries = Mutex<HashMap<&'static str, u32>>;

fn fail_twice(cx: &Context<Defaults>) -> NodeResult<Line> {
    let mut tries = cx.deps().lock().unwrap();
    let tried = tries.entry(cx.node()).or_default();
    *tried += 1;
    if *tried < 3 { Err(NodeError::msg("not yet")) } else { Ok(line(cx.node())) }
}

#[node]
async fn plain(_: &Log, cx: &Context<Defaults>) -> NodeResult<Line> {
    fail_twice(cx)
}

#[node]
fn never_waits(_: &Log, cx: &Context<Defaults>) -> NodeResult<Line> {
    fail_twice(cx)
}

#[node(retry(max_attempts = 5, initial = "10s", jitter = false), timeout(idle = "1h"))]
async fn own(_: &Log, cx: &Context<Defaults>) -> NodeResult<Line> {
    fail_twice(cx)
}

graph! {
    Defaults<Log, Tries> {
        defaults(retry(initial = "1s", factor = 1.0, jitter = false), timeout = "30s");

        START -> plain -> never_waits -> own -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_has_the_policies_of_its_graph_unless_it_has_its_own() {
    let begun = Instant::now();
    let state = Defaults::new(Tries::default()).run(nothing()).await.unwrap();
    assert_eq!(state.log, ["plain", "never_waits", "own"]);
    // Twice two pauses of one second, and 10 and 20 seconds by the node's own policy.
    assert_eq!(begun.elapsed().as_secs(), 4 + 30);
}

#[test]
fn defaults_stand_in_the_topology() {
    let policy = |node: DefaultsNode| Defaults::TOPOLOGY.nodes[node.index()].policy();
    let thirty = Timeout { run: Some(Duration::from_secs(30)), idle: None };
    let attempts = |node| policy(node).retry.map(|retry: Retry| retry.max_attempts);
    assert_eq!((attempts(DefaultsNode::Plain), policy(DefaultsNode::Plain).timeout), (Some(3), thirty));
    let sync = policy(DefaultsNode::NeverWaits).timeout;
    assert_eq!((attempts(DefaultsNode::NeverWaits), sync), (Some(3), Timeout::NONE), "nothing can stop it");
    let own = Timeout { run: None, idle: Some(Duration::from_hours(1)) };
    assert_eq!((attempts(DefaultsNode::Own), policy(DefaultsNode::Own).timeout), (Some(5), own));
}

/// `defaults` is a valid node name.
mod named {
    use super::*;

    #[node]
    fn defaults(_: &Log) -> Line {
        line("defaults")
    }

    graph! { Named<Log> { START -> defaults; defaults -> END; } }

    #[tokio::test]
    async fn a_node_may_be_called_like_an_item() {
        assert_eq!(Named::new().run(nothing()).await.unwrap().log, ["defaults"]);
    }
}

mod subgraph {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::time::sleep;

    use super::*;

    /// Two of these take longer than 30 seconds.
    #[node]
    async fn slow(_: &Log) -> Line {
        sleep(Duration::from_secs(20)).await;
        line("slow")
    }

    #[node]
    async fn fails_once(_: &Log, cx: &Context<Inner>) -> NodeResult<Line> {
        let tried = cx.deps().fetch_add(1, Ordering::SeqCst);
        if tried == 0 { Err(NodeError::msg("not yet")) } else { Ok(line("passed")) }
    }

    graph! {
        Inner<Log, AtomicU32> {
            START -> slow -> fails_once -> END;
        }
    }

    graph! {
        Twice<Log> {
            START -> slow -> slow as again -> END;
        }
    }

    graph! {
        Bounded<Log> {
            defaults(timeout = "30s");

            START -> Twice as inner -> END;
        }
    }

    graph! {
        Repeated<Log, AtomicU32> {
            defaults(retry(initial = "1s", jitter = false), timeout = "30s");

            START -> Inner as inner -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn defaults_apply_to_the_whole_run_of_a_subgraph() {
        assert_eq!(Twice::new().run(nothing()).await.unwrap().log, ["slow", "slow"]);
        let error = Bounded::new().run(nothing()).await.unwrap_err();
        assert!(matches!(error, graph_core::Error::Node { graph: "Bounded", node: "inner", .. }), "{error}");

        let begun = Instant::now();
        let log = Repeated::new(AtomicU32::new(0)).run(nothing()).await.unwrap().log;
        assert_eq!(log, ["slow", "passed"]);
        assert_eq!(begun.elapsed().as_secs(), 20 + 1 + 20, "from its START");
    }
}
