//! The arguments of a call: checked against the parameters, and read by serde.

use std::fmt::Display;

use serde::de::value::Error as MissingError;
use serde_json::{Map, Value};

use super::ToolError;
use crate::__private::Readable;

/// The arguments of a call, which are taken one by one. All that is wrong is reported at once, each with its path.
///
/// ```
/// use graph_core::tool::Arguments;
/// use serde_json::json;
///
/// let mut arguments = Arguments::of(json!({"a": 2, "b": "x"}));
/// let (a, b) = (arguments.take::<i64>("a"), arguments.take::<i64>("b"));
/// assert_eq!((a, b), (Some(2), None));
/// let error = arguments.finish().unwrap_err();
/// assert_eq!(error.to_string(), "invalid arguments: `b`: invalid type: string \"x\", expected i64");
/// ```
#[derive(Debug)]
pub struct Arguments {
    left: Map<String, Value>,
    known: Vec<&'static str>,
    problems: Vec<String>,
}

impl Arguments {
    /// The arguments of a call, a JSON object; `null` is an empty one.
    #[must_use]
    pub fn of(arguments: Value) -> Self {
        let (left, problems) = match arguments {
            Value::Object(fields) => (fields, Vec::new()),
            Value::Null => (Map::new(), Vec::new()),
            other => (Map::new(), vec![format!("expected a JSON object, found `{other}`")]),
        };
        Self { left, known: Vec::new(), problems }
    }

    /// The argument of this name; `None` if it is missing or does not fit, which [`finish`](Self::finish) reports. A type
    /// that serde makes of nothing, such as an `Option`, need not be given.
    pub fn take<T: Readable>(&mut self, name: &'static str) -> Option<T> {
        self.known.push(name);
        let read = match self.left.remove(name) {
            Some(value) => read(value).map_err(|(path, problem)| describe(name, &path, problem)),
            None => from_nothing().ok_or_else(|| describe(name, "", "is missing")),
        };
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// Reports everything that was wrong, arguments that no parameter takes included.
    ///
    /// # Errors
    /// [`ToolError::Arguments`].
    pub fn finish(self) -> Result<(), ToolError> {
        let Self { left, known, mut problems } = self;
        let known = if known.is_empty() { "none".to_owned() } else { format!("`{}`", known.join("`, `")) };
        problems.extend(left.keys().map(|name| describe(name, "", format!("unknown, the parameters are {known}"))));
        if problems.is_empty() { Ok(()) } else { Err(ToolError::Arguments { problems }) }
    }
}

fn describe(name: &str, path: &str, problem: impl Display) -> String {
    format!("`{name}{path}`: {problem}")
}

/// Reads a value; the error has the path inside it.
fn read<T: Readable>(value: Value) -> Result<T, (String, serde_json::Error)> {
    let mut track = serde_path_to_error::Track::new();
    let deserializer = serde_path_to_error::Deserializer::new(value, &mut track);
    T::read(deserializer).map_err(|error| {
        let path = track.path();
        let path = if path.iter().next().is_none() { String::new() } else { path.to_string() };
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        (format!("{dot}{path}"), error)
    })
}

/// What serde makes of a field that is missing.
fn from_nothing<T: Readable>() -> Option<T> {
    T::read(Nothing).ok()
}

/// Whether serde makes something of a field that is missing.
pub(crate) fn is_optional<T: Readable>() -> bool {
    from_nothing::<T>().is_some()
}

/// Reads only as an option, which is `None`: as serde reads missing fields.
struct Nothing;

impl<'de> serde::Deserializer<'de> for Nothing {
    type Error = MissingError;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, MissingError> {
        Err(serde::de::Error::custom("missing"))
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, MissingError> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Deserialize, Debug, PartialEq)]
    struct Filter {
        years: Vec<u32>,
    }

    fn problems(arguments: Value) -> String {
        let mut arguments = Arguments::of(arguments);
        let (_, _) = (arguments.take::<Filter>("filter"), arguments.take::<Option<u8>>("limit"));
        arguments.finish().map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn what_is_wrong_is_named_with_its_path() {
        assert_eq!(problems(json!({"filter": {"years": [1990]}})), "");
        assert_eq!(problems(json!({"filter": {"years": [1990]}, "limit": null})), "");
        assert_eq!(
            problems(json!({"filter": {"years": [1990, "x"]}, "limit": 300, "other": 1})),
            "invalid arguments: `filter.years[1]`: invalid type: string \"x\", expected u32; \
             `limit`: invalid value: integer `300`, expected u8; `other`: unknown, the parameters are `filter`, `limit`"
        );
        assert_eq!(problems(json!({"filter": {}})), "invalid arguments: `filter`: missing field `years`");
        assert_eq!(problems(json!({})), "invalid arguments: `filter`: is missing");
        assert!(problems(json!([1])).contains("expected a JSON object"));
    }

    #[test]
    fn only_an_option_may_be_missing() {
        assert!(is_optional::<Option<Filter>>());
        assert!(
            !is_optional::<Filter>() && !is_optional::<()>() && !is_optional::<Value>() && !is_optional::<String>()
        );
    }
}
