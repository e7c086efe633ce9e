//! What compiles, with all that the macros' grammar has, and that it runs as it is written.
#![deny(missing_docs)]

use std::collections::{BTreeMap, HashSet};

use graph_core::prelude::*;

/// What of a graph is seen outside its module: nodes, updates and reducers may stay a private matter.
pub mod review {
    use super::*;

    /// The state of a review.
    #[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    pub struct ReviewState {
        /// What is reviewed.
        #[state(input)]
        pub text: String,
        /// How often it was looked at.
        #[state(reduce = Sum)]
        pub looks: u64,
        /// What was said.
        #[state(reduce = Append)]
        pub log: Vec<String>,
        /// The longest remark.
        #[state(reduce = keep_longest)]
        pub longest: String,
        /// Marks by name.
        #[state(reduce = Merge)]
        pub marks: BTreeMap<String, u8>,
        /// The judgement.
        pub verdict: Late<Verdict>,
        /// The last write wins.
        #[state(reduce = Overwrite)]
        pub r#type: Option<Vec<u8>>,
    }

    /// How it ends.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub enum Verdict {
        /// Well.
        Good,
        /// Otherwise.
        Bad {
            /// In which way.
            reason: String,
        },
    }

    #[reducer]
    fn keep_longest(current: &mut String, new: String) {
        if new.len() > current.len() {
            *current = new;
        }
    }

    #[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[update(ReviewState)]
    struct Looked {
        looks: u64,
        log: Vec<String>,
        longest: String,
        #[update(maybe)]
        marks: Option<BTreeMap<String, u8>>,
    }

    #[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[update(ReviewState)]
    struct Judged {
        verdict: Verdict,
        #[update(replace)]
        log: Vec<String>,
        r#type: Option<Vec<u8>>,
    }

    #[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[update(ReviewState)]
    struct Nothing;

    fn looked(who: &str) -> Looked {
        let marks = (who == "style").then(|| BTreeMap::from([(who.to_owned(), 1)]));
        Looked { looks: 1, log: vec![who.to_owned()], longest: who.to_owned(), marks }
    }

    /// Looks at the text.
    #[node]
    async fn look(_: &ReviewState) -> Looked {
        looked("look")
    }

    #[node]
    fn spelling(ReviewState { text, .. }: &ReviewState, cx: &RunContext) -> Result<Looked, std::fmt::Error> {
        assert_eq!((text.as_str(), cx.node()), ("a text", "spelling"));
        Ok(looked("spelling"))
    }

    #[node]
    async fn style(_: &ReviewState, _: &Context<ReviewGraph>) -> NodeResult<Looked> {
        Ok(looked("style"))
    }

    #[node]
    async fn read_word((place, word): (usize, String)) -> Looked {
        looked(&format!("{place}: {word}"))
    }

    #[node]
    async fn judge(state: &ReviewState) -> Judged {
        let verdict = if state.looks > 3 { Verdict::Good } else { Verdict::Bad { reason: "too short".into() } };
        Judged { verdict, log: vec!["judged".into()], r#type: Some(vec![state.looks as u8]) }
    }

    /// Nodes with names that need a path.
    pub mod nodes {
        use super::{Nothing, ReviewState};
        use graph_core::prelude::*;

        #[node]
        pub(super) async fn archive(_: &ReviewState) -> Nothing {
            Nothing
        }

        #[node]
        pub(super) fn amend(text: String) -> super::Looked {
            super::Looked { longest: text, ..super::looked("amend") }
        }

        #[node]
        pub(super) fn finish(state: &ReviewState) -> super::ReviewStateUpdate {
            super::ReviewStateUpdate::default().text(format!("{}!", state.text)).clear_log()
        }
    }

    graph! {
        /// Reviews a text.
        pub ReviewGraph<ReviewState> {
            custom u8;

            START -> |state| match state.text.len() {
                0 => END,
                length if length > 100 => look,
                _ => { let many = state.text.len() > 3; if many { [look, nodes::archive] } else { look } }
            };
            look -> [spelling, style] -> judge;
            judge -> |ReviewState { text, verdict, .. }| match &**verdict {
                Verdict::Good => [
                    nodes::archive as keep,
                    for (place, word) in text.split(' ').enumerate() {
                        let word = word.to_owned();
                        read_word((place, word))
                    },
                ],
                Verdict::Bad { reason } => for reason in [reason.clone()] { nodes::amend(format!("{text}: {reason}")) },
            };
            read_word -> END;
            archive -> END;
            keep -> END;
            amend -> look as look_again -> nodes::finish -> END;
        }
    }
}

use review::{
    ReviewGraph, ReviewGraphNode, ReviewGraphUpdate, ReviewState, ReviewStateInput, ReviewStateUpdate, Verdict,
};

#[tokio::test]
async fn a_graph_runs_as_it_is_written() {
    let state = ReviewGraph::new().run(ReviewStateInput { text: "a text".into() }).await.unwrap();
    assert_eq!(state.longest, "a text: too short");
    assert_eq!(state.text, "a text!");
    assert_eq!(*state.verdict, Verdict::Bad { reason: "too short".into() });
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

/// Types without serde and without Debug: the graph works, and only what needs them is missing.
mod plain {
    use graph_core::prelude::*;

    #[derive(Clone, Default)]
    pub(super) struct Opaque;

    #[derive(State, Clone, Default)]
    pub(super) struct PlainState {
        a: Opaque,
        b: Opaque,
        #[state(input, reduce = Keep)]
        c: Opaque,
        #[state(input)]
        d: Opaque,
    }

    enum Keep {}

    impl Reducer<Opaque> for Keep {
        type Input = Opaque;

        fn reduce(_: &mut Opaque, _: Opaque) {}
    }

    #[derive(Update, Clone)]
    #[update(PlainState)]
    pub(super) struct Wrote {
        a: Opaque,
    }

    #[node]
    fn first(_: &PlainState) -> Wrote {
        Wrote { a: Opaque }
    }

    #[node]
    fn second(_: &PlainState) -> Wrote {
        Wrote { a: Opaque }
    }

    graph! {
        pub(super) PlainGraph<PlainState, Opaque> {
            START -> first -> second -> END;
        }
    }

    #[tokio::test]
    async fn it_runs() {
        let input = PlainStateInput { c: Opaque, d: Opaque };
        let PlainState { a: Opaque, b: Opaque, .. } = PlainGraph::new(Opaque).run(input).await.unwrap();
    }
}

/// graph-core under another name.
mod renamed {
    use graph_core as engine;
    use graph_core::prelude::{State, Update, node, reducer};

    pub(crate) mod other {
        pub(crate) use graph_core as engine;
    }

    #[derive(State, Clone, Debug, Default)]
    #[state(crate = crate::renamed::other::engine)]
    struct NameState {
        #[state(input)]
        name: String,
        #[state(reduce = join)]
        names: Vec<String>,
    }

    #[reducer(crate = crate::renamed::other::engine)]
    fn join(current: &mut Vec<String>, new: String) {
        current.push(new);
    }

    #[derive(Update, Clone, Debug)]
    #[update(NameState, crate = crate::renamed::other::engine)]
    struct Named {
        names: String,
    }

    #[node(crate = crate::renamed::other::engine)]
    fn name(NameState { name, .. }: &NameState) -> Named {
        Named { names: name.clone() }
    }

    engine::graph! {
        NameGraph<NameState> {
            START -> name -> END;
        }
    }

    #[tokio::test]
    async fn it_runs() {
        let state = NameGraph::new().run(NameStateInput { name: "x".into() }).await.unwrap();
        assert_eq!(state.names, ["x"]);
    }
}

/// Names that the expansions use themselves.
mod shadowing {
    #![allow(dead_code, non_camel_case_types)]

    use graph_core::prelude::*;

    struct Option;
    struct Result;
    struct String;
    struct Vec;
    struct Box;
    enum Some {}

    #[derive(State, Clone, Default)]
    struct ShadowState {
        #[state(input, reduce = Max)]
        update: u8,
        state: u8,
        #[state(input)]
        next: Late<u8>,
    }

    #[derive(Update, Clone)]
    #[update(ShadowState)]
    struct Write {
        update: u8,
    }

    #[node]
    fn run(state: &ShadowState, cx: &RunContext) -> Write {
        let _ = cx;
        Write { update: state.update + 1 }
    }

    #[node]
    fn route(input: u8) -> Write {
        Write { update: input }
    }

    graph! {
        ShadowGraph<ShadowState> {
            START -> run;
            run -> |next| if next.update > 3 {
                END
            } else {
                let from = *next.next;
                let state = 1;
                if state > from { END } else { for mark in [from] { route(mark + state + 7) } }
            };
            route -> run;
        }
    }

    #[tokio::test]
    async fn it_runs() {
        let state = ShadowGraph::new().run(ShadowStateInput { update: 1, next: 1 }).await.unwrap();
        assert_eq!(state.update, 10);
    }
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
