//! Pushes of a node with an error handler, and of one with a cache.

use super::*;
use graph_core::cache::MemoryCache;
use graph_core::node::NodeFailure;

#[node(retry(max_attempts = 2, initial = "1ms", jitter = false), on_error = handles)]
async fn fails(_: &Chat, cx: &Context<Handled>) -> NodeResult<Done> {
    cx.push_message(say(&format!("attempt {}", cx.attempt())));
    Err(NodeError::msg("told to"))
}

#[node]
async fn handles(_: NodeFailure, cx: &Context<Handled>) -> Done {
    cx.push_message(say("handled"));
    Done { done: true }
}

graph! { Handled<Chat> { START -> fails -> END; } }

#[tokio::test(start_paused = true)]
async fn what_a_handler_pushed_is_written_and_what_its_node_pushed_is_not() {
    let state = Handled::new().run(nothing()).await.unwrap();
    assert_eq!(texts(&state.messages), ["handled"]);
}

#[node(cache)]
async fn says(_: &Chat, cx: &Context<Kept>) -> Done {
    cx.push_message(say("said"));
    Done { done: true }
}

graph! { Kept<Chat> { START -> says -> END; } }

#[tokio::test]
async fn a_node_that_pushes_is_not_kept_in_a_cache() {
    let app = Kept::new().cache(MemoryCache::new());
    for _ in 0..2 {
        let state = app.run(nothing()).await.unwrap();
        assert_eq!(texts(&state.messages), ["said"]);
    }
}
