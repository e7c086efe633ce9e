//! The rules about the function of a tool.

use syn::{GenericParam, Pat, ReturnType, Type};

use super::model::{Kind, ToolFunction};
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::primitive::is_primitive;
use crate::{keyword, text};

pub(super) fn tool(tool: &ToolFunction<'_>, function: &Function, diagnostics: &Diagnostics) {
    function.must_be_plain("a tool", diagnostics);
    is_no_type_of_rust(tool, diagnostics);
    is_not_generic(function, diagnostics);
    stands_once(function, diagnostics);
    is_described(tool, diagnostics);
    has_a_name_that_providers_take(tool, diagnostics);
    timeout_needs_async(tool, diagnostics);
    returns_a_named_type(function, diagnostics);
    parameters(tool, diagnostics);
    if tool.is_external {
        runs_elsewhere(tool, function, diagnostics);
    }
}

/// An external tool is declared, and not run: it has no body, and nothing that only a body could use.
fn runs_elsewhere(tool: &ToolFunction<'_>, function: &Function, diagnostics: &Diagnostics) {
    let ident = tool.ident;
    if function.has_body() {
        let help = "end it with `;`, or leave `external` out";
        diagnostics.error(ident, with_help(format!("`{ident}` runs elsewhere, and has a body"), help));
    }
    if tool.policy.retry.is_some() || tool.policy.timeout.run.is_some() {
        let help = "leave them out: whoever executes the call decides when it has failed";
        let message = format!("`{ident}` runs elsewhere, where no retry and no timeout reaches it");
        diagnostics.error(ident, with_help(message, help));
    }
    for parameter in &tool.parameters {
        if matches!(parameter.kind, Kind::Context(_) | Kind::Injected) {
            let message = format!("`{ident}` runs elsewhere, and has no use for this");
            let help = "leave it out: what runs elsewhere gets the arguments that the model writes";
            diagnostics.error(parameter.pattern, with_help(message, help));
        }
    }
}

/// A tool is a type of its name too.
fn is_no_type_of_rust(tool: &ToolFunction<'_>, diagnostics: &Diagnostics) {
    let ident = tool.ident;
    if is_primitive(ident) {
        let message = format!("a tool is a type too, and `{ident}` is one of Rust's own");
        diagnostics.error(ident, with_help(message, format!("give it another name, such as `{ident}_tool`")));
    }
}

fn is_not_generic(function: &Function, diagnostics: &Diagnostics) {
    let generics = &function.signature.generics;
    if generics.params.iter().any(|parameter| !matches!(parameter, GenericParam::Lifetime(_))) {
        let help = "name the types: the model writes its arguments";
        diagnostics.error(&generics.params, with_help("a tool cannot be generic", help));
    }
}

fn stands_once(function: &Function, diagnostics: &Diagnostics) {
    if let Some(again) = function.attribute("tool") {
        diagnostics.error(again, with_help("`#[tool]` stands twice", "put the options of both into one"));
    }
}

/// A model chooses a tool by its description.
fn is_described(tool: &ToolFunction<'_>, diagnostics: &Diagnostics) {
    if tool.docs.is_empty() && !tool.is_method {
        let help = "write a doc comment, `/// ..`: the model chooses a tool by it";
        diagnostics.error(tool.ident, with_help(format!("the tool `{}` has no description", tool.name), help));
    }
}

/// Letters, digits, `_` and `-`, at most 64: what every provider takes.
fn has_a_name_that_providers_take(tool: &ToolFunction<'_>, diagnostics: &Diagnostics) {
    let name = &tool.name;
    let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if (1..=64).contains(&name.len()) && name.bytes().all(is_taken) {
        return;
    }
    let message = format!("providers do not take `{name}` as the name of a tool");
    match &tool.given_name {
        Some(given) => {
            let help = "a name has up to 64 ASCII letters, digits, `_` and `-`";
            diagnostics.error(given, with_help(message, help));
        }
        None => {
            let help = "give it one of up to 64 ASCII letters, digits, `_` and `-`: `#[tool(name = \"..\")]`";
            diagnostics.error(tool.ident, with_help(message, help));
        }
    }
}

/// A sync function cannot be cancelled.
fn timeout_needs_async(tool: &ToolFunction<'_>, diagnostics: &Diagnostics) {
    let ident = tool.ident;
    if tool.policy.timeout.run.is_some() && !tool.is_async {
        let message = format!("`{ident}` is not async, so nothing can stop it when its `{}` is over", keyword::TIMEOUT);
        diagnostics.error(ident, with_help(message, format!("make it `async fn {ident}`, or leave the timeout out")));
    }
}

fn returns_a_named_type(function: &Function, diagnostics: &Diagnostics) {
    if let ReturnType::Type(_, ty) = &function.signature.output
        && let Type::ImplTrait(ty) = &**ty
    {
        diagnostics.error(ty, with_help("a tool cannot return an `impl Trait`", "name the type that it returns"));
    }
}

/// Arguments are owned and have names; there is at most one context.
fn parameters(tool: &ToolFunction<'_>, diagnostics: &Diagnostics) {
    let mut has_context = false;
    for parameter in &tool.parameters {
        if let Type::ImplTrait(ty) = parameter.ty {
            let help = "name the type: the model is told what to write";
            diagnostics.error(ty, with_help("a tool cannot take an `impl Trait`", help));
            continue;
        }
        match &parameter.kind {
            Kind::Argument(Some(_)) | Kind::Injected => {}
            Kind::Argument(None) => {
                let help = match parameter.pattern {
                    Pat::Wild(_) => "leave it out, or name it",
                    _ => "name it, and take it apart in the body",
                };
                diagnostics
                    .error(parameter.pattern, with_help("an argument of a tool has a name, for the model", help));
            }
            Kind::Borrowed(reference) => {
                let message = format!("a tool owns its arguments, and `{}` is borrowed", text::of(reference));
                let owned = match text::of(&reference.elem).as_str() {
                    "str" => "`String`".to_owned(),
                    other if other.starts_with('[') => {
                        let element = other.trim_matches(|bracket| bracket == '[' || bracket == ']');
                        format!("`Vec<{element}>`")
                    }
                    other => format!("`{other}`"),
                };
                diagnostics.error(reference, with_help(message, format!("take it as {owned}")));
            }
            Kind::Context(reference) => {
                if let Some(mutability) = &reference.mutability {
                    let help = "take it as `&RunContext` or `&Context<Graph>`";
                    diagnostics.error(mutability, with_help("a tool shares its context", help));
                }
                if std::mem::replace(&mut has_context, true) {
                    let help = "arguments are owned; what the model never sees is `#[inject]`ed";
                    diagnostics
                        .error(reference, with_help("the context is the only reference that a tool takes", help));
                }
            }
        }
    }
}
