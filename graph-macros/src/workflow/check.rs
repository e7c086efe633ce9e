//! The rules about the function of a workflow.

use super::model::Workflow;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::{keyword, text};

pub(super) fn workflow(workflow: &Workflow<'_>, function: &Function, diagnostics: &Diagnostics) {
    function.must_be_plain("a workflow", diagnostics);
    let (ident, signature) = (workflow.ident, &function.signature);
    if !signature.generics.params.is_empty() {
        let help = "name the types: its arguments and its result are saved";
        diagnostics.error(&signature.generics.params, with_help("a workflow cannot be generic", help));
    }
    if !workflow.is_async {
        let help = format!("write `async fn {ident}`");
        diagnostics.error(ident, with_help("a workflow is async: it waits for its tasks", help));
    }
    if workflow.context.is_none() && signature.receiver().is_none() {
        let help = format!("add `cx: &Context<{}>` as the last one", workflow.options.graph);
        diagnostics.error(ident, with_help("the last parameter of a workflow is the context", help));
    }
    if workflow.returned.is_none() {
        diagnostics
            .error(&signature.output, with_help("a workflow names the type that it returns", "write `NodeResult<..>`"));
    }
    if let Some(again) = workflow.arguments.iter().filter(|argument| argument.is_previous).nth(1) {
        let help = "one parameter takes what the last run has saved";
        diagnostics.error(again.name, with_help(format!("`#[{}]` stands twice", keyword::PREVIOUS), help));
    }
    for argument in &workflow.arguments {
        if argument.name == keyword::RESULT {
            let help = "give the parameter another name";
            let message = with_help("`result` is the field of a workflow's state that its result is in", help);
            diagnostics.error(argument.name, message);
        }
        if let Some(reference) = argument.borrowed {
            let help = format!("write `{}: {}`", argument.name, text::of(&argument.ty));
            let message = "an argument of a workflow is saved with its thread, so it cannot be borrowed";
            diagnostics.error(reference, with_help(message, help));
        }
    }
}
