//! The calls of a message, side by side.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use super::ToolScope;
use crate::context::RunContext;
use crate::message::Message;
use crate::node::NodeResult;

/// The answer to a call, while it is made.
pub(super) type Answering<'a> = Pin<Box<dyn Future<Output = NodeResult<Message>> + Send + 'a>>;

/// A call.
pub(super) struct Call<'a> {
    pub scope: Arc<ToolScope>,
    pub answer: Answering<'a>,
}

/// Where a call stands.
enum Slot<'a> {
    /// `bool`: whether it has started.
    Open(Call<'a>, bool),
    Answered(Option<Message>),
}

impl Slot<'_> {
    /// Whether it counts against the limit: one that asks a human only waits.
    fn is_running(&self) -> bool {
        matches!(self, Self::Open(call, true) if !call.scope.is_asking())
    }

    fn is_asking(&self) -> bool {
        matches!(self, Self::Open(call, _) if call.scope.is_asking())
    }

    fn is_open(&self) -> bool {
        matches!(self, Self::Open(..))
    }
}

/// The answers, in the order of the calls. At most `limit` calls run at once. If some ask, the others are answered first,
/// and then the task ends.
///
/// Few calls, so each poll polls all that run.
pub(super) async fn all(calls: Vec<Call<'_>>, limit: usize, cx: &RunContext) -> NodeResult<Vec<Message>> {
    let mut slots: Vec<_> = calls.into_iter().map(|call| Slot::Open(call, false)).collect();
    poll_fn(|poller| poll(&mut slots, limit.max(1), cx, poller)).await?;
    let answer = |slot: Slot<'_>| match slot {
        Slot::Answered(message) => message,
        Slot::Open(..) => None,
    };
    Ok(slots.into_iter().filter_map(answer).collect())
}

fn poll(slots: &mut [Slot<'_>], limit: usize, cx: &RunContext, poller: &mut Poller<'_>) -> Poll<NodeResult<()>> {
    let running = |slots: &[Slot<'_>]| slots.iter().filter(|slot| slot.is_running()).count();
    loop {
        let mut started = running(slots);
        for slot in &mut *slots {
            let Slot::Open(call, has_started) = slot else { continue };
            if !*has_started {
                if started >= limit {
                    continue;
                }
                (*has_started, started) = (true, started + 1);
            }
            match call.answer.as_mut().poll(poller) {
                Poll::Ready(Ok(answer)) => *slot = Slot::Answered(Some(answer)),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {}
            }
        }
        // A call that has ended, or that asks, makes room for another one.
        let waits = slots.iter().any(|slot| matches!(slot, Slot::Open(_, false)));
        if !waits || running(slots) >= limit {
            break;
        }
    }
    if !slots.iter().any(Slot::is_open) {
        return Poll::Ready(Ok(()));
    }
    if slots.iter().filter(|slot| slot.is_open()).all(Slot::is_asking) {
        let asked = slots.iter().flat_map(|slot| match slot {
            Slot::Open(call, _) => call.scope.take_asked(),
            Slot::Answered(_) => Vec::new(),
        });
        cx.suspend(asked.collect());
    }
    Poll::Pending
}
