//! Values come back as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::Duration;

use graph_core::prelude::*;

use crate::checkpoint_error;
use graph_tests::kit::RecordingSaver;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Key {
    Unit,
    Pair(i8, String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Tagged {
    Nothing,
    Number { value: f64, address: IpAddr },
    Map { by_name: BTreeMap<String, u8> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Untagged {
    Number(i64),
    Float(f64),
    Text(String),
    Many(Vec<Untagged>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Flat {
    pub(crate) own: u8,
    #[serde(flatten)]
    pub(crate) rest: BTreeMap<String, i64>,
}

/// Bytes, in serde's sense.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tree {
    pub(crate) name: String,
    pub(crate) children: Vec<Tree>,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Rich {
    #[state(input)]
    pub(crate) n: u64,
    pub(crate) float: f64,
    pub(crate) short: f32,
    pub(crate) wide: u128,
    pub(crate) signed: i128,
    pub(crate) letter: char,
    pub(crate) unit: (),
    pub(crate) maybe: Option<u64>,
    #[state(reduce = Merge)]
    pub(crate) by_number: BTreeMap<u64, String>,
    #[state(reduce = Merge)]
    pub(crate) by_key: BTreeMap<Key, f64>,
    #[state(reduce = Union)]
    pub(crate) pairs: BTreeSet<(u8, String)>,
    pub(crate) bytes: Bytes,
    #[state(reduce = Append)]
    pub(crate) tagged: Vec<Tagged>,
    #[state(reduce = Append)]
    pub(crate) untagged: Vec<Untagged>,
    pub(crate) flat: Option<Flat>,
    pub(crate) late: Late<Duration>,
    pub(crate) late_maybe: Late<Option<u8>>,
    #[state(reduce = AddMessages)]
    pub(crate) messages: Vec<Message>,
    pub(crate) json: serde_json::Value,
    pub(crate) tree: Tree,
    #[state(reduce = Sum)]
    pub(crate) sum: f64,
}

/// Writes what the test says.
#[node]
fn write(_: &Rich, cx: &Context<Writing>) -> RichUpdate {
    cx.deps().clone()
}

graph! {
    pub(crate) Writing<Rich, RichUpdate> {
        START -> write -> END;
    }
}

/// The state as a run gives it, and as it is loaded: from an update, and from a snapshot.
pub(crate) async fn there_and_back(update: RichUpdate) -> graph_core::Result<[Rich; 3]> {
    let saver = RecordingSaver::default();
    let thread = Writing::new(update).checkpointer(saver.clone()).thread("t");
    let told = thread.run(RichInput { n: 1 }).await?;
    let loaded = thread.state().await?;
    // Every thirty-second checkpoint is a snapshot.
    for n in 0..16 {
        thread.run(RichInput { n }).await?;
    }
    let again = thread.state().await?;
    let [told, loaded, again] = [told, (*loaded.values).clone(), (*again.values).clone()];
    Ok([told, loaded, again])
}

/// Without what every run adds to, or sets.
fn without_growth(state: Rich) -> Rich {
    Rich { n: 0, tagged: Vec::new(), untagged: Vec::new(), messages: Vec::new(), sum: 0.0, ..state }
}

/// As text, because `NaN` is not equal to itself.
pub(crate) fn text(state: &Rich) -> String {
    format!("{state:?} {:x} {:x} {:x}", state.float.to_bits(), state.short.to_bits(), state.sum.to_bits())
}

async fn comes_back(update: RichUpdate) {
    let [told, loaded, again] = there_and_back(update).await.unwrap();
    assert_eq!(text(&told), text(&loaded));
    assert_eq!(text(&without_growth(told)), text(&without_growth(again)), "from a snapshot");
}

#[tokio::test]
async fn numbers_come_back_to_the_last_bit() {
    let floats = [f64::NAN, -f64::NAN, f64::from_bits(0x7ff0_0000_0000_0001), f64::INFINITY, f64::NEG_INFINITY, -0.0];
    for float in floats.into_iter().chain([1e-320, f64::MIN_POSITIVE, 0.1]) {
        comes_back(RichUpdate::default().float(float).short(float as f32).sum(float)).await;
    }
    comes_back(RichUpdate::default().short(f32::from_bits(0x7f80_0001)).wide(u128::MAX).signed(i128::MIN)).await;
    comes_back(RichUpdate::default().wide(u128::from(u64::MAX) + 1).signed(-1).n(u64::MAX).letter('\u{10ffff}')).await;
}

#[tokio::test]
async fn keys_need_not_be_strings() {
    let by_key = BTreeMap::from([(Key::Unit, f64::NAN), (Key::Pair(-1, "x".into()), 1.0)]);
    let pairs = BTreeSet::from([(1, "one".to_owned()), (2, String::new())]);
    let by_number = BTreeMap::from([(u64::MAX, "many".to_owned()), (0, String::new())]);
    comes_back(RichUpdate::default().by_key(by_key).pairs(pairs).by_number(by_number)).await;
}

#[tokio::test]
async fn enums_that_serde_reads_by_looking_first_come_back() {
    let tagged = vec![
        Tagged::Nothing,
        Tagged::Number { value: f64::INFINITY, address: "::1".parse().unwrap() },
        Tagged::Map { by_name: BTreeMap::from([("a".to_owned(), 1)]) },
    ];
    let many = vec![Untagged::Number(-1), Untagged::Float(f64::NAN), Untagged::Text("1".into())];
    let flat = Flat { own: 1, rest: BTreeMap::from([("more".to_owned(), i64::MIN)]) };
    let untagged = vec![Untagged::Many(many), Untagged::Float(1.0)];
    comes_back(RichUpdate::default().tagged(tagged).untagged(untagged).flat(Some(flat))).await;
}

#[tokio::test]
async fn bytes_options_units_and_late_fields_come_back() {
    comes_back(RichUpdate::default().bytes(Bytes((0..=255).collect())).unit(()).maybe(Some(0))).await;
    comes_back(RichUpdate::default().maybe(None).late_maybe(None).late(Duration::new(3, 4))).await;
    comes_back(RichUpdate::default().late_maybe(Some(7))).await;
    comes_back(RichUpdate::default().clear_by_number().replace_sum(f64::NAN)).await;
    let json = serde_json::json!({ "list": [1, -2, 0.5, null, "x", { "yes": true }], "": {} });
    comes_back(RichUpdate::default().json(json).messages(Message::user("hello").into())).await;
}

fn tree(depth: usize) -> Tree {
    let mut tree = Tree::default();
    for _ in 0..depth {
        tree = Tree { name: "x".into(), children: vec![tree] };
    }
    tree
}

#[tokio::test]
async fn a_value_is_saved_only_as_deep_as_it_can_be_loaded() {
    comes_back(RichUpdate::default().tree(tree(90))).await;
    let nested = (0..190).fold(Untagged::Number(1), |inner, _| Untagged::Many(vec![inner]));
    comes_back(RichUpdate::default().untagged(vec![nested])).await;
    let error = checkpoint_error(there_and_back(RichUpdate::default().tree(tree(200))).await);
    let text = error.to_string();
    assert_eq!(text, "field `tree` of an update of `Writing` cannot be saved: it is nested more than 200 deep");
}

/// What no self-describing format of serde tells apart.
#[tokio::test]
async fn an_option_of_an_option_is_saved_as_one_option() {
    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Twice {
        #[state(input)]
        twice: Option<Option<u8>>,
    }

    #[node]
    fn nothing(_: &Twice) -> TwiceUpdate {
        TwiceUpdate::default()
    }

    graph! {
        Doubt<Twice> {
            START -> nothing -> END;
        }
    }

    for (twice, read) in [(None, None), (Some(None), None), (Some(Some(1)), Some(Some(1)))] {
        let thread = Doubt::new().checkpointer(MemorySaver::new()).thread("t");
        thread.run(TwiceInput { twice }).await.unwrap();
        assert_eq!(thread.state().await.unwrap().values.twice, read);
    }
}
