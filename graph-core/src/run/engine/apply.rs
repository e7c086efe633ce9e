//! The end of a super-step: the updates of its tasks are applied in order, and the next tasks are collected.

use std::cell::Cell;
use std::sync::Arc;

use super::apply_order::ApplyOrder;
use super::guard::guard;
use super::machine::lost;
use super::scheduler::Scheduler;
use super::step::Step;
use super::task::{Lease, TaskSlot};
use crate::error::Error;
use crate::graph::{Graph, GraphNode, GraphUpdate, TaskOutput};
use crate::state::{CloneUpdate, FieldSet, State, Update, to_mut};

/// A state's full update.
pub(super) type StateUpdate<G> = <<G as Graph>::State as State>::Update;

/// A write of a step, in the order in which the step applies them.
pub(super) struct OrderedWrite<G: Graph> {
    /// The index of the task.
    pub task: usize,
    /// Whether it is a pushed message, and not the task's own update.
    pub is_pushed: bool,
    /// `None` once applied.
    pub update: Option<StateUpdate<G>>,
}

/// The user code that is running, for the error if it panics.
#[derive(Clone, Copy)]
enum UserCode {
    Reducer(usize),
    Router,
}

impl<G: Graph> Step<G> {
    /// Applies the updates in their fixed order and follows the edges, as one atomic step. Returns the written fields.
    #[inline]
    pub(super) fn apply(
        &mut self,
        lease: &mut Lease<G>,
        tasks: &[G::Task],
        scheduler: &mut Scheduler<G>,
    ) -> Result<FieldSet, Box<Error>> {
        let code = Cell::new(UserCode::Router);
        let (number, wrote, slots) = (self.number, self.wrote, &mut self.slots);
        let Lease { state: Some(state), result, .. } = lease else { return Err(lost::<G>()) };
        guard::<G, _>(
            number,
            || describe::<G>(code.get(), tasks),
            || {
                if let ([slot], [task], Some(Ok(_))) = (&**slots, tasks, &*result)
                    && slot.is_in_lease()
                    && let Some(Ok(TaskOutput { update, route })) = result.take()
                {
                    if !wrote.is_empty() {
                        code.set(UserCode::Reducer(0));
                        // Cloned only if a consumer holds a snapshot.
                        to_mut(state).apply(update.into_update());
                        code.set(UserCode::Router);
                    }
                    scheduler.follow_only(task, route, state);
                    return Ok(());
                }
                if !wrote.is_empty() {
                    let state = to_mut(state);
                    for index in ApplyOrder::of::<G>(tasks).indices() {
                        code.set(UserCode::Reducer(index));
                        if let Some(update) = slots[index].take_update() {
                            state.apply(update.into_update());
                        }
                    }
                    code.set(UserCode::Router);
                }
                follow(scheduler, tasks, slots, state);
                Ok(())
            },
        )?;
        Ok(wrote)
    }

    /// The same for writes taken before: because they are saved, or are more than one update per task.
    pub(super) fn apply_ordered(
        &mut self,
        writes: &mut [OrderedWrite<G>],
        state: &mut Arc<G::State>,
        tasks: &[G::Task],
        scheduler: &mut Scheduler<G>,
    ) -> Result<FieldSet, Box<Error>> {
        let code = Cell::new(UserCode::Router);
        let (number, wrote, slots) = (self.number, self.wrote, &mut self.slots);
        guard::<G, _>(
            number,
            || describe::<G>(code.get(), tasks),
            || {
                if !wrote.is_empty() {
                    let state = to_mut(state);
                    for write in writes {
                        code.set(UserCode::Reducer(write.task));
                        if let Some(update) = write.update.take() {
                            state.apply(update);
                        }
                    }
                    code.set(UserCode::Router);
                }
                follow(scheduler, tasks, slots, state);
                Ok(())
            },
        )?;
        Ok(wrote)
    }

    /// All writes of the step, in the order in which they are applied.
    ///
    /// A pushed message comes before its task's update, but after any update that replaces the whole field: a message
    /// is never lost to the order of nodes.
    pub(super) fn take_writes(&mut self, tasks: &[G::Task]) -> Vec<OrderedWrite<G>> {
        let order = ApplyOrder::of::<G>(tasks);
        let mut writes = std::mem::take(&mut self.ordered);
        if self.slots.iter().all(TaskSlot::has_no_pushed) {
            for task in order.indices() {
                let update = self.slots[task].take_full_update();
                writes.extend(update.map(|update| OrderedWrite { task, is_pushed: false, update: Some(update) }));
            }
            return writes;
        }
        let replaced = |index: usize| G::TOPOLOGY.nodes[G::node_index(&tasks[index])].info.replaces;
        let ended: Vec<bool> = self.slots.iter().map(TaskSlot::has_written).collect();
        let (mut unordered, mut places) = (Vec::new(), Vec::new());
        for (index, slot) in self.slots.iter_mut().enumerate() {
            let own = order.position(index);
            for pushed in if ended[index] { slot.take_pushed() } else { Vec::new() } {
                let replaces =
                    |other: &usize| ended[*other] && !replaced(*other).intersection(pushed.written()).is_empty();
                let behind = order.indices().skip(own + 1).filter(replaces).last();
                let position = behind.map_or(2 * own, |behind| 2 * order.position(behind) + 2);
                places.push(Place { position, task: own, write: unordered.len() });
                unordered.push(Some(OrderedWrite { task: index, is_pushed: true, update: Some(pushed) }));
            }
            if let Some(update) = slot.take_full_update() {
                places.push(Place { position: 2 * own + 1, task: own, write: unordered.len() });
                unordered.push(Some(OrderedWrite { task: index, is_pushed: false, update: Some(update) }));
            }
        }
        sort(&mut places);
        writes.extend(places.iter().filter_map(|place| unordered[place.write].take()));
        writes
    }
}

/// The place of a write in a step: first by position, then by task, then in the order of one task's messages.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    position: usize,
    task: usize,
    write: usize,
}

/// A function of its own, so that sorting is compiled once, not for every graph.
fn sort(places: &mut [Place]) {
    places.sort_unstable();
}

#[inline]
fn follow<G: Graph>(scheduler: &mut Scheduler<G>, tasks: &[G::Task], slots: &mut [TaskSlot<G>], state: &G::State) {
    scheduler.follow(tasks, |index| slots.get_mut(index)?.take_route(), state);
}

#[cold]
fn describe<G: Graph>(code: UserCode, tasks: &[G::Task]) -> String {
    let name = |task: &G::Task| G::node_of(task).name();
    match code {
        UserCode::Reducer(task) => format!("a reducer behind node `{}`", tasks.get(task).map_or("", name)),
        UserCode::Router => {
            let mut names: Vec<_> = tasks.iter().map(|task| format!("`{}`", name(task))).collect();
            names.dedup();
            format!("a router behind {}", names.join(", "))
        }
    }
}

/// Combines an update with the earlier ones.
pub(super) fn gather<G: Graph>(gathered: &mut Option<StateUpdate<G>>, update: &StateUpdate<G>) {
    let update = update.clone_update();
    match gathered {
        Some(first) => G::State::__combine(first, update),
        none => *none = Some(update),
    }
}
