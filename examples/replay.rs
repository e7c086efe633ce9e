//! A stream recorded as JSON lines and replayed, with its tokens in batches.
use std::sync::Arc;

use graph_core::model::ScriptedModel;
use graph_core::prelude::*;
use serde_json::Value;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct StoryState {
    #[state(input)]
    hero: String,
    #[state(reduce = AddMessages)]
    story: Vec<Message>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(StoryState)]
struct Chapter {
    story: Messages,
}

#[node]
async fn beginning(StoryState { hero, .. }: &StoryState, cx: &Context<StoryGraph>) -> NodeResult<Chapter> {
    Ok(Chapter { story: cx.deps().invoke(format!("Begin a story about {hero}"), cx).await?.into() })
}

#[node]
async fn ending(StoryState { story, .. }: &StoryState, cx: &Context<StoryGraph>) -> NodeResult<Chapter> {
    Ok(Chapter { story: cx.deps().invoke(story.clone(), cx).await?.into() })
}

graph! {
    StoryGraph<StoryState, Arc<dyn ChatModel>> {
        START -> beginning -> ending -> END;
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = ScriptedModel::new()
        .reply("Once upon a time a crab learned to borrow without ever taking")
        .reply("And all lifetimes ended happily");

    // Every part of every mode is a line of JSON, in the shape of LangGraph's `version="v2"` stream.
    let mut recording = Vec::new();
    let run = StoryGraph::new(Arc::new(model)).run(StoryStateInput { hero: "a crab".into() });
    let mut parts = run.stream(Mode::MESSAGES | Mode::UPDATES | Mode::VALUES);
    while let Some(part) = parts.next().await {
        recording.push(serde_json::to_string(&part?)?);
    }
    println!("recorded {} parts", recording.len());

    // Replayed without the graph: any program that reads JSON can do this.
    let mut batch = Batch::new(4);
    for line in &recording {
        let part: Value = serde_json::from_str(line)?;
        let data = &part["data"];
        match part["type"].as_str() {
            Some("messages") => batch.push(data[0]["content"].as_str().unwrap_or_default()),
            Some("updates") => {
                batch.flush();
                println!(
                    "({} is done)",
                    data.as_object().and_then(|update| update.keys().next()).map_or("", |name| name)
                );
            }
            _ => {}
        }
    }
    Ok(())
}

/// Prints tokens in batches, like a client that limits its redraws.
struct Batch {
    tokens: Vec<String>,
    size: usize,
}

impl Batch {
    fn new(size: usize) -> Self {
        Self { tokens: Vec::new(), size }
    }

    fn push(&mut self, token: &str) {
        self.tokens.extend((!token.is_empty()).then(|| token.to_owned()));
        if self.tokens.len() == self.size {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.tokens.is_empty() {
            println!("[{}]", self.tokens.concat());
            self.tokens.clear();
        }
    }
}
