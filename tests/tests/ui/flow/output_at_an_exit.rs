//! An output that an exit leaves unwritten.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Search {
    #[state(input)]
    question: String,
    found: bool,
    #[state(output)]
    answer: Late<String>,
}

#[derive(Update, Clone, Debug)]
#[update(Search)]
struct Looked {
    found: bool,
}

#[derive(Update, Clone, Debug)]
#[update(Search)]
struct Answered {
    answer: String,
}

#[node]
fn look(Search { question, .. }: &Search) -> Looked {
    Looked { found: question.len() > 3 }
}

#[node]
fn answer(Search { question, .. }: &Search) -> Answered {
    Answered { answer: question.clone() }
}

graph! {
    SearchGraph<Search> {
        exit Nothing;

        START -> look;
        look -> |Search { found, .. }| if *found { answer } else { END::Nothing };
        answer -> END;
    }
}

fn main() {}
