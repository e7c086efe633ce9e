//! An output that is unwritten at an exit of a join, which ends the run while another branch still goes on.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Search {
    #[state(input)]
    question: String,
    #[state(output)]
    answer: Late<String>,
}

#[node]
fn left(_: &Search) -> () {}

#[node]
fn right(_: &Search) -> () {}

#[node]
fn think(_: &Search) -> () {}

#[node]
fn answer(Search { question, .. }: &Search) -> SearchWrite::Answer {
    SearchWrite::Answer(question.clone())
}

graph! {
    SearchGraph<Search> {
        exit Both;

        START -> [left, right, think];
        [left, right] -> END::Both;
        think -> answer -> END;
    }
}

fn main() {}
