//! The leaves of a router: where each leads, under which condition, and which run together.

use quote::ToTokens as _;
use syn::Pat;

use super::exit_arms::arms_of;
use super::{Arm, Branch, Model, Routing, Target};
use crate::diagnostics::Diagnostics;
use crate::text;

/// With more alternatives than this, they count as one.
const LIMIT: usize = 512;

/// The branches of a router, and whether its alternatives were merged into one because there are too many.
pub(super) fn of(route: Option<&Pat>, body: &Routing, model: &Model, diagnostics: &Diagnostics) -> (Vec<Branch>, bool) {
    let mut merged = false;
    let alternatives = match route.and_then(|route| arms_of(route, body)) {
        Some((_, arms)) => {
            let behind = |(index, arm): (usize, &Arm)| {
                let mut alternatives = of_arm(arm, "", model, diagnostics, &mut merged);
                alternatives.iter_mut().flatten().for_each(|leaf| leaf.arm = Some(index));
                alternatives
            };
            arms.iter().enumerate().flat_map(behind).collect()
        }
        None => alternatives(body, "", model, diagnostics, &mut merged),
    };
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
    (branches, merged)
}

/// The alternatives of a routing, each as the leaves that run together.
fn alternatives(
    routing: &Routing,
    label: &str,
    model: &Model,
    diagnostics: &Diagnostics,
    merged: &mut bool,
) -> Vec<Vec<Branch>> {
    let leaf = |target, each| vec![vec![Branch { target, label: label.to_owned(), each, alternative: 0, arm: None }]];
    match routing {
        Routing::To(target, _) => leaf(*target, false),
        Routing::For(each) => leaf(Target::Node(each.node), true),
        Routing::Unknown(_) => Vec::new(),
        Routing::Block { tail, .. } => alternatives(tail, label, model, diagnostics, merged),
        Routing::If { condition, then, otherwise, .. } => {
            let mut all = alternatives(then, &under(label, &text::label(condition)), model, diagnostics, merged);
            let label = if matches!(**otherwise, Routing::If { .. }) { label.to_owned() } else { under(label, "else") };
            all.append(&mut alternatives(otherwise, &label, model, diagnostics, merged));
            all
        }
        Routing::Match { arms, .. } => {
            arms.iter().flat_map(|arm| of_arm(arm, label, model, diagnostics, merged)).collect()
        }
        Routing::List(leaves, _) => {
            let mut all = vec![Vec::new()];
            for leaf in leaves {
                all = combined(all, &alternatives(leaf, label, model, diagnostics, merged), merged);
            }
            must_differ(leaves, model, diagnostics);
            all
        }
    }
}

/// The alternatives behind an arm of a `match`.
fn of_arm(arm: &Arm, label: &str, model: &Model, diagnostics: &Diagnostics, merged: &mut bool) -> Vec<Vec<Branch>> {
    let pattern = text::label(arm.pattern.to_token_stream());
    let pattern = if pattern == "_" { "else" } else { &pattern };
    alternatives(&arm.body, &under(label, pattern), model, diagnostics, merged)
}

/// Every alternative of `all` with every one of `more`. Beyond the limit they are merged.
fn combined(all: Vec<Vec<Branch>>, more: &[Vec<Branch>], merged: &mut bool) -> Vec<Vec<Branch>> {
    if all.len() * more.len() > LIMIT {
        *merged = true;
        return vec![all.into_iter().flatten().chain(more.iter().flatten().cloned()).collect()];
    }
    let with = |one: &Vec<Branch>| {
        let one = one.clone();
        more.iter().map(move |another| one.iter().chain(another).cloned().collect())
    };
    if more.is_empty() { all } else { all.iter().flat_map(with).collect() }
}

/// Reports a node that a list names twice.
fn must_differ(leaves: &[Routing], model: &Model, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for leaf in leaves {
        if let Routing::To(target @ Target::Node(node), at) = leaf {
            if seen.contains(node) {
                let name = model.target_name(*target);
                diagnostics.error_at(at.0, format!("`{name}` stands twice in this list"));
            }
            seen.push(*node);
        }
    }
}

/// `inner` as a condition within `outer`.
fn under(outer: &str, inner: &str) -> String {
    if outer.is_empty() { inner.to_owned() } else { format!("{outer}, {inner}") }
}
