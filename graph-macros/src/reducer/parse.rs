//! The function under `#[reducer]`.

use proc_macro2::TokenStream;
use syn::{Attribute, FnArg, GenericParam, Generics, Ident, Path, ReturnType, Token, Type, Visibility};

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::keyword;
use crate::options::Options;

/// A function that folds an `input` into a `field`.
pub(super) struct Reducer<'a> {
    pub krate: CratePath,
    pub docs: Vec<&'a Attribute>,
    pub cfgs: Vec<&'a Attribute>,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub generics: &'a Generics,
    pub field: &'a Type,
    pub input: &'a Type,
    /// The function that makes of two inputs one.
    pub combine: Option<Path>,
}

/// The reducer; where there is something wrong with it, it is reported, and only the crate's path is known.
pub(super) fn reducer<'a>(
    options: TokenStream,
    function: &'a Function,
    diagnostics: &Diagnostics,
) -> Result<Reducer<'a>, CratePath> {
    let mut krate = CratePath::default();
    let mut combine = None;
    let known = &[keyword::CRATE, keyword::COMBINE];
    Options::new("`#[reducer(..)]`", known, diagnostics).tokens(options, |key, _, value| {
        if key == keyword::COMBINE {
            value.parse::<Token![=]>()?;
            combine = Some(value.parse::<Path>()?);
        } else {
            krate = CratePath::parse(value, diagnostics)?;
        }
        Ok(())
    });

    let signature = &function.signature;
    function.must_be_plain("a reducer", diagnostics);
    if let Some(asyncness) = &signature.asyncness {
        diagnostics.error(asyncness, "a reducer cannot be async: it is called again each time a thread is read back");
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Type(_)) {
            diagnostics.error(parameter, "a reducer can be generic over types only");
        }
    }
    if let ReturnType::Type(_, ty) = &signature.output {
        let help = "change the value behind the first parameter instead";
        diagnostics.error(ty, with_help("a reducer returns nothing", help));
    }

    let expected =
        "a reducer takes the field as `&mut T` and what is written as a value: `fn keep(current: &mut T, new: I)`";
    let mut typed = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    let types = (typed.next(), typed.next(), typed.next());
    let reducer = match types {
        (Some(Type::Reference(field)), Some(input), None) if field.mutability.is_some() => {
            if matches!(input, Type::Reference(_)) {
                diagnostics.error(input, with_help("a reducer takes what is written by value", expected));
            }
            Some((&*field.elem, input))
        }
        _ if signature.receiver().is_some() => None,
        (Some(first), Some(_), None) => {
            diagnostics.error(first, expected);
            None
        }
        (_, _, Some(third)) => {
            diagnostics.error(third, expected);
            None
        }
        _ => {
            diagnostics.error(&signature.ident, expected);
            None
        }
    };
    match reducer {
        Some((field, input)) if diagnostics.is_empty() => Ok(Reducer {
            krate,
            docs: function.docs(),
            cfgs: function.cfgs(),
            vis: &function.vis,
            ident: &signature.ident,
            generics: &signature.generics,
            field,
            input,
            combine,
        }),
        _ => Err(krate),
    }
}
