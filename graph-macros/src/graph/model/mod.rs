//! The intermediate form of a graph: nodes in the order of their first mention, and the edges, routers and joins
//! between them.
//!
//! It owns everything that the checks and the expansion need, user tokens included. Neither sees the syntax tree.
mod branches;
mod build;
mod edges;
mod exit_arms;
mod exits;
mod marks;
mod nodes;
mod reach;
mod router;
pub(super) mod steps;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, Path, Type, Visibility};

pub(super) use self::build::model;
pub(super) use self::exit_arms::ExitArms;
pub(super) use self::router::{Arm, Branch, For, Router, Routing};
use crate::crate_path::CratePath;
use crate::policy::Policy;
use crate::source::{At, Code};
use crate::span::of_path;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Model {
    pub krate: CratePath,
    pub attributes: Vec<Code<Attribute>>,
    pub vis: Code<Visibility>,
    pub ident: Ident,
    pub state: Code<Type>,
    pub deps: Option<Code<Type>>,
    pub custom: Option<Code<Type>>,
    /// What its nodes can ask.
    pub interrupts: Vec<Interrupt>,
    /// The task functions that its nodes call.
    pub tasks: Vec<Task>,
    /// What each run is given.
    pub context: Option<Code<Type>>,
    /// Whether its app is given a store.
    pub has_store: bool,
    /// The policies of nodes without policies of their own.
    pub defaults: Option<Policy>,
    pub exits: Vec<Exit>,
    pub calls: Vec<Call>,
    pub nodes: Vec<Node>,
    pub start: Outgoing,
    pub joins: Vec<Join>,
    /// Each mention of a node, for editors.
    pub mentions: At<Vec<(usize, Span)>>,
    /// The fields of the state that routers mention, for editors.
    pub drafts: At<Vec<TokenStream>>,
}

/// A declared exit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exit {
    pub attributes: Vec<Code<Attribute>>,
    pub ident: Ident,
    /// `END::TooLong`
    pub name: String,
    /// The fields that are written whenever it is taken: `exit Found { joke };`
    pub carries: Vec<Ident>,
    /// Whether anything leads to it.
    pub taken: bool,
}

/// What nodes can ask: `interrupt Approve;`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Interrupt {
    pub path: Code<Path>,
    /// The last segment of the path: the variant.
    pub ident: Ident,
}

/// A task function that nodes call: `task translate;`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub path: Code<Path>,
    /// The name of its variant in the enum of results.
    pub variant: Ident,
}

/// A graph that nodes of this one run: `calls Search;`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub path: Code<Path>,
    /// The last segment of the path: the name of its parts in the stream.
    pub ident: Ident,
    /// Whether it is this graph itself.
    pub is_own: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// The name in this graph, at its first mention.
    pub ident: Ident,
    pub name: String,
    /// The name of its variant in the generated enums.
    pub variant: Ident,
    pub path: Code<Path>,
    pub outgoing: Outgoing,
    /// Whether a `for` edge leads to it, which sends it its input.
    pub has_task_input: bool,
    /// The first edge into it that sends no input.
    pub plain_edge: Option<At>,
    /// Whether it waits until nothing else is left to run.
    pub deferred: bool,
    /// Whether each arrival is meant to run it.
    pub repeated: bool,
    /// Whether it is this graph itself.
    pub is_own: bool,
    pub memory: SubgraphMemory,
    /// Where that is said.
    pub memory_at: Option<At>,
}

/// What a thread keeps of a node that is a subgraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SubgraphMemory {
    #[default]
    PerCall,
    PerThread,
    Unsaved,
}

/// What leads out of a node or START: edges and joins, or one router.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub edges: Vec<Edge>,
    pub router: Option<Router>,
    /// The joins that wait for the node, and its index among their sources.
    pub joins: Vec<(usize, usize)>,
}

/// Where an edge leads: to a node or an exit, by its index in the model, or to END.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Node(usize),
    End,
    Exit(usize),
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub target: Target,
    /// The mention of the target.
    pub at: At,
}

/// `[a, b] -> c`
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Join {
    pub sources: Vec<usize>,
    pub targets: Vec<Edge>,
    /// The list of sources.
    pub at: At,
}

impl Node {
    /// Whether the node is a graph: its name begins with a capital letter.
    pub(crate) fn is_subgraph(&self) -> bool {
        self.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
    }

    /// Whether each of its tasks decides a route, which its router takes as a parameter.
    pub(crate) fn decides(&self) -> bool {
        self.outgoing.router.as_ref().is_some_and(|router| router.route.is_some())
    }

    /// Whether it runs as many tasks at once, each of which decides a route.
    pub(crate) fn decides_for_many(&self) -> bool {
        self.has_task_input && self.decides()
    }

    /// Whether the expansion dispatches to it by an arm of its own, because it takes an input or decides a route.
    pub(crate) fn has_own_arm(&self) -> bool {
        self.has_task_input || self.decides()
    }

    /// Whether its name is the last segment of its path, not an alias.
    pub(crate) fn is_named_by_path(&self) -> bool {
        self.path.segments.last().is_some_and(|last| name_of(&last.ident) == self.name)
    }

    /// The last segment of its path: the name of its function, under an alias too.
    pub(crate) fn span(&self) -> Span {
        of_path(&self.path)
    }
}

impl Outgoing {
    pub(crate) fn is_empty(&self) -> bool {
        self.edges.is_empty() && self.router.is_none() && self.joins.is_empty()
    }

    /// The leaves of its router.
    pub(crate) fn branches(&self) -> &[Branch] {
        self.router.as_ref().map_or(&[], |router| &router.branches)
    }
}

impl Target {
    pub(crate) fn is_exit(self) -> bool {
        self.exit().is_some()
    }

    pub(crate) fn exit(self) -> Option<usize> {
        match self {
            Self::Exit(exit) => Some(exit),
            Self::Node(_) | Self::End => None,
        }
    }

    pub(crate) fn node(self) -> Option<usize> {
        match self {
            Self::Node(node) => Some(node),
            Self::End | Self::Exit(_) => None,
        }
    }
}

impl Model {
    /// START, which is `None`, and every node.
    pub(crate) fn sources(&self) -> impl Iterator<Item = Option<usize>> + use<> {
        std::iter::once(None).chain((0..self.nodes.len()).map(Some))
    }

    /// What leads out of a node or START.
    pub(crate) fn outgoing(&self, from: Option<usize>) -> &Outgoing {
        from.map_or(&self.start, |node| &self.nodes[node].outgoing)
    }

    /// The index of the node with this name.
    pub(crate) fn find_node(&self, ident: &Ident) -> Option<usize> {
        let name = name_of(ident);
        self.nodes.iter().position(|known| known.name == name)
    }

    /// The index of the exit with this name.
    pub(crate) fn find_exit(&self, exit: &Ident) -> Option<usize> {
        self.exits.iter().position(|known| known.ident == *exit)
    }

    /// The name of a node, or START.
    pub(crate) fn source_name(&self, source: Option<usize>) -> &str {
        source.map_or(crate::keyword::START, |node| &self.nodes[node].name)
    }

    /// The name of a node, or `END`, or `END::TooLong`.
    pub(crate) fn target_name(&self, target: Target) -> &str {
        match target {
            Target::Node(node) => &self.nodes[node].name,
            Target::End => crate::keyword::END,
            Target::Exit(exit) => &self.exits[exit].name,
        }
    }
}

/// The name of an identifier, without `r#`.
fn name_of(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}
