//! What a store is asked for.

use std::collections::BTreeSet;

use super::{Filter, Namespace};

/// The number of items that a search finds without a limit: that of LangGraph.
const LIMIT: usize = 10;

/// The number of namespaces that are listed without a limit: that of LangGraph.
const NAMESPACES: usize = 100;

/// Selects items below a namespace. `Search::new()` selects the 10 that were written last.
///
/// ```
/// use graph_core::store::{Filter, Search};
///
/// let search = Search::new().text("what does she eat?").filter(Filter::new().eq("kind", "food")).limit(3);
/// assert_eq!((search.limit, search.offset), (3, 0));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[must_use]
pub struct Search {
    /// Orders the items by how similar they are to this text, and leaves out those that are not indexed. Without a text,
    /// the item that was written last is the first.
    pub text: Option<String>,
    /// Only items whose values match.
    pub filter: Filter,
    /// The greatest number of items. Default: 10.
    pub limit: usize,
    /// How many items are left out before the first.
    pub offset: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self { text: None, filter: Filter::new(), limit: LIMIT, offset: 0 }
    }
}

impl Search {
    /// Selects the 10 items that were written last.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`text`](Self::text). The store needs an [`Index`](super::Index).
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Sets [`filter`](Self::filter).
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Sets [`limit`](Self::limit).
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = items;
        self
    }

    /// Sets [`offset`](Self::offset).
    pub fn offset(mut self, items: usize) -> Self {
        self.offset = items;
        self
    }
}

/// Selects namespaces that hold items. `NamespacesQuery::new()` selects the first 100, name by name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct NamespacesQuery {
    /// Only namespaces that begin with these names.
    pub prefix: Namespace,
    /// Only namespaces that end with these names.
    pub suffix: Namespace,
    /// The greatest number of names: longer namespaces are cut off, and listed once.
    pub max_depth: Option<usize>,
    /// The greatest number of namespaces. Default: 100.
    pub limit: usize,
    /// How many namespaces are left out before the first.
    pub offset: usize,
}

impl Default for NamespacesQuery {
    fn default() -> Self {
        let (prefix, suffix) = (Namespace::default(), Namespace::default());
        Self { prefix, suffix, max_depth: None, limit: NAMESPACES, offset: 0 }
    }
}

impl NamespacesQuery {
    /// Selects the first 100 namespaces.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`prefix`](Self::prefix).
    pub fn prefix(mut self, prefix: impl Into<Namespace>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets [`suffix`](Self::suffix).
    pub fn suffix(mut self, suffix: impl Into<Namespace>) -> Self {
        self.suffix = suffix.into();
        self
    }

    /// Sets [`max_depth`](Self::max_depth).
    pub fn max_depth(mut self, names: usize) -> Self {
        self.max_depth = Some(names);
        self
    }

    /// Sets [`limit`](Self::limit).
    pub fn limit(mut self, namespaces: usize) -> Self {
        self.limit = namespaces;
        self
    }

    /// Sets [`offset`](Self::offset).
    pub fn offset(mut self, namespaces: usize) -> Self {
        self.offset = namespaces;
        self
    }

    /// The namespaces that are selected out of all those that hold items, for backends: whatever their order is, and
    /// whether or not one is given twice.
    #[must_use]
    pub fn select(&self, all: impl IntoIterator<Item = Namespace>) -> Vec<Namespace> {
        let is_meant = |namespace: &Namespace| namespace.starts_with(&self.prefix) && namespace.ends_with(&self.suffix);
        let depth = self.max_depth.unwrap_or(usize::MAX);
        let found: BTreeSet<Namespace> =
            all.into_iter().filter(is_meant).map(|namespace| namespace.truncated(depth)).collect();
        found.into_iter().skip(self.offset).take(self.limit).collect()
    }
}
