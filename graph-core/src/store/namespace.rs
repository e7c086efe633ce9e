//! Namespaces and keys: which there are is the same for every backend.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::StoreError;

/// The longest namespace: the bytes of all its names, as UTF-8.
pub const MAX_NAMESPACE: usize = 1024;

/// The greatest number of names in a namespace.
pub const MAX_NAMES: usize = 32;

/// The longest key, in bytes of UTF-8.
pub const MAX_KEY: usize = 1024;

/// Where an item is kept: a list of names, from the outermost to the innermost, such as `["users", "ada"]`.
///
/// Names are data: each is kept exactly, and none is a pattern. A namespace begins with another one if its first names
/// are the same, name by name: `["users", "ada"]` begins with `["users"]`, and not with `["us"]`.
///
/// The empty namespace, `Namespace::default()`, holds no items; as a prefix it selects all namespaces.
///
/// ```
/// use graph_core::store::Namespace;
///
/// let user = "ada".to_owned();
/// let namespace = Namespace::from(["users", &user]);
/// assert!(namespace.starts_with(&["users"].into()) && !namespace.starts_with(&["us"].into()));
/// assert_eq!(namespace.to_string(), r#"["users", "ada"]"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Namespace(Vec<String>);

impl Namespace {
    /// The names, from the outermost to the innermost.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Whether the first names are those of `prefix`.
    #[must_use]
    pub fn starts_with(&self, prefix: &Self) -> bool {
        self.0.starts_with(&prefix.0)
    }

    /// Whether the last names are those of `suffix`.
    #[must_use]
    pub fn ends_with(&self, suffix: &Self) -> bool {
        self.0.ends_with(&suffix.0)
    }

    /// The first names, at most `depth`.
    pub(super) fn truncated(mut self, depth: usize) -> Self {
        self.0.truncate(depth);
        self
    }

    /// # Errors
    /// [`StoreError::InvalidNamespace`] if no item can be below it.
    pub(super) fn check_prefix(&self) -> Result<(), StoreError> {
        let reason = match &*self.0 {
            names if names.len() > MAX_NAMES => "it has more than 32 names",
            names if names.iter().map(String::len).sum::<usize>() > MAX_NAMESPACE => "it is longer than 1,024 bytes",
            names if names.iter().any(String::is_empty) => "one of its names is empty",
            names if names.iter().any(|name| name.contains('\0')) => "one of its names has a NUL",
            _ => return Ok(()),
        };
        Err(StoreError::InvalidNamespace { namespace: shortened(&self.to_string()), reason })
    }

    /// # Errors
    /// [`StoreError::InvalidNamespace`] if no item can be in it.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.0.is_empty() {
            let reason = "an item needs at least one name";
            return Err(StoreError::InvalidNamespace { namespace: self.to_string(), reason });
        }
        self.check_prefix()
    }
}

/// # Errors
/// [`StoreError::InvalidNamespace`], or [`StoreError::InvalidKey`] if the key is empty, longer than [`MAX_KEY`], or has a
/// NUL, which not every database can store.
pub(super) fn check_item(namespace: &Namespace, key: &str) -> Result<(), StoreError> {
    namespace.check()?;
    let reason = match key {
        "" => "it is empty",
        _ if key.len() > MAX_KEY => "it is longer than 1,024 bytes",
        _ if key.contains('\0') => "it has a NUL",
        _ => return Ok(()),
    };
    Err(StoreError::InvalidKey { namespace: namespace.clone(), key: shortened(key), reason })
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<N: Into<String>> From<Vec<N>> for Namespace {
    fn from(names: Vec<N>) -> Self {
        names.into_iter().collect()
    }
}

impl<N: Into<String>, const DEPTH: usize> From<[N; DEPTH]> for Namespace {
    fn from(names: [N; DEPTH]) -> Self {
        names.into_iter().collect()
    }
}

impl<N: Into<String> + Clone> From<&[N]> for Namespace {
    fn from(names: &[N]) -> Self {
        names.iter().cloned().collect()
    }
}

impl<N: Into<String>> FromIterator<N> for Namespace {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}
