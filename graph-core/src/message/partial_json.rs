//! Parses incomplete JSON.
use serde_json::{Map, Number, Value};

/// Deeper nesting is refused, as in `serde_json`, so that hostile input cannot exhaust the stack.
const MAX_DEPTH: usize = 128;

/// Parses a prefix of a JSON text as far as possible: open strings, arrays and objects are closed; a key without its
/// value, a trailing comma and a cut number or literal are dropped. `None` if nothing can be parsed, or if the text is
/// not a prefix of JSON. The semantics are those of LangChain's `parse_partial_json`, except that of a cut escape only
/// the escape is dropped, not its whole string.
///
/// ```
/// use graph_core::message::parse_partial_json;
/// use serde_json::json;
///
/// assert_eq!(parse_partial_json(r#"{"a": 2,"#), Some(json!({"a": 2})));
/// assert_eq!(parse_partial_json(r#"{"city": "Par"#), Some(json!({"city": "Par"})));
/// assert_eq!(parse_partial_json(r#"{"a": [1, tr"#), Some(json!({"a": [1]})));
/// assert_eq!(parse_partial_json(r#" "b": 2}"#), None);
/// ```
pub fn parse_partial_json(text: &str) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = match reader.value(0) {
        Read::Whole(value) | Read::Cut(Some(value)) => value,
        Read::Cut(None) | Read::Bad => return None,
    };
    reader.skip_space();
    (reader.at == text.len()).then_some(value)
}

/// How far a value could be parsed.
enum Read<T> {
    /// To its end.
    Whole(T),
    /// To the end of the text, with its value so far, if any.
    Cut(Option<T>),
    /// Not JSON.
    Bad,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        self.skip_space();
        match self.peek() {
            None => Read::Cut(None),
            Some(_) if depth > MAX_DEPTH => Read::Bad,
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => match self.string() {
                Read::Whole(text) => Read::Whole(Value::String(text)),
                Read::Cut(text) => Read::Cut(text.map(Value::String)),
                Read::Bad => Read::Bad,
            },
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.literal(),
        }
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => return Read::Cut(Some(Value::Object(map))),
                Some(b'}') if map.is_empty() => break,
                Some(b'"') => {}
                Some(_) => return Read::Bad,
            }
            let key = match self.string() {
                Read::Whole(key) => key,
                Read::Cut(_) => return Read::Cut(Some(Value::Object(map))),
                Read::Bad => return Read::Bad,
            };
            self.skip_space();
            match self.peek() {
                None => return Read::Cut(Some(Value::Object(map))),
                Some(b':') => self.at += 1,
                Some(_) => return Read::Bad,
            }
            match self.value(depth + 1) {
                Read::Whole(value) => drop(map.insert(key, value)),
                Read::Cut(value) => {
                    map.extend(value.map(|value| (key, value)));
                    return Read::Cut(Some(Value::Object(map)));
                }
                Read::Bad => return Read::Bad,
            }
            self.skip_space();
            match self.peek() {
                None => return Read::Cut(Some(Value::Object(map))),
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                Some(_) => return Read::Bad,
            }
        }
        self.at += 1;
        Read::Whole(Value::Object(map))
    }

    fn array(&mut self, depth: usize) -> Read<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(b']') && items.is_empty() {
                break;
            }
            match self.value(depth + 1) {
                Read::Whole(value) => items.push(value),
                Read::Cut(value) => {
                    items.extend(value);
                    return Read::Cut(Some(Value::Array(items)));
                }
                Read::Bad => return Read::Bad,
            }
            self.skip_space();
            match self.peek() {
                None => return Read::Cut(Some(Value::Array(items))),
                Some(b',') => self.at += 1,
                Some(b']') => break,
                Some(_) => return Read::Bad,
            }
        }
        self.at += 1;
        Read::Whole(Value::Array(items))
    }

    fn string(&mut self) -> Read<String> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        // The start of an escape that may be cut, so that it can be dropped.
        let mut escape = None;
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return unescape(&self.text[start + 1..self.at - 1]).map_or(Read::Bad, Read::Whole);
                }
                b'\\' => {
                    let length = if bytes.get(self.at + 1) == Some(&b'u') { 6 } else { 2 };
                    if self.at + length > bytes.len() {
                        escape = Some(self.at);
                        break;
                    }
                    self.at += length;
                }
                _ => self.at += 1,
            }
        }
        // The bytes after a backslash may be anything, so the index may be inside a character.
        let end = escape.unwrap_or(bytes.len());
        self.at = bytes.len();
        let body = self.text.get(start + 1..end).unwrap_or_default();
        // A high surrogate may lack its second half: it is dropped too.
        let text = unescape(body).or_else(|| unescape(body.get(..body.len().checked_sub(6)?)?));
        text.map_or(Read::Bad, |text| Read::Cut(Some(text)))
    }

    fn number(&mut self) -> Read<Value> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let cut = self.at == self.text.len();
        let mut text = &self.text[start..self.at];
        if !cut {
            return text.parse().map_or(Read::Bad, |number: Number| Read::Whole(Value::Number(number)));
        }
        while !text.is_empty() {
            if let Ok(number) = text.parse::<Number>() {
                return Read::Cut(Some(Value::Number(number)));
            }
            text = &text[..text.len() - 1];
        }
        Read::Cut(None)
    }

    fn literal(&mut self) -> Read<Value> {
        let rest = &self.text[self.at..];
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Read::Whole(value);
            }
            if word.starts_with(rest) {
                self.at = self.text.len();
                return Read::Cut(None);
            }
        }
        Read::Bad
    }
}

/// Unescapes the inside of a JSON string. Raw line breaks and tabs are accepted: models write them.
fn unescape(body: &str) -> Option<String> {
    if !body.contains(|c: char| c == '\\' || c < ' ') {
        return Some(body.to_owned());
    }
    let mut quoted = String::with_capacity(body.len() + 2);
    quoted.push('"');
    for c in body.chars() {
        if c < ' ' {
            quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            quoted.push(c);
        }
    }
    quoted.push('"');
    serde_json::from_str(&quoted).ok()
}

#[cfg(test)]
#[path = "partial_json_tests.rs"]
mod tests;
