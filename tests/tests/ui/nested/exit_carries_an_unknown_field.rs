//! An exit that carries what the state does not have.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Question {
    #[state(input)]
    question: String,
    answer: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Question)]
struct SearchState {
    #[state(shared)]
    question: String,
    #[state(shared)]
    answer: Late<String>,
}

#[node]
fn think(_: &SearchState) -> () {}

#[node]
fn look(SearchState { question, .. }: &SearchState) -> SearchStateWrite::Answer {
    SearchStateWrite::Answer(question.clone())
}

#[node]
fn report(Question { answer, .. }: &Question) -> QuestionWrite::Log {
    QuestionWrite::Log(vec![answer.clone()])
}

#[node]
fn give_up(_: &Question) -> QuestionWrite::Log {
    QuestionWrite::Log(vec!["nothing".into()])
}

graph! {
    Search<SearchState> {
        exit Found { anwser };

        START -> think;
        think -> |state| if state.question.len() > 3 { look } else { END };
        look -> END::Found;
    }
}

graph! {
    Asking<Question> {
        START -> Search as search;
        search -> |_, exit| match exit {
            SearchExit::Found => report,
            SearchExit::End => give_up,
        };
        report -> END;
        give_up -> END;
    }
}

fn main() {}
