//! JSON, read as a graph's own value; an error says where it does not fit.

use serde_json::Value;
use serde_path_to_error::{Deserializer, Track};

use super::ErasedError;
use crate::__private::Readable;

/// Where and why a value does not fit.
#[derive(Debug)]
pub struct Misfit {
    path: String,
    message: String,
}

/// Reads a value.
pub(crate) fn read<T: Readable>(value: Value) -> Result<T, Misfit> {
    let mut track = Track::new();
    T::read(Deserializer::new(value, &mut track)).map_err(|error| {
        let path = track.path().to_string();
        Misfit { path: if path == "." { String::new() } else { path }, message: error.to_string() }
    })
}

impl Misfit {
    /// The whole value does not fit.
    pub(crate) fn whole(error: impl std::fmt::Display) -> Self {
        Self { path: String::new(), message: error.to_string() }
    }

    /// As the error of a graph: `what` did not fit.
    pub(super) fn of(self, graph: &'static str, what: &'static str) -> ErasedError {
        let Self { path, message } = self;
        ErasedError::Decode { graph, what, path, message }
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}
