//! Contexts under other names, with the state and without, and states that are named as contexts are.
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

#[node]
fn lone(cx: &NamesContext) -> ContextWrite::Log {
    ContextWrite::Log(vec![format!("lone {}", cx.deps())])
}

#[node]
async fn lone_of_any(word: String, ctx: &AnyContext) -> ContextWrite::Log {
    ContextWrite::Log(vec![format!("{word} {}", ctx.node())])
}

#[node(on_error = lone_failure)]
async fn lone_failing(_cx: &NamesContext) -> NodeResult<ContextWrite::Log> {
    Err(NodeError::msg("short"))
}

#[node]
fn lone_failure(failure: NodeFailure, cx: &RunContext) -> ContextWrite::Log {
    ContextWrite::Log(vec![format!("{} in {}", failure.node, cx.node())])
}

/// A state, by the name of a context.
#[node]
fn state_as_cx(cx: &Context) -> ContextWrite::Log {
    ContextWrite::Log(vec![cx.log.len().to_string()])
}

mod other {
    use graph_core::prelude::*;

    #[derive(State, Clone, Debug, Default)]
    pub struct RunContext {
        #[state(input, reduce = Append)]
        pub log: Vec<String>,
    }

    #[node]
    pub fn whole(state: &RunContext) -> RunContextWrite::Log {
        RunContextWrite::Log(vec![state.log.len().to_string()])
    }

    #[node]
    pub fn unread(_: &RunContext) -> RunContextWrite::Log {
        RunContextWrite::Log(vec!["unread".into()])
    }

    #[node(cache)]
    pub fn bound(RunContext { log }: &RunContext) -> RunContextWrite::Log {
        RunContextWrite::Log(vec![log.len().to_string()])
    }

    #[node]
    pub fn both(state: &RunContext, cx: &graph_core::context::RunContext) -> RunContextWrite::Log {
        RunContextWrite::Log(vec![format!("{} {}", cx.node(), state.log.len())])
    }

    graph! { pub Others<RunContext> { START -> whole -> unread -> bound -> both -> END; } }
}

graph! {
    Names<Context, u64> {
        START -> pattern -> whole -> both -> alias;
        alias -> |Context { log, .. }| for word in log.first().cloned() { any(word) };
        any -> lone -> lone_failing -> |_| for word in ["word".to_owned()] { lone_of_any(word) };
        lone_of_any -> state_as_cx -> END;
    }
}

fn main() {
    let names = Names::new(7).run(own::ContextUpdate::default()).blocking().unwrap();
    let lone = ["lone 7", "lone_failing in lone_failing", "word lone_of_any", "8"];
    assert_eq!(names.log[..5], ["0", "1", "both", "alias 7", "0 any"]);
    assert_eq!(names.log[5..], lone);

    let others = other::Others::new().run(other::RunContextInput { log: vec![] }).blocking().unwrap();
    assert_eq!(others.log, ["0", "unread", "2", "both 3"]);
}
