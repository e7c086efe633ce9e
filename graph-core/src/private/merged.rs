//! The serde form of a tuple of updates: one object with the fields of all.
//!
//! Serde's own form of a tuple is an array. A node that returns a tuple writes fields, as any other node does, so its
//! update reads `{"title": .., "words": ..}` in a stream.

use std::cell::Cell;

use serde::Serialize;
use serde::de::value::SeqDeserializer;
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde_json::{Error, Map, Value};

use super::Readable;

/// The fields of all parts of a tuple. A part that writes nothing is `null`.
pub(super) fn merge<T: Serialize>(tuple: &T) -> Result<Value, Error> {
    let mut fields = Map::new();
    collect(serde_json::to_value(tuple)?, &mut fields)?;
    Ok(Value::Object(fields))
}

fn collect(part: Value, fields: &mut Map<String, Value>) -> Result<(), Error> {
    match part {
        Value::Array(parts) => parts.into_iter().try_for_each(|part| collect(part, fields)),
        Value::Object(part) => {
            fields.extend(part);
            Ok(())
        }
        Value::Null => Ok(()),
        _ => Err(Error::custom("an update in a tuple of updates has to be an object")),
    }
}

/// Reads a tuple from the fields of all its parts.
///
/// Whether an optional part is there shows only when it asks for its fields. So it is first taken to be there; if none
/// of its fields is, the tuple is read again without it.
pub(super) fn split<T: Readable>(value: Value) -> Result<T, Error> {
    let Value::Object(fields) = value else { return T::read(value) };
    let mut absent = Vec::new();
    loop {
        let (options, missing) = (Cell::new(0), Cell::new(None));
        let whole = Part { fields: &fields, absent: &absent, options: &options, missing: &missing, option: None };
        match (T::read(whole), missing.get()) {
            (Err(_), Some(option)) if !absent.contains(&option) => absent.push(option),
            (result, _) => return result,
        }
    }
}

/// A part of the tuple, or the tuple itself.
#[derive(Clone, Copy)]
struct Part<'a> {
    fields: &'a Map<String, Value>,
    /// The optional parts that are not there.
    absent: &'a [usize],
    /// How many optional parts there were so far.
    options: &'a Cell<usize>,
    /// The optional part that turned out not to be there.
    missing: &'a Cell<Option<usize>>,
    /// The optional part that this is.
    option: Option<usize>,
}

impl<'de> Deserializer<'de> for Part<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        Value::Object(self.fields.clone()).deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let own: Map<_, _> = self
            .fields
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if own.is_empty() && self.option.is_some() {
            self.missing.set(self.option);
            return Err(Error::custom("none of its fields is there"));
        }
        Value::Object(own).deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let option = self.options.replace(self.options.get() + 1);
        if self.absent.contains(&option) {
            return visitor.visit_none();
        }
        visitor.visit_some(Self { option: Some(option), ..self })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, count: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::repeat_n(self, count)))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf seq tuple_struct map enum
        identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Part<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::{merge, split};

    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Title {
        title: String,
    }

    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Words {
        #[serde(rename = "count")]
        words: u64,
    }

    type Both = (Option<Title>, (), (Option<Words>, Option<Title>));

    #[test]
    fn a_tuple_is_one_object_and_comes_back() {
        let both: Both = (None, (), (Some(Words { words: 7 }), None));
        let value = merge(&both).unwrap();
        assert_eq!(value, json!({"count": 7}));
        assert_eq!(split::<Both>(value).unwrap(), both);

        let whole = (Title { title: "a".to_owned() }, Words { words: 7 });
        assert_eq!(merge(&whole).unwrap(), json!({"title": "a", "count": 7}));
        assert_eq!(split::<(Title, Words)>(merge(&whole).unwrap()).unwrap(), whole);
    }

    #[test]
    fn what_is_missing_or_wrong_is_an_error() {
        assert!(split::<(Title, Words)>(json!({"title": "a"})).unwrap_err().to_string().contains("count"));
        let wrong = split::<(Title, Option<Words>)>(json!({"title": "a", "count": "seven"}));
        assert!(wrong.unwrap_err().to_string().contains("expected u64"));
        assert!(merge(&(Title { title: "a".to_owned() }, 7)).is_err());
    }
}
