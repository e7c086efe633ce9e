//! Fills JSON schemas from the request.
use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::name;
use super::request::Request;
use super::words::{first_words, has_word, numbers, phrase_after, plain, quoted, words};

/// Deeper nesting is filled with `null`: schemas may be recursive.
const MAX_DEPTH: usize = 12;

/// A value that fits the schema, filled from the request.
pub(super) fn fill(schema: &Value, request: &Request) -> Value {
    let mut source = Source::new(&request.text);
    source.name = name::known(request);
    fill_from(schema, &mut source)
}

pub(super) fn fill_from(schema: &Value, source: &mut Source<'_>) -> Value {
    source.fill("", schema, schema, 0)
}

/// The source of values: the numbers of a text, in order, and its phrases.
pub(super) struct Source<'a> {
    text: &'a str,
    plain: String,
    numbers: VecDeque<f64>,
    name: Option<String>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Source { text, plain: plain(text), numbers: numbers(text).into(), name: None }
    }

    /// Numbers to use before those of the text.
    pub(super) fn put_first(&mut self, numbers: &[f64]) {
        for number in numbers.iter().rev() {
            self.numbers.push_front(*number);
        }
    }

    pub(super) fn has_number(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Whether the text has a value for an optional argument.
    pub(super) fn has(&self, name: &str, schema: &Value) -> bool {
        match schema.get("enum").and_then(Value::as_array) {
            Some(values) => values.iter().any(|value| self.mentions(value)),
            None => (wants_number(schema) && self.has_number()) || has_word(&self.plain, &[name]),
        }
    }

    /// A value for the property `name` of the schema `root`.
    pub(super) fn value(&mut self, name: &str, property: &Value, root: &Value) -> Value {
        self.fill(name, property, root, 0)
    }

    fn mentions(&self, value: &Value) -> bool {
        value.as_str().is_some_and(|value| self.plain.contains(&plain(value)))
    }

    fn fill(&mut self, name: &str, schema: &Value, root: &Value, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return Value::Null;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = target.strip_prefix('#').and_then(|path| root.pointer(path)).cloned();
            return target.map_or(Value::Null, |target| self.fill(name, &target, root, depth + 1));
        }
        if let Some(fixed) = schema.get("const") {
            return fixed.clone();
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let said = values.iter().find(|value| self.mentions(value));
            return said.or(values.first()).cloned().unwrap_or_default();
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            if let Some(options) = schema.get(key).and_then(Value::as_array) {
                let option = options.iter().find(|option| option["type"] != "null").or(options.first());
                return option.map_or(Value::Null, |option| self.fill(name, option, root, depth + 1));
            }
        }
        match kind(schema) {
            "object" => self.object(schema, root, depth),
            "array" => self.array(name, schema, root, depth),
            "integer" => json!(self.number(schema).round() as i64),
            "number" => json!(self.number(schema)),
            "boolean" => schema
                .get("default")
                .cloned()
                .unwrap_or_else(|| (!has_word(&self.plain, &["no", "not", "never"])).into()),
            "string" => Value::String(self.string(name, schema)),
            _ => Value::Null,
        }
    }

    fn object(&mut self, schema: &Value, root: &Value, depth: usize) -> Value {
        let properties = schema["properties"].as_object();
        let filled: Map<String, Value> = properties
            .into_iter()
            .flatten()
            .map(|(name, property)| (name.clone(), self.fill(name, property, root, depth + 1)))
            .collect();
        filled.into()
    }

    fn array(&mut self, name: &str, schema: &Value, root: &Value, depth: usize) -> Value {
        let items = &schema["items"];
        let least = schema["minItems"].as_u64().map_or(1, |least| least.min(100) as usize);
        let most = schema["maxItems"].as_u64().map_or(100, |most| most.min(100) as usize);
        let wanted = if wants_number(items) { self.numbers.len().max(least) } else { least.max(1) };
        (0..wanted.min(most)).map(|_| self.fill(name, items, root, depth + 1)).collect()
    }

    fn number(&mut self, schema: &Value) -> f64 {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let default = bound("default").or_else(|| bound("minimum")).unwrap_or(0.0);
        let number = self.numbers.pop_front().unwrap_or(default);
        let number = bound("minimum").map_or(number, |least| number.max(least));
        bound("maximum").map_or(number, |most| number.min(most))
    }

    fn string(&self, name: &str, schema: &Value) -> String {
        match schema["format"].as_str() {
            Some("date") => return "2000-01-01".to_owned(),
            Some("date-time") => return "2000-01-01T00:00:00Z".to_owned(),
            Some("email") => return "nobody@example.org".to_owned(),
            Some("uri" | "url") => return "https://example.org/".to_owned(),
            Some("uuid") => return uuid::Uuid::nil().to_string(),
            _ => {}
        }
        if name.to_ascii_lowercase().ends_with("name")
            && let Some(known) = self.name.clone().or_else(|| name::introduced(self.text))
        {
            return known;
        }
        let is_message = ["body", "message", "text", "content"].contains(&name);
        let said = || if is_message { phrase_after(self.text, &[" saying ", " that says "]) } else { None };
        let is_address = ["to", "recipient", "email", "address"].contains(&name);
        let address = || self.text.split_whitespace().find(|word| word.contains('@')).filter(|_| is_address);
        let text = quoted(self.text)
            .or_else(said)
            .or_else(|| address().map(|address| address.trim_end_matches(['.', ',', ':'])))
            .or_else(|| phrase_after(self.text, &[" about ", " in ", " for ", " to ", " on ", " of "]))
            .map_or_else(|| self.proper_nouns().unwrap_or_else(|| first_words(self.text.trim(), 20)), str::to_owned);
        let longest =
            schema["maxLength"].as_u64().map_or(usize::MAX, |longest| usize::try_from(longest).unwrap_or(usize::MAX));
        text.chars().take(longest).collect()
    }

    /// The first run of capitalised words after the first word.
    fn proper_nouns(&self) -> Option<String> {
        let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
        let run: Vec<&str> =
            words(self.text).skip(1).skip_while(|word| !capital(word) || *word == "I").take_while(capital).collect();
        if run.is_empty() { None } else { Some(run.join(" ")) }
    }
}

/// Whether a schema requires a number.
pub(super) fn wants_number(schema: &Value) -> bool {
    matches!(kind(schema), "integer" | "number")
}

/// The type of a schema; of several the first that is not `null`.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null"),
        _ if schema.get("properties").is_some() => "object",
        _ => "string",
    }
}
