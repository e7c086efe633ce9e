//! What a node returns: writes of single fields, tuples and options of them, and nothing.

use graph_core::graph::Graph;
use graph_core::prelude::*;
use graph_core::state::FieldSet;
use serde_json::json;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Page {
    #[state(input)]
    title: String,
    words: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
    note: Option<String>,
    text: Late<String>,
}

/// An alias is what it stands for.
type Checked = NodeResult<Command<(PageWrite::Words, Option<PageWrite::Note>), bool>>;

#[node]
fn write(Page { title, .. }: &Page) -> (PageWrite::Text, PageWrite::Log) {
    (PageWrite::Text(format!("{title} and more")), PageWrite::Log(vec!["written".into()]))
}

#[node]
fn check(Page { text, .. }: &Page) -> Checked {
    let words = u64::try_from(text.split_whitespace().count())?;
    let note = (words > 3).then(|| PageWrite::Note(Some("long".into())));
    Ok(Command::new((PageWrite::Words(words), note), words > 3))
}

#[node]
#[allow(clippy::unnecessary_wraps, reason = "the type that is tested")]
fn praise(_: &Page) -> Option<PageWrite::Log> {
    Some(PageWrite::Log(vec!["praised".into()]))
}

#[node]
fn shrug(_: &Page) -> Option<PageWrite::Log> {
    None
}

#[node]
#[allow(clippy::unused_unit, reason = "the type of a node that writes nothing")]
fn rest(_: &Page) -> () {}

graph! {
    Pages<Page> {
        START -> write -> check;
        check -> |_, long| if long { praise } else { shrug };
        praise -> rest;
        shrug -> rest;
        rest -> END;
    }
}

async fn page(title: &str) -> Page {
    Pages::new().run(PageInput { title: title.into() }).await.unwrap()
}

#[tokio::test]
async fn a_tuple_writes_all_and_an_option_what_is_there() {
    let long = page("Crabs, shrimps").await;
    assert_eq!((long.words, long.note.as_deref()), (4, Some("long")));
    assert_eq!(long.log, ["written", "praised"]);
    let short = page("Crabs").await;
    assert_eq!((short.words, short.note), (3, None));
    assert_eq!(short.log, ["written"]);
}

#[tokio::test]
async fn the_json_of_a_tuple_is_one_object_and_comes_back() {
    let mut updates = Pages::new().run(PageInput { title: "Crabs".into() }).updates();
    let mut seen = Vec::new();
    while let Some(update) = updates.next().await {
        let update = update.unwrap();
        let value = serde_json::to_value(&update).unwrap();
        let back: PagesUpdate = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(format!("{back:?}"), format!("{update:?}"));
        seen.push(value);
    }
    assert_eq!(
        seen,
        [
            json!({"write": {"text": "Crabs and more", "log": ["written"]}}),
            json!({"check": {"words": 3}}),
            json!({"shrug": null}),
            json!({"rest": null}),
        ]
    );
}

#[test]
fn an_option_may_write_and_surely_writes_nothing() {
    let [write, check, praise, _, rest] = Pages::TOPOLOGY.nodes else { panic!("five nodes") };
    let set = |names: &[&str]| FieldSet::named::<Page>(names);
    assert_eq!((write.info.writes, write.info.must_write), (set(&["text", "log"]), set(&["text", "log"])));
    assert_eq!((check.info.writes, check.info.must_write), (set(&["words", "note"]), set(&["words"])));
    assert_eq!((praise.info.writes, praise.info.must_write), (set(&["log"]), set(&[])));
    assert!(rest.info.writes.is_empty() && check.info.routes && !write.info.routes);
}

#[test]
fn a_write_is_json_by_its_field() {
    let write = PageWrite::Log(vec!["a".into()]);
    assert_eq!(serde_json::to_value(&write).unwrap(), json!({"log": ["a"]}));
    assert_eq!(serde_json::from_value::<PageWrite::Log>(json!({"log": ["a"]})).unwrap(), write);
    assert_eq!(serde_json::from_value::<PageWrite::Note>(json!({})).unwrap(), PageWrite::Note(None));
    let unknown = serde_json::from_value::<PageWrite::Words>(json!({"word": 1})).unwrap_err().to_string();
    assert!(unknown.contains("unknown field `word`, expected `words`"), "{unknown}");
    assert!(serde_json::from_value::<PageWrite::Words>(json!({})).unwrap_err().to_string().contains("words"));
}
