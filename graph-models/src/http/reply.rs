//! The response as a stream of chunks.
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use graph_core::message::MessageChunk;
use graph_core::model::ModelError;
use tokio::time::{Instant, Sleep, sleep_until};

use super::decode::{Decode, Progress};
use super::failure::{self, Context as Report};
use super::framing::{Frames, Framing};
use super::limits::Limits;
use crate::sse::SseEvent;

/// How long to wait for the end of the body after the end of the reply, so that the connection can be reused.
const LINGER: Duration = Duration::from_millis(100);

/// How much of a body without events is kept for the error message.
const HEAD: usize = 4096;

pub(super) type Body = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;
type Item = Result<MessageChunk, ModelError>;

/// A response as events. Dropping it closes the connection, upon which servers stop generating.
pub(super) struct Reply<D> {
    /// `None` at the end.
    body: Option<Body>,
    frames: Frames,
    decoder: D,
    ready: VecDeque<Item>,
    head: Vec<u8>,
    seen_event: bool,
    seen_token: bool,
    /// Whether the reply is complete and only the end of the body is missing.
    lingering: bool,
    timer: Pin<Box<Sleep>>,
    limits: Limits,
    report: Report,
}

impl<D: Decode> Stream for Reply<D> {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item>> {
        let this = &mut *self;
        ready!(this.poll_ready(cx));
        let item = this.ready.pop_front();
        if let Some(Err(_)) = item {
            this.body = None;
            this.ready.clear();
        }
        Poll::Ready(item)
    }
}

impl<D: Decode> Reply<D> {
    /// The reply in a body that arrives piece by piece.
    pub(super) fn streamed(body: Body, framing: Framing, decoder: D, limits: Limits, report: Report) -> Self {
        let reply = Reply::whole(Vec::new(), framing, decoder, limits, report);
        Reply { body: Some(body), ..reply }
    }

    /// A reply that has arrived.
    pub(super) fn whole(
        chunks: Vec<MessageChunk>,
        framing: Framing,
        decoder: D,
        limits: Limits,
        report: Report,
    ) -> Self {
        Reply {
            body: None,
            frames: Frames::new(framing),
            decoder,
            ready: chunks.into_iter().map(Ok).collect(),
            head: Vec::new(),
            seen_event: false,
            seen_token: false,
            lingering: false,
            timer: Box::pin(sleep_until(limits.first_deadline())),
            limits,
            report,
        }
    }

    /// Waits for the first chunk. An error before it is the error of the request.
    pub(super) async fn first_token(&mut self) -> Result<(), ModelError> {
        poll_fn(|cx| self.poll_ready(cx)).await;
        let is_error = self.ready.iter().any(Result::is_err) && !self.seen_token;
        match self.ready.pop_back() {
            Some(Err(error)) if is_error => {
                self.body = None;
                Err(error)
            }
            last => {
                self.ready.extend(last);
                Ok(())
            }
        }
    }

    /// Reads until an item is ready, or the body has ended.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.ready.is_empty() {
            let Some(body) = &mut self.body else { break };
            match body.as_mut().poll_next(cx) {
                Poll::Ready(Some(Ok(_))) if self.lingering => {}
                Poll::Ready(Some(Ok(bytes))) => self.receive(&bytes),
                Poll::Ready(end) => {
                    self.body = None;
                    if !self.lingering {
                        self.on_body_end(end.and_then(Result::err));
                    }
                }
                Poll::Pending => {
                    ready!(self.timer.as_mut().poll(cx));
                    self.body = None;
                    if !self.lingering {
                        self.fail(self.limits.timed_out(self.seen_token));
                    }
                }
            }
        }
        Poll::Ready(())
    }

    /// Processes the next bytes of the body.
    fn receive(&mut self, bytes: &[u8]) {
        if !self.seen_event {
            self.head.extend_from_slice(&bytes[..bytes.len().min(HEAD - self.head.len().min(HEAD))]);
        }
        self.frames.push(bytes);
        loop {
            match self.frames.next_event() {
                Ok(Some(event)) => {
                    if !self.decode(&event) {
                        return;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    self.fail(self.report.bad_response(&format!("an event is larger than {} bytes", error.limit)));
                    return;
                }
            }
        }
        if self.limits.total.is_some_and(|(_, end)| end <= Instant::now()) {
            self.fail(self.limits.timed_out(self.seen_token));
            return;
        }
        // Pings count as activity, but do not extend the limit for the first token.
        if self.seen_token {
            self.timer.as_mut().reset(self.limits.at_most_total(Instant::now() + self.limits.idle));
        }
    }

    /// Decodes an event; whether the reply goes on.
    fn decode(&mut self, event: &SseEvent) -> bool {
        self.seen_event = true;
        if event.data.trim().is_empty() {
            return true;
        }
        let mut chunks = Vec::new();
        let progress = self.decoder.event(event, &mut chunks);
        self.seen_token |= !chunks.is_empty();
        self.ready.extend(chunks.into_iter().map(Ok));
        match progress {
            Ok(Progress::More) => true,
            Ok(Progress::End) => {
                let last = self.decoder.last();
                self.seen_token = true;
                self.ready.push_back(Ok(last));
                self.lingering = true;
                self.timer.as_mut().reset(Instant::now() + LINGER);
                false
            }
            Err(fault) => {
                self.fail(failure::of_event(fault, &event.data, D::EXPECTED, &self.report));
                false
            }
        }
    }

    /// Ends the reply with an error. What is known of its usage comes first: broken replies are billed, too.
    fn fail(&mut self, error: ModelError) {
        let head = self.decoder.head();
        if self.seen_token
            && let Some(usage) = head.usage.take()
        {
            self.ready.push_back(Ok(MessageChunk::new("").with_usage(usage).with_id(head.id())));
        }
        self.ready.push_back(Err(error));
    }

    /// The body ended without the protocol's mark.
    fn on_body_end(&mut self, error: Option<reqwest::Error>) {
        if let Some(event) = self.frames.rest()
            && !self.decode(&event)
        {
            return;
        }
        if self.decoder.is_complete() {
            let last = self.decoder.last();
            self.seen_token = true;
            self.ready.push_back(Ok(last));
            return;
        }
        let error = match error {
            Some(error) => self.report.truncated(&failure::chain(&error.without_url())),
            None if !self.seen_event && !self.head.is_empty() => self.without_events(),
            None => {
                let amid = self.frames.is_amid_event();
                let how = if amid { "in the middle of an event" } else { "before the end of the reply" };
                self.report.truncated(&format!("the stream ended {how}"))
            }
        };
        self.fail(error);
    }

    /// The error of a body that is no stream of events: often an error as a JSON object.
    fn without_events(&mut self) -> ModelError {
        let text = String::from_utf8_lossy(&self.head).into_owned();
        if self.frames.begins_like_event(&text) {
            return self.report.truncated("the stream ended in the middle of its first event");
        }
        let Err(fault) = self.decoder.whole(&text, &mut Vec::new()) else {
            return self.report.bad_response("expected events, found none");
        };
        failure::of_event(fault, &text, D::EXPECTED, &self.report)
    }
}
