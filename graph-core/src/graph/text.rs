//! Text built during constant evaluation.

/// A message built during constant evaluation.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    bytes: [u8; Self::LIMIT],
    len: usize,
}

impl Text {
    const LIMIT: usize = 1024;

    pub(crate) const fn new() -> Self {
        Self { bytes: [0; Self::LIMIT], len: 0 }
    }

    /// Appends a piece; one that does not fit is left out.
    pub(crate) const fn push(mut self, piece: &str) -> Self {
        let piece = piece.as_bytes();
        let mut i = 0;
        if self.len + piece.len() <= Self::LIMIT {
            while i < piece.len() {
                self.bytes[self.len] = piece[i];
                self.len += 1;
                i += 1;
            }
        }
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
