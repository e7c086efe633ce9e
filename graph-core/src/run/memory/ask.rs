//! Asking: the future of `cx.interrupt(..)`.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use crate::__private::{AnswerOrStub as _, AskedOrStub as _};
use crate::checkpoint::{FormatError, Remembered, RememberedKind};
use crate::context::RunContext;
use crate::interrupt::{Interrupt, InterruptId};
use crate::node::{NodeError, NodeResult};

/// The future of [`Context::interrupt`](crate::context::Context::interrupt): the answer.
///
/// Without an answer, the task ends where it is first polled: no code of the node runs after that.
#[must_use = "nothing is asked until the future is awaited"]
pub struct Ask<R> {
    state: State,
    read: fn(&[u8]) -> Result<R, FormatError>,
}

enum State {
    /// Answered, or it cannot be asked.
    Known(Option<Result<Vec<u8>, NodeError>>),
    /// To be asked at the first poll.
    Asking(Box<(RunContext, Remembered)>),
    Asked,
}

/// Asks `ask` in the task of a context.
pub(crate) fn ask<I: Interrupt>(cx: &RunContext, ask: &I) -> Ask<I::Resume> {
    Ask { state: state(cx, I::NAME, I::Form::save(ask)), read: I::ResumeForm::load }
}

/// Not generic: it is compiled once.
fn state(cx: &RunContext, name: &'static str, value: Result<Vec<u8>, FormatError>) -> State {
    let failed = |text: String| State::Known(Some(Err(NodeError::permanent(NodeError::msg(text)))));
    let Some(memory) = &cx.run().memory else {
        return failed(format!("`{name}` was asked outside a thread: nobody could answer it"));
    };
    let value = match value {
        Ok(value) => value,
        Err(error) => return failed(format!("the interrupt `{name}` cannot be saved: {error}")),
    };
    let key = memory.next_key(cx, name);
    match memory.answer(key) {
        Some(answer) => State::Known(Some(Ok(answer))),
        None => {
            let remembered = Remembered {
                task: cx.run().root_task(&cx.task),
                kind: RememberedKind::Interrupt,
                key,
                name: name.to_owned(),
                value,
            };
            State::Asking(Box::new((cx.clone(), remembered)))
        }
    }
}

impl<R> Future for Ask<R> {
    type Output = NodeResult<R>;

    fn poll(self: Pin<&mut Self>, _: &mut Poller<'_>) -> Poll<NodeResult<R>> {
        let Self { state, read } = self.get_mut();
        match std::mem::replace(state, State::Asked) {
            State::Known(Some(answer)) => Poll::Ready(answer.and_then(|bytes| {
                read(&bytes).map_err(|error| {
                    NodeError::permanent(NodeError::msg(format!("the answer of an interrupt cannot be read: {error}")))
                })
            })),
            State::Asking(asking) => {
                let (cx, remembered) = *asking;
                let asked = Arc::new(remembered);
                // Saved by the step, which ends the task.
                cx.suspend(vec![asked]);
                Poll::Pending
            }
            State::Known(None) | State::Asked => Poll::Pending,
        }
    }
}

impl<R> std::fmt::Debug for Ask<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Ask");
        if let State::Asking(asking) = &self.state {
            out.field("id", &InterruptId::of(asking.1.key));
        }
        out.finish_non_exhaustive()
    }
}
