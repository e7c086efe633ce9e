//! The order in which the updates of a super-step are applied.

use std::ops::Range;

use crate::graph::Graph;

/// The order in which the updates of a super-step are applied: LangGraph's, by node name, then the sent tasks in sending
/// order. Tasks start in another order, the sent ones first, so that one is the other, rotated.
#[derive(Clone, Copy)]
pub(super) struct ApplyOrder {
    /// The number of sent tasks: they are the first.
    sent: usize,
    tasks: usize,
}

impl ApplyOrder {
    #[inline]
    pub(super) fn of<G: Graph>(tasks: &[G::Task]) -> Self {
        let sent = if const { G::TOPOLOGY.sends() } {
            tasks.iter().take_while(|task| G::TOPOLOGY.nodes[G::node_index(task)].info.has_task_input).count()
        } else {
            0
        };
        Self { sent, tasks: tasks.len() }
    }

    /// The indices of the tasks, in this order.
    #[inline]
    pub(super) fn indices(self) -> std::iter::Chain<Range<usize>, Range<usize>> {
        (self.sent..self.tasks).chain(0..self.sent)
    }

    /// The position of a task in this order.
    pub(super) fn position(self, task: usize) -> usize {
        if task < self.sent { self.tasks - self.sent + task } else { task - self.sent }
    }
}

#[cfg(test)]
mod tests {
    use super::ApplyOrder;

    #[test]
    fn sent_tasks_start_first_and_are_applied_last() {
        let order = ApplyOrder { sent: 2, tasks: 5 };
        assert_eq!(order.indices().collect::<Vec<_>>(), [2, 3, 4, 0, 1]);
        for (position, task) in order.indices().enumerate() {
            assert_eq!(order.position(task), position);
        }
    }
}
