//! What the pattern of a state parameter reads.

use syn::ext::IdentExt as _;
use syn::{Member, Pat};

use super::model::Reads;

pub(super) fn of(pattern: &Pat) -> Reads {
    match pattern {
        Pat::Wild(_) => Reads::Nothing,
        Pat::Paren(inner) => of(&inner.pat),
        Pat::Reference(inner) => of(&inner.pat),
        Pat::Struct(pattern) => {
            let read = pattern.fields.iter().filter(|field| !matches!(*field.pat, Pat::Wild(_)));
            Reads::Fields(
                read.filter_map(|field| match &field.member {
                    Member::Named(name) => Some(name.unraw().to_string()),
                    Member::Unnamed(_) => None,
                })
                .collect(),
            )
        }
        _ => Reads::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::{Reads, of};
    use syn::Pat;
    use syn::parse::Parser as _;

    #[test]
    fn a_pattern_reads_what_it_names() {
        let reads = |text: &str| match of(&Pat::parse_single.parse_str(text).unwrap()) {
            Reads::Nothing => "nothing".to_owned(),
            Reads::Whole => "whole".to_owned(),
            Reads::Fields(fields) => fields.join(" "),
        };
        assert_eq!(reads("_"), "nothing");
        assert_eq!(reads("state"), "whole");
        assert_eq!(reads("whole @ Chat { a, .. }"), "whole");
        assert_eq!(reads("Chat { a, r#type, c: [first, ..], d: _, .. }"), "a type c");
        assert_eq!(reads("&Chat { ref a, .. }"), "a");
        assert_eq!(reads("Chat { .. }"), "");
    }
}
