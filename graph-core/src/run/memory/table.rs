//! The memory of a step.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;

use tokio::sync::oneshot;
use uuid::Uuid;

use crate::checkpoint::{KeptState, Remembered, RememberedKind};
use crate::context::{RunContext, TaskId};
use crate::run::engine::lock;

/// The memory of the step of a run on a thread.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    table: Mutex<Table>,
    /// Whether something is not handed to the journal yet, readable without the lock.
    has_unsaved: AtomicBool,
}

#[derive(Debug, Default)]
struct Table {
    answers: HashMap<Uuid, Vec<u8>>,
    results: HashMap<Uuid, Vec<u8>>,
    /// The records of subgraphs, by their runs.
    subgraphs: HashMap<Uuid, Vec<Vec<u8>>>,
    /// The states of subgraphs that the thread keeps, as of the last step.
    kept: HashMap<Uuid, Vec<u8>>,
    /// Those that subgraphs of this step have left.
    left: BTreeMap<Uuid, KeptState>,
    /// How often each name was used in an attempt of a task.
    used: HashMap<Uuid, u32>,
    unsaved: Vec<Unsaved>,
    /// The run's consumer while the run waits: a task may run on another thread.
    sleeper: Option<Waker>,
}

/// What is not handed to the journal yet, and who waits until it is saved.
#[derive(Debug)]
pub(crate) struct Unsaved {
    pub remembered: Remembered,
    pub saved: Option<oneshot::Sender<()>>,
}

impl Memory {
    /// Takes over what was saved.
    pub(crate) fn restore(&self, remembered: Vec<Remembered>) {
        let mut table = lock(&self.table);
        for Remembered { kind, key, name, value, .. } in remembered {
            match kind {
                RememberedKind::Answer => _ = table.answers.insert(key, value),
                RememberedKind::Step => _ = table.results.insert(key, value),
                RememberedKind::Subgraph => table.subgraphs.entry(key).or_default().push(value),
                RememberedKind::Kept => _ = table.left.insert(key, KeptState { key, graph: name, state: value }),
                RememberedKind::Interrupt | RememberedKind::Error => {}
            }
        }
    }

    /// The key of the next use of a name by a task.
    ///
    /// Each attempt counts anew, so that it finds what earlier ones have remembered.
    pub(crate) fn next_key(&self, cx: &RunContext, name: &str) -> Uuid {
        let id = cx.key_seed();
        let used = self.count(cx, name, |used| {
            *used += 1;
            *used - 1
        });
        id.key(name, used)
    }

    /// Takes back the last use of a name.
    pub(crate) fn unuse(&self, cx: &RunContext, name: &str) {
        self.count(cx, name, |used| *used = used.saturating_sub(1));
    }

    /// The key of a name that is used once at most; `None` if it was used.
    pub(crate) fn only_key(&self, cx: &RunContext, name: &str) -> Option<Uuid> {
        let id = cx.key_seed();
        let is_first = self.count(cx, name, |used| std::mem::replace(used, 1) == 0);
        is_first.then(|| id.key(name, 0))
    }

    /// How often an attempt of a task, or of a call in it, has used a name.
    fn count<R>(&self, cx: &RunContext, name: &str, change: impl FnOnce(&mut u32) -> R) -> R {
        let (task, call) = cx.attempts();
        let attempt = TaskId::of_call(cx.key_seed().key(name, task)).key("", call);
        change(lock(&self.table).used.entry(attempt).or_insert(0))
    }

    pub(crate) fn answer(&self, key: Uuid) -> Option<Vec<u8>> {
        lock(&self.table).answers.get(&key).cloned()
    }

    pub(crate) fn result(&self, key: Uuid) -> Option<Vec<u8>> {
        lock(&self.table).results.get(&key).cloned()
    }

    /// The state of a subgraph after its last call on the thread.
    pub(crate) fn kept(&self, key: Uuid) -> Option<Vec<u8>> {
        lock(&self.table).kept.get(&key).cloned()
    }

    /// Takes over the states that the thread keeps.
    pub(crate) fn load_kept<'a>(&self, kept: impl Iterator<Item = &'a KeptState>) {
        lock(&self.table).kept.extend(kept.map(|kept| (kept.key, kept.state.clone())));
    }

    /// The step is complete: what its subgraphs have left is what their next calls begin with.
    pub(crate) fn take_left(&self) -> Vec<KeptState> {
        let mut table = lock(&self.table);
        if table.left.is_empty() {
            return Vec::new();
        }
        let left: Vec<_> = std::mem::take(&mut table.left).into_values().collect();
        table.kept.extend(left.iter().map(|kept| (kept.key, kept.state.clone())));
        left
    }

    /// Takes the records of a subgraph's run.
    pub(crate) fn take_subgraph(&self, run: Uuid) -> Vec<Vec<u8>> {
        lock(&self.table).subgraphs.remove(&run).unwrap_or_default()
    }

    /// Remembers something. The receiver gets a message once it is saved.
    pub(crate) fn remember(&self, remembered: Remembered) -> oneshot::Receiver<()> {
        let (saved, receiver) = oneshot::channel();
        let sleeper = {
            let mut table = lock(&self.table);
            let Remembered { kind, key, ref name, ref value, .. } = remembered;
            match kind {
                RememberedKind::Answer => _ = table.answers.insert(key, value.clone()),
                RememberedKind::Step => _ = table.results.insert(key, value.clone()),
                RememberedKind::Kept => {
                    let kept = KeptState { key, graph: name.clone(), state: value.clone() };
                    table.left.insert(key, kept);
                }
                RememberedKind::Interrupt | RememberedKind::Subgraph | RememberedKind::Error => {}
            }
            table.unsaved.push(Unsaved { remembered, saved: Some(saved) });
            self.has_unsaved.store(true, Ordering::Release);
            table.sleeper.take()
        };
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
        receiver
    }

    #[inline]
    pub(crate) fn has_unsaved(&self) -> bool {
        self.has_unsaved.load(Ordering::Acquire)
    }

    /// Takes what is not handed to the journal yet.
    pub(crate) fn take_unsaved(&self) -> Vec<Unsaved> {
        let mut table = lock(&self.table);
        self.has_unsaved.store(false, Ordering::Release);
        std::mem::take(&mut table.unsaved)
    }

    /// The run waits: what is remembered next wakes it. `false` if there is something already.
    pub(crate) fn sleep(&self, waker: &Waker) -> bool {
        let mut table = lock(&self.table);
        if table.unsaved.is_empty() {
            table.sleeper = Some(waker.clone());
        }
        table.unsaved.is_empty()
    }

    /// The step is complete: its tasks do not run again.
    pub(crate) fn forget(&self) {
        let mut table = lock(&self.table);
        let Table { answers, results, subgraphs, used, .. } = &mut *table;
        answers.clear();
        results.clear();
        subgraphs.clear();
        used.clear();
    }
}
