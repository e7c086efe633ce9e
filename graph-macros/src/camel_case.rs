//! Names of types from names of fields.

/// `page_count` as `PageCount`, with this between the words.
pub(crate) fn camel(name: &str, between: &str) -> String {
    let words = name.split('_').filter(|word| !between.is_empty() || !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    });
    let name = words.collect::<Vec<String>>().join(between);
    if name.starts_with(char::is_numeric) || name.is_empty() { format!("_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn names_are_in_camel_case() {
        assert_eq!(camel("page_count", ""), "PageCount");
        assert_eq!(camel("_1", ""), "_1");
        assert_eq!((camel("a_1", ""), camel("a_1", "_")), ("A1".to_owned(), "A_1".to_owned()));
        assert_eq!(camel("self_", "_"), "Self_");
    }
}
