use graph_core::prelude::*;

prompt! {
    Joke {
        system: "You are {mood}.",
        ..history,
        user: "Tell me a joke about {topic}.",
    }
}

async fn ask(model: &dyn ChatModel, cx: &RunContext) -> NodeResult<()> {
    model.invoke(Joke, cx).await?;
    Ok(())
}

fn main() {}
