//! The rules about the function of a task.

use syn::GenericParam;

use super::model::TaskFunction;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::primitive::is_primitive;

pub(super) fn task(task: &TaskFunction<'_>, function: &Function, diagnostics: &Diagnostics) {
    function.must_be_plain("a task", diagnostics);
    let ident = task.ident;
    if is_primitive(ident) {
        let message = format!("a task is a type too, and `{ident}` is one of Rust's own");
        diagnostics.error(ident, with_help(message, format!("give it another name, such as `{ident}_task`")));
    }
    let generics = &function.signature.generics;
    if generics.params.iter().any(|parameter| !matches!(parameter, GenericParam::Lifetime(_))) {
        let help = "name the types: its results are saved";
        diagnostics.error(&generics.params, with_help("a task cannot be generic", help));
    }
    if let Some(again) = function.attribute("task") {
        diagnostics.error(again, with_help("`#[task]` stands twice", "put the options of both into one"));
    }
    if task.context.is_none() && !task.is_method {
        let help = "add `cx: &RunContext` as the last one, or `cx: &Context<MyGraph>` for a task of one graph";
        diagnostics.error(ident, with_help("the last parameter of a task is the context", help));
    }
    if task.returned.is_none() {
        let help = "write `NodeResult<..>`";
        diagnostics.error(&function.signature.output, with_help("a task names the type that it returns", help));
    }
    if task.policy.timeout.run.is_some() && !task.is_async {
        let message = format!("`{ident}` is not async, so nothing can stop it when its `timeout` is over");
        diagnostics.error(ident, with_help(message, format!("make it `async fn {ident}`, or leave the timeout out")));
    }
}
