//! A field without a value until it is written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// A state field that has no value until a node writes it.
///
/// A node or router that binds the field in the pattern of its state parameter gets a plain `&T`: `graph!` proves that
/// the field has been written by then. Everywhere else the field is an option: [`get`](Self::get),
/// [`is_written`](Self::is_written), [`into_option`](Self::into_option). Nothing here panics.
///
/// It does not deref to `T` and has no `Display`: a prompt made with `format!` would tell a model that nothing was
/// written.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct JokeState {
///     #[state(input)]
///     topic: String,
///     joke: Late<String>,
///     rating: u8,
/// }
///
/// # #[derive(Update, Clone)] #[update(JokeState)] struct Joke { joke: String }
/// # #[derive(Update, Clone)] #[update(JokeState)] struct Rating { rating: u8 }
/// # #[node] fn tell(JokeState { topic, .. }: &JokeState) -> Joke { Joke { joke: format!("A joke about {topic}") } }
/// /// The pattern demands the joke; `joke` is a `&String`.
/// #[node]
/// fn rate(JokeState { joke, .. }: &JokeState) -> Rating {
///     Rating { rating: joke.len().min(10) as u8 }
/// }
///
/// graph! {
///     JokeGraph<JokeState> {
///         START -> tell;
///         // The whole state demands nothing: its late fields are options.
///         tell -> |state| if state.joke.get().is_some_and(|joke| joke.len() > 3) { rate } else { END };
///         rate -> END;
///     }
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Late<T> {
    value: Value<T>,
}

/// Not an `Option`, to which rustc would point users.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Value<T> {
    Unwritten,
    Written(T),
}

impl<T> Late<T> {
    /// A field that has been written.
    pub const fn new(value: T) -> Self {
        Self { value: Value::Written(value) }
    }

    /// The value, if it has been written.
    pub const fn get(&self) -> Option<&T> {
        match &self.value {
            Value::Written(value) => Some(value),
            Value::Unwritten => None,
        }
    }

    /// Whether the field has been written.
    pub const fn is_written(&self) -> bool {
        self.get().is_some()
    }

    /// Writes the field.
    pub fn set(&mut self, value: T) {
        self.value = Value::Written(value);
    }

    /// The value, by value, if it has been written.
    pub fn into_option(self) -> Option<T> {
        match self.value {
            Value::Written(value) => Some(value),
            Value::Unwritten => None,
        }
    }
}

impl<T> Default for Late<T> {
    fn default() -> Self {
        Self { value: Value::Unwritten }
    }
}

impl<T> From<T> for Late<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.get() {
            Some(value) => value.fmt(f),
            None => f.write_str("<not written>"),
        }
    }
}

/// The value itself; `null` if unwritten.
impl<T: Serialize> Serialize for Late<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
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
                Ok(Late::default())
            }

            fn visit_unit<E>(self) -> Result<Late<T>, E> {
                Ok(Late::default())
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Late<T>, D::Error> {
                T::deserialize(deserializer).map(Late::new)
            }
        }

        // As an option, so that serde's derive accepts an absent field as unwritten.
        deserializer.deserialize_option(Written(std::marker::PhantomData))
    }
}

/// Bound of the methods that a `T` may have and its [`Late`] has not. Nothing implements it: it is there for its
/// message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a `Late<{T}>` has no value until a node has written it",
    label = "may be unwritten",
    note = "bind the field in the pattern of the state parameter, `State {{ field, .. }}: &State`: there it is a `&{T}`, and \
            the graph proves that it was written",
    note = "or ask for it as an option: `.get()`"
)]
pub trait SurelyWritten<T> {}

/// `fn len(&self) -> &T`, each a common method of strings, lists, maps, numbers and options.
macro_rules! methods_of_the_value {
    ($($method:ident)*) => {
        /// Methods of the value, which exist for their error message. A name that a trait of std has too (`to_string`,
        /// `clone`) would hide that trait's message.
        #[doc(hidden)]
        #[allow(clippy::should_implement_trait, clippy::iter_not_returning_iterator, clippy::wrong_self_convention)]
        impl<T> Late<T>
        where
            Self: SurelyWritten<T>,
        {
            $(
                pub fn $method(&self) -> &T {
                    unreachable!("no `Late` is `SurelyWritten`")
                }
            )*
        }
    };
}

methods_of_the_value! {
    len is_empty as_str as_slice as_bytes iter chars lines trim split contains starts_with ends_with to_uppercase
    to_lowercase first last keys values unwrap expect is_some is_none as_deref unwrap_or_default content text
}

#[cfg(test)]
mod tests {
    use super::Late;

    #[test]
    fn a_late_field_is_an_option() {
        let late: Late<String> = "cats".to_owned().into();
        assert_eq!(late.get().map(String::as_str), Some("cats"));
        assert_eq!(format!("{late:?} {:?}", Late::<u8>::default()), r#""cats" <not written>"#);
        assert_eq!(late.into_option(), Some("cats".to_owned()));
        assert_eq!(Late::<u8>::default().into_option(), None);
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
