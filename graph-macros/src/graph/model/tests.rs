use quote::quote;
use syn::parse_quote;

use super::{Branch, Call, Edge, Exit, Join, Model, Node, Outgoing, Router, Routing, SubgraphMemory, Target, model};
use crate::crate_path::CratePath;
use crate::diagnostics::Diagnostics;
use crate::graph::parse;
use crate::source::{At, Code};
use crate::state_pattern::Reads;

fn model_of(items: &str) -> (Model, Vec<String>) {
    let items: proc_macro2::TokenStream = items.parse().unwrap();
    let diagnostics = Diagnostics::new();
    let graph = parse::graph(quote!([::graph_core] pub ChatGraph<ChatState> { #items }), &diagnostics).unwrap();
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.messages());
    let model = model(&graph, &diagnostics);
    (model, diagnostics.messages())
}

fn sound(items: &str) -> Model {
    let (model, messages) = model_of(items);
    assert_eq!(messages, Vec::<String>::new(), "{items}");
    model
}

fn at() -> At {
    At(proc_macro2::Span::call_site())
}

fn to(target: Target) -> Edge {
    Edge { target, at: at() }
}

fn edges(targets: &[Target]) -> Outgoing {
    Outgoing { edges: targets.iter().copied().map(to).collect(), ..Outgoing::default() }
}

/// A node that is mentioned by its name alone.
fn node(name: &str, variant: &str, outgoing: Outgoing) -> Node {
    let ident = quote::format_ident!("{name}");
    Node {
        path: Code(parse_quote!(#ident)),
        ident,
        name: name.to_owned(),
        variant: quote::format_ident!("{variant}"),
        outgoing,
        has_task_input: false,
        plain_edge: Some(at()),
        deferred: false,
        memory: SubgraphMemory::PerCall,
        memory_at: None,
        repeated: false,
        is_own: false,
    }
}

/// A graph without edges.
fn empty() -> Model {
    Model {
        krate: CratePath::default(),
        attributes: Vec::new(),
        vis: Code(parse_quote!(pub)),
        ident: parse_quote!(ChatGraph),
        state: Code(parse_quote!(ChatState)),
        deps: None,
        custom: None,
        interrupts: Vec::new(),
        tasks: Vec::new(),
        context: None,
        has_store: false,
        defaults: None,
        exits: Vec::new(),
        calls: Vec::new(),
        nodes: Vec::new(),
        start: Outgoing::default(),
        joins: Vec::new(),
        mentions: At(Vec::new()),
        drafts: At(Vec::new()),
    }
}

#[test]
fn edges_and_joins() {
    let expected = Model {
        nodes: vec![
            node("plan", "Plan", edges(&[Target::Node(1), Target::Node(2)])),
            node("left", "Left", Outgoing { joins: vec![(0, 0)], ..Outgoing::default() }),
            node("right", "Right", Outgoing { joins: vec![(0, 1)], ..Outgoing::default() }),
            Node { deferred: true, ..node("meet_here", "MeetHere", edges(&[Target::End])) },
        ],
        start: edges(&[Target::Node(0)]),
        joins: vec![Join { sources: vec![1, 2], targets: vec![to(Target::Node(3))], at: at() }],
        ..empty()
    };
    assert_eq!(sound("START -> plan -> [left, right] -> meet_here -> END; defer meet_here;"), expected);
}

#[test]
fn models_of_one_graph_are_equal_however_it_is_written() {
    let one = sound("START -> plan -> [left, right]; left -> END; right -> END;");
    assert_eq!(one, sound("START -> plan; plan -> left -> END; plan -> right; right -> END;"));
    assert_ne!(one, sound("START -> plan -> [left, right]; [left, right] -> END;"));
}

#[test]
fn routers_have_resolved_leaves_and_branches() {
    let model =
        sound("exit Long; START -> ask; ask -> |state| if state.long() { END::Long } else { [ask, log] }; log -> END;");
    let exit = Exit {
        attributes: vec![],
        ident: parse_quote!(Long),
        name: "END::Long".to_owned(),
        carries: vec![],
        taken: true,
    };
    assert_eq!(model.exits, [exit]);
    let leaf = |target| Routing::To(target, at());
    let list = Routing::List(vec![leaf(Target::Node(0)), leaf(Target::Node(1))], at());
    let block = |tail| Routing::Block { brace: At(Default::default()), statements: vec![], tail: Box::new(tail) };
    let branch = |target, label: &str, alternative| Branch {
        target,
        label: label.to_owned(),
        each: false,
        alternative,
        arm: None,
    };
    let router = Router {
        at: at(),
        parameter: Code(parse_quote!(state)),
        route: None,
        reads: Reads { whole: true, fields: Vec::new() },
        body: Routing::If {
            if_token: At(Default::default()),
            condition: Code(parse_quote!(state.long())),
            then: Box::new(block(leaf(Target::Exit(0)))),
            otherwise: Box::new(block(list)),
        },
        branches: vec![
            branch(Target::Exit(0), "state.long()", 0),
            branch(Target::Node(0), "else", 1),
            branch(Target::Node(1), "else", 1),
        ],
        is_merged: false,
    };
    assert_eq!(model.nodes[0].outgoing, Outgoing { router: Some(router), ..Outgoing::default() });
    assert!(model.nodes[0].plain_edge.is_some() && !model.nodes[0].decides());
}

#[test]
fn a_router_is_printed_with_its_tokens() {
    let model = sound(
        "START -> plan; plan -> |_, go| match go { Go::Each(n) => for x in 0..n { each(x) }, _ => END }; each -> END;",
    );
    assert_eq!(
        format!("{:?}", model.nodes[0].outgoing.router.as_ref().unwrap().body),
        "Match { match_token: _, scrutinee: `go`, brace: _, arms: [\
         Arm { attributes: [], pattern: `Go::Each(n)`, arrow: _, body: For(For { for_token: _, pattern: `x`, in_token: _, \
         items: `0..n`, statements: [], node: 1, at: _, argument: `x` }) }, \
         Arm { attributes: [], pattern: `_`, arrow: _, body: To(End, _) }] }"
    );
    assert!(model.nodes[0].decides() && model.nodes[1].has_task_input && model.nodes[1].plain_edge.is_none());
}

#[test]
fn subgraphs_aliases_and_calls() {
    let model = sound("calls tools::Fetch, ChatGraph; START -> agents::Child as child -> r#type -> ChatGraph -> END;");
    let kinds: Vec<_> = model.nodes.iter().map(|node| (&*node.name, node.is_subgraph(), node.is_own)).collect();
    assert_eq!(kinds, [("child", true, false), ("type", false, false), ("ChatGraph", true, true)]);
    assert!(!model.nodes[0].is_named_by_path() && model.nodes[1].is_named_by_path());
    let call = |path: syn::Path, ident, is_own| Call { path: Code(path), ident, is_own };
    let fetch = call(parse_quote!(tools::Fetch), parse_quote!(Fetch), false);
    assert_eq!(model.calls, [fetch, call(parse_quote!(ChatGraph), parse_quote!(ChatGraph), true)]);
}

#[test]
fn many_alternatives_are_merged() {
    let choice = "if s.x { a } else { b }";
    let list = [choice; 10].join(", ");
    let router = format!("START -> |s| [{list}]; a -> END; b -> END;");
    let model = sound(&router);
    let router = model.start.router.unwrap();
    assert!(router.is_merged && router.branches.iter().all(|branch| branch.alternative == 0));
}

#[test]
fn edges_are_checked_where_they_are_read() {
    for (items, message) in [
        ("START -> a -> END -> b;", "nothing can follow END"),
        ("START -> a -> START;", "nothing can lead to START"),
        ("START -> a; START -> a;", "the edge `START -> a` stands twice"),
        ("START -> a; a -> |s| b; a -> c;", "`a` already leaves by a router; both would run"),
        ("START -> a -> b; a -> |s| c;", "`a` already leaves by an edge; both would run"),
        ("START -> a; a -> |s| b; a -> |s| c;", "`a` already has a router"),
        ("START -> a -> b::END;", ""),
        ("START -> |s, route| a;", "no node has run at START that could have decided a route"),
        ("START -> a; [a, a] -> b;", "`a` stands twice in this list"),
        ("START -> a; a -> |s| [b, b];", "`b` stands twice in this list"),
        ("START -> a; [a, END] -> b;", "only nodes can be waited for"),
        ("START -> [a, b]; [a, b] -> |s| c;", "a list cannot be followed by a router"),
        ("START -> a -> END::Long;", "exit `Long` is not declared"),
        ("exit L; START -> a; a -> |s| [b, END::L];", "`END::L` ends the whole run: nothing can run beside it"),
        ("exit L; START -> a -> [b, END::L];", "`a` takes an exit, which ends the whole run, and leads elsewhere too"),
        ("START -> x::a -> y::a;", "`a` stands for two nodes, `x::a` and `y::a`"),
        ("START -> a_b -> aB;", "`a_b` and `aB` would both be the variant `AB`"),
    ] {
        let messages = model_of(items).1;
        assert_eq!(messages, Vec::from_iter((!message.is_empty()).then(|| message.to_owned())), "{items}");
    }
}
