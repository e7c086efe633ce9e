//! The modes of a stream.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

#[doc = include_str!("../../docs/pages/mode.md")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Mode(u16);

impl Mode {
    /// The whole state: the initial one, then that after each super-step that wrote to it.
    pub const VALUES: Self = Self(1);
    /// The update of each node, as soon as the node ends.
    pub const UPDATES: Self = Self(1 << 1);
    /// The replies of models, chunk by chunk, and the messages that nodes write without a model.
    pub const MESSAGES: Self = Self(1 << 2);
    /// The custom events of nodes.
    pub const CUSTOM: Self = Self(1 << 3);
    /// The start and the end of every task.
    pub const TASKS: Self = Self(1 << 4);
    /// The saved steps; only for a run on a thread.
    pub const CHECKPOINTS: Self = Self(1 << 5);
    /// Tasks and checkpoints, with step and time.
    pub const DEBUG: Self = Self(1 << 6);
    /// Every event of graphs, nodes, prompts, models and tools.
    pub const EVENTS: Self = Self(1 << 7);
    /// The start, the output and the end of every tool call.
    pub const TOOLS: Self = Self(1 << 8);
    /// Parts of subgraphs, too.
    pub(crate) const SUBGRAPHS: Self = Self(1 << 15);
    /// Every mode.
    pub const ALL: Self = Self((1 << 9) - 1);

    pub(crate) const NAMES: [(Self, &'static str); 9] = [
        (Self::VALUES, "values"),
        (Self::UPDATES, "updates"),
        (Self::MESSAGES, "messages"),
        (Self::CUSTOM, "custom"),
        (Self::TASKS, "tasks"),
        (Self::CHECKPOINTS, "checkpoints"),
        (Self::DEBUG, "debug"),
        (Self::EVENTS, "events"),
        (Self::TOOLS, "tools"),
    ];

    /// No mode: nothing is streamed.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }

    /// The union of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets have a mode in common.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Mode {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitOrAssign for Mode {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.union(other);
    }
}

impl fmt::Debug for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Self::NAMES.iter().filter(|(mode, _)| self.intersects(*mode)).map(|(_, name)| name);
        f.debug_set().entries(names).finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::run::Mode;

    #[test]
    fn modes_are_sets() {
        let modes = Mode::VALUES | Mode::EVENTS;
        assert!(modes.intersects(Mode::EVENTS) && !modes.intersects(Mode::UPDATES | Mode::TASKS));
        assert_eq!(format!("{modes:?}"), r#"{"values", "events"}"#);
        assert_eq!(Mode::NAMES.iter().fold(Mode::none(), |all, (mode, _)| all | *mode), Mode::ALL);
    }
}
