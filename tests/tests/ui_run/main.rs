//! Programs that use the whole grammar of the macros compile and run as written.
#![deny(missing_docs)]

mod plain;
mod renamed;
pub mod review;
mod shadowing;

use std::collections::{BTreeMap, HashSet};

use graph_core::prelude::*;

use review::{
    ReviewGraph, ReviewGraphNode, ReviewGraphUpdate, ReviewState, ReviewStateInput, ReviewStateUpdate, Verdict,
};

#[tokio::test]
async fn a_graph_runs_as_it_is_written() {
    let state = ReviewGraph::new().run(ReviewStateInput { text: "a text".into() }).await.unwrap();
    assert_eq!(state.longest, "a text: too short");
    assert_eq!(state.text, "a text!");
    assert_eq!(state.verdict, Late::new(Verdict::Bad { reason: "too short".into() }));
    assert_eq!(state.r#type, Some(vec![3]));
    assert!(state.log.is_empty());
    assert_eq!(state.marks, BTreeMap::from([("style".to_owned(), 1)]));

    let nothing = ReviewGraph::new().run(ReviewStateInput { text: String::new() }).await.unwrap();
    assert_eq!(nothing, ReviewState::default());
}

#[test]
fn nodes_go_by_their_names() {
    let names = ["look", "archive", "spelling", "style", "judge", "keep", "read_word", "amend", "look_again", "finish"];
    assert_eq!(ReviewGraphNode::ALL.iter().map(ToString::to_string).collect::<Vec<_>>(), names);
    assert_eq!(ReviewGraphNode::ALL.iter().collect::<HashSet<_>>().len(), names.len());
    assert_eq!("read_word".parse(), Ok(ReviewGraphNode::ReadWord));
    assert_eq!(format!("{:?} {0}", ReviewGraphNode::LookAgain), "LookAgain look_again");
    let unknown = "red_word".parse::<ReviewGraphNode>().unwrap_err();
    assert!(
        unknown.to_string().starts_with("`red_word` is not a node of `ReviewGraph`; its nodes are look,"),
        "{unknown}"
    );
    let json = serde_json::to_string(&ReviewGraphNode::Keep).unwrap();
    assert_eq!(json, r#""keep""#);
    assert_eq!(serde_json::from_str::<ReviewGraphNode>(&json).unwrap(), ReviewGraphNode::Keep);
}

#[test]
fn updates_survive_json_under_their_nodes() {
    let json = r#"{"judge":{"verdict":"Good","log":["x"],"type":null}}"#;
    let update: ReviewGraphUpdate = serde_json::from_str(json).unwrap();
    assert_eq!(update.node(), ReviewGraphNode::Judge);
    assert_eq!(serde_json::to_string(&update).unwrap(), json);
    assert_eq!(format!("{:?}", update.clone()), "Judge(Judged { verdict: Good, log: [\"x\"], type: None })");
    let wrong = serde_json::from_str::<ReviewGraphUpdate>(r#"{"juge":{}}"#).unwrap_err().to_string();
    assert!(wrong.starts_with("unknown variant `juge`, expected one of `look`"), "{wrong}");

    type Task = <ReviewGraph as Graph>::Task;
    for json in [r#""look""#, r#"{"read_word":[1,"text"]}"#] {
        let task: Task = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&task.clone()).unwrap(), json);
    }
}

#[test]
fn a_write_says_what_it_writes() {
    let update = ReviewStateUpdate::default().looks(2).replace_log(vec!["a".into()]).r#type(None);
    let json = r#"{"looks":2,"log":{"__overwrite__":["a"]},"type":null}"#;
    assert_eq!(serde_json::to_string(&update).unwrap(), json);
    assert_eq!(serde_json::to_string(&serde_json::from_str::<ReviewStateUpdate>(json).unwrap()).unwrap(), json);
    assert_eq!(format!("{update:?}"), r#"ReviewStateUpdate { looks: Merge(2), log: Replace(["a"]), type: None }"#);

    let mut state = ReviewState { log: vec!["b".into()], looks: 1, ..ReviewState::default() };
    state.apply(update);
    assert_eq!((state.looks, &*state.log), (3, &["a".to_owned()][..]));
    assert_eq!(state.unwritten().len(), 1);
    state.apply(ReviewStateUpdate::default().clear_log().verdict(Verdict::Good));
    assert!(state.log.is_empty() && state.unwritten().is_empty());

    let unknown = serde_json::from_str::<ReviewStateUpdate>(r#"{"lucks":2}"#).unwrap_err().to_string();
    assert!(unknown.starts_with("unknown field `lucks`, expected one of `text`, `looks`"), "{unknown}");
    let missing = serde_json::from_str::<ReviewStateInput>("{}").unwrap_err().to_string();
    assert!(missing.starts_with("missing field `text`"), "{missing}");
}

#[test]
fn the_picture_at_run_time_is_that_of_the_topology() {
    let picture = ReviewGraph::mermaid();
    for line in [
        "\t__start__ -. &nbsp;length if length &gt; 100&nbsp; .-> look;",
        "\t__start__ -. &nbsp;else, many&nbsp; .-> archive;",
        "\tlook --> spelling;",
        "\tspelling --> judge;",
        "\tjudge -. &nbsp;Verdict::Good&nbsp; .-> read_word;",
        "\tjudge -. &nbsp;Verdict::Bad { reason }&nbsp; .-> amend;",
        "\tlook_again --> finish;",
    ] {
        assert!(picture.contains(line), "{line}\n{picture}");
    }
}
