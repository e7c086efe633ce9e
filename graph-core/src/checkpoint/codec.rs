//! Encoding and decoding of a graph's values.

use std::cmp::Ordering;

use uuid::Uuid;

use super::fields::{VERSION, read_fields, version};
use super::{
    CheckpointError, FieldError, FieldWriter, FormatError, LoadError, OldFields, SavedField, SavedFields, SavedRoute,
    SavedTask,
};
use crate::graph::Graph;
use crate::state::{FieldSet, State};

type StateUpdate<G> = <<G as Graph>::State as State>::Update;

type Encode<T, E> = fn(&T) -> Result<Vec<u8>, E>;
type Decode<T, E> = fn(&[u8]) -> Result<T, E>;
/// With the index of the node.
type DecodeRoute<T> = fn(usize, &[u8]) -> Result<T, FormatError>;

/// The encoders and decoders of a graph's values: created where the serde bounds are known, used where they are not.
pub(crate) struct Codec<G: Graph> {
    state: (Encode<G::State, FieldError>, Decode<G::State, LoadError>),
    update: (Encode<StateUpdate<G>, FieldError>, Decode<StateUpdate<G>, LoadError>),
    route: (Encode<G::Route, FormatError>, DecodeRoute<G::Route>),
    task: (Encode<G::Task, FormatError>, Decode<G::Task, FormatError>),
}

impl<G: Graph> Clone for Codec<G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G: Graph> Copy for Codec<G> {}

/// A checkpoint that is loaded, for errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub thread: &'a str,
    pub checkpoint: Uuid,
    pub step: i64,
}

/// The codec of a graph whose values can be saved, for expansions.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "only expansions name it")]
pub struct SavedForm<G: Graph>(Codec<G>);

impl<G: Graph> SavedForm<G> {
    #[doc(hidden)]
    #[must_use]
    pub const fn new() -> Self
    where
        G::State: SavedFields,
        G::Task: for<'any> SavedTask<'any>,
        G::Route: for<'any> SavedRoute<'any>,
    {
        Self(Codec::new())
    }

    pub(crate) const fn codec(&self) -> Codec<G> {
        self.0
    }
}

impl<G: Graph> Codec<G> {
    pub(crate) const fn new() -> Self
    where
        G::State: SavedFields,
        G::Task: for<'any> SavedTask<'any>,
        G::Route: for<'any> SavedRoute<'any>,
    {
        Self {
            state: (write_state, read_state),
            update: (write_update::<G::State>, read_update::<G::State>),
            route: (G::Route::save, G::Route::load),
            task: (G::Task::save, G::Task::load),
        }
    }

    pub(crate) fn encode_state(&self, state: &G::State) -> Result<Vec<u8>, CheckpointError> {
        self.state.0(state).map_err(|FieldError { field, source }| unsaved::<G>("the state", field, source))
    }

    pub(crate) fn encode_update(&self, update: &StateUpdate<G>) -> Result<Vec<u8>, CheckpointError> {
        self.update.0(update).map_err(|FieldError { field, source }| unsaved::<G>("an update", field, source))
    }

    pub(crate) fn encode_task(&self, task: &G::Task) -> Result<Vec<u8>, CheckpointError> {
        self.task.0(task).map_err(|source| unsaved::<G>("a task", None, source))
    }

    pub(crate) fn encode_route(&self, route: &G::Route) -> Result<Vec<u8>, CheckpointError> {
        self.route.0(route).map_err(|source| unsaved::<G>("a route", None, source))
    }

    pub(crate) fn decode_state(&self, bytes: &[u8], place: Place<'_>) -> Result<G::State, CheckpointError> {
        self.state.1(bytes).map_err(|error| unloaded::<G>("state", error, place))
    }

    pub(crate) fn decode_update(&self, bytes: &[u8], place: Place<'_>) -> Result<StateUpdate<G>, CheckpointError> {
        self.update.1(bytes).map_err(|error| unloaded::<G>("update", error, place))
    }

    /// The route of the node with this index.
    pub(crate) fn decode_route(
        &self,
        node: usize,
        bytes: &[u8],
        place: Place<'_>,
    ) -> Result<G::Route, CheckpointError> {
        let error = |source| unloaded::<G>("route", LoadError::Field(FieldError { field: None, source }), place);
        self.route.1(node, bytes).map_err(error)
    }

    pub(crate) fn decode_task(&self, bytes: &[u8], place: Place<'_>) -> Result<G::Task, CheckpointError> {
        let error = |source| unloaded::<G>("task", LoadError::Field(FieldError { field: None, source }), place);
        self.task.1(bytes).map_err(error)
    }
}

#[cold]
fn unsaved<G: Graph>(what: &'static str, field: Option<String>, source: FormatError) -> CheckpointError {
    CheckpointError::Encode { graph: G::NAME, what, field, source }
}

#[cold]
fn unloaded<G: Graph>(what: &'static str, error: LoadError, place: Place<'_>) -> CheckpointError {
    let Place { thread, checkpoint, step } = place;
    let (graph, thread) = (G::NAME, thread.to_owned());
    match error {
        LoadError::Field(FieldError { field, source }) => {
            CheckpointError::Decode { graph, thread, checkpoint, step, what, field, source }
        }
        LoadError::Reducer { field, saved, now } => {
            CheckpointError::Changed { thread, checkpoint, step, field, saved, now }
        }
        LoadError::Newer { saved, now } => CheckpointError::Newer { graph, thread, checkpoint, step, saved, now },
        LoadError::Removed { field } => CheckpointError::Removed { graph, thread, checkpoint, step, what, field },
    }
}

fn write_state<S: SavedFields>(state: &S) -> Result<Vec<u8>, FieldError> {
    let mut fields = FieldWriter::new(S::__VERSION);
    state.__save(&mut fields)?;
    Ok(fields.finish())
}

fn write_update<S: SavedFields>(update: &S::Update) -> Result<Vec<u8>, FieldError> {
    let mut fields = FieldWriter::new(S::__VERSION);
    S::__save_update(update, &mut fields)?;
    Ok(fields.finish())
}

fn read_update<S: SavedFields>(bytes: &[u8]) -> Result<S::Update, LoadError> {
    load::<S>(bytes, true).map(|(update, _)| update)
}

/// A field that the state had not when it was saved has serde's default, or that of a new state.
fn read_state<S: SavedFields>(bytes: &[u8]) -> Result<S, LoadError> {
    let (mut update, present) = load::<S>(bytes, false)?;
    S::__fill(&mut update, present);
    let mut state = S::__initial();
    state.apply(update);
    Ok(state)
}

/// Reads fields of this version, or migrates those of an older one.
fn load<S: SavedFields>(bytes: &[u8], is_update: bool) -> Result<(S::Update, FieldSet), LoadError> {
    let (mut update, mut present) = (S::__empty_update(), FieldSet::EMPTY);
    let mut read = |field: SavedField<'_>| {
        if field.name != VERSION {
            present = present.union(S::__load(&mut update, field)?);
        }
        Ok::<_, LoadError>(())
    };
    let saved = version(bytes)?;
    match saved.cmp(&S::__VERSION) {
        Ordering::Equal => read_fields(bytes, read)?,
        Ordering::Greater => return Err(LoadError::Newer { saved, now: S::__VERSION }),
        Ordering::Less => {
            let mut old = OldFields::read(bytes, is_update)?;
            let failed = |source: FormatError| {
                let source = format!("it cannot be migrated from version {saved} to {}: {source}", S::__VERSION);
                FieldError { field: None, source: source.into() }
            };
            S::__migrate(&mut old, saved).map_err(failed)?;
            old.iter().try_for_each(&mut read)?;
        }
    }
    Ok((update, present))
}
