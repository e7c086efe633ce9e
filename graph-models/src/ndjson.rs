//! A decoder of JSON lines (NDJSON).
use crate::sse::{DEFAULT_LIMIT, EventTooLarge};

/// Divides bytes into lines that are not blank. Chunks of bytes may end anywhere.
#[derive(Debug)]
pub(crate) struct LineDecoder {
    buffer: Vec<u8>,
    /// The start of the next line in `buffer`.
    line: usize,
    /// The part of `buffer` that has been searched for a line end.
    searched: usize,
    limit: usize,
}

impl Default for LineDecoder {
    fn default() -> Self {
        LineDecoder { buffer: Vec::new(), line: 0, searched: 0, limit: DEFAULT_LIMIT }
    }
}

impl LineDecoder {
    /// Adds the next bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.line);
        self.searched -= self.line;
        self.line = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next complete line; `None` if more bytes are needed. Invalid UTF-8 is replaced.
    pub(crate) fn next_line(&mut self) -> Result<Option<String>, EventTooLarge> {
        while let Some(offset) = self.buffer[self.searched..].iter().position(|byte| *byte == b'\n') {
            let (start, end) = (self.line, self.searched + offset);
            (self.line, self.searched) = (end + 1, end + 1);
            if end - start > self.limit {
                return Err(EventTooLarge { limit: self.limit });
            }
            let line = self.buffer[start..end].trim_ascii();
            if !line.is_empty() {
                return Ok(Some(String::from_utf8_lossy(line).into_owned()));
            }
        }
        self.searched = self.buffer.len();
        if self.buffer.len() - self.line > self.limit { Err(EventTooLarge { limit: self.limit }) } else { Ok(None) }
    }

    /// Takes a last line without a line end, if it is complete JSON.
    pub(crate) fn take_rest(&mut self) -> Option<String> {
        let rest = self.buffer[self.line..].trim_ascii();
        serde_json::from_slice::<serde::de::IgnoredAny>(rest).ok()?;
        let rest = String::from_utf8_lossy(rest).into_owned();
        self.buffer.clear();
        (self.line, self.searched) = (0, 0);
        Some(rest)
    }

    /// Whether a line is incomplete.
    pub(crate) fn is_amid_line(&self) -> bool {
        !self.buffer[self.line..].trim_ascii().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_in_any_chunking() {
        let bytes = "{\"a\":\"é\"}\r\n\n  \n{\"b\":1}\n{\"c\":2}".as_bytes();
        for size in 1..=bytes.len() {
            let mut decoder = LineDecoder::default();
            let mut lines = Vec::new();
            for piece in bytes.chunks(size) {
                decoder.push(piece);
                while let Some(line) = decoder.next_line().unwrap() {
                    lines.push(line);
                }
            }
            assert_eq!(lines, ["{\"a\":\"é\"}", "{\"b\":1}"], "{size}");
            assert!(decoder.is_amid_line());
            assert_eq!(decoder.take_rest().as_deref(), Some("{\"c\":2}"));
            assert!(!decoder.is_amid_line());
        }
    }

    #[test]
    fn half_a_line_is_no_rest_and_a_long_one_is_refused() {
        let mut decoder = LineDecoder { limit: 10, ..LineDecoder::default() };
        decoder.push(b"{\"a\":");
        assert_eq!(decoder.take_rest(), None);
        decoder.push(b"xxxxxxxxxx");
        assert!(decoder.next_line().is_err());
        decoder.push(b"\n");
        assert!(decoder.next_line().is_err());
    }
}
