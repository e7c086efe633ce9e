//! What has to hold after all kills.

use std::collections::HashMap;

use graph_checkpoint::SqliteSaver;

use super::files::{Files, lines};
use super::worker::{Crash, expected};

/// The most tasks that a kill can cut off.
const TASKS: usize = 3;

/// Checks all threads; says what is wrong.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn check(files: &Files, threads: usize, kills: usize) -> Result<(), String> {
    let saver = SqliteSaver::open(&files.database).await.map_err(|error| error.to_string())?;
    let app = Crash::new(files.clone()).checkpointer(saver);
    let mut acknowledged: HashMap<String, Vec<String>> = HashMap::new();
    for (thread, id) in lines(&files.acknowledged) {
        acknowledged.entry(thread).or_default().push(id);
    }
    let (mut lost, mut doubled, mut wrong) = (0, 0, Vec::new());
    for number in 0..threads {
        let id = format!("t{number}");
        let thread = app.thread(&*id);
        let state = thread.state().await.map_err(|error| error.to_string())?;
        if state.values.log != expected() {
            let mut once = state.values.log.clone();
            once.sort();
            once.dedup();
            doubled += state.values.log.len() - once.len();
            wrong.push(format!("thread {id} ended with {:?}", state.values.log));
        }
        let mut saved = Vec::new();
        let mut history = thread.history();
        while let Some(snapshot) = history.next().await {
            saved.extend(snapshot.map_err(|error| error.to_string())?.id.map(|id| id.to_string()));
        }
        lost += acknowledged.get(&id).into_iter().flatten().filter(|id| !saved.contains(id)).count();
    }
    let executions = lines(&files.executions).len();
    let again = executions.saturating_sub(threads * expected().len());
    println!(
        "{kills} kills, {threads} threads, {executions} executions, {again} of them again, {lost} checkpoints lost, \
         {doubled} lines doubled"
    );
    let file = rusqlite::Connection::open(&files.database).map_err(|error| error.to_string())?;
    let sound: String =
        file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(|error| error.to_string())?;
    if sound != "ok" {
        wrong.push(format!("the database is damaged: {sound}"));
    }
    if lost > 0 {
        wrong.push(format!("{lost} checkpoints are lost that were acknowledged"));
    }
    if again > kills * TASKS {
        wrong.push(format!("{again} executions again, by {kills} kills of at most {TASKS} tasks"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}
