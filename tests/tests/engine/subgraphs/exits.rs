//! What an exit carries is there behind it, in the parent and in the parent's parent; and not behind another exit.

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
#[allow(clippy::unused_unit, reason = "the type of a node that writes nothing")]
fn think(_: &SearchState) -> () {}

#[node]
fn look(SearchState { question, .. }: &SearchState) -> SearchStateWrite::Answer {
    SearchStateWrite::Answer(format!("{question}!"))
}

#[node]
fn report(Question { answer, .. }: &Question) -> QuestionWrite::Log {
    QuestionWrite::Log(vec![answer.clone()])
}

#[node]
fn give_up(state: &Question) -> QuestionWrite::Log {
    QuestionWrite::Log(vec![format!("{:?}", state.answer)])
}

graph! {
    Search<SearchState> {
        exit Found { answer };

        START -> think;
        think -> |state| if state.question.len() > 3 { look } else { END };
        look -> END::Found;
    }
}

graph! {
    Inner<Question> {
        exit Answered { answer };

        START -> Search as search;
        search -> |_, exit| match exit {
            SearchExit::Found => END::Answered,
            SearchExit::End => END,
        };
    }
}

graph! {
    Asking<Question> {
        START -> Inner as inner;
        inner -> |_, exit| match exit {
            InnerExit::Answered => report,
            InnerExit::End => give_up,
        };
        report -> END;
        give_up -> END;
    }
}

#[tokio::test]
async fn what_an_exit_carries_is_read_behind_it() {
    let log = |text: &str| {
        let input = QuestionInput { question: text.to_owned() };
        async move { Asking::new().run(input).await.unwrap().log }
    };
    assert_eq!(log("where").await, ["where!"]);
    assert_eq!(log("who").await, [format!("{:?}", Late::<String>::default())]);
}

#[test]
fn what_an_exit_carries_is_written_for_every_parent() {
    let node = Asking::TOPOLOGY.nodes[0].info;
    let answer = 1;
    assert_eq!(Question::FIELDS[answer].name, "answer");
    let written: Vec<bool> = node.written_at.iter().map(|written| written.contains(answer)).collect();
    assert_eq!((node.must_write.contains(answer), &*written), (false, &[false, true][..]));
}
