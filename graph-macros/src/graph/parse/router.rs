//! Routers: a closure whose body is control flow with nodes at its leaves.

use quote::ToTokens as _;
use syn::{Block, Expr, ExprClosure, ExprForLoop, ExprLit, Lit, Pat, Path, PathArguments, ReturnType, Stmt, Type};

use super::early_end;
use super::syntax::{Arm, Endpoint, For, Router, Routing};
use super::{last_span, named};
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::state_pattern::Reads;
use crate::text;

const EXPECTED: &str = "expected a node, `END`, `[..]`, `match`, `if` or `for`";

/// `|state| routing`; `None` if there is no parameter, which was reported.
pub(super) fn router(closure: ExprClosure, diagnostics: &Diagnostics) -> Option<Router> {
    if let Some(token) = &closure.asyncness {
        let help = "what takes time belongs in a node";
        diagnostics.error(token, with_help("a router cannot be async", help));
    }
    if let ReturnType::Type(arrow, ty) = &closure.output {
        let mut tokens = arrow.to_token_stream();
        ty.to_tokens(&mut tokens);
        diagnostics.error(tokens, "a router has no return type: its leaves are nodes");
    }
    let end = last_span(&closure.body.to_token_stream());
    let leaf = matches!(&*closure.body, Expr::Path(_)).then(|| text::of(&closure.body));
    let mut inputs = closure.inputs.into_iter();
    let Some(parameter) = inputs.next() else {
        let mut tokens = closure.inputs_begin.to_token_stream();
        closure.inputs_end.to_tokens(&mut tokens);
        diagnostics.error(tokens, with_help("a router is given the state", "write `|state| ..`, or `|_| ..`"));
        return None;
    };
    let route = inputs.next();
    if let Some(third) = inputs.next() {
        let message = "a router is given the state, and the route that its node decided, and no more";
        diagnostics.error(third, with_help(message, "write `|state, route| ..`"));
    }
    let reads = Reads::of(&parameter);
    let span = closure.inputs_begin.span;
    let body = match early_end::of(closure.body.to_token_stream()) {
        Some((at, message)) => {
            diagnostics.error_at(at, message);
            Routing::Unknown
        }
        None => routing(*closure.body, diagnostics),
    };
    Some(Router { span, end, leaf, parameter, route, reads, body })
}

/// The control flow of an expression.
fn routing(expr: Expr, diagnostics: &Diagnostics) -> Routing {
    match expr {
        Expr::If(expr) if expr.attrs.is_empty() => {
            let before = diagnostics.len();
            let then = block(expr.then_branch, diagnostics);
            let otherwise = match expr.else_branch {
                Some((_, otherwise)) => routing(*otherwise, diagnostics),
                // The branch has an error already.
                None if diagnostics.len() > before => Routing::Unknown,
                None => {
                    let help = "say what follows then: `else { END }`";
                    let message = "when this condition is false nothing says what follows";
                    diagnostics.error(expr.if_token, with_help(message, help));
                    Routing::Unknown
                }
            };
            let (then, otherwise) = (Box::new(then), Box::new(otherwise));
            Routing::If { if_token: expr.if_token, condition: expr.cond, then, otherwise }
        }
        Expr::Match(expr) if expr.attrs.is_empty() => {
            let arm = |arm: syn::Arm| Arm {
                attributes: arm.attrs,
                pattern: arm.pat,
                arrow: arm.fat_arrow_token,
                body: routing(*arm.body, diagnostics),
            };
            let arms = expr.arms.into_iter().map(arm).collect();
            Routing::Match { match_token: expr.match_token, scrutinee: expr.expr, brace: expr.brace_token, arms }
        }
        Expr::ForLoop(expr) if expr.attrs.is_empty() => for_loop(expr, diagnostics),
        Expr::Block(expr) if expr.attrs.is_empty() && expr.label.is_none() => block(expr.block, diagnostics),
        Expr::Array(expr) => {
            let span = expr.bracket_token.span.join();
            if expr.elems.is_empty() {
                diagnostics.error_at(
                    span,
                    with_help("this list is empty", "name the nodes that run together, or write `END`"),
                );
            }
            Routing::List(expr.elems.into_iter().map(|leaf| routing(leaf, diagnostics)).collect(), span)
        }
        Expr::Group(group) => routing(*group.expr, diagnostics),
        Expr::Paren(paren) => routing(*paren.expr, diagnostics),
        leaf => match node(&leaf) {
            Some((path, alias)) => match named::endpoint(path, alias, diagnostics) {
                Some(Endpoint::Node(node)) => Routing::Node(node),
                Some(Endpoint::End(span)) => Routing::End(span),
                Some(Endpoint::Exit(exit)) => Routing::Exit(exit),
                Some(Endpoint::Start(span)) => {
                    let help = "name the node that runs first, to go back to it";
                    diagnostics.error_at(span, with_help("nothing can lead to START", help));
                    Routing::Unknown
                }
                _ => Routing::Unknown,
            },
            None => {
                diagnostics.error(&leaf, no_leaf(&leaf));
                Routing::Unknown
            }
        },
    }
}

/// The error about a leaf that is no node; with what to write where it names one.
fn no_leaf(leaf: &Expr) -> String {
    match leaf {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            let name = text.value();
            let is_end = keyword::misspelled_in(&name) == Some(keyword::END);
            match syn::parse_str::<Path>(if is_end { keyword::END } else { &name }) {
                Ok(named) => with_help(EXPECTED, format!("write `{}`, without quotes", text::of(named))),
                Err(_) => EXPECTED.to_owned(),
            }
        }
        Expr::Call(call) => match node(&call.func) {
            Some((path, _)) => with_help(EXPECTED, format!("write `{}`: the graph calls it", text::of(path))),
            None => EXPECTED.to_owned(),
        },
        _ => EXPECTED.to_owned(),
    }
}

/// The path and alias of `ask` or `ask as second_ask`.
fn node(leaf: &Expr) -> Option<(Path, Option<syn::Ident>)> {
    match leaf {
        Expr::Group(group) => node(&group.expr),
        Expr::Paren(paren) => node(&paren.expr),
        Expr::Path(expr) if expr.qself.is_none() && expr.attrs.is_empty() => {
            let plain = expr.path.segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None));
            plain.then(|| (expr.path.clone(), None))
        }
        Expr::Cast(cast) => match (node(&cast.expr)?, &*cast.ty) {
            ((path, None), Type::Path(alias)) => Some((path, Some(alias.path.get_ident()?.clone()))),
            _ => None,
        },
        _ => None,
    }
}

/// `{ statements; routing }`
fn block(block: Block, diagnostics: &Diagnostics) -> Routing {
    let (brace, mut statements) = (block.brace_token, block.stmts);
    let tail = statements.pop();
    if let Some((at, message)) = statements.iter().find_map(early_end::in_a_statement) {
        diagnostics.error_at(at, message);
        return Routing::Unknown;
    }
    let tail = match tail {
        Some(Stmt::Expr(expr, None)) if is_bound_by(&statements, &expr) => {
            let help = "write the `if` or `match` itself at the end of the block";
            let message = format!("`{}` is a variable, and a router's leaves are nodes", text::of(&expr));
            diagnostics.error(expr, with_help(message, help));
            Routing::Unknown
        }
        Some(Stmt::Expr(expr, None)) => routing(expr, diagnostics),
        Some(Stmt::Expr(expr, Some(semicolon))) if node(&expr).is_some() => {
            diagnostics.error(semicolon, "a router's block ends with what follows, without a `;`");
            Routing::Unknown
        }
        Some(other) => {
            diagnostics.error(other, format!("{EXPECTED} at the end of a router's block"));
            Routing::Unknown
        }
        None => {
            diagnostics.error_at(brace.span.join(), EXPECTED);
            Routing::Unknown
        }
    };
    Routing::Block { brace, statements, tail: Box::new(tail) }
}

/// Whether a `let` among the statements binds the name that the expression is.
fn is_bound_by(statements: &[Stmt], expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    let Some(name) = path.path.get_ident() else { return false };
    statements.iter().any(|statement| match statement {
        Stmt::Local(local) => match &local.pat {
            Pat::Ident(bound) => bound.ident == *name,
            Pat::Type(typed) => matches!(&*typed.pat, Pat::Ident(bound) if bound.ident == *name),
            _ => false,
        },
        _ => false,
    })
}

/// `for pattern in items { statements; node(argument) }`
fn for_loop(expr: ExprForLoop, diagnostics: &Diagnostics) -> Routing {
    const BODY: &str = "a `for` edge ends in one `node(item)`: a task for each item";
    if let Some(label) = &expr.label {
        diagnostics.error(label, "a `for` edge has no label");
    }
    let (brace, mut statements) = (expr.body.brace_token, expr.body.stmts);
    let call = match statements.pop() {
        Some(Stmt::Expr(Expr::Call(call), _)) => call,
        Some(other) => {
            diagnostics.error(other, BODY);
            return Routing::Unknown;
        }
        None => {
            diagnostics.error_at(brace.span.join(), BODY);
            return Routing::Unknown;
        }
    };
    let node = node(&call.func).and_then(|(path, alias)| named::endpoint(path, alias, diagnostics));
    let Some(Endpoint::Node(node)) = node else {
        diagnostics.error(&call.func, BODY);
        return Routing::Unknown;
    };
    if call.args.len() != 1 {
        let help = format!("write `{}(item)`; send several values as a tuple or a struct", node.ident());
        diagnostics.error(&call, with_help("a task is sent one value", help));
        return Routing::Unknown;
    }
    Routing::For(Box::new(For {
        for_token: expr.for_token,
        pattern: *expr.pat,
        in_token: expr.in_token,
        items: *expr.expr,
        statements,
        node,
        argument: call.args.first().to_token_stream(),
    }))
}
