//! Syntax tree to model: first all nodes, then what leads from one to the next.

use syn::ext::IdentExt as _;

use super::{Call, Interrupt, Model, Outgoing, Task, edges, exits, marks, nodes};
use crate::diagnostics::Diagnostics;
use crate::graph::parse::syntax::{Graph, last_segment};
use crate::source::{At, Code};

pub(crate) fn model(graph: &Graph, diagnostics: &Diagnostics) -> Model {
    let mut model = Model {
        krate: graph.krate.clone(),
        attributes: graph.attributes.iter().cloned().map(Code).collect(),
        vis: Code(graph.vis.clone()),
        ident: graph.ident.clone(),
        state: Code(graph.state.clone()),
        deps: graph.deps.clone().map(Code),
        custom: graph.custom.clone().map(Code),
        interrupts: interrupts(graph),
        tasks: tasks(graph),
        context: graph.context.clone().map(Code),
        has_store: graph.has_store,
        defaults: graph.defaults.clone(),
        exits: exits::declared(graph),
        calls: calls(graph),
        nodes: Vec::new(),
        start: Outgoing::default(),
        joins: Vec::new(),
        mentions: At(Vec::new()),
        drafts: At(graph.drafts.clone()),
    };
    for endpoint in graph.chains.iter().flat_map(|chain| &chain.endpoints) {
        endpoint.mentions(&mut |node| {
            nodes::intern(&mut model, node, diagnostics);
            let at = last_segment(&node.path).span();
            model.mentions.0.extend(model.find_node(node.ident()).map(|node| (node, at)));
        });
    }
    // If two nodes share a name, errors about their edges would be wrong.
    let muted = Diagnostics::muted();
    let diagnostics = if diagnostics.is_empty() { diagnostics } else { &muted };
    for chain in &graph.chains {
        edges::edges(&mut model, chain, diagnostics);
    }
    marks::deferred(&mut model, graph, diagnostics);
    marks::repeated(&mut model, graph, diagnostics);
    marks::memories(&mut model, graph, diagnostics);
    model
}

fn interrupts(graph: &Graph) -> Vec<Interrupt> {
    let interrupt = |path: &syn::Path| Interrupt { path: Code(path.clone()), ident: last_segment(path).clone() };
    graph.interrupts.iter().map(interrupt).collect()
}

fn tasks(graph: &Graph) -> Vec<Task> {
    let task = |path: &syn::Path| {
        let name = last_segment(path);
        Task { path: Code(path.clone()), variant: nodes::variant(&name.unraw().to_string(), name.span()) }
    };
    graph.tasks.iter().map(task).collect()
}

fn calls(graph: &Graph) -> Vec<Call> {
    let call = |path: &syn::Path| Call {
        path: Code(path.clone()),
        ident: last_segment(path).clone(),
        is_own: path.is_ident(&graph.ident),
    };
    graph.calls.iter().map(call).collect()
}
