//! Plays a turn as a stream.
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::time::{Sleep, sleep};
use uuid::Uuid;

use super::super::chat_model::ChunkStream;
use super::super::error::ModelError;
use super::turn::{Step, Turn};
use crate::message::MessageChunk;

/// Plays a turn. An error as its first step is the error of the call.
pub(in super::super) fn play(mut turn: Turn) -> Result<ChunkStream, ModelError> {
    if let Some(Step::Error(error)) = turn.steps.first() {
        return Err(error.clone());
    }
    // The last chunk is marked; an empty turn still has one.
    match turn.steps.iter_mut().rev().find(|step| !matches!(step, Step::Delay(_))) {
        Some(Step::Chunk(last)) => *last = std::mem::take(last).into_last(),
        Some(_) => {}
        None => turn.steps.push(Step::Chunk(MessageChunk::new("").into_last())),
    }
    let id = turn.id.unwrap_or_else(|| format!("run-{}", Uuid::new_v4()).into());
    Ok(Box::pin(Playback { id, steps: turn.steps.into(), pause: None }))
}

struct Playback {
    id: Arc<str>,
    steps: VecDeque<Step>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Stream for Playback {
    type Item = Result<MessageChunk, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(cx));
                self.pause = None;
            }
            match self.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Chunk(chunk)) => return Poll::Ready(Some(Ok(chunk.with_id(self.id.clone())))),
                Some(Step::Delay(pause)) => self.pause = Some(Box::pin(sleep(pause))),
                Some(Step::Error(error)) => {
                    self.steps.clear();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}
