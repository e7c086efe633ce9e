//! The messages and the variables of a template.

use syn::{Attribute, Ident, LitStr, Visibility};

use super::format::mentions;
use super::parse::{Entry, Syntax};
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, nearest, with_help};

pub(super) struct Template<'a> {
    pub krate: &'a CratePath,
    pub attributes: &'a [Attribute],
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub messages: Vec<Line<'a>>,
    /// In the order in which they first stand.
    pub variables: Vec<Variable>,
}

/// What a template adds to the messages.
pub(super) enum Line<'a> {
    Message(Role, &'a LitStr),
    /// Those of a placeholder.
    Messages(&'a Ident),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    System,
    User,
    Assistant,
}

/// A field of the template's struct.
pub(super) struct Variable {
    pub ident: Ident,
    pub used: Used,
}

/// How a variable is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Used {
    /// As `{name}`.
    pub display: bool,
    /// As `{name:?}`.
    pub debug: bool,
    /// As `..name`: so many times.
    pub messages: usize,
}

impl Role {
    const NAMES: [(&'static str, Self); 3] =
        [("system", Self::System), ("user", Self::User), ("assistant", Self::Assistant)];

    fn named(name: &Ident, diagnostics: &Diagnostics) -> Self {
        let text = name.to_string();
        if let Some((_, role)) = Self::NAMES.iter().find(|(name, _)| *name == text) {
            return *role;
        }
        let meant = match &*text {
            "human" => Some("user"),
            "ai" => Some("assistant"),
            text => nearest(text, Self::NAMES.map(|(name, _)| name)),
        };
        let help = meant.map_or_else(
            || "the roles of a template are `system`, `user` and `assistant`; tools answer by `..messages`".to_owned(),
            |meant| format!("write `{meant}`"),
        );
        diagnostics.error(name, with_help(format!("no role is called `{text}`"), help));
        Self::User
    }
}

impl<'a> Template<'a> {
    pub(super) fn of(syntax: &'a Syntax, diagnostics: &Diagnostics) -> Self {
        let Syntax { krate, attributes, vis, ident, entries } = syntax;
        let (mut messages, mut variables) = (Vec::new(), Vec::new());
        for entry in entries {
            match entry {
                Entry::Message { role, text } => {
                    messages.push(Line::Message(Role::named(role, diagnostics), text));
                    for mention in mentions(text, diagnostics) {
                        let used = used(&mut variables, &mention.ident);
                        used.debug |= mention.is_debug;
                        used.display |= !mention.is_debug;
                    }
                }
                Entry::Messages(name) => {
                    messages.push(Line::Messages(name));
                    used(&mut variables, name).messages += 1;
                }
            }
        }
        Self { krate, attributes, vis, ident, messages, variables }
    }
}

fn used<'a>(variables: &'a mut Vec<Variable>, ident: &Ident) -> &'a mut Used {
    let at = variables.iter().position(|known| known.ident == *ident).unwrap_or_else(|| {
        variables.push(Variable { ident: ident.clone(), used: Used::default() });
        variables.len() - 1
    });
    &mut variables[at].used
}
