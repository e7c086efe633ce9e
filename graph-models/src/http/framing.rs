//! How a body is divided into events.
use crate::ndjson::LineDecoder;
use crate::sse::{EventTooLarge, SseDecoder, SseEvent};

/// How the body of a streamed response is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events.
    Sse,
    /// JSON values, one a line.
    Lines,
}

/// The decoder of a framing.
pub(super) enum Frames {
    Sse(SseDecoder),
    Lines(LineDecoder),
}

impl Frames {
    pub(super) fn new(framing: Framing) -> Self {
        match framing {
            Framing::Sse => Frames::Sse(SseDecoder::default()),
            Framing::Lines => Frames::Lines(LineDecoder::default()),
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        match self {
            Frames::Sse(decoder) => decoder.push(bytes),
            Frames::Lines(decoder) => decoder.push(bytes),
        }
    }

    pub(super) fn next_event(&mut self) -> Result<Option<SseEvent>, EventTooLarge> {
        match self {
            Frames::Sse(decoder) => decoder.next_event(),
            Frames::Lines(decoder) => decoder.next_line().map(|line| line.map(of_line)),
        }
    }

    /// What may be a last event without its end. A last line needs no line end if it is a complete JSON value; an event
    /// without its blank line is truncated.
    pub(super) fn rest(&mut self) -> Option<SseEvent> {
        match self {
            Frames::Sse(_) => None,
            Frames::Lines(decoder) => decoder.take_rest().map(of_line),
        }
    }

    /// Whether a body without an event begins like one, so that only a part of it has arrived.
    pub(super) fn begins_like_event(&self, text: &str) -> bool {
        match self {
            Frames::Sse(_) => {
                let field = text.trim_start_matches('\u{feff}').split([':', '\r', '\n']).next().unwrap_or_default();
                ["data", "event", "id", "retry"].iter().any(|known| known.starts_with(field))
            }
            Frames::Lines(_) => text.trim_start().starts_with('{'),
        }
    }

    pub(super) fn is_amid_event(&self) -> bool {
        match self {
            Frames::Sse(decoder) => decoder.is_amid_event(),
            Frames::Lines(decoder) => decoder.is_amid_line(),
        }
    }
}

fn of_line(data: String) -> SseEvent {
    SseEvent { event: String::new(), data }
}
