//! A write to a field with a reducer: merged, or overwriting.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// LangGraph's JSON key for a value that overwrites a field.
const OVERWRITE: &str = "__overwrite__";

/// The write of an update to a field of type `T` whose reducer takes an `I`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Write<T, I> {
    /// Leaves the field alone.
    #[default]
    Nothing,
    /// The reducer folds this in.
    Merge(I),
    /// Overwrites the field (LangGraph's `Overwrite`).
    Replace(T),
}

impl<T, I> Write<T, I> {
    /// Whether the field is left alone.
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

/// A merge is the value itself, an overwrite is `{"__overwrite__": value}`, as in LangGraph.
impl<T: Serialize, I: Serialize> Serialize for Write<T, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Merge(input) => input.serialize(serializer),
            Self::Replace(value) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(OVERWRITE, value)?;
                map.end()
            }
        }
    }
}

impl<'de, T: DeserializeOwned, I: DeserializeOwned> Deserialize<'de> for Write<T, I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = serde_json::Value::deserialize(deserializer)?;
        let replacement = match &mut value {
            serde_json::Value::Object(map) if map.len() == 1 => map.remove(OVERWRITE),
            _ => None,
        };
        match replacement {
            Some(value) => serde_json::from_value(value).map(Self::Replace).map_err(D::Error::custom),
            // Unless the reducer's input can be `null`.
            None if value.is_null() => Ok(serde_json::from_value(value).map_or(Self::Nothing, Self::Merge)),
            None => serde_json::from_value(value).map(Self::Merge).map_err(D::Error::custom),
        }
    }
}

/// A field of a state's full update, written by `#[derive(Update)]`, with or without a reducer.
#[doc(hidden)]
pub trait Slot {
    type Input;
    type Value;
    fn put(&mut self, input: Self::Input);
    fn put_instead(&mut self, value: Self::Value);
}

impl<T> Slot for Option<T> {
    type Input = T;
    type Value = T;

    fn put(&mut self, input: T) {
        *self = Some(input);
    }

    fn put_instead(&mut self, value: T) {
        *self = Some(value);
    }
}

impl<T, I> Slot for Write<T, I> {
    type Input = I;
    type Value = T;

    fn put(&mut self, input: I) {
        *self = Self::Merge(input);
    }

    fn put_instead(&mut self, value: T) {
        *self = Self::Replace(value);
    }
}

#[cfg(test)]
mod tests {
    use super::Write;

    #[test]
    fn both_kinds_of_write_survive_json() {
        type Log = Write<Vec<u8>, u8>;
        for (write, text) in [(Log::Merge(7), "7"), (Log::Replace(vec![1]), r#"{"__overwrite__":[1]}"#)] {
            assert_eq!(serde_json::to_string(&write).unwrap(), text);
            assert_eq!(serde_json::from_str::<Log>(text).unwrap(), write);
        }
        let wrong = serde_json::from_str::<Log>(r#""seven""#).unwrap_err().to_string();
        assert!(wrong.contains("expected u8"), "{wrong}");
    }
}
