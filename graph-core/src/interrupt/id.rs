//! The ids of interrupts.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The id of an interrupt: it stays the same until the interrupt is answered, also over a restart. Its text is 32
/// hexadecimal digits, as in LangGraph.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InterruptId(Uuid);

impl InterruptId {
    pub(crate) const fn of(key: Uuid) -> Self {
        Self(key)
    }

    pub(crate) const fn key(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for InterruptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.simple(), f)
    }
}

impl fmt::Debug for InterruptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not the id of an interrupt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not the id of an interrupt: it has 32 hexadecimal digits", text.escape_debug())]
pub struct InvalidInterruptId {
    text: String,
}

impl FromStr for InterruptId {
    type Err = InvalidInterruptId;

    fn from_str(text: &str) -> Result<Self, InvalidInterruptId> {
        Uuid::try_parse(text).map(Self).map_err(|_| InvalidInterruptId { text: text.chars().take(64).collect() })
    }
}

impl serde::Serialize for InterruptId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
