//! Mermaid, byte for byte as LangGraph's `draw_mermaid` writes it.

use std::fmt::Write as _;

use crate::groups::Group;
use crate::text::escape;
use crate::{Edge, Node, Picture, Role};

const HEAD: &str = "---\nconfig:\n  flowchart:\n    curve: linear\n---\ngraph TD;\n";
const CLASSES: &str =
    "\tclassDef default fill:#f2f0ff,line-height:1.2\n\tclassDef first fill-opacity:0\n\tclassDef last fill:#bfb6fc\n";
/// The number of words in one line of a label.
const WORDS_A_LINE: usize = 9;

impl Picture {
    /// The picture as a Mermaid flowchart.
    ///
    /// ```
    /// let mut picture = graph_draw::Picture::new();
    /// picture.node("ask");
    /// picture.end();
    /// picture.edge("__start__", "ask");
    /// picture.branch("ask", "__end__", "bye");
    /// assert!(picture.mermaid().contains("\task -. &nbsp;bye&nbsp; .-> __end__;\n"));
    /// ```
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut text = HEAD.to_owned();
        write_group(&mut text, &self.groups());
        let mut drawn = Vec::new();
        for edge in &self.edges {
            // Mermaid has no joins: two joins with the same edge draw it once.
            let line = edge_text(edge);
            if !drawn.contains(&line) {
                text.push('\t');
                text.push_str(&line);
                text.push_str(";\n");
                drawn.push(line);
            }
        }
        text.push_str(CLASSES);
        text
    }
}

/// The nodes, with the expanded subgraphs.
fn write_group(text: &mut String, group: &Group<'_>) {
    for node in &group.nodes {
        text.push('\t');
        text.push_str(&node_text(node));
        text.push('\n');
    }
    for (name, inner) in &group.inner {
        text.push_str(&format!("\tsubgraph {name}\n"));
        write_group(text, inner);
        text.push_str("\tend\n");
    }
}

fn node_text(node: &Node) -> String {
    let (id, label) = (safe_id(&node.id), label_text(node));
    match node.role {
        Role::Step => format!("{id}({label})"),
        Role::First => format!("{id}([{label}]):::first"),
        Role::Last => format!("{id}([{label}]):::last"),
    }
}

/// The label with its small print. A paragraph protects characters that Markdown would take for emphasis.
fn label_text(node: &Node) -> String {
    const EMPHASIS: [char; 3] = ['*', '_', '`'];
    let mut text = if node.label.starts_with(EMPHASIS) && node.label.ends_with(EMPHASIS) {
        format!("<p>{}</p>", node.label)
    } else {
        node.label.clone()
    };
    if !node.metadata.is_empty() {
        let lines: Vec<_> = node.metadata.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        text.push_str(&format!("<hr/><small><em>{}</em></small>", lines.join("\n")));
    }
    text
}

fn edge_text(edge: &Edge) -> String {
    let (source, target) = (safe_id(&edge.source), safe_id(&edge.target));
    let label = wrapped(&edge.label);
    match (edge.is_conditional(), edge.label.is_empty()) {
        (false, true) => format!("{source} --> {target}"),
        (true, true) => format!("{source} -.-> {target}"),
        (false, false) => format!("{source} -- &nbsp;{label}&nbsp; --> {target}"),
        (true, false) => format!("{source} -. &nbsp;{label}&nbsp; .-> {target}"),
    }
}

/// A label wrapped after a few words. Labels are Rust (`len() > 6`), so HTML is escaped.
fn wrapped(label: &str) -> String {
    let label = escape(label);
    let words: Vec<_> = label.split_whitespace().collect();
    if words.len() <= WORDS_A_LINE {
        return label;
    }
    words.chunks(WORDS_A_LINE).map(|line| line.join(" ")).collect::<Vec<_>>().join("&nbsp<br>&nbsp")
}

/// An id that Mermaid accepts: characters other than letters, digits, `_` and `-` become code points.
fn safe_id(id: &str) -> String {
    let mut safe = String::with_capacity(id.len());
    for letter in id.chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' || letter == '-' {
            safe.push(letter);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\{:x}", u32::from(letter));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use crate::Picture;

    /// What LangGraph 1.2 draws for a graph with all its kinds of nodes and edges.
    const GOLDEN: &str = "---\nconfig:\n  flowchart:\n    curve: linear\n---\ngraph TD;\n\t__start__([<p>__start__</p>]):::first\n\ta(a)\n\tb(b<hr/><small><em>__interrupt = before</em></small>)\n\tc(c)\n\td\\20d(d d<hr/><small><em>k = v</em></small>)\n\te(e<hr/><small><em>defer = True</em></small>)\n\tjump(jump)\n\t__end__([<p>__end__</p>]):::last\n\t__start__ --> a;\n\ta -.-> b;\n\ta -.-> c;\n\ta -.-> e;\n\tb -. &nbsp;no&nbsp; .-> __end__;\n\tb -. &nbsp;yes&nbsp; .-> d\\20d;\n\tc --> e;\n\td\\20d --> e;\n\td\\20d --> jump;\n\tjump -.-> __end__;\n\tjump -.-> a;\n\te --> __end__;\n\tclassDef default fill:#f2f0ff,line-height:1.2\n\tclassDef first fill-opacity:0\n\tclassDef last fill:#bfb6fc\n";

    #[test]
    fn it_draws_the_same_as_langgraph() {
        let mut picture = Picture::new();
        for (id, metadata) in [
            ("a", None),
            ("b", Some(("__interrupt", "before"))),
            ("c", None),
            ("d d", Some(("k", "v"))),
            ("e", Some(("defer", "True"))),
            ("jump", None),
        ] {
            picture.node(id);
            let node = picture.nodes.last_mut().unwrap();
            node.metadata.extend(metadata.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        picture.end();
        picture.edge("__start__", "a");
        picture.branch("a", "b", "");
        picture.branch("a", "c", "");
        picture.branch("a", "e", "");
        picture.branch("b", "__end__", "no");
        picture.branch("b", "d d", "yes");
        picture.edge("c", "e");
        picture.edge("d d", "e");
        picture.edge("d d", "jump");
        picture.branch("jump", "__end__", "");
        picture.branch("jump", "a", "");
        picture.branch("jump", "a", "");
        picture.edge("e", "__end__");
        assert_eq!(picture.mermaid(), GOLDEN);
    }

    #[test]
    fn labels_are_wrapped_and_are_not_html() {
        let mut picture = Picture::new();
        picture.branch("a", "b", "x.len() > 6");
        picture.branch("a", "c", "1 2 3 4 5 6 7 8 9 10");
        let text = picture.mermaid();
        assert!(text.contains("\ta -. &nbsp;x.len() &gt; 6&nbsp; .-> b;\n"), "{text}");
        assert!(text.contains("\ta -. &nbsp;1 2 3 4 5 6 7 8 9&nbsp<br>&nbsp10&nbsp; .-> c;\n"), "{text}");
    }
}
