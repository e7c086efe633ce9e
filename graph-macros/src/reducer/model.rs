//! What the function of a reducer takes.

use syn::{Attribute, FnArg, Generics, Ident, Path, Type, Visibility};

use super::parse::Options;
use crate::crate_path::CratePath;
use crate::function::Function;

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
    /// The function that combines two inputs into one.
    pub combine: Option<Path>,
}

/// The types of a function's parameters.
pub(super) fn parameters(function: &Function) -> Vec<&Type> {
    let parameters = function.signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    parameters.collect()
}

impl<'a> Reducer<'a> {
    /// The reducer; `None` if the parameters are not `&mut T` and one other.
    pub(super) fn of(Options { krate, combine }: Options, function: &'a Function) -> Option<Self> {
        let [Type::Reference(field), input] = *parameters(function) else { return None };
        let signature = &function.signature;
        Some(Self {
            krate,
            docs: function.docs(),
            cfgs: function.cfgs(),
            vis: &function.vis,
            ident: &signature.ident,
            generics: &signature.generics,
            field: &field.elem,
            input,
            combine,
        })
    }
}
