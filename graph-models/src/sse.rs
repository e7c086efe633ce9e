//! A decoder of server-sent events.
//!
//! The format is that of the HTML standard (<https://html.spec.whatwg.org/multipage/server-sent-events.html>): lines end in
//! LF, CRLF or CR; a blank line ends an event; `data` lines of one event are joined by a line feed; a line that begins with
//! a colon is a comment. Chunks of bytes may end anywhere, also inside a character or a line end.

/// The default maximum size of an event: 16 MiB.
pub const DEFAULT_LIMIT: usize = 16 * 1024 * 1024;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Decodes server-sent events.
///
/// ```
/// use graph_models::sse::SseDecoder;
///
/// let mut decoder = SseDecoder::default();
/// decoder.push(b": ping\r\n\r\ndata: caf\xc3");
/// assert_eq!(decoder.next_event(), Ok(None));
/// decoder.push(b"\xa9\n\n");
/// assert_eq!(decoder.next_event().unwrap().unwrap().data, "caf\u{e9}");
/// assert!(!decoder.is_amid_event());
/// ```
#[derive(Debug)]
pub struct SseDecoder {
    buffer: Vec<u8>,
    /// The start of the next line in `buffer`.
    line: usize,
    /// The part of `buffer` that has been searched for a line end.
    searched: usize,
    /// Whether the last line ended in CR: a following LF belongs to it.
    after_cr: bool,
    /// Whether no line has been read yet: a byte order mark may come first.
    at_start: bool,
    event: String,
    data: String,
    has_data: bool,
    limit: usize,
}

/// A server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// The event's type; may be empty.
    pub event: String,
    /// The data lines, joined by a line feed.
    pub data: String,
}

/// An event exceeds the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventTooLarge {
    /// The limit, in bytes.
    pub limit: usize,
}

impl Default for SseDecoder {
    fn default() -> Self {
        SseDecoder::with_limit(DEFAULT_LIMIT)
    }
}

impl SseDecoder {
    /// A decoder with this maximum event size, in bytes.
    pub fn with_limit(limit: usize) -> Self {
        SseDecoder {
            buffer: Vec::new(),
            line: 0,
            searched: 0,
            after_cr: false,
            at_start: true,
            event: String::new(),
            data: String::new(),
            has_data: false,
            limit,
        }
    }

    /// Adds the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.line > 0 {
            self.buffer.drain(..self.line);
            self.searched -= self.line;
            self.line = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next complete event with data; `None` if more bytes are needed.
    ///
    /// # Errors
    /// [`EventTooLarge`], whether or not the event is complete.
    pub fn next_event(&mut self) -> Result<Option<SseEvent>, EventTooLarge> {
        while let Some(end) = self.line_end() {
            let start = self.line;
            self.line = end + 1;
            self.searched = self.line;
            let byte = self.buffer[end];
            if std::mem::replace(&mut self.after_cr, byte == b'\r') && byte == b'\n' && start == end {
                continue;
            }
            if start == end {
                let event = SseEvent { event: std::mem::take(&mut self.event), data: std::mem::take(&mut self.data) };
                if std::mem::take(&mut self.has_data) {
                    return Ok(Some(event));
                }
                continue;
            }
            self.field(start, end);
            self.check_size(0)?;
        }
        self.check_size(self.buffer.len() - self.line)?;
        Ok(None)
    }

    /// Whether an event is incomplete: at the end of the body, it was truncated.
    pub fn is_amid_event(&self) -> bool {
        self.has_data || self.line < self.buffer.len()
    }

    fn check_size(&self, pending: usize) -> Result<(), EventTooLarge> {
        if self.data.len() + pending > self.limit { Err(EventTooLarge { limit: self.limit }) } else { Ok(()) }
    }

    /// The end of the line that begins at `line`.
    fn line_end(&mut self) -> Option<usize> {
        let found = self.buffer[self.searched..].iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        match found {
            Some(offset) => Some(self.searched + offset),
            None => {
                self.searched = self.buffer.len();
                None
            }
        }
    }

    /// Processes one line that is not blank.
    fn field(&mut self, start: usize, end: usize) {
        let mut line = &self.buffer[start..end];
        if std::mem::take(&mut self.at_start) {
            line = line.strip_prefix(BOM).unwrap_or(line);
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(0) => return, // a comment
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &line[line.len()..]),
        };
        // Decoded line by line, so that no character is cut. Invalid UTF-8 is replaced.
        let value = String::from_utf8_lossy(value.strip_prefix(b" ").unwrap_or(value));
        match name {
            b"data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.data.push_str(&value);
                self.has_data = true;
            }
            b"event" => self.event = value.into_owned(),
            _ => {} // `id` and `retry` serve reconnection, which is wrong for completions
        }
    }
}

#[cfg(test)]
#[path = "sse_tests.rs"]
mod tests;
