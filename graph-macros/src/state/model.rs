//! What a state is: its fields, and how each is written.

use proc_macro2::Span;
use syn::{Ident, Path, Type, Visibility};

use crate::crate_path::CratePath;
use crate::keyword;

pub(crate) struct State {
    pub krate: CratePath,
    pub vis: Visibility,
    pub ident: Ident,
    pub fields: Vec<Field>,
    /// The state within which this one can run.
    pub parent: Option<Path>,
}

pub(crate) struct Field {
    pub ident: Ident,
    /// The name without `r#`: what JSON, checks and messages call the field.
    pub name: String,
    pub ty: Type,
    pub rule: Rule,
    /// Where it says `input`.
    pub input: Option<Span>,
    /// Where it says `output`.
    pub output: Option<Span>,
    pub untracked: bool,
    /// Where it says `shared`.
    pub shared: Option<Span>,
}

/// What a write to a field does.
pub(crate) enum Rule {
    /// The last write wins.
    Overwrite,
    /// The last write wins, and until the first there is no value: the type inside `Late`.
    Late(Box<Type>),
    /// The reducer at this path folds writes in.
    Reduce(Path),
}

impl State {
    pub(crate) fn inputs(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.input.is_some())
    }

    /// The fields that are those of the parent.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.shared.is_some())
    }

    /// Whether a run is given something that the parent does not have.
    pub(crate) fn needs_input(&self) -> bool {
        self.inputs().any(|(_, field)| field.shared.is_none())
    }

    pub(crate) fn outputs(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.output.is_some())
    }

    pub(crate) fn has_output(&self) -> bool {
        self.outputs().next().is_some()
    }

    /// The field that messages are pushed to: the only one with the reducer for them.
    pub(crate) fn messages(&self) -> Option<(usize, &Field)> {
        let adds = |(_, field): &(usize, &Field)| match &field.rule {
            Rule::Reduce(path) => path.segments.last().is_some_and(|last| last.ident == keyword::ADD_MESSAGES),
            Rule::Overwrite | Rule::Late(_) => false,
        };
        let mut fields = self.fields.iter().enumerate().filter(adds);
        fields.next().filter(|_| fields.next().is_none())
    }

    pub(crate) fn has_input(&self) -> bool {
        self.inputs().next().is_some()
    }
}
