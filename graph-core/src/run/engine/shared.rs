//! What a run's engine, its nodes and its stream share.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use uuid::Uuid;

use crate::cache::NodeCache;
use crate::context::{By, HANDLER, RunInfo, Sink, SpanKind, TaskId, TaskInfo};
use crate::graph::{DepsOf, Graph, GraphNode};
use crate::message::Message;
use crate::model::ModelInfo;
use crate::run::{CustomPart, Event, EventData, EventKind, MessageContent, MessagePart, Mode, Part, Phase, Pushed};

/// What a run's engine, its nodes and its stream share: the parts that wait for the consumer.
///
/// The engine and all nodes run inside the consumer's poll, so the lock is never waited for unless a node hands its
/// context to another thread.
pub(crate) struct Shared<G: Graph> {
    deps: DepsOf<G>,
    pub(super) info: RunInfo,
    pub(super) modes: Mode,
    pub(super) cache: Option<Arc<dyn NodeCache>>,
    queue: Mutex<Queue<G>>,
    /// Whether the queue has parts, or messages that were pushed, so that the engine can look without the lock.
    full: AtomicBool,
    /// The places of the step's tasks whose handlers are running.
    handling: Mutex<Vec<usize>>,
    /// The ids of the messages that have been streamed, so that a node that returns one does not stream it again.
    pub(super) streamed_ids: StreamedIds,
    /// How many graphs each task has run inside itself.
    pub(super) calls: Mutex<HashMap<TaskId, u32>>,
}

struct Queue<G: Graph> {
    parts: VecDeque<Part<G>>,
    /// Whom to wake, while the run waits: a node may have handed its context to a task or thread of its own, which the
    /// run knows nothing of.
    sleeper: Option<Waker>,
    /// What nodes have pushed, until their tasks have ended.
    pushed: Vec<Pushed<G>>,
}

/// The ids of messages, known to a run and to the runs inside it.
pub(crate) type StreamedIds = Arc<Mutex<HashSet<String>>>;

/// A lock whose holder panicked is as good as any: what it guards is never left half-written.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<G: Graph> Shared<G> {
    pub(crate) fn new(deps: DepsOf<G>, info: RunInfo, modes: Mode, cache: Option<Arc<dyn NodeCache>>) -> Self {
        let queue = Mutex::new(Queue { parts: VecDeque::new(), sleeper: None, pushed: Vec::new() });
        Self {
            deps,
            info,
            modes,
            cache,
            queue,
            full: AtomicBool::new(false),
            handling: Mutex::default(),
            streamed_ids: StreamedIds::default(),
            calls: Mutex::default(),
        }
    }

    /// Remembers what was streamed together with the run around it, so that neither repeats what the other has said.
    pub(crate) fn sharing_ids_with(mut self, around: &dyn Sink) -> Self {
        self.streamed_ids = around.streamed_ids().unwrap_or_default();
        self
    }

    pub(crate) fn deps(&self) -> &G::Deps {
        self.deps.get()
    }

    pub(crate) fn has(&self, modes: Mode) -> bool {
        self.modes.intersects(modes)
    }

    pub(crate) fn push(&self, part: Part<G>) {
        let sleeper = {
            let mut queue = lock(&self.queue);
            queue.parts.push_back(part);
            self.full.store(true, Ordering::Release);
            queue.sleeper.take()
        };
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }

    /// The run waits: what is said from now on wakes it. Not so if something has been said already.
    pub(crate) fn sleep(&self, waker: &Waker) -> bool {
        let mut queue = lock(&self.queue);
        if queue.parts.is_empty() {
            queue.sleeper = Some(waker.clone());
        }
        queue.parts.is_empty()
    }

    /// The run goes on: what its nodes say is taken up at the end of their poll anyway.
    pub(crate) fn awake(&self) {
        lock(&self.queue).sleeper = None;
    }

    pub(crate) fn has_parts(&self) -> bool {
        self.full.load(Ordering::Acquire)
    }

    /// Moves what nodes have said to `out`.
    #[inline]
    pub(crate) fn take(&self, out: &mut VecDeque<Part<G>>) {
        if self.has_parts() {
            self.take_all(out);
        }
    }

    #[inline(never)]
    fn take_all(&self, out: &mut VecDeque<Part<G>>) {
        let mut queue = lock(&self.queue);
        if out.is_empty() {
            std::mem::swap(&mut queue.parts, out);
        } else {
            out.append(&mut queue.parts);
        }
        self.full.store(!queue.pushed.is_empty(), Ordering::Release);
    }

    /// A node says a message of its own, which is written when its task has ended.
    pub(crate) fn push_message(&self, pushed: Pushed<G>) {
        if self.has(Mode::MESSAGES) {
            lock(&self.streamed_ids).insert(pushed.message.id().to_owned());
            self.push(self.message(&pushed.task, None, MessageContent::Whole(pushed.message.clone())));
        }
        let mut queue = lock(&self.queue);
        queue.pushed.push(pushed);
        self.full.store(true, Ordering::Release);
    }

    /// Takes what a task pushed that ended with this attempt, of its node or of its handler; what it pushed in failed ones
    /// is no write, and neither is what comes too late.
    #[inline(never)]
    pub(crate) fn take_pushed(&self, step: i64, task: usize, attempt: u32, by: By) -> Vec<Pushed<G>> {
        let mut queue = lock(&self.queue);
        let (mine, others) = std::mem::take(&mut queue.pushed)
            .into_iter()
            .filter(|pushed| pushed.task.step == step)
            .partition::<Vec<_>, _>(|pushed| pushed.task.index == task);
        queue.pushed = others;
        self.full.store(!queue.parts.is_empty() || !queue.pushed.is_empty(), Ordering::Release);
        mine.into_iter().filter(|pushed| pushed.task.attempt == attempt && pushed.task.by == by).collect()
    }

    /// The handler of a task's errors begins to run, or has ended.
    pub(crate) fn set_handling(&self, index: usize, handling: bool) {
        let mut all = lock(&self.handling);
        all.retain(|other| *other != index);
        all.extend(handling.then_some(index));
    }

    /// Whether the handler of a task's errors was running when the task went down.
    pub(crate) fn is_handling(&self, index: usize) -> bool {
        lock(&self.handling).contains(&index)
    }

    /// Whether a failed task leaves the others of its step alone.
    pub(crate) fn isolates(&self) -> bool {
        self.info.isolate
    }

    pub(crate) fn run_id(&self) -> Uuid {
        self.info.run_id
    }

    pub(crate) fn thread_id(&self) -> Option<&str> {
        self.info.thread_id.as_deref()
    }

    pub(crate) fn custom(&self, task: &TaskInfo, event: G::Custom) {
        if self.has(Mode::EVENTS) {
            let data = EventData::Custom(event.clone());
            self.push(self.event(Some(task), SpanKind::Custom, Phase::Stream, None, Some(data)));
        }
        if self.has(Mode::CUSTOM) {
            self.push(Part::Custom(CustomPart {
                event,
                node: node::<G>(task),
                step: task.step,
                task: task.id(),
                attempt: task.attempt,
            }));
        }
    }

    /// Streams the messages that a task wrote, but for those that were streamed or that the state already held.
    pub(crate) fn written(
        &self,
        task: &TaskInfo,
        messages: &[Message],
        held: impl Fn(&str) -> bool,
        out: &mut VecDeque<Part<G>>,
    ) {
        for message in messages {
            if lock(&self.streamed_ids).insert(message.id().to_owned()) && !held(message.id()) {
                out.push_back(self.message(task, None, MessageContent::Whole(message.clone())));
            }
        }
    }

    /// An event of the graph itself (no task) or of a node.
    pub(crate) fn event(
        &self,
        task: Option<&TaskInfo>,
        of: SpanKind,
        phase: Phase,
        input: Option<EventData<G>>,
        data: Option<EventData<G>>,
    ) -> Part<G> {
        let root = self.info.run_id;
        let (name, run_id, parent_ids, tags) = match task {
            None => (G::NAME, root, self.info.parents.to_vec(), Vec::new()),
            Some(task) => (
                task.name,
                task.span,
                self.info.parents.iter().copied().chain([root]).collect(),
                vec![format!("graph:step:{}", task.step)],
            ),
        };
        Part::Event(Box::new(Event {
            kind: EventKind { of, phase },
            name: match task {
                Some(TaskInfo { by: By::Handler, .. }) => format!("{HANDLER}{name}").into(),
                _ => name.into(),
            },
            run_id,
            parent_ids,
            node: task.map(node::<G>),
            step: task.map_or(0, |task| task.step),
            tags: tags.into_iter().chain(self.info.tags.iter().cloned()).collect(),
            metadata: self.info.metadata.clone(),
            cached: task.is_some_and(|task| task.by == By::Cache),
            input,
            data,
        }))
    }

    /// The id of a new span; nil where nobody listens.
    pub(crate) fn span_id(&self) -> Uuid {
        if self.has(Mode::EVENTS) { Uuid::new_v4() } else { Uuid::nil() }
    }

    pub(super) fn message(&self, task: &TaskInfo, model: Option<&Arc<ModelInfo>>, content: MessageContent) -> Part<G> {
        Part::Message(MessagePart {
            content,
            node: node::<G>(task),
            step: task.step,
            task: task.id(),
            attempt: task.attempt,
            model: model.cloned(),
            thread_id: self.info.thread_id.clone(),
            metadata: self.info.metadata.clone(),
        })
    }
}

pub(super) fn node<G: Graph>(task: &TaskInfo) -> G::Node {
    G::Node::ALL[task.node]
}
