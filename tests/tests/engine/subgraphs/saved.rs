//! Threads of graphs with subgraphs: saved when a subgraph has ended, and continued.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use graph_core::prelude::*;

use crate::kit::{Line, Log, LogInput, line, nothing};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Log)]
struct Draft {
    #[state(shared, reduce = Append)]
    log: Vec<String>,
    drafts: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Draft)]
struct Drafted {
    log: Vec<String>,
    drafts: u64,
}

#[node]
fn draft(Draft { drafts, .. }: &Draft) -> Drafted {
    Drafted { log: vec![format!("draft {drafts}")], drafts: drafts + 1 }
}

#[node]
fn again(Draft { drafts, .. }: &Draft, cx: &Context<Drafts>) -> NodeResult<Drafted> {
    if cx.deps().load(Ordering::SeqCst) && *drafts == 1 {
        return Err(NodeError::msg("no ink"));
    }
    Ok(Drafted { log: vec![format!("draft {drafts}")], drafts: drafts + 1 })
}

graph! {
    Drafts<Draft, Arc<AtomicBool>> {
        START -> draft -> again -> END;
    }
}

#[node]
fn edit(Log { log }: &Log) -> Line {
    line(format!("edited {}", log.len()))
}

graph! {
    Editing<Log, Arc<AtomicBool>> {
        START -> edit -> Drafts as drafts -> edit as edit_again -> END;
    }
}

#[tokio::test]
async fn a_thread_goes_on_before_and_behind_a_subgraph() {
    let dry = Arc::new(AtomicBool::new(true));
    let app = Editing::new(dry.clone()).checkpointer(MemorySaver::new());
    let thread = app.interrupt_before([EditingNode::EditAgain]).thread("t");
    thread.run(nothing()).await.unwrap_err();
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.values.log.as_slice(), saved.step), (&["edited 0".to_owned()][..], 1));
    assert_eq!(saved.next, [EditingNode::Drafts], "what failed inside runs again, from its start");

    dry.store(false, Ordering::SeqCst);
    thread.continue_run().outcome().await.unwrap();
    let saved = thread.state().await.unwrap();
    assert_eq!(saved.values.log, ["edited 0", "draft 0", "draft 1"]);
    assert_eq!((saved.next.as_slice(), saved.step), (&[EditingNode::EditAgain][..], 2));

    let state = thread.continue_run().await.unwrap();
    assert_eq!(state.log, ["edited 0", "draft 0", "draft 1", "edited 3"]);
    assert_eq!(thread.state().await.unwrap().values.log, state.log);
    // The next run starts with a fresh child: its own fields are not kept.
    thread.run(LogInput { log: vec!["more".into()] }).outcome().await.unwrap();
    let state = thread.continue_run().await.unwrap();
    assert_eq!(state.log[4..], ["more", "edited 5", "draft 0", "draft 1", "edited 8"]);
}
