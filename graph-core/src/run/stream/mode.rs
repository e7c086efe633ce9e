//! What a stream is asked for.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

#[doc = include_str!("../../docs/pages/mode.md")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Mode(u16);

impl Mode {
    /// The whole state: first as given, then after every super-step that wrote something.
    pub const VALUES: Self = Self(1);
    /// What each node wrote, as soon as it has ended.
    pub const UPDATES: Self = Self(1 << 1);
    /// What models say, piece by piece, and the messages that nodes write without a model.
    pub const MESSAGES: Self = Self(1 << 2);
    /// The events that nodes emit.
    pub const CUSTOM: Self = Self(1 << 3);
    /// The start and the end of every task.
    pub const TASKS: Self = Self(1 << 4);
    /// What was saved; only for a run on a thread.
    pub const CHECKPOINTS: Self = Self(1 << 5);
    /// Tasks and checkpoints, with step and time.
    pub const DEBUG: Self = Self(1 << 6);
    /// Everything that happens inside: graphs, nodes, prompts, models and tools.
    pub const EVENTS: Self = Self(1 << 7);
    /// What happens inside subgraphs, too.
    pub(crate) const SUBGRAPHS: Self = Self(1 << 15);
    /// Every mode.
    pub const ALL: Self = Self((1 << 8) - 1);

    const NAMES: [(Self, &'static str); 8] = [
        (Self::VALUES, "values"),
        (Self::UPDATES, "updates"),
        (Self::MESSAGES, "messages"),
        (Self::CUSTOM, "custom"),
        (Self::TASKS, "tasks"),
        (Self::CHECKPOINTS, "checkpoints"),
        (Self::DEBUG, "debug"),
        (Self::EVENTS, "events"),
    ];

    /// No mode: nothing is streamed.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }

    /// Both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has no mode.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether any of the other set's modes is in this one.
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
