//! Sample pictures for tests.

use crate::Picture;

pub(crate) fn all() -> Vec<(&'static str, Picture)> {
    vec![
        ("line", line()),
        ("fork_join", fork_join()),
        ("router", router()),
        ("agent", agent()),
        ("map_reduce", map_reduce()),
        ("mix", mix()),
        ("wide", wide(12)),
    ]
}

/// Nodes by name, and edges as `from > to` with an optional label or kind.
fn picture(title: &str, nodes: &str, edges: &[(&str, &str)]) -> Picture {
    let mut picture = Picture::new();
    picture.title = title.to_owned();
    for node in nodes.split(' ') {
        picture.node(node);
    }
    picture.end();
    let id = |name: &str| match name {
        "START" => Picture::START.to_owned(),
        "END" => Picture::END.to_owned(),
        name => name.to_owned(),
    };
    for (edge, label) in edges {
        let (from, to) = edge.split_once(" > ").unwrap();
        match (*label, label.strip_prefix("join "), label.strip_prefix("for each")) {
            ("", ..) => picture.edge(&id(from), &id(to)),
            (_, Some(join), _) => picture.joined(&id(from), &id(to), join.parse().unwrap()),
            (_, _, Some(label)) => picture.each(&id(from), &id(to), label.trim()),
            (label, ..) => picture.branch(&id(from), &id(to), label),
        }
    }
    picture
}

pub(crate) fn line() -> Picture {
    picture(
        "JokeGraph",
        "refine_topic generate_joke",
        &[("START > refine_topic", ""), ("refine_topic > generate_joke", ""), ("generate_joke > END", "")],
    )
}

pub(crate) fn fork_join() -> Picture {
    picture(
        "ForkGraph",
        "plan research outline write",
        &[
            ("START > plan", ""),
            ("plan > research", ""),
            ("plan > outline", ""),
            ("research > write", "join 0"),
            ("outline > write", "join 0"),
            ("write > END", ""),
        ],
    )
}

pub(crate) fn router() -> Picture {
    picture(
        "RouterGraph",
        "classify refund question complaint",
        &[
            ("START > classify", ""),
            ("classify > refund", "Kind::Refund { amount } if amount > 100"),
            ("classify > question", "Kind::Question"),
            ("classify > complaint", "else"),
            ("refund > END", ""),
            ("question > END", ""),
            ("complaint > END", ""),
        ],
    )
}

pub(crate) fn agent() -> Picture {
    picture(
        "AgentGraph",
        "model tools",
        &[("START > model", ""), ("model > tools", "wants_tools"), ("model > END", "else"), ("tools > model", "")],
    )
}

pub(crate) fn map_reduce() -> Picture {
    picture(
        "ReportGraph",
        "plan write_section assemble",
        &[
            ("START > plan", ""),
            ("plan > write_section", "for each"),
            ("write_section > assemble", ""),
            ("assemble > END", ""),
        ],
    )
}

pub(crate) fn mix() -> Picture {
    picture(
        "MixGraph",
        "intake classify plan search read outline draft review fix_style fix_facts publish log",
        &[
            ("START > intake", ""),
            ("intake > classify", ""),
            ("intake > log", ""),
            ("classify > plan", "Kind::Article"),
            ("classify > END", "else"),
            ("plan > search", "for each wanted"),
            ("plan > outline", ""),
            ("search > read", ""),
            ("read > draft", "join 0"),
            ("outline > draft", "join 0"),
            ("draft > review", ""),
            ("review > fix_style", "Verdict::Style"),
            ("review > fix_facts", "Verdict::Facts { .. }"),
            ("review > publish", "Verdict::Good"),
            ("review > plan", "Verdict::Hopeless"),
            ("fix_style > review", ""),
            ("fix_facts > draft", ""),
            ("publish > publish", "retry"),
            ("publish > END", "done"),
            ("log > END", ""),
        ],
    )
}

pub(crate) fn wide(count: usize) -> Picture {
    let names: Vec<String> = (0..count).map(|index| format!("branch_with_a_name_{index}")).collect();
    let mut picture = picture("WideGraph", "split", &[("START > split", "")]);
    for name in &names {
        picture.node(name);
        picture.each("split", name, "items");
        picture.edge(name, Picture::END);
    }
    picture
}
