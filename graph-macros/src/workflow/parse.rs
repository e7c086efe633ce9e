//! The options of `#[workflow(..)]`.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, Path, Token, Type};

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::keyword;
use crate::options::Options;

/// `#[workflow(Essay, tasks(translate), interrupts(Publish), custom = Progress, context = Settings, deps = Tools, store)]`
pub(super) struct WorkflowOptions {
    pub krate: CratePath,
    /// The name of the graph.
    pub graph: Ident,
    pub tasks: Vec<Path>,
    pub interrupts: Vec<Path>,
    pub custom: Option<Type>,
    pub context: Option<Type>,
    pub deps: Option<Type>,
    pub has_store: bool,
    /// `retry(..)`, `timeout = ..`: the options of its node, as they are.
    pub policy: Vec<TokenStream>,
}

/// The options; `None` if the name of the graph is missing, which is reported.
pub(super) fn options(tokens: TokenStream, function: &Function, diagnostics: &Diagnostics) -> Option<WorkflowOptions> {
    let read = |input: ParseStream<'_>| {
        let function = &function.signature.ident;
        let graph: Ident = input.parse().ok().filter(is_capital).ok_or_else(|| {
            let help = format!("write `#[workflow(Essay)] async fn {function}`: the name begins with a capital letter");
            syn::Error::new(function.span(), with_help("a workflow needs the name of its graph", help))
        })?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        let mut read = WorkflowOptions {
            krate: CratePath::default(),
            graph,
            tasks: Vec::new(),
            interrupts: Vec::new(),
            custom: None,
            context: None,
            deps: None,
            has_store: false,
            policy: Vec::new(),
        };
        let known = &[
            keyword::TASKS,
            keyword::INTERRUPTS,
            keyword::CUSTOM,
            keyword::RUN_CONTEXT_ITEM,
            keyword::DEPS,
            keyword::STORE,
            keyword::RETRY,
            keyword::TIMEOUT,
            keyword::CRATE,
        ];
        Options::new("`#[workflow(..)]`", known, diagnostics).list(input, |key, span, value| {
            match key {
                keyword::TASKS => {
                    for path in paths(value)? {
                        crate::graph::push_task(&mut read.tasks, path, diagnostics);
                    }
                }
                keyword::INTERRUPTS => read.interrupts = paths(value)?,
                keyword::CUSTOM => read.custom = Some(assigned(value)?),
                keyword::RUN_CONTEXT_ITEM => read.context = Some(assigned(value)?),
                keyword::DEPS => read.deps = Some(assigned(value)?),
                keyword::STORE => read.has_store = true,
                keyword::CRATE => read.krate = CratePath::parse(value, diagnostics)?,
                _ => {
                    let (key, rest) = (Ident::new(key, span), rest(value)?);
                    read.policy.push(quote::quote!(#key #rest));
                }
            }
            Ok(())
        })?;
        Ok(read)
    };
    diagnostics.ok(read.parse2(tokens))
}

fn is_capital(graph: &Ident) -> bool {
    graph.to_string().trim_start_matches('_').starts_with(char::is_uppercase)
}

/// `= Type`
fn assigned(value: ParseStream<'_>) -> syn::Result<Type> {
    value.parse::<Token![=]>()?;
    value.parse()
}

/// `(translate, tools::search)`
fn paths(value: ParseStream<'_>) -> syn::Result<Vec<Path>> {
    let content;
    syn::parenthesized!(content in value);
    let paths = content.parse_terminated(Path::parse_mod_style, Token![,])?;
    Ok(paths.into_iter().collect())
}

/// The tokens up to the next comma.
fn rest(value: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut rest = TokenStream::new();
    while !value.is_empty() && !value.peek(Token![,]) {
        rest.extend([value.parse::<proc_macro2::TokenTree>()?]);
    }
    Ok(rest)
}
