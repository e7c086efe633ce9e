//! The start of a run: loading its thread, applying its input, following the edges of START.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;

use super::guard::guard;
use super::machine::{AfterSave, Engine, checkpoint_error, lost};
use super::task::Lease;
use crate::checkpoint::Source;
use crate::error::Error;
use crate::graph::Graph;
use crate::run::journal::{Journal, Loaded};
use crate::run::{Mode, Part};
use crate::state::{State, Update, to_mut};
use crate::thread::NewInput;

fn input_reducer() -> String {
    "a reducer of the input".to_owned()
}

impl<G: Graph, F, C> Engine<G, F, C>
where
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send,
{
    /// Takes over the loaded thread.
    pub(super) fn opened(&mut self, journal: Box<dyn Journal<G>>, loaded: Option<Loaded<G>>) {
        self.journal = Some(journal);
        self.step.has_journal = true;
        if let (Some(loaded), Some(lease)) = (loaded, &mut self.lease) {
            lease.state = Some(Arc::new(loaded.state));
            self.cursor = loaded.cursor;
            if self.is_child() {
                self.gathered = loaded.written;
            } else if let Some(memory) = &self.step.shared.info.memory {
                // A new input abandons the tasks that have remembered something.
                if self.start.input.is_none() {
                    memory.restore(loaded.remembered);
                }
                memory.load_kept(self.cursor.kept.all());
            }
        }
    }

    /// Applies the input and follows the edges of START. Without an input, a thread continues where it stopped.
    pub(super) fn take_input(&mut self, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        if G::State::MANAGED {
            self.manage(self.step.shared.info.config.recursion_limit);
        }
        let is_child = self.is_child();
        if self.start.new_input == NewInput::Reject && self.start.input.is_some() && !self.cursor.asked.is_empty() {
            return Err(self.interrupts_wait());
        }
        let number = self.cursor.input_step();
        let update = match self.start.input.take() {
            Some(mut input) => Some(guard::<G, _>(number, input_reducer, || {
                input.prepare();
                Ok(input.into_update())
            })?),
            None if is_child => None,
            None if !self.start.answers.is_empty() => return self.take_answers(),
            None if self.start.forks => {
                self.cursor.step += 1;
                return self.save_step(Source::Fork, Vec::new(), AfterSave::RunStarted, out);
            }
            None => return self.after_save(AfterSave::RunStarted, out),
        };
        if self.journal.is_some() && !is_child {
            self.cursor.abandon_tasks();
        }
        self.cursor.step = number;
        let writes = match (&self.journal, &update) {
            (Some(journal), Some(update)) => vec![journal.encode(None, update).map_err(checkpoint_error)?],
            _ => Vec::new(),
        };
        let Some(state) = self.lease.as_mut().and_then(|lease| lease.state.as_mut()) else { return Err(lost::<G>()) };
        if self.journal.is_some() && self.step.shared.has(Mode::CHECKPOINTS | Mode::DEBUG) {
            self.before_input = Some(state.clone());
        }
        if let Some(update) = update.filter(|update| !update.written().is_empty()) {
            guard::<G, _>(number, input_reducer, || {
                to_mut(state).apply(update);
                Ok(())
            })?;
        }
        let scheduler = &mut self.cursor.scheduler;
        guard::<G, _>(
            number,
            || "a router behind START".to_owned(),
            || {
                scheduler.start(state);
                Ok(())
            },
        )?;
        self.cursor.scheduler.take(&mut self.cursor.tasks);
        self.save_step(Source::Input, writes, AfterSave::RunStarted, out)
    }
}
