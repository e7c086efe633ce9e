//! The struct under `#[derive(Update)]`, parsed into the model.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Fields, Path, Token};

use super::model::{Field, Update};
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;
use crate::source::Code;

pub(super) fn update(input: &DeriveInput, diagnostics: &Diagnostics) -> Update {
    let (krate, state) = struct_options(input, diagnostics);
    let fields = named_fields(input, diagnostics);
    let fields = fields.into_iter().flatten().filter_map(|declared| field(declared, diagnostics)).collect();
    Update { krate, ident: input.ident.clone(), generics: Code(input.generics.params.clone()), state, fields }
}

/// `#[update(ChatState)]`, `#[update(ChatState, crate = ..)]`
fn struct_options(input: &DeriveInput, diagnostics: &Diagnostics) -> (CratePath, Option<Code<Path>>) {
    let (mut krate, mut state) = (CratePath::default(), None::<Code<Path>>);
    let mut options = Options::new("`#[update(..)]` on a struct", &[keyword::CRATE], diagnostics);
    let mut said = false;
    for attribute in own(&input.attrs) {
        said = true;
        let result = attribute.parse_args_with(|arguments: ParseStream<'_>| {
            if !(arguments.peek(Token![crate]) && arguments.peek2(Token![=])) {
                let path = arguments.parse::<Path>()?;
                match &state {
                    Some(_) => diagnostics.error(&path, "an update writes to one state"),
                    None => state = Some(Code(path)),
                }
                if !arguments.is_empty() {
                    arguments.parse::<Token![,]>()?;
                }
            }
            options.list(arguments, |_, _, value| {
                krate = CratePath::parse(value, diagnostics)?;
                Ok(())
            })
        });
        said &= diagnostics.ok(result).is_some();
    }
    if state.is_none() && (said || own(&input.attrs).next().is_none()) {
        let help = format!("add `#[update(ChatState)]` to `{}`, with the name of its state", input.ident);
        diagnostics
            .error(&input.ident, with_help(format!("`{}` does not say which state it updates", input.ident), help));
    }
    (krate, state)
}

fn own(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident(keyword::UPDATE))
}

fn named_fields<'a>(
    input: &'a DeriveInput,
    diagnostics: &Diagnostics,
) -> Option<&'a Punctuated<syn::Field, Token![,]>> {
    let (token, what) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(&fields.named),
            // An update that writes nothing.
            Fields::Unit => return None,
            Fields::Unnamed(fields) => (fields.paren_token.span.open(), "a tuple struct"),
        },
        Data::Enum(data) => (data.enum_token.span, "an enum"),
        Data::Union(data) => (data.union_token.span, "a union"),
    };
    let help = "write a struct with the names of the fields that are written";
    diagnostics.error_at(token, with_help(format!("{what} cannot be an update"), help));
    None
}

fn field(declared: &syn::Field, diagnostics: &Diagnostics) -> Option<Field> {
    let ident = declared.ident.clone()?;
    let (mut maybe, mut replace) = (false, false);
    let mut options = Options::new("`#[update(..)]` on a field", &[keyword::MAYBE, keyword::REPLACE], diagnostics);
    for attribute in own(&declared.attrs) {
        options.attribute(attribute, |key, _, _| {
            if key == keyword::MAYBE {
                maybe = true;
            } else {
                replace = true;
            }
            Ok(())
        });
    }
    Some(Field { name: ident.unraw().to_string(), ident, ty: Code(declared.ty.clone()), maybe, replace })
}
