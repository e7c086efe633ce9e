//! Contexts under other names, and a state that is named as a context is.
use graph_core::context::RunContext as AnyContext;
use graph_core::prelude::*;

mod own {
    use graph_core::prelude::*;

    #[derive(State, Clone, Debug, Default)]
    pub struct Context {
        #[state(reduce = Append)]
        pub log: Vec<String>,
    }
}

use own::{Context, ContextWrite};

type NamesContext = graph_core::context::Context<Names>;

#[node]
fn pattern(Context { log, .. }: &Context) -> ContextWrite::Log {
    ContextWrite::Log(vec![log.len().to_string()])
}

#[node]
async fn whole(state: &Context) -> ContextWrite::Log {
    ContextWrite::Log(vec![state.log.len().to_string()])
}

#[node(on_error = apologize)]
async fn alias(state: &Context, cx: &NamesContext) -> NodeResult<ContextWrite::Log> {
    if state.log.len() > 2 { Err(NodeError::msg("long")) } else { Ok(ContextWrite::Log(vec![cx.deps().to_string()])) }
}

#[node]
async fn any(word: String, Context { .. }: &Context, cx: &AnyContext) -> ContextWrite::Log {
    ContextWrite::Log(vec![format!("{word} {}", cx.node())])
}

#[node]
fn both(_: &Context, cx: &RunContext) -> ContextWrite::Log {
    ContextWrite::Log(vec![cx.node().into()])
}

#[node]
fn apologize(failure: NodeFailure, _: &Context, cx: &NamesContext) -> ContextWrite::Log {
    ContextWrite::Log(vec![format!("{} {}", failure.node, cx.deps())])
}

graph! {
    Names<Context, u64> {
        START -> pattern -> whole -> both -> alias;
        alias -> |Context { log, .. }| for word in log.first().cloned() { any(word) };
        any -> END;
    }
}

fn main() {
    let names = Names::new(7).run(own::ContextUpdate::default()).blocking().unwrap();
    assert_eq!(names.log, ["0", "1", "both", "alias 7", "0 any"]);
}
