//! A chatbot with memory that summarises long conversations, streamed in every mode.
//!
//! `cargo run -p graph-examples --example chatbot` shows the modes; with `-- --chat` it is a chat in the terminal, and with
//! `-- --chat chat.db` one that goes on where it stood, in a SQLite file.
use std::sync::Arc;

use graph_checkpoint::SqliteSaver;
use graph_core::prelude::*;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, stdin, stdout};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    /// Merged by message id: the same id replaces, `Message::remove(id)` deletes.
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    /// No reducer: the last write wins.
    summary: Option<String>,
}

/// The dependencies of the nodes.
struct ChatDeps {
    model: Arc<dyn ChatModel>,
}

/// A field with a reducer is written with the reducer's input, here one message or many.
#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChatState)]
struct Reply {
    messages: Messages,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChatState)]
struct Summary {
    messages: Messages,
    summary: Option<String>,
}

#[node]
async fn conversation(state: &ChatState, cx: &Context<ChatGraph>) -> NodeResult<Reply> {
    let summary = state.summary.iter().map(|s| Message::system(format!("Summary of conversation earlier: {s}")));
    let prompt: Vec<Message> = summary.chain(state.messages.iter().cloned()).collect();
    // Streams the tokens to the run, whether or not this node reads them.
    let reply = cx.deps().model.invoke(prompt, cx).await?;
    Ok(Reply { messages: reply.into() })
}

#[node]
async fn summarize_conversation(state: &ChatState, cx: &Context<ChatGraph>) -> NodeResult<Summary> {
    let ask = match &state.summary {
        Some(summary) => format!(
            "This is summary of the conversation to date: {summary}\n\n\
             Extend the summary by taking into account the new messages above:"
        ),
        None => "Create a summary of the conversation above:".to_owned(),
    };
    let mut prompt = state.messages.clone();
    prompt.push(Message::user(ask));
    let reply = cx.deps().model.invoke(prompt, cx).await?;

    let old = &state.messages[..state.messages.len().saturating_sub(2)];
    Ok(Summary { messages: old.iter().map(|m| Message::remove(m.id())).collect(), summary: Some(reply.text()) })
}

graph! {
    ChatGraph<ChatState, ChatDeps> {
        START -> conversation;
        // An edge is Rust control flow with nodes at its leaves.
        conversation -> |state| if state.messages.len() > 6 { summarize_conversation } else { END };
        summarize_conversation -> END;
    }
}

fn say(text: &str) -> ChatStateInput {
    ChatStateInput { messages: Message::user(text).into() }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let model = graph_models::from_env()?; // OPENAI_API_KEY, OPENAI_BASE_URL; without any: the built-in offline model
    let app = ChatGraph::new(ChatDeps { model });
    let mut arguments = std::env::args().skip_while(|argument| argument != "--chat");
    match (arguments.next(), arguments.next()) {
        (Some(_), Some(file)) => return chat(&app.checkpointer(SqliteSaver::open(file).await?).thread("1")).await,
        (Some(_), None) => return chat(&app.checkpointer(MemorySaver::new()).thread("1")).await,
        (None, _) => {}
    }
    let thread = app.checkpointer(MemorySaver::new()).thread("1");

    println!("-- updates: what each node wrote");
    let mut updates = thread.run(say("hi! I'm Lance")).updates();
    while let Some(update) = updates.next().await {
        match update? {
            ChatGraphUpdate::Conversation(u) => println!("{}", u.messages),
            ChatGraphUpdate::SummarizeConversation(u) => println!("summary: {:?}", u.summary),
        }
    }

    println!("-- values: the whole state, first as given, then after every super-step");
    let mut values = thread.run(say("what's my name?")).values();
    while let Some(state) = values.next().await {
        println!("{} messages", state?.messages.len());
    }

    println!("-- tokens: the typewriter; empty tokens never arrive");
    let mut tokens = thread.run(say("Tell me about the 49ers")).tokens().from(ChatGraphNode::Conversation);
    while let Some(token) = tokens.next().await {
        print!("{}|", token?);
    }

    println!("\n-- several modes at once, as one enum");
    let mut parts = thread.run(say("and the Giants?")).stream(Mode::UPDATES | Mode::MESSAGES);
    while let Some(part) = parts.next().await {
        match part? {
            Part::Update(update) => println!("\n{} is done", update.node()),
            Part::Message(chunk) => print!("{}", chunk.text()),
            _ => {}
        }
    }

    println!("-- events: everything that happens inside, with the node it happened in");
    let mut events = thread.run(say("bye")).events();
    while let Some(event) = events.next().await {
        let event = event?;
        println!("{:?} {} {}", event.node, event.kind, event.name);
    }

    let snapshot = thread.state().await?;
    println!("{} messages, next: {:?}", snapshot.values.messages.len(), snapshot.next);
    Ok(())
}

/// Answers the input line by line, until its end.
async fn chat(thread: &Thread<ChatGraph>) -> graph_core::Result<()> {
    let mut lines = BufReader::new(stdin()).lines();
    let known = thread.state().await.map_or(0, |snapshot| snapshot.values.messages.len());
    if known > 0 {
        prompt(&format!("Going on after {known} messages.\n")).await;
    }
    prompt("Talk to the graph; an empty line ends it.\n> ").await;
    while let Ok(Some(line)) = lines.next_line().await {
        if line.trim().is_empty() {
            break;
        }
        let mut tokens = thread.run(say(&line)).tokens().from(ChatGraphNode::Conversation);
        while let Some(token) = tokens.next().await {
            match token {
                Ok(token) => prompt(&token).await,
                // The thread keeps its state from before this turn, so the chat continues.
                Err(error) => prompt(&format!("[{error}]")).await,
            }
        }
        prompt("\n> ").await;
    }
    prompt("\n").await;
    Ok(())
}

/// Writes without a line end, and ignores errors: if the output is closed, there is no reader.
async fn prompt(text: &str) {
    let mut out = stdout();
    let _ = out.write_all(text.as_bytes()).await;
    let _ = out.flush().await;
}
