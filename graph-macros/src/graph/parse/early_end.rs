//! A router's leaves stand at the end of its blocks: there is no `return`, and no leaf behind `let .. else`.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Expr, Stmt};

use crate::diagnostics::with_help;
use crate::{keyword, text};

/// The first `return` of a router, and the error about it. That of a closure or function within is none.
pub(super) fn of(body: TokenStream) -> Option<(Span, String)> {
    let tokens: Vec<_> = body.into_iter().collect();
    let mut in_function = false;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        match token {
            TokenTree::Ident(word) if *word == "fn" || *word == "async" => in_function = true,
            TokenTree::Ident(word) if *word == "return" && !in_function && !ends_parameters(before) => {
                return Some(returned(word.span(), &tokens[index + 1..]));
            }
            TokenTree::Group(group) => {
                let own = in_function || ends_parameters(before);
                if !own && let Some(found) = of(group.stream()) {
                    return Some(found);
                }
                in_function &= group.delimiter() != Delimiter::Brace;
            }
            _ => {}
        }
    }
    None
}

/// Whether a token is the `|` before the body of a closure.
fn ends_parameters(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '|')
}

/// The error about `return`, at the leaf behind it if it is one.
fn returned(at: Span, behind: &[TokenTree]) -> (Span, String) {
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ','));
    let length = behind.iter().position(ends).unwrap_or(behind.len());
    let leaf: TokenStream = behind[..length].iter().cloned().collect();
    if is_leaf(&leaf) {
        return (behind[0].span(), early(&text::of(leaf)));
    }
    let help = "leave `return` out: the `if`, the `match` or the node stands at the end of its block";
    (at, with_help("a router has no `return`: what follows is what it ends with", help))
}

/// `ask`, `nodes::ask`, `END::Found`, `[ask, tell]`
fn is_leaf(tokens: &TokenStream) -> bool {
    match syn::parse2::<Expr>(tokens.clone()) {
        Ok(Expr::Path(path)) => path.qself.is_none(),
        Ok(Expr::Array(_)) => true,
        _ => false,
    }
}

fn early(leaf: &str) -> String {
    let help = format!("write `if .. {{ {leaf} }} else {{ .. }}`, or a `match`, at the end of the block");
    with_help(format!("a router has no early end: `{leaf}` is one of its leaves"), help)
}

/// A leaf in a statement: what `let .. else` ends with, or an `END` anywhere.
pub(super) fn in_a_statement(statement: &Stmt) -> Option<(Span, String)> {
    if let Stmt::Local(local) = statement
        && let Some((_, diverges)) = local.init.as_ref().and_then(|init| init.diverge.as_ref())
        && let Expr::Block(diverges) = &**diverges
        && let Some(Stmt::Expr(leaf @ (Expr::Path(_) | Expr::Array(_)), _)) = diverges.block.stmts.last()
    {
        let first = leaf.to_token_stream().into_iter().next()?;
        return Some((first.span(), early(&text::of(leaf))));
    }
    end(statement.to_token_stream()).map(|at| (at, early(keyword::END)))
}

/// The `END` that is the whole of a block.
fn end(tokens: TokenStream) -> Option<Span> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    match &*tokens {
        [TokenTree::Ident(word)] if *word == keyword::END => Some(word.span()),
        _ => tokens.iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => end(group.stream()),
            _ => None,
        }),
    }
}
