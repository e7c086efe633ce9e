//! Updates of a thread from outside, in the name of nodes.

use std::future::poll_fn;
use std::sync::Arc;

use super::cursor::Cursor;
use super::guard::guard;
use super::machine::{checkpoint_error, lost};
use crate::checkpoint::Source;
use crate::error::Error;
use crate::graph::{Graph, GraphUpdate};
use crate::run::Binding;
use crate::state::State;
use crate::thread::Snapshot;

/// Applies updates as one step, as if their nodes had run, and saves it. Returns the new checkpoint.
pub(crate) async fn edit<G: Graph>(binding: Binding<G>, updates: Vec<G::Update>) -> Result<Snapshot<G>, Box<Error>> {
    let (mut journal, loaded) = binding.open().await.map_err(checkpoint_error)?;
    let (mut state, mut cursor) = match loaded {
        Some(loaded) => (loaded.state, loaded.cursor),
        // The step of an update is at least that of an input.
        None => (G::State::__initial(), Cursor { step: -1, ..Cursor::new() }),
    };
    cursor.step += 1;
    // The step behind the new checkpoint begins anew.
    cursor.forget_progress();
    let number = cursor.step;
    let nodes: Vec<G::Node> = updates.iter().map(GraphUpdate::node).collect();
    let mut writes = Vec::new();
    for mut update in updates {
        let node = update.node();
        guard::<G, _>(
            number,
            || "a reducer of an update".to_owned(),
            || {
                update.as_dyn_mut().prepare();
                let update = update.into_update();
                writes.push(journal.encode(Some(node), &update).map_err(checkpoint_error)?);
                state.apply(update);
                Ok(())
            },
        )?;
    }
    let Cursor { scheduler, tasks, .. } = &mut cursor;
    guard::<G, _>(
        number,
        || "a router behind an update".to_owned(),
        || {
            scheduler.updated(&nodes, tasks, &state);
            Ok(())
        },
    )?;
    journal.save_step(Source::Update, writes, &cursor, &state).map_err(checkpoint_error)?;
    poll_fn(|cx| journal.poll_flush(cx)).await.map_err(checkpoint_error)?;
    journal.snapshot(&Arc::new(state), &cursor).ok_or_else(lost::<G>)
}
