//! A node that chooses its route: it returns the update and the route in one value.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct TicketState {
    #[state(input)]
    text: String,
    /// Parallel tasks may all write it, because it has a reducer.
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TicketState)]
struct Logged {
    log: Vec<String>,
}

fn logged(line: impl Into<String>) -> Logged {
    Logged { log: vec![line.into()] }
}

/// The routes of a ticket, with their data. A route that the graph does not handle does not compile.
enum Way {
    Answer,
    Urgent,
    Ask(Vec<String>),
    Spam,
}

#[node]
async fn triage(TicketState { text, .. }: &TicketState) -> Command<Logged, Way> {
    let way = match text.split_once(' ') {
        Some(("urgent:", _)) => Way::Urgent,
        Some(("buy", _)) => Way::Spam,
        Some(("ask", teams)) => Way::Ask(teams.split(' ').map(str::to_owned).collect()),
        _ => Way::Answer,
    };
    Command::new(logged(format!("triage of `{text}`")), way)
}

/// A first parameter by value is the task input.
#[node]
async fn ask_team(team: String, _: &TicketState) -> Logged {
    logged(format!("asked {team}"))
}

#[node]
async fn page_someone(_: &TicketState) -> Logged {
    logged("someone is on the way")
}

#[node]
async fn note(_: &TicketState) -> Logged {
    logged("noted")
}

#[node]
async fn answer(TicketState { log, .. }: &TicketState) -> Logged {
    logged(format!("answered in line {}", log.len() + 1))
}

graph! {
    Tickets<TicketState> {
        START -> triage;
        // The router sees the state after the step, and the node's route.
        triage -> |_, way| match way {
            Way::Answer => answer,
            // Both run in the same step.
            Way::Urgent => [page_someone, note],
            // One task for each team, and the note in the same step.
            Way::Ask(teams) => [note, for team in teams { ask_team(team) }],
            Way::Spam => END,
        };
        ask_team -> answer;
        page_someone -> answer;
        note -> answer -> END;
        // Waits for all running nodes. Without it this does not compile: with no team to ask, it would run in the same
        // step as the note.
        defer answer;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let app = Tickets::new();
    for text in ["where is my parcel?", "urgent: smoke", "ask sales support", "buy pills"] {
        let state = app.run(TicketStateInput { text: text.into() }).await?;
        println!("{}\n", state.log.join("\n"));
    }

    // A node is still a function: its decisions can be tested without a graph.
    let state = TicketState { text: "buy pills".into(), ..TicketState::default() };
    assert!(matches!(triage(&state).await.route, Way::Spam));
    println!("{}", Tickets::mermaid());
    Ok(())
}
