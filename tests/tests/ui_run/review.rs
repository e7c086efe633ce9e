//! The visibility of a graph outside its module: nodes, updates and reducers may stay private.

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
#[expect(clippy::unnecessary_wraps, reason = "a node may return a `Result`")]
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
        judge -> |ReviewState { text, verdict, .. }| match verdict {
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
