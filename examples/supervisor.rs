//! A supervisor hands work to two subgraphs, and gets it back until it is done.
use std::sync::Arc;

use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct TeamState {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TeamState)]
struct Said {
    messages: Messages,
}

struct Team {
    supervisor: Arc<dyn ChatModel>,
    researcher: Arc<dyn ChatModel>,
    writer: Arc<dyn ChatModel>,
}

/// The supervisor's routes: a hand-off that the graph does not handle does not compile.
enum Next {
    Researcher,
    Writer,
    Done,
}

/// The model decides by a tool call; the node turns that into a route.
#[node]
async fn supervisor(TeamState { messages }: &TeamState, cx: &Context<TeamGraph>) -> NodeResult<Command<Said, Next>> {
    let reply = cx.deps().supervisor.invoke(messages, cx).await?;
    let Some(call) = reply.tool_calls().first().cloned() else {
        return Ok(Command::new(Said { messages: reply.into() }, Next::Done));
    };
    let next = match call.name.as_str() {
        "ask_researcher" => Next::Researcher,
        "ask_writer" => Next::Writer,
        other => return Err(NodeError::msg(format!("nobody here is called by `{other}`"))),
    };
    let handed_over = Message::tool(call.id, "handed over");
    Ok(Command::new(Said { messages: vec![reply, handed_over].into() }, next))
}

/// The researcher has its own state and shares only the messages: its findings stay inside.
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = TeamState)]
struct ResearchState {
    #[state(shared, reduce = AddMessages)]
    messages: Vec<Message>,
    #[state(reduce = Append)]
    found: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ResearchState)]
struct Found {
    found: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ResearchState)]
struct Reported {
    messages: Messages,
}

#[node]
async fn search(source: String, _: &ResearchState) -> Found {
    Found { found: vec![format!("{source}: ferries run at 9 and 17")] }
}

#[node]
async fn report(ResearchState { found, .. }: &ResearchState, cx: &Context<Researcher>) -> NodeResult<Reported> {
    let reply = cx.deps().researcher.invoke(found.join("\n"), cx).await?;
    Ok(Reported { messages: reply.into() })
}

graph! {
    Researcher<ResearchState, Team> {
        START -> |_state| for source in ["timetable", "harbour"] { search(source.into()) };
        search -> report -> END;
    }
}

#[node]
async fn write(TeamState { messages }: &TeamState, cx: &Context<Writer>) -> NodeResult<Said> {
    Ok(Said { messages: cx.deps().writer.invoke(messages, cx).await?.into() })
}

graph! {
    /// Runs over the team's own state.
    Writer<TeamState, Team> {
        START -> write -> END;
    }
}

graph! {
    TeamGraph<TeamState, Team> {
        START -> supervisor;
        supervisor -> |_, next| match next {
            Next::Researcher => Researcher as researcher,
            Next::Writer => Writer as writer,
            Next::Done => END,
        };
        researcher -> supervisor;
        writer -> supervisor;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let hand_over = |to: &str| Turn::new().text(format!("To {to}.")).tool_call(to, format!("ask_{to}"), "{}");
    let app = TeamGraph::new(Team {
        supervisor: Arc::new(
            ScriptedModel::new().turn(hand_over("researcher")).turn(hand_over("writer")).reply("Your note is ready."),
        ),
        researcher: Arc::new(ScriptedModel::new().reply("Two sources agree: 9 and 17.")),
        writer: Arc::new(ScriptedModel::new().reply("Dear guests, the ferry leaves at 9 and at 17.")),
    });

    // Messages inside a subgraph arrive under its namespace, token by token, and are not repeated when it ends.
    let ask = Message::user("Write a note on the ferries.");
    let mut pieces = app.run(TeamStateInput { messages: ask.into() }).subgraphs().messages();
    let mut speaker = String::new();
    while let Some(piece) = pieces.next().await {
        let (who, text) = match piece? {
            WithSubgraphs::Own(piece) => (piece.node.to_string(), piece.text().into_owned()),
            WithSubgraphs::Subgraph(inside, TeamGraphSubgraph::Researcher(piece)) => {
                (format!("{inside} {}", piece.node), piece.text().into_owned())
            }
            WithSubgraphs::Subgraph(inside, TeamGraphSubgraph::Writer(piece)) => {
                (format!("{inside} {}", piece.node), piece.text().into_owned())
            }
        };
        if who != speaker {
            print!("{}{who}: ", if speaker.is_empty() { "" } else { "\n" });
            speaker = who;
        }
        // Chunks of a tool call have no text.
        print!("{text}{}", if text.is_empty() { "" } else { "|" });
    }
    let messages = pieces.output().map_or(0, |state| state.messages.len());
    println!("\n{messages} messages");
    Ok(())
}
