//! The rules about the function of a node.

use syn::{GenericParam, ReturnType, Type, TypeReference};

use super::model::{Node, Parameter};
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::primitive::is_primitive;
use crate::{keyword, text};

pub(super) const ORDER: &str = "a node takes, in this order and each only if it needs it: its own input by value, `&State`, and \
                     `&Context<Graph>` or `&RunContext`";

const NAME_THE_TYPE: &str = "name the type; a context is `&Context<Graph>`, or `&RunContext` for a node of any graph";

pub(super) fn node(node: &Node<'_>, function: &Function, diagnostics: &Diagnostics) {
    function.must_be_plain("a node", diagnostics);
    is_no_type_of_rust(node, diagnostics);
    is_not_generic(function, diagnostics);
    timeout_needs_async(node, diagnostics);
    blocking_needs_sync(node, diagnostics);
    returns_an_update(function, diagnostics);
    stands_once(function, diagnostics);
    parameters_are_in_order(node, diagnostics);
}

/// A node is a type of its name too.
fn is_no_type_of_rust(node: &Node<'_>, diagnostics: &Diagnostics) {
    let ident = node.ident;
    if is_primitive(ident) {
        let message = format!("a node is a type too, and `{ident}` is one of Rust's own");
        diagnostics.error(ident, with_help(message, format!("give it another name, such as `{ident}_node`")));
    }
}

/// Lifetimes may have names.
fn is_not_generic(function: &Function, diagnostics: &Diagnostics) {
    let generics = &function.signature.generics;
    if generics.params.iter().any(|parameter| !matches!(parameter, GenericParam::Lifetime(_))) {
        let help = "name the types; what varies belongs in the graph's dependencies";
        diagnostics.error(&generics.params, with_help("a node cannot be generic", help));
    }
}

/// `#[node]` twice. Under another name it is rustc that reports it, in more words.
fn stands_once(function: &Function, diagnostics: &Diagnostics) {
    if let Some(again) = function.attribute("node") {
        diagnostics.error(again, with_help("`#[node]` stands twice", "put the options of both into one"));
    }
}

/// A sync function cannot be cancelled.
fn timeout_needs_async(node: &Node<'_>, diagnostics: &Diagnostics) {
    let (timeout, ident) = (&node.policy.timeout, node.ident);
    if (timeout.run.is_some() || timeout.idle.is_some()) && !node.is_async {
        let message = format!("`{ident}` is not async, so nothing can stop it when its `{}` is over", keyword::TIMEOUT);
        diagnostics.error(ident, with_help(message, format!("make it `async fn {ident}`, or leave the timeout out")));
    }
}

/// An async function waits without blocking its thread.
fn blocking_needs_sync(node: &Node<'_>, diagnostics: &Diagnostics) {
    let ident = node.ident;
    if node.policy.blocking && node.is_async {
        let message = format!("`{ident}` is async, and tokio's blocking pool is for functions that are not");
        let help = format!("make it `fn {ident}`, or leave `{}` out", keyword::BLOCKING);
        diagnostics.error(ident, with_help(message, help));
    }
}

/// A node returns a named type, or nothing.
fn returns_an_update(function: &Function, diagnostics: &Diagnostics) {
    if let ReturnType::Type(_, ty) = &function.signature.output
        && let Type::ImplTrait(ty) = &**ty
    {
        let help = "name the update that it returns";
        diagnostics.error(ty, with_help("a node cannot return an `impl Trait`", help));
    }
}

/// The input by value, then `&State`, then the context, each at most once.
fn parameters_are_in_order(node: &Node<'_>, diagnostics: &Diagnostics) {
    let (mut has_input, mut has_state, mut has_context) = (false, false, false);
    for parameter in &node.parameters {
        match parameter {
            Parameter::Input(ty) => {
                if has_input {
                    let help = "send one struct or tuple, or borrow the state: `&State`";
                    diagnostics.error(ty, with_help("a node has one input of its own", help));
                } else if has_state || has_context {
                    diagnostics.error(ty, with_help("a node's own input comes first", ORDER));
                }
                has_input = true;
            }
            Parameter::State(state) => {
                let reference = state.reference;
                must_be_shared(
                    reference,
                    "a node cannot change the state",
                    "take it as `&State`, and return what changes",
                    diagnostics,
                );
                if has_context {
                    diagnostics.error(reference, with_help("the state comes before the context", ORDER));
                }
                has_state = true;
            }
            Parameter::Context { reference, .. } | Parameter::Lent(reference) => {
                must_be_shared(reference, "a node shares its context", "take it as `&Context<Graph>`", diagnostics);
                if has_context {
                    diagnostics.error(reference, with_help("a node has one context", ORDER));
                }
                has_context = true;
            }
            Parameter::Lone(reference) => {
                let message = "a node changes neither its state nor its context";
                must_be_shared(reference, message, "take it as `&`, and return what changes", diagnostics);
                (has_state, has_context) = (true, true);
            }
            Parameter::OwnedContext(ty) => {
                let help = format!("write `&{}`", text::of(ty));
                diagnostics.error(ty, with_help("a node borrows its context", help));
            }
            Parameter::ImplTrait(ty) => {
                diagnostics.error(ty, with_help("a node cannot take an `impl Trait`", NAME_THE_TYPE));
            }
            Parameter::Unknown(reference) => {
                let message = format!("`{}` is nothing that a node can take", text::of(reference));
                diagnostics.error(reference, with_help(message, ORDER));
            }
        }
    }
}

fn must_be_shared(reference: &TypeReference, message: &str, help: &str, diagnostics: &Diagnostics) {
    if let Some(mutability) = &reference.mutability {
        diagnostics.error(mutability, with_help(message, help));
    }
}
