//! The nesting limit: how many runs may be inside each other.

use graph_core::Error;
use graph_core::prelude::*;

/// How many more runs there are to be, `u32::MAX` for no end, and how many runs there were.
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Depth {
    #[state(input, reduce = Overwrite)]
    left: u32,
    #[state(reduce = Sum)]
    runs: u32,
}

#[node]
async fn down(Depth { left, .. }: &Depth) -> (DepthWrite::Left, DepthWrite::Runs) {
    (DepthWrite::Left(if *left == u32::MAX { *left } else { left.saturating_sub(1) }), DepthWrite::Runs(1))
}

graph! {
    Tree<Depth> {
        START -> down -> |state| if state.left > 0 { Tree as deeper } else { END };
        deeper -> END;
    }
}

/// Contains a run of its own graph, too.
#[node]
async fn calls(Depth { left, .. }: &Depth, cx: &Context<Calling>) -> NodeResult<DepthWrite::Runs> {
    if *left == 0 {
        return Ok(DepthWrite::Runs(1));
    }
    assert_eq!(cx.run().nesting_limit(), 64);
    let left = if *left == u32::MAX { *left } else { left - 1 };
    let inner = Calling::new().run(DepthInput { left }).as_child_of(cx).await?;
    Ok(DepthWrite::Runs(inner.runs + 1))
}

graph! {
    Calling<Depth> {
        calls Calling;

        START -> calls -> END;
    }
}

const fn depth(left: u32) -> DepthInput {
    DepthInput { left }
}

fn is_limit<T>(result: &Result<T, Error>, of: &str, is: usize) -> bool {
    matches!(result, Err(Error::NestingLimit { graph, limit }) if *graph == of && *limit == is)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_graph_that_contains_itself_without_end_is_an_error() {
    let spawned = Tree::new().run(depth(u32::MAX)).spawn().await;
    assert!(is_limit(&spawned, "Tree", 64), "{spawned:?}");
    assert_eq!(
        spawned.unwrap_err().to_string(),
        "`Tree` would run inside 65 other runs, and 64 is the limit; end a graph that contains itself earlier, or raise \
         the limit with `.nesting_limit(..)` where the stack is large enough"
    );
    let parallel = Tree::new().run(depth(u32::MAX)).parallel().spawn().await;
    assert!(is_limit(&parallel, "Tree", 64), "{parallel:?}");
    let streamed = Tree::new().run(depth(u32::MAX)).subgraphs().events().finish().await;
    assert!(is_limit(&streamed, "Tree", 64), "{streamed:?}");
    let thread = Tree::new().checkpointer(MemorySaver::new()).thread("t");
    assert!(is_limit(&thread.run(depth(u32::MAX)).spawn().await, "Tree", 64));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_graph_may_contain_itself_as_often_as_the_limit_says() {
    assert_eq!(Tree::new().run(depth(50)).spawn().await.unwrap().runs, 50);
    // The outermost run is inside no other.
    assert_eq!(Tree::new().run(depth(65)).spawn().await.unwrap().runs, 65);
    assert!(is_limit(&Tree::new().run(depth(66)).spawn().await, "Tree", 64));
    let few = Tree::new().nesting_limit(2);
    assert_eq!(few.run(depth(3)).await.unwrap().runs, 3);
    assert!(is_limit(&few.run(depth(4)).await, "Tree", 2));
    assert_eq!(few.run(depth(4)).nesting_limit(3).await.unwrap().runs, 4);
    assert!(is_limit(&few.run(depth(2)).nesting_limit(0).await, "Tree", 0));
    assert_eq!(few.run(depth(1)).nesting_limit(0).await.unwrap().runs, 1);
    // With tasks of their own, nested runs do not share a stack.
    assert_eq!(Tree::new().run(depth(500)).parallel().nesting_limit(500).spawn().await.unwrap().runs, 500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn runs_of_nodes_count_as_nested() {
    let endless = Calling::new().run(depth(u32::MAX)).spawn().await;
    assert!(is_limit(&endless, "Calling", 64), "{endless:?}");
    assert_eq!(Calling::new().run(depth(64)).spawn().await.unwrap().runs, 65);
    assert!(is_limit(&Calling::new().run(depth(65)).spawn().await, "Calling", 64));
}
