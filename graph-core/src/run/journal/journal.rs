//! A run's link to its saved thread: reading it back, and saving after each super-step.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use crate::checkpoint::{CheckpointError, Checkpointer, Codec, Entry, Pending, Source, Written};
use crate::graph::{Graph, GraphNode};
use crate::run::Scheduler;
use crate::run::{DebugKind, DebugPart, Mode, Part, Shared};
use crate::state::{State, fingerprint};
use crate::thread::Snapshot;

/// A whole snapshot is saved every so many entries, so that a thread is read back in bounded time.
const SNAPSHOT_EVERY: usize = 32;

/// The thread that a run goes on with.
pub(crate) struct Binding<G: Graph> {
    pub saver: Arc<dyn Checkpointer>,
    pub codec: Codec<G>,
    pub thread: Arc<str>,
}

impl<G: Graph> Clone for Binding<G> {
    fn clone(&self) -> Self {
        Self { saver: self.saver.clone(), codec: self.codec, thread: self.thread.clone() }
    }
}

/// What a thread holds.
pub(crate) struct Loaded<G: Graph> {
    pub state: G::State,
    pub step: i64,
    pub tasks: Vec<G::Task>,
    /// The tasks of deferred nodes that were put aside.
    pub aside: Vec<G::Task>,
    pub arrived: Vec<Vec<bool>>,
    pub head: Entry,
    /// The last entry: the head, or what a failed step left behind it.
    pub tail: Uuid,
    /// How many entries stand behind the last snapshot.
    pub since_snapshot: usize,
    /// What tasks of the next step wrote before that step failed, by their places.
    pub pending: Vec<(usize, <G::State as State>::Update)>,
}

impl<G: Graph> Binding<G> {
    /// Reads the thread back: its last snapshot, and the updates since then folded in again.
    pub(crate) async fn load(&self) -> Result<Option<Loaded<G>>, CheckpointError> {
        let entries = self.saver.tail(&self.thread).await?;
        let mut state = None;
        let (mut head, mut since_snapshot) = (None, 0);
        let (mut pending, mut tail) = (Vec::<Pending>::new(), None);
        for mut entry in entries {
            let parent = tail.replace(entry.id);
            if !entry.pending.is_empty() {
                // Of a task that has failed twice, what it wrote in the end counts; all others are told apart by place.
                pending.append(&mut entry.pending);
                continue;
            }
            if !pending.is_empty() && entry.parent == parent {
                // It follows the step before, not what was left of one that failed.
                entry.parent = head.as_ref().map(|head: &Entry| head.id);
            }
            pending.clear();
            let known = fingerprint::<G::State>() == entry.fingerprint;
            let folded = match (&entry.snapshot, state.take()) {
                (Some(snapshot), _) => self.codec.decode_state(snapshot, &self.thread, entry.step)?,
                (None, Some(mut state)) if known => {
                    self.fold(&mut state, &entry)?;
                    state
                }
                (None, Some(_)) => {
                    return Err(CheckpointError::Changed { thread: self.thread.to_string(), step: entry.step });
                }
                (None, None) => {
                    return Err(CheckpointError::NoSnapshot { thread: self.thread.to_string(), step: entry.step });
                }
            };
            since_snapshot = if entry.snapshot.is_some() { 0 } else { since_snapshot + 1 };
            state = Some(folded);
            head = Some(entry);
        }
        let (Some(state), Some(head), Some(tail)) = (state, head, tail) else { return Ok(None) };
        let decode = |task: &Vec<u8>| self.codec.decode_task(task, &self.thread, head.step);
        let tasks: Vec<G::Task> = head.next.iter().map(decode).collect::<Result<_, _>>()?;
        let pending = pending.into_iter().map(|Pending { task, write }| {
            let update = self.codec.decode_update(&write.update, &self.thread, head.step)?;
            Ok((task, update))
        });
        let pending = pending.collect::<Result<_, CheckpointError>>()?;
        let (aside, mut tasks): (Vec<_>, Vec<_>) = tasks.into_iter().partition(deferred::<G>);
        // NoThread, they are what runs next.
        let aside = if tasks.is_empty() {
            tasks = aside;
            Vec::new()
        } else {
            aside
        };
        let (step, arrived) = (head.step, head.arrived.clone());
        Ok(Some(Loaded { state, step, tasks, aside, arrived, head, tail, since_snapshot, pending }))
    }

    fn fold(&self, state: &mut G::State, entry: &Entry) -> Result<(), CheckpointError> {
        for write in &entry.writes {
            state.apply(self.codec.decode_update(&write.update, &self.thread, entry.step)?);
        }
        Ok(())
    }
}

fn deferred<G: Graph>(task: &G::Task) -> bool {
    G::TOPOLOGY.nodes[G::node_index(task)].deferred
}

/// A run's link to its saved thread.
pub(crate) struct Journal<G: Graph> {
    binding: Binding<G>,
    head: Option<Uuid>,
    /// The last entry: the head, or what a failed step left behind it.
    tail: Option<Uuid>,
    parent: Option<Uuid>,
    source: Source,
    at: SystemTime,
    since_snapshot: usize,
}

impl<G: Graph> Journal<G> {
    pub(crate) async fn open(binding: Binding<G>) -> Result<(Self, Option<Loaded<G>>), CheckpointError> {
        let loaded = binding.load().await?;
        let head = loaded.as_ref().map(|loaded| &loaded.head);
        let (parent, source) = (head.and_then(|head| head.parent), head.map_or(Source::Input, |head| head.source));
        let at = head.map_or(SystemTime::UNIX_EPOCH, |head| head.at);
        let head = head.map(|head| head.id);
        let tail = loaded.as_ref().map(|loaded| loaded.tail);
        // A thread's first entry is a snapshot; later runs go on counting, so that a turn costs what it writes.
        let since_snapshot = loaded.as_ref().map_or(SNAPSHOT_EVERY, |loaded| loaded.since_snapshot);
        let journal = Self { head, tail, parent, source, at, since_snapshot, binding };
        Ok((journal, loaded))
    }

    pub(crate) fn head(&self) -> Option<Uuid> {
        self.head
    }

    /// What a node (an input, where there is none) wrote, as it is saved.
    pub(crate) fn record(
        &self,
        node: Option<G::Node>,
        update: &<G::State as State>::Update,
    ) -> Result<Written, CheckpointError> {
        let node = node.map(|node| node.name().to_owned());
        Ok(Written { node, update: self.binding.codec.encode_update(update)? })
    }

    /// A step as it is saved: what was written, what runs next and what is put aside, and now and then the whole state.
    pub(crate) fn entry(
        &self,
        source: Source,
        step: i64,
        writes: Vec<Written>,
        tasks: &[G::Task],
        next: &Scheduler<G>,
        state: &G::State,
    ) -> Result<Entry, CheckpointError> {
        let codec = &self.binding.codec;
        let aside: Vec<G::Task> = next.aside().collect();
        let whole = self.since_snapshot + 1 >= SNAPSHOT_EVERY;
        Ok(Entry {
            id: Uuid::now_v7(),
            parent: self.tail,
            step,
            source,
            at: SystemTime::now(),
            fingerprint: fingerprint::<G::State>(),
            writes,
            next: tasks.iter().chain(&aside).map(|task| codec.encode_task(task)).collect::<Result<_, _>>()?,
            arrived: next.arrived(),
            snapshot: whole.then(|| codec.encode_state(state)).transpose()?,
            pending: Vec::new(),
        })
    }

    /// What is saved of a step that has failed: what those of its tasks wrote that had ended.
    pub(crate) fn pending(&self, step: i64, pending: Vec<Pending>) -> Entry {
        Entry {
            id: Uuid::now_v7(),
            parent: self.tail,
            step,
            source: self.source,
            at: SystemTime::now(),
            fingerprint: fingerprint::<G::State>(),
            writes: Vec::new(),
            next: Vec::new(),
            arrived: Vec::new(),
            snapshot: None,
            pending,
        }
    }

    /// Saves what a failed step leaves behind. The step before it is still the thread's last.
    pub(crate) async fn save_pending(self, entry: Entry) -> Result<(), CheckpointError> {
        self.binding.saver.append(&self.binding.thread, entry).await
    }

    /// Saves a step.
    pub(crate) async fn save(&mut self, entry: Entry) -> Result<(), CheckpointError> {
        let (id, source, at) = (entry.id, entry.source, entry.at);
        let since_snapshot = if entry.snapshot.is_some() { 0 } else { self.since_snapshot + 1 };
        self.binding.saver.append(&self.binding.thread, entry).await?;
        self.since_snapshot = since_snapshot;
        self.tail = Some(id);
        self.parent = self.head.replace(id);
        (self.source, self.at) = (source, at);
        Ok(())
    }

    /// Tells the stream what was saved last.
    pub(crate) fn tell(
        &self,
        shared: &Shared<G>,
        state: &Arc<G::State>,
        tasks: &[G::Task],
        step: i64,
        out: &mut VecDeque<Part<G>>,
    ) {
        // A run that goes on with a thread that is not there has saved nothing.
        if self.head.is_none() || !shared.has(Mode::CHECKPOINTS | Mode::DEBUG) {
            return;
        }
        let snapshot = Snapshot {
            values: state.clone(),
            next: tasks.iter().map(G::node_of).collect(),
            step,
            source: self.source,
            id: self.head,
            parent: self.parent,
            thread_id: self.binding.thread.clone(),
            at: self.at,
        };
        if shared.has(Mode::DEBUG) {
            let (at, kind) = (snapshot.at, DebugKind::Checkpoint(snapshot.clone()));
            out.push_back(Part::Debug(Box::new(DebugPart { step, at, kind })));
        }
        if shared.has(Mode::CHECKPOINTS) {
            out.push_back(Part::Checkpoint(Box::new(snapshot)));
        }
    }
}
