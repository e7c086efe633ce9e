//! The names of fields in JSON: those that serde's attributes give them.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, LitStr, Token, token};

/// The names that a field's own attributes give it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonNames {
    /// `rename = \"..\"`, or the `serialize = \"..\"` of `rename(..)`.
    write: Option<String>,
    /// The same for deserializing.
    read: Option<String>,
    /// `alias = \"..\"`
    aliases: Vec<String>,
}

/// `rename_all` of the state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RenameAll {
    write: Case,
    read: Case,
}

/// A case of serde's `rename_all`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Case {
    /// `snake_case`, `lowercase`, and what serde reports.
    #[default]
    Same,
    Upper,
    Pascal,
    Camel,
    Kebab,
    UpperKebab,
}

impl JsonNames {
    /// Reads `rename` or `alias`.
    pub(super) fn read(&mut self, meta: &ParseNestedMeta<'_>, key: &str) -> syn::Result<()> {
        if key == "alias" {
            self.aliases.push(text(meta)?);
            return Ok(());
        }
        both(meta, &mut |write, read, text| {
            if write {
                self.write = Some(text.clone());
            }
            if read {
                self.read = Some(text);
            }
        })
    }

    /// The name that serde writes for the field with this name.
    pub(super) fn written(&self, name: &str, all: RenameAll) -> String {
        self.write.clone().unwrap_or_else(|| all.write.of(name))
    }

    /// The names that serde reads for it; first the one that is not an alias.
    pub(super) fn keys(&self, name: &str, all: RenameAll) -> Vec<String> {
        let first = self.read.clone().unwrap_or_else(|| all.read.of(name));
        let aliases = self.aliases.iter().filter(|alias| **alias != first).cloned().collect::<Vec<_>>();
        std::iter::once(first).chain(aliases).collect()
    }
}

/// Reads `rename_all` among the attributes of a state; malformed attributes are serde's to report.
pub(super) fn rename_all(attributes: &[Attribute]) -> RenameAll {
    let mut all = RenameAll::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        drop(attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("rename_all") {
                return pass_over(&meta);
            }
            both(&meta, &mut |write, read, text| {
                if write {
                    all.write = Case::named(&text);
                }
                if read {
                    all.read = Case::named(&text);
                }
            })
        }));
    }
    all
}

impl Case {
    fn named(name: &str) -> Self {
        match name {
            "UPPERCASE" | "SCREAMING_SNAKE_CASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::UpperKebab,
            _ => Self::Same,
        }
    }

    /// A field's name in this case; like serde, it takes the name to be in `snake_case`.
    fn of(self, name: &str) -> String {
        match self {
            Self::Same => name.to_owned(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Pascal => name.split('_').map(|word| with_first(word, |first| first.to_ascii_uppercase())).collect(),
            Self::Camel => with_first(&Self::Pascal.of(name), |first| first.to_ascii_lowercase()),
            Self::Kebab => name.replace('_', "-"),
            Self::UpperKebab => name.replace('_', "-").to_ascii_uppercase(),
        }
    }
}

fn with_first(word: &str, change: impl FnOnce(char) -> char) -> String {
    let mut letters = word.chars();
    letters.next().map(change).into_iter().chain(letters).collect()
}

/// `= \"..\"`, or `(serialize = \"..\", deserialize = \"..\")`; says of each text whether it is for writing and for reading.
fn both(meta: &ParseNestedMeta<'_>, each: &mut impl FnMut(bool, bool, String)) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        each(true, true, text(meta)?);
        return Ok(());
    }
    meta.parse_nested_meta(|inner| {
        let (write, read) = (inner.path.is_ident("serialize"), inner.path.is_ident("deserialize"));
        each(write, read, text(&inner)?);
        Ok(())
    })
}

fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

/// Passes over another option of serde.
pub(super) fn pass_over(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Expr>()?;
    } else if meta.input.peek(token::Paren) {
        meta.parse_nested_meta(|inner| pass_over(&inner))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_quote};

    use super::{Case, rename_all};

    #[test]
    fn a_name_is_the_one_that_serde_makes_of_it() {
        let cases = [
            ("lowercase", "day_of_year"),
            ("UPPERCASE", "DAY_OF_YEAR"),
            ("PascalCase", "DayOfYear"),
            ("camelCase", "dayOfYear"),
            ("snake_case", "day_of_year"),
            ("SCREAMING_SNAKE_CASE", "DAY_OF_YEAR"),
            ("kebab-case", "day-of-year"),
            ("SCREAMING-KEBAB-CASE", "DAY-OF-YEAR"),
        ];
        for (case, expected) in cases {
            assert_eq!(Case::named(case).of("day_of_year"), expected, "{case}");
        }
    }

    #[test]
    fn both_directions_are_read_among_other_options() {
        let input: DeriveInput = parse_quote! {
            #[serde(default = "new", bound(serialize = "T: X"), rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
            struct S;
        };
        let all = rename_all(&input.attrs);
        assert_eq!((all.write, all.read), (Case::Camel, Case::Kebab));
    }
}
