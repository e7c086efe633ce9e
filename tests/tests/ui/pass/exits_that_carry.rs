//! Reads behind exits that carry the field, however the `match` is written, and through two levels of graphs.
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
fn guess(_: &Question) -> QuestionWrite::Answer {
    QuestionWrite::Answer("42".into())
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
        /// It has looked.
        exit Found { answer };
        exit Busy;

        START -> think;
        think -> |state| match state.question.len() {
            0 => END,
            1 => END::Busy,
            _ => look,
        };
        look -> END::Found;
    }
}

use SearchExit as Way;
use SearchExit::Found as Yes;
const BUSY: Way = Way::Busy;
macro_rules! nothing {
    () => {
        SearchExit::End
    };
}

// An alias, a renamed variant, a constant, and a macro.
graph! {
    Aliases<Question> {
        START -> Search as search;
        search -> |_, exit| match exit {
            Yes => report,
            BUSY | nothing!() => give_up,
        };
        report -> END;
        give_up -> END;
    }
}

// Guards, a reference, and what is left over.
graph! {
    Guards<Question> {
        START -> Search as search;
        search -> |state, exit| match &exit {
            Way::End | Way::Busy => give_up,
            _ if state.question.len() > 9 => report,
            _ => if state.log.is_empty() { report } else { END },
        };
        report -> END;
        give_up -> END;
    }
}

// The field is written on the other ways.
graph! {
    Otherwise<Question> {
        START -> Search as search;
        search -> |_, exit| match exit {
            Way::Found => report,
            Way::Busy => search,
            Way::End => guess,
        };
        guess -> report -> END;
    }
}

// Its own exit carries what it has found behind another's.
graph! {
    Inner<Question> {
        exit Answered { answer };

        START -> Search as search;
        search -> |_, exit| match exit {
            Way::Found => END::Answered,
            Way::Busy | Way::End => END,
        };
    }
}

graph! {
    Outer<Question> {
        START -> [Inner as inner, give_up];
        [give_up] -> END;
        inner -> |_, exit| match exit {
            InnerExit::Answered => report,
            InnerExit::End => END,
        };
        report -> END;
    }
}

// A graph inside itself: what its exit carries is written behind it.
graph! {
    Again<Question> {
        exit Answered { answer };

        START -> |state| if state.question.len() > 3 { guess } else { Again as again };
        guess -> END::Answered;
        again -> |_, exit| match exit {
            AgainExit::Answered => report,
            AgainExit::End => END,
        };
        report -> END::Answered;
    }
}

fn main() {}
