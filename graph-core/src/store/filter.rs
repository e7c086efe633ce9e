//! Conditions on the fields of values.

use serde_json::Value;

use super::compare::{are_equal, order};

/// Conditions on the fields of a value, all of which have to hold. Without a condition, every value passes.
///
/// A field is a name in the JSON object that the value is stored as, and is compared exactly: neither it nor a value is a
/// path, a pattern or a statement. A condition on a field that the value lacks does not hold, whichever it is.
///
/// Numbers are compared by what they count, texts by their bytes, `false` is less than `true`; other values have no
/// order, nor have two of different kinds.
///
/// ```
/// use graph_core::store::Filter;
/// use serde_json::json;
///
/// let filter = Filter::new().eq("kind", "fact").gte("seen", 3).lt("seen", 10);
/// assert!(filter.matches(&json!({ "kind": "fact", "seen": 3.0 })));
/// assert!(!filter.matches(&json!({ "kind": "fact", "seen": "3" })));
/// assert!(!Filter::new().ne("kind", "fact").matches(&json!({})));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Filter(Vec<Condition>);

#[derive(Clone, Debug, PartialEq)]
struct Condition {
    field: String,
    test: Test,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Eq,
    Ne,
    Gt,
    Gte,
    Lt,
    Lte,
}

impl Filter {
    /// A filter without a condition.
    pub fn new() -> Self {
        Self::default()
    }

    /// The field is equal to the value.
    pub fn eq(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.and(field.into(), Test::Eq, value.into())
    }

    /// The field is there, and not equal to the value.
    pub fn ne(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.and(field.into(), Test::Ne, value.into())
    }

    /// The field is greater than the value.
    pub fn gt(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.and(field.into(), Test::Gt, value.into())
    }

    /// The field is greater than the value, or equal.
    pub fn gte(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.and(field.into(), Test::Gte, value.into())
    }

    /// The field is less than the value.
    pub fn lt(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.and(field.into(), Test::Lt, value.into())
    }

    /// The field is less than the value, or equal.
    pub fn lte(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.and(field.into(), Test::Lte, value.into())
    }

    /// Whether there is no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all conditions hold.
    #[must_use]
    pub fn matches(&self, value: &Value) -> bool {
        self.0.iter().all(|condition| condition.holds(value))
    }

    fn and(mut self, field: String, test: Test, value: Value) -> Self {
        self.0.push(Condition { field, test, value });
        self
    }
}

impl Condition {
    fn holds(&self, value: &Value) -> bool {
        let Some(field) = value.as_object().and_then(|fields| fields.get(&self.field)) else { return false };
        let order = || order(field, &self.value);
        match self.test {
            Test::Eq => are_equal(field, &self.value),
            Test::Ne => !are_equal(field, &self.value),
            Test::Gt => order().is_some_and(std::cmp::Ordering::is_gt),
            Test::Gte => order().is_some_and(std::cmp::Ordering::is_ge),
            Test::Lt => order().is_some_and(std::cmp::Ordering::is_lt),
            Test::Lte => order().is_some_and(std::cmp::Ordering::is_le),
        }
    }
}
