//! What a graph is: nodes in the order of their first mention, and the ways between them.

use proc_macro2::Span;
use syn::{Ident, Path};

use super::syntax::{NodeRef, Router};

/// The ways of a graph. What runs them stays in the syntax tree; this is what the checks and the picture look at.
#[derive(Default)]
pub(crate) struct Model<'a> {
    pub nodes: Vec<Node<'a>>,
    pub start: Exits<'a>,
    pub joins: Vec<Join>,
    pub exits: Vec<Exit>,
}

/// A declared exit.
pub(crate) struct Exit {
    pub ident: Ident,
    /// `END::TooLong`
    pub name: String,
    pub taken: bool,
}

pub(crate) struct Node<'a> {
    /// The name in this graph, as it was first written.
    pub ident: Ident,
    pub name: String,
    /// The name of its variant in the generated enums.
    pub variant: Ident,
    pub path: &'a Path,
    pub exits: Exits<'a>,
    /// Whether a `for` edge sends it its input.
    pub sent: bool,
    /// Where an edge leads to it that sends nothing.
    pub pulled: Option<Span>,
    /// Whether it is put aside until nothing else is left to run.
    pub deferred: bool,
}

/// The ways out of a node, or out of START.
#[derive(Default)]
pub(crate) struct Exits<'a> {
    pub edges: Vec<Edge>,
    pub router: Option<&'a Router>,
    pub branches: Vec<Branch>,
    /// Whether the router has so many alternatives that they are not told apart.
    pub blurred: bool,
    /// The joins that wait for it, and its place among their sources.
    pub joins: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Node(usize),
    End,
    /// A declared exit, by its place.
    Exit(usize),
}

pub(crate) struct Edge {
    pub target: Target,
    /// The mention of the target.
    pub span: Span,
}

/// One leaf of a router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    pub target: Target,
    pub label: String,
    pub each: bool,
    /// Leaves of one alternative run together.
    pub alternative: usize,
}

pub(crate) struct Join {
    pub sources: Vec<usize>,
    pub targets: Vec<Edge>,
    pub span: Span,
}

impl Node<'_> {
    /// Whether it goes by its function's name, and not by another.
    pub(crate) fn is_named_by_path(&self) -> bool {
        self.path.segments.last().is_some_and(|last| name_of(&last.ident) == self.name)
    }
}

impl Exits<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.edges.is_empty() && self.router.is_none() && self.joins.is_empty()
    }
}

impl Model<'_> {
    /// The ways out of a node (of START, where there is none), through edges, routers and joins.
    pub(crate) fn targets(&self, from: Option<usize>) -> Vec<Target> {
        let exits = self.exits(from);
        let edges = exits.edges.iter().map(|edge| edge.target);
        let branches = exits.branches.iter().map(|branch| branch.target);
        let joins = exits.joins.iter().flat_map(|(join, _)| self.joins[*join].targets.iter().map(|edge| edge.target));
        edges.chain(branches).chain(joins).collect()
    }

    /// The nodes that may come next.
    pub(crate) fn successors(&self, from: Option<usize>) -> impl Iterator<Item = usize> + use<> {
        self.targets(from).into_iter().filter_map(|target| match target {
            Target::Node(node) => Some(node),
            Target::End | Target::Exit(_) => None,
        })
    }

    /// Whether what leads out of a node may end the run.
    pub(crate) fn may_end(&self, from: Option<usize>) -> bool {
        self.targets(from).iter().any(|target| !matches!(target, Target::Node(_)))
    }

    /// The place of an exit that is declared.
    pub(crate) fn find_exit(&self, exit: &Ident) -> Option<usize> {
        self.exits.iter().position(|known| known.ident == *exit)
    }

    pub(crate) fn exits(&self, from: Option<usize>) -> &Exits<'_> {
        from.map_or(&self.start, |node| &self.nodes[node].exits)
    }

    /// What may run after a node, at any distance; `None` is START.
    pub(crate) fn reach(&self, from: Option<usize>) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        let mut waiting: Vec<usize> = self.successors(from).collect();
        while let Some(node) = waiting.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                waiting.extend(self.successors(Some(node)));
            }
        }
        reached
    }

    /// The place of a node that is known.
    pub(crate) fn find(&self, node: &NodeRef) -> Option<usize> {
        let name = name_of(node.ident());
        self.nodes.iter().position(|known| known.name == name)
    }

    /// The name of a node, or START.
    pub(crate) fn name(&self, node: Option<usize>) -> &str {
        node.map_or(crate::keyword::START, |node| &self.nodes[node].name)
    }
}

pub(crate) fn name_of(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}
