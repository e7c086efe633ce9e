//! Several models at once: their tokens arrive interleaved, each with the name of its node.
use std::sync::Arc;

use graph_core::model::ScriptedModel;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct PanelState {
    #[state(input)]
    topic: String,
    #[state(reduce = AddMessages)]
    answers: Vec<Message>,
    #[state(output)]
    verdict: Late<String>,
}

struct Panel {
    optimist: Arc<dyn ChatModel>,
    pessimist: Arc<dyn ChatModel>,
    realist: Arc<dyn ChatModel>,
}

/// Parallel nodes may all write `answers`, because it has a reducer.
#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(PanelState)]
struct Answer {
    answers: Messages,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(PanelState)]
struct Verdict {
    verdict: String,
}

#[node]
async fn optimist(PanelState { topic, .. }: &PanelState, cx: &Context<PanelGraph>) -> NodeResult<Answer> {
    Ok(Answer { answers: cx.deps().optimist.invoke(topic.as_str(), cx).await?.into() })
}

#[node]
async fn pessimist(PanelState { topic, .. }: &PanelState, cx: &Context<PanelGraph>) -> NodeResult<Answer> {
    Ok(Answer { answers: cx.deps().pessimist.invoke(topic.as_str(), cx).await?.into() })
}

#[node]
async fn realist(PanelState { topic, .. }: &PanelState, cx: &Context<PanelGraph>) -> NodeResult<Answer> {
    Ok(Answer { answers: cx.deps().realist.invoke(topic.as_str(), cx).await?.into() })
}

#[node]
fn moderator(PanelState { answers, .. }: &PanelState) -> Verdict {
    Verdict {
        verdict: format!(
            "{} opinions heard, the last: {}",
            answers.len(),
            answers.last().map_or_else(String::new, Message::text)
        ),
    }
}

graph! {
    PanelGraph<PanelState, Panel> {
        START -> [optimist, pessimist, realist];
        [optimist, pessimist, realist] -> moderator -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let app = PanelGraph::new(Panel {
        optimist: Arc::new(ScriptedModel::new().reply("It will surely be fine")),
        pessimist: Arc::new(ScriptedModel::new().reply("Something always breaks on Fridays")),
        realist: Arc::new(ScriptedModel::new().reply("Deploy on Monday")),
    });

    let mut said: Vec<(PanelGraphNode, String)> = Vec::new();
    let mut parts = app.run(PanelStateInput { topic: "Shall we deploy today?".into() }).stream(Mode::MESSAGES);
    while let Some(part) = parts.next().await {
        if let Part::Message(chunk) = part? {
            println!("{:>9}: {}", chunk.node, chunk.text());
            match said.iter_mut().find(|(node, _)| *node == chunk.node) {
                Some((_, text)) => text.push_str(&chunk.text()),
                None => said.push((chunk.node, chunk.text().into_owned())),
            }
        }
    }
    println!("--");
    for (node, text) in said {
        println!("{node} said: {text}");
    }
    println!("{}", parts.output().map_or_else(String::new, |output| output.verdict.clone()));
    Ok(())
}
