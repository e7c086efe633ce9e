//! A router as the list of its leaves: where each leads, under which condition, and which run together.

use quote::ToTokens as _;

use super::build::name;
use super::model::{Branch, Model, Target};
use super::syntax::{Arm, Router, Routing};
use crate::diagnostics::Diagnostics;
use crate::text;

/// More alternatives than this are not told apart.
const LIMIT: usize = 512;

/// The leaves of a router, and whether its alternatives were told apart: where they were not, all leaves are one
/// alternative, any part of which may run together.
pub(super) fn of(router: &Router, model: &Model<'_>, diagnostics: &Diagnostics) -> (Vec<Branch>, bool) {
    let mut merged = false;
    let alternatives = alternatives(&router.body, "", model, diagnostics, &mut merged);
    merged |= alternatives.len() > LIMIT;
    let mut branches = Vec::new();
    for (alternative, leaves) in alternatives.into_iter().enumerate() {
        for leaf in leaves {
            let branch = Branch { alternative: if merged { 0 } else { alternative }, ..leaf };
            if !branches.contains(&branch) {
                branches.push(branch);
            }
        }
    }
    (branches, !merged)
}

/// The ways through a routing, each as the leaves that then run together.
fn alternatives(
    routing: &Routing,
    label: &str,
    model: &Model<'_>,
    diagnostics: &Diagnostics,
    merged: &mut bool,
) -> Vec<Vec<Branch>> {
    let leaf = |target, each| vec![vec![Branch { target, label: label.to_owned(), each, alternative: 0 }]];
    match routing {
        Routing::To(node) => model.find(node).map_or_else(Vec::new, |node| leaf(Target::Node(node), false)),
        Routing::For(each) => model.find(&each.node).map_or_else(Vec::new, |node| leaf(Target::Node(node), true)),
        Routing::End(_) => leaf(Target::End, false),
        Routing::Exit(exit) => model.find_exit(exit).map_or_else(Vec::new, |exit| leaf(Target::Exit(exit), false)),
        Routing::Unknown => Vec::new(),
        Routing::Block { tail, .. } => alternatives(tail, label, model, diagnostics, merged),
        Routing::If { condition, then, otherwise, .. } => {
            let mut all = alternatives(then, &under(label, &text::label(condition)), model, diagnostics, merged);
            let label = if matches!(**otherwise, Routing::If { .. }) { label.to_owned() } else { under(label, "else") };
            all.append(&mut alternatives(otherwise, &label, model, diagnostics, merged));
            all
        }
        Routing::Match { arms, .. } => {
            let mut arm = |arm: &Arm| {
                let pattern = text::label(arm.pattern.to_token_stream());
                let pattern = if pattern == "_" { "else" } else { &pattern };
                alternatives(&arm.body, &under(label, pattern), model, diagnostics, merged)
            };
            arms.iter().flat_map(&mut arm).collect()
        }
        Routing::List(leaves, _) => {
            let mut all = vec![Vec::new()];
            for leaf in leaves {
                all = combined(all, &alternatives(leaf, label, model, diagnostics, merged), merged);
            }
            twice(leaves, model, diagnostics);
            all
        }
    }
}

/// Every way through both. Beyond the limit they are one way.
fn combined(all: Vec<Vec<Branch>>, more: &[Vec<Branch>], merged: &mut bool) -> Vec<Vec<Branch>> {
    if all.len() * more.len() > LIMIT {
        *merged = true;
        return vec![all.into_iter().flatten().chain(more.iter().flatten().cloned()).collect()];
    }
    let with = |way: &Vec<Branch>| {
        let way = way.clone();
        more.iter().map(move |another| way.iter().chain(another).cloned().collect())
    };
    if more.is_empty() { all } else { all.iter().flat_map(with).collect() }
}

fn twice(leaves: &[Routing], model: &Model<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for leaf in leaves {
        if let Routing::To(node) = leaf
            && let Some(place) = model.find(node)
        {
            if seen.contains(&place) {
                let name = name(model, Target::Node(place));
                diagnostics.error(node.ident(), format!("`{name}` stands twice in this list"));
            }
            seen.push(place);
        }
    }
}

fn under(outer: &str, inner: &str) -> String {
    if outer.is_empty() { inner.to_owned() } else { format!("{outer}, {inner}") }
}
