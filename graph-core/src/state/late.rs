//! A field without a value until it is written.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// A state field that has no value until a node writes it; reading it derefs to the value.
///
/// `graph!` proves that every node that reads the field runs after one that wrote it, so in a graph the value is
/// there. Outside a graph (a test that calls a node's function) build the state with `Late::new`.
///
/// ```
/// use graph_core::prelude::*;
///
/// let joke = Late::new("Why did the crab cross the road?".to_owned());
/// assert_eq!(joke.len(), 32);
/// assert!(Late::<u32>::default().get().is_none());
/// ```
///
/// # Panics
/// Dereferencing panics if nothing was written; [`Late::get`] does not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Late<T>(Option<T>);

impl<T> Late<T> {
    /// A field that has been written.
    pub const fn new(value: T) -> Self {
        Self(Some(value))
    }

    /// The value, if it has been written.
    pub const fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Whether the field has been written.
    pub const fn is_written(&self) -> bool {
        self.0.is_some()
    }

    /// Writes the field.
    pub fn set(&mut self, value: T) {
        self.0 = Some(value);
    }

    /// The value, by value.
    pub fn into_inner(self) -> Option<T> {
        self.0
    }
}

impl<T> Default for Late<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<T> for Late<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T> Deref for Late<T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => panic!("a `Late<{}>` field was read before it was written", std::any::type_name::<T>()),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("<not written>"),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("<not written>"),
        }
    }
}

/// The value itself; `null` if unwritten.
impl<T: Serialize> Serialize for Late<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// `null` or an absent field is unwritten.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Late<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Written<T> {
            type Value = Late<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the value of a late field, or null")
            }

            fn visit_none<E>(self) -> Result<Late<T>, E> {
                Ok(Late(None))
            }

            fn visit_unit<E>(self) -> Result<Late<T>, E> {
                Ok(Late(None))
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Late<T>, D::Error> {
                T::deserialize(deserializer).map(Late::new)
            }
        }

        // As an option, so that serde's derive accepts an absent field as unwritten.
        deserializer.deserialize_option(Written(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::Late;

    #[test]
    fn a_late_field_reads_as_its_value() {
        let late: Late<String> = "cats".to_owned().into();
        assert_eq!(late.len(), 4);
        assert_eq!(format!("{late} {late:?}"), r#"cats "cats""#);
        assert_eq!(format!("{}", Late::<u8>::default()), "<not written>");
    }

    #[test]
    #[should_panic(expected = "a `Late<u32>` field was read before it was written")]
    fn reading_an_unwritten_field_names_its_type() {
        let _ = *Late::<u32>::default() + 1;
    }

    #[test]
    fn absent_null_and_written_survive_json() {
        #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
        struct Holder {
            late: Late<u32>,
        }
        let read = |text| serde_json::from_str::<Holder>(text).unwrap();
        assert_eq!(read("{}"), Holder { late: Late::default() });
        assert_eq!(read(r#"{"late":null}"#), Holder { late: Late::default() });
        assert_eq!(read(r#"{"late":7}"#), Holder { late: Late::new(7) });
        assert_eq!(serde_json::to_string(&Holder { late: Late::new(7) }).unwrap(), r#"{"late":7}"#);
    }
}
