//! The fields of a state, and what a write to each does.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Ident, LitInt, Path, Type, Visibility};

use super::json_names::RenameAll;
use super::serde_attributes::SerdeAttributes;
use crate::crate_path::CratePath;
use crate::source::{At, Code};

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub krate: CratePath,
    pub vis: Code<Visibility>,
    pub ident: Ident,
    pub fields: Vec<Field>,
    /// serde's `rename_all`.
    pub rename_all: RenameAll,
    /// `parent = ..`: the state of the graphs in which a graph over this one is a subgraph.
    pub parent: Option<Code<Path>>,
    /// `version = 2`: the version under which it is saved.
    pub version: Option<Code<LitInt>>,
    /// `migrate = function`: changes what an older version has saved.
    pub migrate: Option<Code<Path>>,
    /// Whether its only output field is handed out as it is, without a struct around it: the result of a workflow.
    pub is_sole_output: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub vis: Code<Visibility>,
    pub ident: Ident,
    /// The name without `r#`, as in messages.
    pub name: String,
    pub ty: Code<Type>,
    /// The name of its write in the module of writes.
    pub write: Ident,
    pub rule: Rule,
    /// The reducer of `reduce = Overwrite`.
    pub overwrite: Option<Code<Path>>,
    /// Whether its option `reduce` is incomplete or may be misspelt, which was reported.
    pub is_broken: bool,
    /// The option `input`.
    pub input: Option<At>,
    /// The option `output`.
    pub output: Option<At>,
    pub untracked: bool,
    /// The option `managed`: the engine sets it, and no node writes it.
    pub managed: bool,
    pub serde: SerdeAttributes,
    /// The option `shared`: the parent has this field too.
    pub shared: Option<At>,
}

impl Field {
    /// Whether its type has a reference in it, as `&'static str` has: nothing can be deserialized into one. (A state
    /// cannot borrow, so the reference is `'static`, or that of a function's type.)
    pub(crate) fn is_borrowed(&self) -> bool {
        has_reference(self.ty.to_token_stream())
    }
}

fn has_reference(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '&',
        TokenTree::Group(group) => has_reference(group.stream()),
        _ => false,
    })
}

/// What a write to a field does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The last write wins.
    Overwrite,
    /// The last write wins, and there is no value before the first: the `T` of `Late<T>`.
    Late(Code<Type>),
    /// This reducer folds writes in.
    Reduce(Code<Path>),
}

impl State {
    /// The fields that nodes write, and their indices.
    pub(crate) fn written(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| !field.managed)
    }

    pub(crate) fn managed(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.managed)
    }

    /// The fields with a reducer, and their indices.
    pub(crate) fn reduced(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| matches!(field.rule, Rule::Reduce(_)))
    }

    /// The name of a field that serde writes.
    pub(crate) fn json(&self, field: &Field) -> String {
        field.serde.names.written(&field.name, self.rename_all)
    }

    /// The names of a field that serde reads, at least one.
    pub(crate) fn keys(&self, field: &Field) -> Vec<String> {
        field.serde.names.keys(&field.name, self.rename_all)
    }

    pub(crate) fn inputs(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.input.is_some())
    }

    /// The fields that the parent has too.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.shared.is_some())
    }

    /// Whether a run needs input that the parent state does not have.
    pub(crate) fn needs_input(&self) -> bool {
        self.inputs().any(|(_, field)| field.shared.is_none())
    }

    pub(crate) fn outputs(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.output.is_some())
    }

    pub(crate) fn has_output(&self) -> bool {
        self.outputs().next().is_some()
    }

    pub(crate) fn has_input(&self) -> bool {
        self.inputs().next().is_some()
    }
}
