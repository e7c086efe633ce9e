//! Answers of a client, as those of the graph's interrupts.

use serde_json::Value;

use super::ErasedError;
use crate::graph::Graph;
use crate::interrupt::{Answer, AnswerTo, GraphInterrupt as _, InterruptId, Waiting};
use crate::thread::Snapshot;

/// What `answer` says to the interrupts of a thread that wait: see [`StartWith::Resume`](super::StartWith::Resume).
pub(super) fn answers<G: Graph>(thread: &Snapshot<G>, answer: Value) -> Result<Vec<Answer>, ErasedError> {
    let waiting: Vec<&Waiting<G>> = thread.interrupts().collect();
    let with_id = |key: &str| {
        let id = key.parse::<InterruptId>().ok()?;
        waiting.iter().copied().find(|waiting| waiting.id == id)
    };
    match (&*waiting, answer) {
        ([], _) => Ok(Vec::new()),
        (_, Value::Object(map)) if !map.is_empty() && map.keys().all(|key| with_id(key).is_some()) => {
            let each = map.into_iter().filter_map(|(key, answer)| Some(to(with_id(&key)?, answer)));
            each.collect()
        }
        ([only], answer) => Ok(vec![to(only, answer)?]),
        (several, _) => {
            Err(ErasedError::SeveralWait { graph: G::NAME, thread: thread.thread_id.to_string(), count: several.len() })
        }
    }
}

fn to<G: Graph>(waiting: &Waiting<G>, answer: Value) -> Result<Answer, ErasedError> {
    let kind = &G::Interrupt::KINDS[waiting.kind];
    let value = (kind.answer_from_json)(answer).map_err(|misfit| misfit.of(G::NAME, "answer"))?;
    let (answer_type, answer_name) = ((kind.answer_type)(), (kind.answer_name)());
    Ok(Answer { to: AnswerTo::Id(waiting.id), answer_type, answer_name, value: Ok(value) })
}
