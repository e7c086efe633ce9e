//! The function under `#[node]`, read into the model.

use proc_macro2::TokenStream;
use syn::{FnArg, GenericArgument, PatType, PathArguments, PathSegment, ReturnType, Type, TypeReference};

use super::model::{Context, Node};
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::keyword;
use crate::options::Options;
use crate::policy::Policy;
use crate::reads::Reads;

const ORDER: &str = "a node takes, in this order and each only if it needs it: its own input by value, `&State`, and \
                     `&Context<Graph>` or `&RunContext`";

pub(super) fn node<'a>(options: TokenStream, function: &'a Function, diagnostics: &Diagnostics) -> Node<'a> {
    let mut krate = CratePath::default();
    let mut policy = Policy::default();
    let defer = with_help(
        "a node is deferred in a graph, not where it is defined",
        format!("write `defer {};` in `graph!`", function.signature.ident),
    );
    let mut known = Options::new(
        "`#[node(..)]`",
        &[keyword::CRATE, keyword::RETRY, keyword::TIMEOUT, keyword::CACHE, keyword::ON_ERROR],
        diagnostics,
    )
    .elsewhere(keyword::DEFER, defer);
    known.tokens(options, |key, span, value| match key {
        keyword::RETRY => policy.retry(value, diagnostics),
        keyword::CACHE => policy.cache(value, diagnostics),
        keyword::ON_ERROR => policy.on_error(span, value),
        keyword::TIMEOUT => policy.timeout(span, value, diagnostics),
        _ => {
            krate = CratePath::parse(value, diagnostics)?;
            Ok(())
        }
    });

    let signature = &function.signature;
    function.must_be_plain("a node", diagnostics);
    if !signature.generics.params.is_empty() {
        let help = "name the types; what varies belongs in the graph's dependencies";
        diagnostics.error(&signature.generics.params, with_help("a node cannot be generic", help));
    }

    must_be_stoppable(&policy, signature.asyncness.is_some(), &signature.ident, diagnostics);

    let mut node = Node {
        krate,
        policy,
        docs: function.docs(),
        cfgs: function.cfgs(),
        vis: &function.vis,
        ident: &signature.ident,
        is_async: signature.asyncness.is_some(),
        is_free: signature.receiver().is_none(),
        input: None,
        state: None,
        pattern: None,
        context: None,
        output: output(function, diagnostics),
    };
    for parameter in &signature.inputs {
        if let FnArg::Typed(parameter) = parameter {
            read(&mut node, parameter, &function.body, diagnostics);
        }
    }
    node
}

fn output<'a>(function: &'a Function, diagnostics: &Diagnostics) -> Option<&'a Type> {
    let (ident, output) = (&function.signature.ident, &function.signature.output);
    match output {
        ReturnType::Type(_, ty) => match &**ty {
            Type::ImplTrait(ty) => {
                let help = "name the update that it returns";
                diagnostics.error(ty, with_help("a node cannot return an `impl Trait`", help));
                None
            }
            ty => Some(ty),
        },
        ReturnType::Default => {
            let help = "return a struct with `#[derive(Update)]`, or a `NodeResult` of one; a struct without fields \
                        writes nothing";
            diagnostics
                .error(ident, with_help(format!("a node returns its update, and `{ident}` returns nothing"), help));
            None
        }
    }
}

/// Reads one parameter: told apart by type, held to their order.
fn read<'a>(node: &mut Node<'a>, parameter: &'a PatType, body: &TokenStream, diagnostics: &Diagnostics) {
    match peeled(&parameter.ty) {
        Type::ImplTrait(ty) => {
            diagnostics.error(ty, with_help("a node cannot take an `impl Trait`", "name the type"));
        }
        Type::Reference(reference) => match last_segment(&reference.elem) {
            Some(last) if is_context(last) => context(node, reference, last, diagnostics),
            Some(last) if last.ident != "str" => state(node, parameter, reference, body, diagnostics),
            _ => diagnostics
                .error(reference, with_help(format!("`{}` is nothing that a node can take", text(reference)), ORDER)),
        },
        ty => match last_segment(ty) {
            Some(last) if is_context(last) => {
                let help = format!("write `&{}`", text(ty));
                diagnostics.error(ty, with_help("a node borrows its context", help));
            }
            _ => input(node, ty, diagnostics),
        },
    }
}

fn input<'a>(node: &mut Node<'a>, ty: &'a Type, diagnostics: &Diagnostics) {
    if node.input.is_some() {
        let help = "send one struct or tuple, or borrow the state: `&State`";
        diagnostics.error(ty, with_help("a node has one input of its own", help));
    } else if node.state.is_some() || node.context.is_some() {
        diagnostics.error(ty, with_help("a node's own input comes first", ORDER));
    }
    node.input.get_or_insert(ty);
}

fn state<'a>(
    node: &mut Node<'a>,
    parameter: &'a PatType,
    reference: &'a TypeReference,
    body: &TokenStream,
    diagnostics: &Diagnostics,
) {
    if let Some(mutability) = &reference.mutability {
        let help = "take it as `&State`, and return what changes";
        diagnostics.error(mutability, with_help("a node cannot change the state", help));
    }
    if node.state.is_some() {
        diagnostics.error(reference, with_help("a node works on one state", ORDER));
    } else if node.context.is_some() {
        diagnostics.error(reference, with_help("the state comes before the context", ORDER));
    }
    node.pattern.get_or_insert(&parameter.pat);
    node.state.get_or_insert_with(|| (&*reference.elem, Reads::of(&parameter.pat, body)));
}

fn context<'a>(node: &mut Node<'a>, reference: &'a TypeReference, last: &'a PathSegment, diagnostics: &Diagnostics) {
    if let Some(mutability) = &reference.mutability {
        diagnostics.error(mutability, with_help("a node shares its context", "take it as `&Context<Graph>`"));
    }
    if node.context.is_some() {
        diagnostics.error(reference, with_help("a node has one context", ORDER));
    }
    // A `Context` without its graph is a type without its argument, which rustc reports.
    let graph = graph_of(last).filter(|_| last.ident != keyword::RUN_CONTEXT);
    let context = graph.map_or(Context::Any, Context::Of);
    node.context.get_or_insert(context);
}

fn graph_of(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(graph) => Some(graph),
        _ => None,
    })
}

fn is_context(segment: &PathSegment) -> bool {
    segment.ident == keyword::CONTEXT || segment.ident == keyword::RUN_CONTEXT
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match peeled(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peeled(&group.elem),
        Type::Paren(paren) => peeled(&paren.elem),
        other => other,
    }
}

fn text(tokens: impl quote::ToTokens) -> String {
    crate::text::of(tokens)
}
/// What a timeout means for a function that cannot be stopped.
pub(super) fn must_be_stoppable(policy: &Policy, is_async: bool, ident: &syn::Ident, diagnostics: &Diagnostics) {
    if (policy.timeout.run.is_some() || policy.timeout.idle.is_some()) && !is_async {
        let message = format!("`{ident}` is not async, so nothing can stop it when its `{}` is over", keyword::TIMEOUT);
        diagnostics.error(ident, with_help(message, format!("make it `async fn {ident}`, or leave the timeout out")));
    }
}
