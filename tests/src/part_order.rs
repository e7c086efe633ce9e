//! The contract of the order of parts, as `graph_core::run::Part` states it, checked on a stream of several modes.

use std::collections::HashMap;

use graph_core::context::TaskId;
use graph_core::graph::{Graph, GraphNode};
use graph_core::run::{Part, TaskState};

/// Why a stream breaks the contract.
pub type Broken = String;

/// What has been seen of the running step.
struct Step<G: Graph> {
    number: i64,
    /// The tasks that have started, and whether they have ended.
    tasks: HashMap<TaskId, bool>,
    /// The node of an update whose task has not ended yet.
    update: Option<G::Node>,
}

/// Checks a stream of `UPDATES | TASKS`, with `VALUES`, `MESSAGES`, `CUSTOM` and `CHECKPOINTS` if they were asked for.
///
/// # Errors
/// The first part that breaks the contract, by its index.
pub fn check<G: Graph>(parts: &[Part<G>]) -> Result<(), Broken> {
    let mut step = Step::<G> { number: i64::MIN, tasks: HashMap::new(), update: None };
    for (index, part) in parts.iter().enumerate() {
        step.see(part).map_err(|broken| format!("part {index}: {broken}"))?;
    }
    step.must_be_over("the end of the stream")
}

impl<G: Graph> Step<G> {
    fn see(&mut self, part: &Part<G>) -> Result<(), Broken> {
        match part {
            Part::Task(task) => {
                let name = task.node.name();
                if let TaskState::Started { .. } = task.state {
                    if task.step != self.number {
                        self.must_be_over("the next step")?;
                        *self = Self { number: task.step, tasks: HashMap::new(), update: None };
                    }
                    return match self.tasks.insert(task.id, false) {
                        None => Ok(()),
                        Some(_) => Err(format!("`{name}` starts twice")),
                    };
                }
                self.end(task.id, name)?;
                match (&task.state, self.update.take()) {
                    (TaskState::Done(_) | TaskState::Cached(_), Some(node)) if node == task.node => Ok(()),
                    (TaskState::Done(_) | TaskState::Cached(_), _) => Err(format!("`{name}` ends before its update")),
                    (_, None) => Ok(()),
                    (_, Some(node)) => Err(format!("`{}` has an update and no end", node.name())),
                }
            }
            Part::Update(update) => match self.update.replace(graph_core::graph::GraphUpdate::node(&update.update)) {
                None => self.must_not_be_over("an update"),
                Some(node) => Err(format!("two updates, and `{}` has not ended", node.name())),
            },
            Part::Message(message) => self.must_run(message.task, message.node.name()),
            Part::Custom(custom) => self.must_run(custom.task, custom.node.name()),
            Part::Values(_) => self.must_be_over("the values"),
            Part::Checkpoint(_) => self.must_be_over("the checkpoint"),
            _ => Ok(()),
        }
    }

    fn end(&mut self, task: TaskId, name: &str) -> Result<(), Broken> {
        match self.tasks.get_mut(&task) {
            None => Err(format!("`{name}` ends and has not started")),
            Some(true) => Err(format!("`{name}` ends twice")),
            Some(ended) => {
                *ended = true;
                Ok(())
            }
        }
    }

    fn must_run(&self, task: TaskId, name: &str) -> Result<(), Broken> {
        match self.tasks.get(&task) {
            Some(false) => Ok(()),
            Some(true) => Err(format!("`{name}` has ended, and emits")),
            None => Err(format!("`{name}` has not started, and emits")),
        }
    }

    fn must_not_be_over(&self, what: &str) -> Result<(), Broken> {
        if self.tasks.values().all(|ended| *ended) { Err(format!("{what} while no task runs")) } else { Ok(()) }
    }

    fn must_be_over(&self, before: &str) -> Result<(), Broken> {
        match (&self.update, self.tasks.values().filter(|ended| !**ended).count()) {
            (Some(node), _) => Err(format!("`{}` has an update and no end before {before}", node.name())),
            (None, 0) => Ok(()),
            (None, running) => Err(format!("{running} tasks have no end before {before}")),
        }
    }
}
