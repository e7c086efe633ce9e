//! Reads a response: as a stream, or whole.
use std::future::poll_fn;

use bytes::Bytes;
use graph_core::model::ModelError;
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use tokio::time::timeout_at;

use super::decode::Decode;
use super::failure::{self, Context};
use super::framing::Framing;
use super::limits::Limits;
use super::reply::{Body, Reply};
use crate::sse::DEFAULT_LIMIT;

/// Reads a response: a stream of events, or a single JSON object.
pub(super) async fn read<D: Decode>(
    response: Response,
    limits: Limits,
    report: Context,
    framing: Framing,
    mut decoder: D,
) -> Result<Reply<D>, ModelError> {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.to_ascii_lowercase();
    // One line is a JSON object, too.
    let is_whole = kind.contains("html") || (kind.contains("json") && framing == Framing::Sse);
    if !is_whole {
        let body: Body = Box::pin(response.bytes_stream());
        return Ok(Reply::streamed(body, framing, decoder, limits, report));
    }
    let body = read_whole(response, &limits, &report).await?;
    let text = String::from_utf8_lossy(&body);
    let mut chunks = Vec::new();
    match decoder.whole(&text, &mut chunks) {
        Ok(()) => {
            chunks.push(decoder.last());
            Ok(Reply::whole(chunks, framing, decoder, limits, report))
        }
        Err(fault) => Err(failure::of_event(fault, &text, D::EXPECTED, &report)),
    }
}

/// Reads the whole body of a response; an HTML page is an error.
pub(super) async fn read_whole(response: Response, limits: &Limits, report: &Context) -> Result<Bytes, ModelError> {
    let body = match timeout_at(limits.first_deadline(), read_body(response, DEFAULT_LIMIT)).await {
        Err(_) => return Err(limits.timed_out(false)),
        Ok(Err(error)) => return Err(report.truncated(&failure::chain(&error.without_url()))),
        Ok(Ok(body)) => body,
    };
    match failure::html_title(&String::from_utf8_lossy(&body)) {
        Some(page) => {
            Err(report.bad_response(&format!("expected a JSON object, found {}", report.redactor.clean(&page))))
        }
        None => Ok(body),
    }
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
