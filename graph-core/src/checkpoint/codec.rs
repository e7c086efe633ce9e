//! Encoding and decoding of a graph's values.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Error as JsonError, Map, Value};

use super::CheckpointError;
use crate::graph::Graph;
use crate::state::State;

/// What can be saved: anything that serde can serialize and deserialize.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be checkpointed",
    label = "cannot be saved",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`"
)]
pub trait Saved: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Saved for T {}

type Encode<T> = fn(&T) -> Result<Vec<u8>, JsonError>;
type Decode<T> = fn(&[u8]) -> Result<T, JsonError>;
type StateUpdate<G> = <<G as Graph>::State as State>::Update;

/// The encoders and decoders of a graph's values: created where the serde bounds are known, used where they are not.
pub(crate) struct Codec<G: Graph> {
    state: (Encode<G::State>, Decode<G::State>),
    update: (Encode<StateUpdate<G>>, Decode<StateUpdate<G>>),
    task: (Encode<G::Task>, Decode<G::Task>),
}

impl<G: Graph> Clone for Codec<G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G: Graph> Copy for Codec<G> {}

impl<G: Graph> Codec<G> {
    pub(crate) fn json() -> Self
    where
        G::State: Saved,
        G::Task: Saved,
        StateUpdate<G>: Saved,
    {
        Self {
            state: (write_state, read_state),
            update: (write_update::<G::State>, |bytes| serde_json::from_slice(bytes)),
            task: (|task| serde_json::to_vec(task), |bytes| serde_json::from_slice(bytes)),
        }
    }

    pub(crate) fn encode_state(&self, state: &G::State) -> Result<Vec<u8>, CheckpointError> {
        encode::<G, _>(self.state.0, state, "the state")
    }

    pub(crate) fn encode_update(&self, update: &StateUpdate<G>) -> Result<Vec<u8>, CheckpointError> {
        encode::<G, _>(self.update.0, update, "an update")
    }

    pub(crate) fn encode_task(&self, task: &G::Task) -> Result<Vec<u8>, CheckpointError> {
        encode::<G, _>(self.task.0, task, "a task")
    }

    pub(crate) fn decode_state(&self, bytes: &[u8], thread: &str, step: i64) -> Result<G::State, CheckpointError> {
        decode::<G, _>(self.state.1, bytes, "state", thread, step)
    }

    pub(crate) fn decode_update(
        &self,
        bytes: &[u8],
        thread: &str,
        step: i64,
    ) -> Result<StateUpdate<G>, CheckpointError> {
        decode::<G, _>(self.update.1, bytes, "update", thread, step)
    }

    pub(crate) fn decode_task(&self, bytes: &[u8], thread: &str, step: i64) -> Result<G::Task, CheckpointError> {
        decode::<G, _>(self.task.1, bytes, "task", thread, step)
    }
}

fn encode<G: Graph, T>(encode: Encode<T>, value: &T, what: &'static str) -> Result<Vec<u8>, CheckpointError> {
    encode(value).map_err(|source| CheckpointError::Encode { graph: G::NAME, what, source })
}

fn decode<G: Graph, T>(
    decode: Decode<T>,
    bytes: &[u8],
    what: &'static str,
    thread: &str,
    step: i64,
) -> Result<T, CheckpointError> {
    let thread = thread.to_owned();
    decode(bytes).map_err(|source| CheckpointError::Decode { graph: G::NAME, thread, step, what, source })
}

/// The names of the fields that are never saved.
fn untracked<S: State>() -> impl Iterator<Item = &'static str> {
    S::FIELDS.iter().filter(|field| field.untracked).map(|field| field.name)
}

/// Leaves out unwritten late fields, so that `null` always means a written `None`.
fn write_state<S: State + Saved>(state: &S) -> Result<Vec<u8>, JsonError> {
    let unwritten = state.unwritten();
    let unwritten =
        S::FIELDS.iter().enumerate().filter(|(index, _)| unwritten.contains(*index)).map(|(_, field)| field.name);
    without(untracked::<S>().chain(unwritten), state)
}

fn write_update<S: State>(update: &S::Update) -> Result<Vec<u8>, JsonError>
where
    S::Update: Saved,
{
    without(untracked::<S>(), update)
}

fn without(names: impl Iterator<Item = &'static str>, value: &impl Serialize) -> Result<Vec<u8>, JsonError> {
    let mut names = names.peekable();
    if names.peek().is_none() {
        return serde_json::to_vec(value);
    }
    let mut value = serde_json::to_value(value)?;
    if let Value::Object(fields) = &mut value {
        names.for_each(|name| drop(fields.remove(name)));
    }
    serde_json::to_vec(&value)
}

/// Reads a state; untracked fields get their initial values.
fn read_state<S: State + Saved>(bytes: &[u8]) -> Result<S, JsonError>
where
    S::Update: Saved,
{
    let mut state: S = if untracked::<S>().next().is_none() {
        serde_json::from_slice(bytes)?
    } else {
        let mut value: Value = serde_json::from_slice(bytes)?;
        let mut fresh = serde_json::to_value(S::__initial())?;
        if let (Value::Object(fields), Value::Object(fresh)) = (&mut value, &mut fresh) {
            for name in untracked::<S>() {
                fields.extend(fresh.remove(name).map(|value| (name.to_owned(), value)));
            }
        }
        serde_json::from_value(value)?
    };
    // serde reads a late field that is `null` as unwritten, but it was written as `None`.
    let late = || S::FIELDS.iter().filter(|field| field.late && !field.untracked);
    if late().next().is_some() {
        let fields: HashMap<String, Option<IgnoredAny>> = serde_json::from_slice(bytes)?;
        let nulls = late().filter(|field| matches!(fields.get(field.name), Some(None)));
        let nulls: Map<_, _> = nulls.map(|field| (field.name.to_owned(), Value::Null)).collect();
        if !nulls.is_empty() {
            state.apply(serde_json::from_value(Value::Object(nulls))?);
        }
    }
    Ok(state)
}
