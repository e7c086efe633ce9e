//! Recorded runs of LangGraph, and their comparison with a typed graph's stream.
//!
//! A recording has, for each label of stream modes, the steps that were run on one thread with the events of each. Ids
//! are compared by the order of their first appearance within a label. Each exception from the comparison is documented
//! at its rule below. Every label is compared, or is in [`NOT_COMPARED`].

use std::cell::Cell;
use std::path::Path;

use graph_core::prelude::*;
use graph_core::run::{JsonGraph, PartStream};
use graph_core::thread::DurableApp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

pub use crate::plain::plain;
use crate::plain::{Names, map_objects};

/// The modes that both LangGraph and this project have, which are compared event by event.
const COMPARED: [(&str, Mode); 7] = [
    ("values", Mode::VALUES),
    ("updates", Mode::UPDATES),
    ("custom", Mode::CUSTOM),
    ("messages", Mode::MESSAGES),
    ("tasks", Mode::TASKS),
    ("checkpoints", Mode::CHECKPOINTS),
    ("debug", Mode::DEBUG),
];

/// The labels that are not compared, each with the recording and the reason. The page "Differences from LangGraph" lists
/// them, too.
pub const NOT_COMPARED: [(&str, &str, &str); 2] = [
    (
        "13_subgraph_shared_keys",
        "multi:values+updates+tasks+checkpoints subgraphs=True",
        "waits for checkpoints of subgraphs",
    ),
    ("13_subgraph_shared_keys", "debug subgraphs=True", "waits for checkpoints of subgraphs"),
];

/// One recorded scenario.
#[derive(Debug)]
pub struct Golden {
    name: String,
    value: Value,
}

/// One step of a recorded scenario under one label. It has to be compared before it is dropped.
#[derive(Debug)]
pub struct Recorded {
    /// The label of the modes.
    pub label: String,
    /// The name of the step.
    pub step: String,
    /// The recorded events.
    pub events: Vec<Value>,
    /// The events of the typed graph.
    pub ours: Vec<Value>,
    /// The result of the typed graph's run.
    pub error: Option<graph_core::Error>,
    is_compared: Cell<bool>,
}

impl Golden {
    /// Reads `recordings/<name>.json`.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings").join(name).with_extension("json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { name: name.to_owned(), value }
    }

    /// The labels of the recording, if it is one of stream modes.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.value["modes"].as_object().into_iter().flatten().map(|(label, _)| label.as_str())
    }

    /// Whether a label is compared. One that is not, and is not listed either, is an error.
    #[must_use]
    pub fn compares(&self, label: &str) -> bool {
        let is_listed = NOT_COMPARED.iter().any(|(name, listed, _)| *name == self.name && *listed == label);
        let is_known = read_label(label).is_some();
        assert!(is_known || is_listed, "{}: `{label}` is neither compared nor listed", self.name);
        !is_listed
    }

    /// Only one step of each label.
    #[must_use]
    pub fn step(mut self, name: &str) -> Self {
        for steps in self.value["modes"].as_object_mut().into_iter().flat_map(Map::values_mut) {
            if let Value::Array(steps) = steps {
                steps.retain(|step| step["step"] == name);
            }
        }
        self
    }

    /// A value of the recording, for comparison by hand.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Removes a key from the recorded inputs: one that LangGraph ignores, and that is an error here.
    #[must_use]
    pub fn without_input(mut self, key: &str) -> Self {
        for steps in self.value["modes"].as_object_mut().into_iter().flat_map(|modes| modes.values_mut()) {
            for step in steps.as_array_mut().into_iter().flatten() {
                step["input"].as_object_mut().and_then(|input| input.remove(key));
            }
        }
        self
    }

    /// Runs every step of every label that is compared, each label on a thread of a new app.
    pub async fn replay<G>(&self, app: impl Fn() -> DurableApp<G>) -> Vec<Recorded>
    where
        G: JsonGraph<State: State<Input: DeserializeOwned>, Context: Default>,
    {
        let mut recorded = Vec::new();
        for (label, steps) in self.value["modes"].as_object().into_iter().flatten() {
            let Some((modes, shape)) = read_label(label).filter(|_| self.compares(label)) else { continue };
            let subgraphs = label.ends_with("subgraphs=True");
            let thread = app().thread("t1");
            let (mut names, mut our_names) = (Names::default(), Names::default());
            for step in steps.as_array().into_iter().flatten() {
                let mut run = match &step["input"] {
                    Value::Null => thread.continue_run(),
                    input => thread.run(read_input::<G>(input)),
                };
                if let Some(limit) = step["config"]["recursion_limit"].as_u64() {
                    run = run.recursion_limit(usize::try_from(limit).unwrap_or(usize::MAX));
                }
                let parts = if subgraphs { run.subgraphs().stream(modes) } else { run.stream(modes) };
                let (ours, error) = read(parts, shape).await;
                recorded.push(Recorded {
                    label: label.clone(),
                    step: step["step"].as_str().unwrap_or_default().to_owned(),
                    events: step["events"].as_array().into_iter().flatten().map(|e| names.plain(e)).collect(),
                    ours: ours.iter().map(|event| our_names.plain(event)).collect(),
                    error,
                    is_compared: Cell::new(false),
                });
            }
        }
        assert!(!recorded.is_empty(), "nothing in the recording can be compared");
        recorded
    }

    /// Asserts that every step of every label that is compared streams the recorded events and succeeds.
    pub async fn assert_same<G>(&self, app: impl Fn() -> DurableApp<G>)
    where
        G: JsonGraph<State: State<Input: DeserializeOwned>, Context: Default>,
    {
        for recorded in self.replay(app).await {
            assert!(recorded.error.is_none(), "{} {}: {:?}", recorded.label, recorded.step, recorded.error);
            recorded.assert_same();
        }
    }
}

impl Recorded {
    /// Asserts that the streamed events are the recorded ones.
    pub fn assert_same(&self) {
        self.is_compared.set(true);
        let Self { label, step, events, ours, .. } = self;
        let lines = |events: &[Value]| events.iter().map(|event| format!("  {event}\n")).collect::<String>();
        assert!(events == ours, "`{label}`, step `{step}`\nrecorded:\n{}streamed:\n{}", lines(events), lines(ours));
    }

    /// Says that the events were compared by hand.
    pub fn compared_by_hand(&self) {
        self.is_compared.set(true);
    }
}

impl Drop for Recorded {
    fn drop(&mut self) {
        let Self { label, step, is_compared, .. } = self;
        assert!(is_compared.get() || std::thread::panicking(), "`{label}`, step `{step}` was not compared");
    }
}

/// The form of a label's events.
#[derive(Clone, Copy)]
enum Shape {
    /// `data`
    Single,
    /// `[mode, data]`
    Multi,
    /// `[ns, data]`
    NestedSingle,
    /// `[ns, mode, data]`
    NestedMulti,
    /// `{type, ns, data}`
    Typed,
}

/// The modes and the form of a label; `None` if one of them is unknown.
fn read_label(label: &str) -> Option<(Mode, Shape)> {
    let (names, options) = label.split_once(' ').unwrap_or((label, ""));
    let (names, is_multi) = names.strip_prefix("multi:").map_or((names, false), |names| (names, true));
    let shape = match (options, is_multi) {
        ("", false) => Shape::Single,
        ("", true) => Shape::Multi,
        ("subgraphs=True", false) => Shape::NestedSingle,
        ("subgraphs=True", true) => Shape::NestedMulti,
        ("version=v2 subgraphs=True", _) => Shape::Typed,
        _ => return None,
    };
    let mode = |name| COMPARED.iter().find(|(known, _)| *known == name).map(|(_, mode)| *mode);
    let modes = names.split('+').map(mode).try_fold(Mode::none(), |all, mode| Some(all | mode?))?;
    Some((modes, shape))
}

fn read_input<G: Graph<State: State<Input: DeserializeOwned>>>(input: &Value) -> <G::State as State>::Input {
    let input = map_objects(input, &|mut object| {
        if let Some(kind) = object.remove("__type__") {
            let kind = match kind.as_str() {
                Some("HumanMessage") => "human",
                Some("AIMessage") => "ai",
                other => panic!("an input holds {other:?}"),
            };
            object.insert("type".to_owned(), kind.into());
        }
        object
    });
    serde_json::from_value(input).unwrap_or_else(|error| panic!("an input does not fit: {error}"))
}

async fn read<G: JsonGraph>(mut parts: PartStream<G>, shape: Shape) -> (Vec<Value>, Option<graph_core::Error>) {
    let mut events = Vec::new();
    while let Some(part) = parts.next().await {
        let part = match part {
            Ok(part) => serde_json::to_value(&part).unwrap_or_else(|error| panic!("a part is no JSON: {error}")),
            Err(error) => return (events, Some(error)),
        };
        events.push(match shape {
            Shape::Single => part["data"].clone(),
            Shape::Multi => json!([part["type"], part["data"]]),
            Shape::NestedSingle => json!([part["ns"], part["data"]]),
            Shape::NestedMulti => json!([part["ns"], part["type"], part["data"]]),
            Shape::Typed => part,
        });
    }
    (events, None)
}
