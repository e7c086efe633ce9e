//! The handler of a task of a `for` edge.

use super::*;

/// Even numbers fail, each with its own input, which the handler gets.
#[node(on_error = halve)]
fn odd_only(number: u64) -> NodeResult<Line> {
    if number.is_multiple_of(2) { Err(NodeError::msg("even")) } else { Ok(line(number.to_string())) }
}

#[node]
fn halve(NodeFailure { input, error, .. }: NodeFailure<u64>) -> Line {
    line(format!("{error}: {}", input / 2))
}

graph! {
    Numbers<Log> {
        START -> |_state| for number in 1..5 { odd_only(number) };
        odd_only -> END;
    }
}

#[tokio::test]
async fn a_handler_is_given_the_input_of_the_task_that_failed() {
    let state = Numbers::new().run(nothing()).await.unwrap();
    assert_eq!(state.log, ["1", "even: 1", "3", "even: 2"]);
}
