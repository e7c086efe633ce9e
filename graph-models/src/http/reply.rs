//! The response as a stream of chunks.
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use graph_core::message::MessageChunk;
use graph_core::model::{ChunkStream, ModelError, TimedOut};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};

use super::decode::Decoder;
use super::failure;
use crate::redact::Redactor;
use crate::sse::{DEFAULT_LIMIT, SseDecoder};

/// How long to wait for the end of the body after the end of the reply, so that the connection can be reused.
const LINGER: Duration = Duration::from_millis(100);

/// How much of a body without events is kept for the error message.
const HEAD: usize = 4096;

type Body = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;
type Item = Result<MessageChunk, ModelError>;

/// The time limits of a response.
pub(super) struct Limits {
    pub(super) endpoint: String,
    pub(super) first_token: Duration,
    pub(super) first_token_deadline: Instant,
    pub(super) idle: Duration,
}

/// Reads a response: a stream of events, or a single JSON object.
pub(super) async fn read(response: Response, limits: Limits, redactor: Redactor) -> Result<ChunkStream, ModelError> {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.to_ascii_lowercase();
    if !kind.contains("json") && !kind.contains("html") {
        let idle = limits.first_token_deadline.min(Instant::now() + limits.idle);
        return Ok(Box::pin(Reply {
            body: Some(Box::pin(response.bytes_stream())),
            events: SseDecoder::default(),
            decoder: Decoder::new(redactor),
            ready: VecDeque::new(),
            head: Vec::new(),
            seen_event: false,
            seen_token: false,
            lingering: false,
            timer: Box::pin(sleep_until(idle)),
            limits,
        }));
    }
    let body = match timeout_at(limits.first_token_deadline, read_body(response, DEFAULT_LIMIT)).await {
        Err(_) => return Err(limits.timed_out(false)),
        Ok(Err(error)) => return Err(ModelError::Truncated { problem: failure::chain(&error.without_url()) }),
        Ok(Ok(body)) => body,
    };
    let text = String::from_utf8_lossy(&body);
    if let Some(page) = failure::html_title(&text) {
        return Err(ModelError::BadResponse {
            problem: format!("expected a chat completion, found {}", redactor.clean(&page)),
        });
    }
    let mut decoder = Decoder::new(redactor);
    let chunk = decoder.decode(&text)?;
    if chunk.is_none() && !decoder.is_finished() {
        return Err(ModelError::BadResponse { problem: "expected a chat completion, found no `choices`".to_owned() });
    }
    let ready: VecDeque<Item> = chunk.into_iter().chain([decoder.last()]).map(Ok).collect();
    Ok(Box::pin(Whole(ready)))
}

/// Reads a body to its end or up to `limit` bytes.
pub(super) async fn read_body(response: Response, limit: usize) -> reqwest::Result<Bytes> {
    let mut body: Body = Box::pin(response.bytes_stream());
    let mut bytes = Vec::new();
    while let Some(piece) = poll_fn(|cx| body.as_mut().poll_next(cx)).await {
        bytes.extend_from_slice(&piece?);
        if bytes.len() >= limit {
            break;
        }
    }
    Ok(bytes.into())
}

impl Limits {
    fn timed_out(&self, seen_token: bool) -> ModelError {
        let (what, after) =
            if seen_token { (TimedOut::NextToken, self.idle) } else { (TimedOut::FirstToken, self.first_token) };
        ModelError::Timeout { endpoint: self.endpoint.clone(), what, after }
    }
}

/// A response that was not streamed.
struct Whole(VecDeque<Item>);

impl Stream for Whole {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A response as events. Dropping it closes the connection, upon which servers stop generating.
struct Reply {
    /// `None` at the end.
    body: Option<Body>,
    events: SseDecoder,
    decoder: Decoder,
    ready: VecDeque<Item>,
    head: Vec<u8>,
    seen_event: bool,
    seen_token: bool,
    /// Whether the reply is complete and only the end of the body is missing.
    lingering: bool,
    timer: Pin<Box<Sleep>>,
    limits: Limits,
}

impl Stream for Reply {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.ready.pop_front() {
                if item.is_err() {
                    this.body = None;
                    this.ready.clear();
                }
                return Poll::Ready(Some(item));
            }
            let Some(body) = &mut this.body else { return Poll::Ready(None) };
            match body.as_mut().poll_next(cx) {
                Poll::Ready(Some(Ok(_))) if this.lingering => {}
                Poll::Ready(Some(Ok(bytes))) => this.receive(&bytes),
                Poll::Ready(end) => {
                    this.body = None;
                    if !this.lingering {
                        let item = this.on_body_end(end.and_then(Result::err));
                        this.ready.push_back(item);
                    }
                }
                Poll::Pending => {
                    ready!(this.timer.as_mut().poll(cx));
                    this.body = None;
                    if !this.lingering {
                        this.ready.push_back(Err(this.limits.timed_out(this.seen_token)));
                    }
                }
            }
        }
    }
}

impl Reply {
    /// Processes the next bytes of the body.
    fn receive(&mut self, bytes: &[u8]) {
        if !self.seen_event {
            self.head.extend_from_slice(&bytes[..bytes.len().min(HEAD - self.head.len().min(HEAD))]);
        }
        self.events.push(bytes);
        loop {
            let event = match self.events.next_event() {
                Ok(Some(event)) => event,
                Ok(None) => break,
                Err(error) => {
                    let problem = format!("an event is larger than {} bytes", error.limit);
                    self.ready.push_back(Err(ModelError::BadResponse { problem }));
                    return;
                }
            };
            self.seen_event = true;
            let data = event.data.trim();
            if data == "[DONE]" {
                let last = self.decoder.last();
                self.ready.push_back(Ok(last));
                self.lingering = true;
                self.timer.as_mut().reset(Instant::now() + LINGER);
                return;
            }
            if data.is_empty() {
                continue;
            }
            match self.decoder.decode(data) {
                Ok(None) => {}
                Ok(Some(chunk)) => {
                    self.seen_token = true;
                    self.ready.push_back(Ok(chunk));
                }
                Err(error) => {
                    self.ready.push_back(Err(error));
                    return;
                }
            }
        }
        // Pings count as activity, but do not extend the limit for the first token.
        let idle = Instant::now() + self.limits.idle;
        let deadline = if self.seen_token { idle } else { idle.min(self.limits.first_token_deadline) };
        self.timer.as_mut().reset(deadline);
    }

    /// The body ended without a `[DONE]`.
    fn on_body_end(&mut self, error: Option<reqwest::Error>) -> Item {
        // Some servers send no `[DONE]`; after the finish reason the message is complete.
        if self.decoder.is_finished() {
            return Ok(self.decoder.last());
        }
        if let Some(error) = error {
            return Err(ModelError::Truncated { problem: failure::chain(&error.without_url()) });
        }
        if !self.seen_event && !self.head.is_empty() {
            let error = self.decoder.decode(&String::from_utf8_lossy(&self.head)).err();
            return Err(
                error.unwrap_or_else(|| ModelError::BadResponse { problem: "expected events, found none".to_owned() })
            );
        }
        let amid = if self.events.is_amid_event() { "in the middle of an event" } else { "without a finish reason" };
        Err(ModelError::Truncated { problem: format!("the stream ended {amid}") })
    }
}
