//! The struct under `#[derive(State)]`, parsed into the model. Rules about a single field are checked here.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Data, DeriveInput, Fields, GenericArgument, LitInt, LitStr, Path, PathArguments, Token, Type};

use super::model::{Field, Rule, State};
use super::write_names::name_writes;
use super::{json_names, serde_attributes};
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;
use crate::source::{At, Code};

/// The state; `None` if it is no struct with named fields or is generic, which was reported.
pub(super) fn state(input: &DeriveInput, diagnostics: &Diagnostics) -> Option<State> {
    let StructOptions { krate, parent, version, migrate } = struct_options(&input.attrs, diagnostics);
    let known = has_no_generics(input, diagnostics);
    let fields = named_fields(input, diagnostics)?;
    let mut fields: Vec<Field> = fields.iter().filter_map(|declared| field(declared, diagnostics)).collect();
    name_writes(&mut fields);
    let parent = parent.filter(|parent| is_another_state(parent, &input.ident, &mut fields, diagnostics));
    known.then(|| State { fields, parent, version, migrate, ..without_fields(input, krate) })
}

/// Whether the parent is not the state itself, which is reported. The check is by name: under another one, rustc reports
/// two impls.
fn is_another_state(parent: &Path, ident: &syn::Ident, fields: &mut [Field], diagnostics: &Diagnostics) -> bool {
    let segments: Vec<_> = parent.segments.iter().map(|segment| &segment.ident).collect();
    let is_itself = match segments[..] {
        [only] => only == ident || only == "Self",
        [module, last] => module == "self" && last == ident,
        _ => false,
    };
    if is_itself {
        let help = "leave out `parent` and `shared`: a graph over a state runs inside every graph over that state";
        diagnostics.error(parent, with_help(format!("`{ident}` cannot be its own parent"), help));
        for field in fields {
            field.shared = None;
        }
    }
    !is_itself
}

/// What is known of a state that could not be parsed.
pub(super) fn empty(input: &DeriveInput) -> State {
    // Its options were read before, and wrong ones reported.
    let options = struct_options(&input.attrs, &Diagnostics::muted());
    without_fields(input, options.krate)
}

fn without_fields(input: &DeriveInput, krate: CratePath) -> State {
    let (vis, rename_all) = (Code(input.vis.clone()), json_names::rename_all(&input.attrs));
    let (fields, parent, version, migrate) = (Vec::new(), None, None, None);
    let (ident, is_sole_output) = (input.ident.clone(), false);
    State { krate, vis, ident, fields, rename_all, parent, version, migrate, is_sole_output }
}

/// The options of a state.
#[derive(Default)]
struct StructOptions {
    krate: CratePath,
    parent: Option<Code<Path>>,
    version: Option<Code<LitInt>>,
    migrate: Option<Code<Path>>,
}

/// `#[state(crate = .., parent = .., version = 2, migrate = ..)]` on the struct.
fn struct_options(attributes: &[Attribute], diagnostics: &Diagnostics) -> StructOptions {
    let mut read = StructOptions::default();
    let known = &[keyword::CRATE, keyword::PARENT, keyword::VERSION, keyword::MIGRATE];
    let mut options = Options::new("`#[state(..)]` on a struct", known, diagnostics);
    let mut migrates_at = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(keyword::STATE)) {
        options.attribute(attribute, |key, span, value| {
            match key {
                keyword::PARENT => {
                    value.parse::<Token![=]>()?;
                    read.parent = Some(Code(value.parse()?));
                }
                keyword::VERSION => {
                    value.parse::<Token![=]>()?;
                    read.version = Some(Code(version(value)?));
                }
                keyword::MIGRATE => {
                    value.parse::<Token![=]>()?;
                    read.migrate = Some(Code(value.parse()?));
                    migrates_at = Some(span);
                }
                _ => read.krate = CratePath::parse(value, diagnostics)?,
            }
            Ok(())
        });
    }
    if let (Some(at), None) = (migrates_at, &read.version) {
        let help = "add `version = 2`: a state without a version has version 1";
        diagnostics.error_at(at, with_help("a migration leads to a version, and this state has none", help));
    }
    read
}

/// A version: a whole number from 1.
fn version(value: ParseStream<'_>) -> syn::Result<LitInt> {
    let version: LitInt = value.parse()?;
    match version.base10_parse::<u32>() {
        Ok(1..) => Ok(version),
        _ => Err(syn::Error::new(version.span(), "a version is a whole number from 1")),
    }
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
    const KNOWN: [&str; 6] =
        [keyword::INPUT, keyword::OUTPUT, keyword::REDUCE, keyword::UNTRACKED, keyword::SHARED, keyword::MANAGED];
    let ident = declared.ident.clone()?;
    let (mut input, mut output, mut untracked, mut shared) = (None, None, false, None);
    let (mut reducer, mut said) = (None, false);
    let (mut managed, mut others) = (false, Vec::new());

    let before = diagnostics.len();
    let mut options = Options::new("`#[state(..)]`", &KNOWN, diagnostics);
    for attribute in declared.attrs.iter().filter(|attribute| attribute.path().is_ident(keyword::STATE)) {
        options.attribute(attribute, |key, span, value| {
            if key != keyword::MANAGED {
                others.push((key.to_owned(), span));
            }
            match key {
                keyword::MANAGED => managed = true,
                keyword::INPUT => input = Some(At(span)),
                keyword::OUTPUT => output = Some(At(span)),
                keyword::UNTRACKED => untracked = true,
                keyword::SHARED => shared = Some(At(span)),
                _ => {
                    said = true;
                    reducer = Some(reducer_path(span, value)?);
                }
            }
            Ok(())
        });
    }

    // A wrong option may be a misspelt `reduce`.
    said |= diagnostics.len() > before;

    // `#[reduce(Append)]`: an attribute of the derive only so that this is one error.
    for attribute in declared.attrs.iter().filter(|attribute| attribute.path().is_ident(keyword::REDUCE)) {
        said = true;
        let by = attribute.parse_args::<Path>().map_or_else(|_| "Append".to_owned(), crate::text::of);
        let help = format!("write `#[state(reduce = {by})]`");
        diagnostics.error(attribute, with_help("a reducer is an option of `#[state(..)]`", help));
    }

    if managed {
        if let Some((key, span)) = others.first() {
            let message = format!("`{ident}` is managed, and `{key}` is for a field that nodes write");
            let help = format!("leave `{key}` out: the engine sets the field before each super-step");
            diagnostics.error_at(*span, with_help(message, help));
        }
        (input, output, shared, reducer, said) = (None, None, None, None, false);
    }

    // `reduce = Overwrite` is how a collection says that the last write wins, as it does without a reducer.
    let (overwrite, reducer): (Option<Path>, Option<Path>) = match reducer {
        Some(path) if path.segments.last().is_some_and(|last| last.ident == keyword::OVERWRITE) => (Some(path), None),
        other => (None, other),
    };
    let is_broken = said && overwrite.is_none() && reducer.is_none();
    let rule = if managed { Rule::Overwrite } else { rule(&ident, &declared.ty, reducer, diagnostics) };
    let name = ident.unraw().to_string();
    let (vis, ty, overwrite) = (Code(declared.vis.clone()), Code(declared.ty.clone()), overwrite.map(Code));
    let write = ident.clone();
    let serde = serde_attributes::of_field(declared, &ident, !untracked && !managed, diagnostics);
    Some(Field {
        vis,
        ident,
        name,
        ty,
        write,
        rule,
        overwrite,
        is_broken,
        input,
        output,
        untracked,
        managed,
        serde,
        shared,
    })
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

/// What a write does.
fn rule(ident: &syn::Ident, ty: &Type, reducer: Option<Path>, diagnostics: &Diagnostics) -> Rule {
    match (late(ty), reducer) {
        (Some(inner), reducer) => {
            if let Some(reducer) = &reducer {
                let message = format!("`{ident}` is late and has a reducer, but a reducer needs a value to fold into");
                diagnostics.error(reducer, with_help(message, "leave `reduce` out, or take the field out of `Late`"));
            }
            Rule::Late(Code(inner.clone()))
        }
        (None, Some(path)) => Rule::Reduce(Code(path)),
        (None, None) => Rule::Overwrite,
    }
}

/// The `T` of a `Late<T>`, recognized by the last segment of its path. A check asks the type.
fn late(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = peeled(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == keyword::LATE)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peeled(&group.elem),
        Type::Paren(paren) => peeled(&paren.elem),
        other => other,
    }
}
