use proc_macro2::TokenStream;
use quote::quote;

use crate::testing::{errors, flat, prefixes, pretty};

fn graph(items: &str) -> TokenStream {
    let items: TokenStream = items.parse().unwrap();
    super::expand(quote!([::graph_core] ChatGraph<ChatState> { #items }))
}

/// The first lines of the messages.
fn complaints(items: &str) -> Vec<String> {
    errors(graph(items)).iter().map(|error| error.lines().next().unwrap().to_owned()).collect()
}

const GRAPHS: [&str; 5] = [
    "START -> conversation;
     conversation -> |state| if state.messages.len() > 6 { summarize } else { END };
     summarize -> END;",
    "custom Progress;
     START -> plan;
     plan -> |ReportState { sections, .. }| {
         let few = sections.len() < 3;
         if few { END } else { [log, for section in sections.iter() { let text = section.clone(); write(text) }] }
     };
     [write, log] -> assemble -> END;",
    "START -> |state| match state.kind {
         Kind::Draft if state.count > 0 => [nodes::check, nodes::ask as first_ask],
         Kind::Draft => nodes::check,
         _ => END,
     };
     check -> first_ask -> crate::nodes::ask as second_ask -> END;
     each first_ask;",
    "START -> [nodes::left, right];
     left -> more -> meet;
     right -> meet;
     meet -> last -> END;
     defer meet;",
    "calls search::Search, Fetch;
     exit TooLong { draft, verdict };
     START -> review;
     review -> |state, verdict| match verdict {
         Verdict::Good => agents::Child as child,
         Verdict::Bad => END::TooLong,
     };
     child -> |_, exit| if exit == ChildExit::End { END } else { [review, log] };
     log -> END;",
];

#[test]
fn good_graphs_have_nothing_to_complain_of() {
    for items in GRAPHS {
        let items = items.replace("check -> first_ask", "nodes::check -> first_ask");
        assert_eq!(complaints(&items), Vec::<String>::new(), "{items}");
    }
}

#[test]
fn half_written_graphs_say_one_thing_and_keep_their_items() {
    for items in GRAPHS {
        let items: TokenStream = items.parse().unwrap();
        let whole = quote!([::graph_core] pub ChatGraph<ChatState, ChatDeps> { #items });
        for prefix in prefixes(&whole) {
            let text = prefix.to_string();
            let expansion = super::expand(prefix);
            // What is whole so far may lack its other half in several places.
            let mut errors = errors(expansion.clone());
            errors.retain(|error| !error.starts_with("nothing follows"));
            assert!(errors.len() <= 1, "{text}\n{errors:#?}");
            // Once the name and the state are there, so are the graph's items, whatever follows.
            if text.contains('{') {
                let items = pretty(expansion);
                for item in ["pub struct ChatGraph<__P = ", "pub enum ChatGraphNode", "pub enum ChatGraphUpdate"] {
                    assert!(items.contains(item), "{text}\n{items}");
                }
            }
        }
    }
}

#[test]
fn what_was_understood_of_a_broken_statement_is_kept() {
    let expansion = graph("START -> ask; ask -> |state| if state. { answer } else { END }; answer -> END; log -> ");
    assert_eq!(errors(expansion.clone()).len(), 2);
    let items = pretty(expansion);
    for variant in ["Ask(", "Answer(", "Log("] {
        assert!(items.contains(variant), "{variant}\n{items}");
    }
}

#[test]
fn an_exit_whose_fields_are_being_typed_is_kept_with_all_that_follows() {
    // Without the closing brace, the rest of the graph is in the braces.
    for fields in ["{ jo }", "{ jo START -> ask; ask -> END::Found; }", "{ START -> ask; ask -> END::Found; }"] {
        let expansion = graph(&format!("exit Found {fields} START -> ask -> END::Found;"));
        assert_eq!(errors(expansion.clone()).len(), 1, "{fields}");
        let items = pretty(expansion);
        for item in ["Found,", "Ask("] {
            assert!(items.contains(item), "{item}\n{items}");
        }
        assert!(!items.contains("Jo("), "{items}");
    }
}

#[test]
fn every_statement_is_judged() {
    assert_eq!(
        complaints("START -> ask -> ; ask = answer; ask -> -> answer; answer -> END;"),
        [
            "expected a node, `END`, `[..]` or a router `|state| ..` after this",
            "expected `->` or `;` after this",
            "expected a node, `END`, `[..]` or a router `|state| ..`",
        ]
    );
}

#[test]
fn loops_that_are_left_and_branches_that_meet_are_fine() {
    for items in [
        "START -> a -> b; b -> |s| if s.done { END } else { a };",
        "START -> a -> [b, c]; b -> d; c -> d; d -> END;",
        "START -> a -> [b, c]; c -> c2; [b, c2] -> d -> END;",
        "START -> a -> [b, c] -> d -> END;",
        "START -> a; a -> |s| [b, if s.more { c } else { END }]; b -> d; c -> d; d -> END;",
        "START -> [a, b]; a -> c; b -> c; c -> |s| if s.done { END } else { [a, b] };",
    ] {
        let complaints = complaints(items);
        assert!(complaints.is_empty(), "{items}\n{complaints:#?}");
    }
}

#[test]
fn a_deferred_node_is_one_of_the_graph() {
    let edges =
        "START -> [nodes::left, nodes::right as other]; left -> END; other -> |s| for x in s { each(x) }; each -> END;";
    for (item, complaint) in [
        ("defer left;", None),
        ("defer nodes::left;", None),
        ("defer other, left;", None),
        ("defer lift;", Some("no edge mentions a node `lift`")),
        ("defer nodes::right;", Some("no edge mentions a node `nodes::right`")),
        ("defer crate::left;", Some("no edge mentions a node `crate::left`")),
        ("defer left, left;", Some("`left` is deferred twice")),
        ("defer left; defer left;", Some("`left` is deferred twice")),
        ("defer START;", Some("`START` cannot be deferred")),
        ("defer each;", Some("`each` is sent its input by `for`, so it runs at once and cannot be deferred")),
        ("defer;", Some("expected the name of a node after this")),
        ("defer left,;", Some("expected the name of a node after this")),
        ("defer [left];", Some("expected the name of a node")),
        ("defer left -> END;", Some("a deferred node has no edge here")),
        ("defer left other;", Some("expected `,`")),
    ] {
        assert_eq!(complaints(&format!("{edges} {item}")), Vec::from_iter(complaint), "{item}");
    }
}

#[test]
fn defer_may_be_the_name_of_a_node() {
    assert_eq!(complaints("START -> defer; defer -> other -> END; defer defer;"), Vec::<String>::new());
}

#[test]
fn branches_of_unequal_length_may_meet_in_a_deferred_node() {
    let edges = "START -> a -> [b, c]; c -> d -> e; b -> e; e -> END;";
    let twice = "`e` would run twice, after `b` and after `d`";
    assert_eq!(complaints(edges), [twice]);
    assert_eq!(complaints(&format!("{edges} defer e;")), Vec::<String>::new());
    // A deferred node on the way is no step of a known length.
    assert_eq!(
        complaints("START -> [b, c]; b -> f -> e; c -> d -> e; e -> END; defer d;"),
        ["`e` can run twice, after `f` and after `d`"]
    );
    assert_eq!(
        complaints("START -> [b, c]; b -> [d, e]; c -> e; d -> e; e -> END; defer d, e;"),
        ["`e` can run twice, after `b` and after `d`"]
    );
}

#[test]
fn branches_may_meet_where_each_arrival_runs_the_node() {
    let edges = "START -> [tell, plan]; plan -> |s| if s.go { plan } else { note }; tell -> note; note -> save -> END;";
    let twice = "`note` can run twice, after `tell` and after `plan`";
    for (items, complaint) in [
        ("", Some(twice)),
        ("each note;", None),
        ("defer note;", None),
        ("each save;", Some(twice)),
        ("each note, save;", None),
        ("each note, note;", Some("`note` stands twice after `each`")),
        ("each END;", Some("`END` cannot run for each arrival")),
        ("each not;", Some("no edge mentions a node `not`")),
        ("each;", Some("expected the name of a node after this")),
        ("each note -> END;", Some("a node that each arrival runs has no edge here")),
    ] {
        assert_eq!(complaints(&format!("{edges} {items}")), Vec::from_iter(complaint), "{items}");
    }
    // By plain edges, and with a node of that name.
    assert_eq!(complaints("START -> [each, b]; b -> c -> each; each -> d -> END; each each;"), Vec::<String>::new());
}

#[test]
fn branches_that_are_too_many_to_explore_are_refused_as_such() {
    // Loops that share their last node cannot be explored apart; six can be explored as one.
    for (count, message) in [
        (6, "`last` can run twice, after"),
        (20, "this graph has too many super-steps to know that `last` does not run twice"),
    ] {
        let agents: Vec<String> = (0..count).map(|n| format!("a{n}")).collect();
        let loops: String = agents.iter().map(|a| format!("{a} -> |s| if s.go {{ {a} }} else {{ last }};")).collect();
        let items = format!("START -> [{}]; {loops} last -> END;", agents.join(", "));
        let found = complaints(&items);
        assert!(matches!(&*found, [one] if one.starts_with(message)), "{found:?}");
        assert_eq!(complaints(&format!("{items} each last;")), Vec::<String>::new());
        assert_eq!(complaints(&format!("{items} defer last;")), Vec::<String>::new());
    }
}

#[test]
fn a_slip_in_a_name_is_one_mistake() {
    assert_eq!(
        errors(graph("START -> plan -> [research, outlin]; [research, outline] -> write -> END;")),
        ["nothing leads to `outline`, and nothing follows `outlin`\nhelp: did you mean `outlin`?"]
    );
}

#[test]
fn the_picture_is_in_the_documentation() {
    let items = pretty(graph("START -> ask; ask -> |state| match state.next { Next::Go => ask, _ => END };"));
    for line in
        ["///```mermaid", "///\task -. &nbsp;Next::Go&nbsp; .-> ask;", "///\task -. &nbsp;else&nbsp; .-> __end__;"]
    {
        assert!(items.contains(line), "{line}\n{items}");
    }
}

#[test]
fn rustdoc_shows_the_drawing_which_ends_before_the_text() {
    let items = graph("START -> ask; ask -> |state| match state.next { Next::Go => ask, _ => END };").to_string();
    let drawing = items.split("cfg_attr (doc , doc = ").nth(1).unwrap();
    let drawing = drawing.split("\")]").next().unwrap();
    assert!(drawing.starts_with("\"<div>\\n<svg ") && drawing.ends_with("</svg>\\n</div>"), "{drawing}");
    assert!(!drawing.contains("\\n\\n"), "a blank line would end the HTML: {drawing}");
}

#[test]
fn routers_keep_the_users_control_flow() {
    let items = pretty(graph(GRAPHS[1]));
    assert!(flat(&items).contains(&flat(ROUTER)), "{items}");
}

const ROUTER: &str = "
    fn __route_plan(
        ReportState { sections, .. }: &ChatState,
        next: &mut ::graph_core::__private::Scheduler<ChatGraph>,
    ) -> ::graph_core::__private::Routed {
        struct __Fields<__T0> {
            sections: __T0,
        }
        use ::graph_core::__private::bind as __bind;
        let __Fields { sections } = __Fields {
            sections: __bind(sections).get(\"sections\"),
        };
        {
            let few = sections.len() < 3;
            if few {
                next.end()
            } else {
                {
                    let _ = next.to(ChatGraphNode::Log);
                    let _ = {
                        let mark = next.mark();
                        for section in sections.iter() {
                            let text = section.clone();
                            next.send(__ChatGraphTask::Write(text));
                        }
                        next.sent(ChatGraphNode::Write, mark)
                    };
                    next.end()
                }
            }
        }
    }
";
