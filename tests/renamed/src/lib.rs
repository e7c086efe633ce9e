//! A crate that knows graph-core as `agents`: everything that the macros expand to must be found all the same.
//!
//! It depends on nothing that the expansion could lean on by accident: neither `graph_core` nor `serde` has that name here.
use agents::prelude::*;

/// The state, with every kind of field.
#[derive(State, Clone, Debug, Default)]
#[state(crate = ::agents)]
pub struct Tally {
    /// What is counted.
    #[state(input, reduce = Overwrite)]
    pub words: Vec<String>,
    /// The longest word.
    #[state(reduce = keep_longest)]
    pub longest: String,
    /// How many letters.
    #[state(reduce = Sum)]
    pub letters: usize,
    /// The verdict.
    pub verdict: Late<String>,
}

#[reducer(crate = ::agents)]
fn keep_longest(current: &mut String, new: String) {
    if new.len() > current.len() {
        *current = new;
    }
}

/// What counting writes.
#[derive(Update, Clone, Debug)]
#[update(Tally, crate = ::agents)]
pub struct Counted {
    longest: String,
    letters: usize,
}

/// What judging writes.
#[derive(Update, Clone, Debug)]
#[update(Tally, crate = ::agents)]
pub struct Judged {
    verdict: String,
}

#[node(crate = ::agents)]
async fn count(word: String) -> Counted {
    Counted { letters: word.len(), longest: word }
}

#[node(crate = ::agents)]
#[expect(clippy::unnecessary_wraps, reason = "a node may return a `Result`")]
fn judge(Tally { letters, longest, .. }: &Tally, cx: &Context<TallyGraph>) -> NodeResult<Judged> {
    cx.emit(*letters);
    Ok(Judged { verdict: format!("{letters} letters, the most in {longest}") })
}

agents::graph! {
    /// Counts letters.
    pub TallyGraph<Tally> {
        custom usize;

        START -> |Tally { words, .. }| for word in words { count(word.clone()) };
        count -> judge -> END;
    }
}

#[cfg(test)]
mod tests {
    use super::{TallyGraph, TallyInput};

    #[tokio::test]
    async fn a_graph_runs_under_another_name() {
        let words = ["crab", "lobster", "shrimp"].map(str::to_owned).into();
        let state = TallyGraph::new().run(TallyInput { words }).await.unwrap();
        assert_eq!(state.verdict.get().map(String::as_str), Some("17 letters, the most in lobster"));
    }
}
