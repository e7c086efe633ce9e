//! The struct under `#[derive(State)]`, read into the model.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, GenericArgument, LitStr, Path, PathArguments, Token, Type};

use super::model::{Field, Rule, State};
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;

/// The state, or `None` where there is no telling what its fields are.
pub(super) fn state(input: &DeriveInput, diagnostics: &Diagnostics) -> Option<State> {
    let (krate, parent) = struct_options(&input.attrs, diagnostics);
    let known = has_no_generics(input, diagnostics);
    let fields = named_fields(input, diagnostics)?;
    let fields = fields.iter().filter_map(|declared| field(declared, diagnostics)).collect();
    let state = State { krate, vis: input.vis.clone(), ident: input.ident.clone(), fields, parent };
    known.then(|| shares(state, diagnostics))
}

/// The state, if what it shares it shares with somebody, and something at all; else reported.
fn shares(state: State, diagnostics: &Diagnostics) -> State {
    let first = state.shared().next().map(|(_, field)| (field.name.clone(), field.shared));
    match (&state.parent, first) {
        (None, Some((name, span))) => {
            let message = format!("`{name}` is shared, and `{}` does not say with which state", state.ident);
            let help = format!("write `#[state(parent = ..)]` on `{}`", state.ident);
            diagnostics.error_at(span.unwrap_or_else(Span::call_site), with_help(message, help));
        }
        (Some(parent), None) => {
            let message = format!("`{}` shares nothing with `{}`", state.ident, crate::text::of(parent));
            let help = "write `#[state(shared)]` on the fields that go in and come out";
            diagnostics.error(parent, with_help(message, help));
        }
        _ => {}
    }
    state
}

/// `#[state(crate = .., parent = ..)]` on the struct.
pub(super) fn struct_options(attributes: &[Attribute], diagnostics: &Diagnostics) -> (CratePath, Option<Path>) {
    let (mut krate, mut parent) = (CratePath::default(), None);
    let mut options = Options::new("`#[state(..)]` on a struct", &[keyword::CRATE, keyword::PARENT], diagnostics);
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(keyword::STATE)) {
        options.attribute(attribute, |key, _, value| {
            if key == keyword::PARENT {
                value.parse::<Token![=]>()?;
                parent = Some(value.parse::<Path>()?);
            } else {
                krate = CratePath::parse(value, diagnostics)?;
            }
            Ok(())
        });
    }
    (krate, parent)
}

fn has_no_generics(input: &DeriveInput, diagnostics: &Diagnostics) -> bool {
    let Some(first) = input.generics.params.first() else { return true };
    let (what, help) = match first {
        syn::GenericParam::Lifetime(_) => ("a graph state cannot borrow", "let it own what it holds"),
        _ => ("a graph state cannot be generic", "name the types of its fields: a graph runs over one type"),
    };
    diagnostics.error(&input.generics.params, with_help(what, help));
    false
}

fn named_fields<'a>(
    input: &'a DeriveInput,
    diagnostics: &Diagnostics,
) -> Option<&'a syn::punctuated::Punctuated<syn::Field, Token![,]>> {
    let (token, what) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(&fields.named),
            Fields::Unnamed(fields) => (fields.paren_token.span.open(), "a tuple struct"),
            Fields::Unit => (input.ident.span(), "a unit struct"),
        },
        Data::Enum(data) => (data.enum_token.span, "an enum"),
        Data::Union(data) => (data.union_token.span, "a union"),
    };
    diagnostics.error_at(token, format!("{what} cannot be a graph state; write a struct with named fields"));
    None
}

fn field(declared: &syn::Field, diagnostics: &Diagnostics) -> Option<Field> {
    const KNOWN: [&str; 5] = [keyword::INPUT, keyword::OUTPUT, keyword::REDUCE, keyword::UNTRACKED, keyword::SHARED];
    let ident = declared.ident.clone()?;
    let (mut input, mut output, mut untracked, mut shared) = (None, None, false, None);
    let (mut reducer, mut said) = (None, false);

    let mut options = Options::new("`#[state(..)]`", &KNOWN, diagnostics);
    for attribute in declared.attrs.iter().filter(|attribute| attribute.path().is_ident(keyword::STATE)) {
        options.attribute(attribute, |key, span, value| {
            match key {
                keyword::INPUT => input = Some(span),
                keyword::OUTPUT => output = Some(span),
                keyword::UNTRACKED => untracked = true,
                keyword::SHARED => shared = Some(span),
                _ => {
                    said = true;
                    reducer = Some(reducer_path(span, value)?);
                }
            }
            Ok(())
        });
    }

    let rule = rule(&ident, &declared.ty, reducer, said, diagnostics);
    let name = ident.unraw().to_string();
    Some(Field { name, ident, ty: declared.ty.clone(), rule, input, output, untracked, shared })
}

/// `= Append`, after the key `reduce`.
fn reducer_path(key: Span, value: ParseStream<'_>) -> syn::Result<Path> {
    if !value.peek(Token![=]) {
        let help = "write `reduce = Append`, or another reducer";
        return Err(syn::Error::new(key, with_help("`reduce` does not say by which reducer", help)));
    }
    value.parse::<Token![=]>()?;
    if let Some(text) = value.parse::<Option<LitStr>>()? {
        let help = format!("write `reduce = {}`", text.value());
        return Err(syn::Error::new(text.span(), with_help("a reducer is a type, not a text", help)));
    }
    value.parse()
}

/// What a write does; `said` where it was said, if only half.
fn rule(ident: &syn::Ident, ty: &Type, reducer: Option<Path>, said: bool, diagnostics: &Diagnostics) -> Rule {
    // `reduce = Overwrite` is how a collection says that the last write wins, as it does without a reducer.
    let reducer = reducer.filter(|path| path.segments.last().is_none_or(|last| last.ident != keyword::OVERWRITE));

    if let Some(inner) = late(ty) {
        if let Some(reducer) = &reducer {
            let message = format!("`{ident}` is late and has a reducer, but a reducer needs a value to fold into");
            diagnostics.error(reducer, with_help(message, "leave `reduce` out, or take the field out of `Late`"));
        }
        return Rule::Late(Box::new(inner.clone()));
    }
    match reducer {
        Some(path) => Rule::Reduce(path),
        None => {
            if let (false, Some(fitting)) = (said, collection(ty)) {
                let message = format!("`{ident}` is a collection and does not say what a write does to it");
                let help = format!(
                    "say `#[state(reduce = {fitting})]` to add to it, or `#[state(reduce = Overwrite)]` to replace it"
                );
                diagnostics.error(ident, with_help(message, help));
            }
            Rule::Overwrite
        }
    }
}

/// The `T` of a `Late<T>`, told by the last segment of its path.
fn late(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = peeled(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == keyword::LATE)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

/// The reducer that adds to a collection; `None` for what is no collection.
fn collection(ty: &Type) -> Option<&'static str> {
    let Type::Path(path) = peeled(ty) else { return None };
    match path.path.segments.last()?.ident.to_string().as_str() {
        "Vec" | "VecDeque" => Some("Append"),
        "HashMap" | "BTreeMap" => Some("Merge"),
        "HashSet" | "BTreeSet" => Some("Union"),
        _ => None,
    }
}

fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peeled(&group.elem),
        Type::Paren(paren) => peeled(&paren.elem),
        other => other,
    }
}

/// The span under which everything about a reducer is said: the last word of its path.
pub(super) fn reducer_span(path: &Path) -> proc_macro2::Span {
    path.segments.last().map_or_else(|| path.span(), |last| last.ident.span())
}
