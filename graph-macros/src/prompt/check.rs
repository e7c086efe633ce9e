//! The rules about a template.

use super::model::Template;
use super::parse::{Entry, Syntax};
use crate::diagnostics::{Diagnostics, with_help};

pub(super) fn template(syntax: &Syntax, template: &Template<'_>, diagnostics: &Diagnostics) {
    if syntax.entries.is_empty() {
        let help = "write `user: \"Tell me a joke about {topic}.\"`";
        diagnostics.error(template.ident, with_help("a template without messages", help));
    }
    for variable in &template.variables {
        let (name, used) = (&variable.ident, variable.used);
        let mut again = syntax.entries.iter().filter_map(|entry| match entry {
            Entry::Messages(placeholder) if placeholder == name => Some(placeholder),
            _ => None,
        });
        let Some(placeholder) = again.next_back() else { continue };
        if used.display || used.debug {
            let help = format!("give one of them another name, such as `..{name}_messages`");
            diagnostics.error(placeholder, with_help(format!("`{name}` is a text and messages at once"), help));
        } else if used.messages > 1 {
            let help = "the messages would be in the prompt twice: take one away, or give it another name";
            diagnostics.error(placeholder, with_help(format!("`..{name}` stands twice"), help));
        }
    }
}
