//! The serde attributes of a state's field that say how its value is saved.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::{ExprPath, Ident, LitStr, Token};

use super::json_names::{JsonNames, pass_over};
use crate::diagnostics::{Diagnostics, with_help};
use crate::source::Code;

/// What `#[serde(..)]` says about a field. Its names are for JSON: a field is saved under its Rust name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SerdeAttributes {
    /// The function that serializes the value: `serialize_with = \"..\"`, or `serialize` of the module `with = \"..\"`.
    pub serialize_with: Option<Code<ExprPath>>,
    /// The same for deserializing.
    pub deserialize_with: Option<Code<ExprPath>>,
    /// The value of the field where an older checkpoint lacks it.
    pub default: Option<SerdeDefault>,
    pub names: JsonNames,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SerdeDefault {
    /// `default`
    OfType,
    /// `default = \"..\"`
    Function(Code<ExprPath>),
}

impl SerdeAttributes {
    pub(crate) fn has_form(&self) -> bool {
        self.serialize_with.is_some() || self.deserialize_with.is_some()
    }
}

/// Reads the attributes of a field. A saved field that serde skips is an error; malformed attributes are serde's to
/// report.
pub(super) fn of_field(
    field: &syn::Field,
    ident: &Ident,
    is_saved: bool,
    diagnostics: &Diagnostics,
) -> SerdeAttributes {
    let mut found = SerdeAttributes::default();
    let mut skipped = None;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        drop(attribute.parse_nested_meta(|meta| read(&meta, &mut found, &mut skipped)));
    }
    if let Some((span, key)) = skipped.filter(|_| is_saved) {
        let message = format!("`{ident}` is saved with its state, and `serde({key})` would lose it");
        let help =
            "`#[state(untracked)]` keeps it out of what is saved; `skip_serializing_if` only leaves it out of JSON";
        diagnostics.error_at(span, with_help(message, help));
    }
    found
}

fn read(
    meta: &ParseNestedMeta<'_>,
    found: &mut SerdeAttributes,
    skipped: &mut Option<(Span, String)>,
) -> syn::Result<()> {
    let key = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
    match key.as_str() {
        "with" => {
            let text: LitStr = meta.value()?.parse()?;
            found.serialize_with = Some(Code(function(&text, Some("serialize"))?));
            found.deserialize_with = Some(Code(function(&text, Some("deserialize"))?));
        }
        "serialize_with" => found.serialize_with = Some(Code(function(&meta.value()?.parse()?, None)?)),
        "deserialize_with" => found.deserialize_with = Some(Code(function(&meta.value()?.parse()?, None)?)),
        "default" if meta.input.peek(Token![=]) => {
            found.default = Some(SerdeDefault::Function(Code(function(&meta.value()?.parse()?, None)?)));
        }
        "default" => found.default = Some(SerdeDefault::OfType),
        "rename" | "alias" => found.names.read(meta, &key)?,
        "skip" | "skip_serializing" | "skip_deserializing" => {
            *skipped = Some((syn::spanned::Spanned::span(&meta.path), key));
        }
        _ => pass_over(meta)?,
    }
    Ok(())
}

/// The path in a text, or a function of the module with that path.
fn function(text: &LitStr, name: Option<&str>) -> syn::Result<ExprPath> {
    let mut path: ExprPath = text.parse()?;
    if let Some(name) = name {
        path.path.segments.push(Ident::new(name, text.span()).into());
    }
    Ok(path)
}
