//! A tool-calling agent: written out with `graph!`, and ready-made.
use std::sync::Arc;

use graph_core::prelude::*;

/// Multiplies two integers.
///
/// The description and the argument docs are what the model sees; the schema comes from the types.
#[tool]
async fn multiply(
    /// The first factor.
    a: i64,
    /// The second factor.
    b: i64,
) -> i64 {
    a * b
}

struct Deps {
    model: Arc<dyn ChatModel>,
    tools: ToolSet,
}

// `MessagesState` and its update `NewMessages` come with graph-core.
#[node]
async fn agent(state: &MessagesState, cx: &Context<AgentGraph>) -> NodeResult<NewMessages> {
    let Deps { model, tools } = cx.deps();
    let reply = model.invoke(Prompt::new(&state.messages).tools(tools), cx).await?;
    Ok(reply.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<AgentGraph>) -> NodeResult<NewMessages> {
    // Calls run side by side; a failing tool becomes a tool message that says so.
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    AgentGraph<MessagesState, Deps> {
        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let model = graph_models::from_env()?;

    let app = AgentGraph::new(Deps { model: model.clone(), tools: tools![multiply] });
    let state = app.run(MessagesState::input(Message::user("Multiply 2 and 3"))).await?;
    println!("{}", state.messages.last().expect("the agent has answered").text());

    // The same, ready-made.
    let agent = Agent::new(model).system_prompt("You are good at sums.").tools(tools![multiply]).build();
    let mut tokens = agent.run(MessagesState::input(Message::user("Multiply 4 and 5"))).tokens();
    while let Some(token) = tokens.next().await {
        print!("{}", token?);
    }
    Ok(())
}
