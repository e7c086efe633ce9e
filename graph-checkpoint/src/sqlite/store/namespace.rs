//! Namespaces as texts: JSON arrays, such as `["users","ada"]`.

use graph_core::store::{Namespace, StoreError};

use crate::fault::Fault as _;

/// The text of a namespace. Its names are quoted, so that those of no two namespaces are the same.
pub(super) fn encode(namespace: &Namespace) -> Result<String, StoreError> {
    serde_json::to_string(namespace).map_err(StoreError::of)
}

pub(super) fn decode(text: &str) -> Result<Namespace, StoreError> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::of(format!("`{}` is no namespace: {error}", text.escape_debug())))
}

/// The least and the greatest text of a namespace that begins with `prefix`. Behind its last name, which ends with a
/// quote, is a comma, or the bracket of `prefix` itself, and nothing else; the comma is the lesser one.
pub(super) fn range(prefix: &Namespace) -> Result<(String, String), StoreError> {
    let text = encode(prefix)?;
    if prefix.names().is_empty() {
        return Ok(("[".to_owned(), "]".to_owned()));
    }
    let least = text.strip_suffix(']').map(|open| format!("{open},"));
    Ok((least.unwrap_or_default(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_the_namespaces_that_begin_with_a_prefix_and_no_others() {
        let all: Vec<Namespace> = [
            vec!["a"],
            vec!["a", "b"],
            vec!["a", "b", "c"],
            vec!["ab"],
            vec!["a", "bb"],
            vec!["a\"", "b"],
            vec!["a\",\"b"],
            vec!["a]"],
            vec!["a,"],
            vec!["a-"],
            vec!["a\\"],
            vec!["a\u{1}"],
            vec!["a", "\u{10ffff}"],
            vec!["A"],
            vec!["b"],
            vec!["é"],
        ]
        .map(Namespace::from)
        .into();
        for prefix in all.iter().chain([&Namespace::default()]) {
            let (least, greatest) = range(prefix).unwrap();
            for namespace in &all {
                let text = encode(namespace).unwrap();
                assert_eq!(decode(&text).unwrap(), *namespace);
                let is_in_range = least <= text && text <= greatest;
                assert_eq!(is_in_range, namespace.starts_with(prefix), "{namespace} below {prefix}");
            }
        }
    }
}
