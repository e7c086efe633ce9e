//! Graphviz DOT.

use std::fmt::Write as _;

use crate::groups::Group;
use crate::{Edge, Kind, Node, Picture, Role};

impl Picture {
    /// The picture as Graphviz DOT, for `dot -Tpng`. A conditional edge is dashed, an edge of several tasks is bold,
    /// and a join is a bar where its sources meet.
    ///
    /// ```
    /// let mut picture = graph_draw::Picture::new();
    /// picture.node("ask");
    /// picture.end();
    /// picture.edge("__start__", "ask");
    /// picture.branch("ask", "__end__", "else");
    /// assert!(picture.dot().contains("\"ask\" -> \"__end__\" [label=\"else\", style=dashed];\n"));
    /// ```
    #[must_use]
    pub fn dot(&self) -> String {
        let mut text = String::new();
        self.write_dot(&mut text);
        text
    }

    // Writing to a string cannot fail.
    fn write_dot(&self, text: &mut String) {
        let title = if self.title.is_empty() { "graph" } else { &self.title };
        let _ = writeln!(text, "digraph {} {{", quoted(title));
        text.push_str("    node [shape=box, style=rounded];\n");
        write_group(text, &self.groups(), "    ");
        let mut joins: Vec<usize> = Vec::new();
        let mut drawn: Vec<String> = Vec::new();
        for edge in &self.edges {
            let (source, target) = (quoted(&edge.source), quoted(&edge.target));
            let lines = if let Kind::Joined(join) = edge.kind {
                let bar = quoted(&self.bar(join));
                if !joins.contains(&join) {
                    joins.push(join);
                    let _ = writeln!(
                        text,
                        "    {bar} [label=\"\", shape=box, style=filled, fillcolor=black, width=0.6, height=0.04];"
                    );
                }
                vec![format!("{source} -> {bar} [arrowhead=none]"), format!("{bar} -> {target}")]
            } else {
                vec![format!("{source} -> {target}{}", style(edge))]
            };
            for line in lines {
                if !drawn.contains(&line) {
                    let _ = writeln!(text, "    {line};");
                    drawn.push(line);
                }
            }
        }
        text.push_str("}\n");
    }

    /// The id of a join's bar, distinct from all node ids.
    fn bar(&self, join: usize) -> String {
        let mut id = format!("join {join}");
        while self.nodes.iter().any(|node| node.id == id) {
            id.push('+');
        }
        id
    }
}

// Writing to a string cannot fail.
fn write_group(text: &mut String, group: &Group<'_>, indent: &str) {
    for node in &group.nodes {
        let _ = writeln!(text, "{indent}{} [{}];", quoted(&node.id), attributes(node));
    }
    for (name, inner) in &group.inner {
        // Graphviz draws a box around a cluster. Groups of the same name are distinguished by their first node.
        let id = inner.first_id().unwrap_or(name);
        let _ = writeln!(text, "{indent}subgraph {} {{", quoted(&format!("cluster_{id}")));
        let _ = writeln!(text, "{indent}    label={};", quoted(name));
        write_group(text, inner, &format!("{indent}    "));
        let _ = writeln!(text, "{indent}}}");
    }
}

fn attributes(node: &Node) -> String {
    let label = quoted(&node.own_lines().join("\n"));
    match node.role {
        Role::Step => format!("label={label}"),
        Role::First => format!("label={label}, shape=oval, style=solid"),
        Role::Last => format!("label={label}, shape=oval, style=solid, peripheries=2"),
    }
}

fn style(edge: &Edge) -> String {
    let mut attributes = Vec::new();
    let label = edge.text();
    if !label.is_empty() {
        attributes.push(format!("label={}", quoted(&label)));
    }
    match edge.kind {
        Kind::Always | Kind::Joined(_) => {}
        Kind::Branch => attributes.push("style=dashed".to_owned()),
        Kind::Each => attributes.push("style=bold".to_owned()),
    }
    if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) }
}

/// Quotes a text. Backslashes are escaped, or they would begin an escape such as `\N`, the name of the node.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            control if control.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use crate::{Picture, samples};

    #[test]
    fn a_join_is_a_bar() {
        let expected = r#"digraph "ForkGraph" {
    node [shape=box, style=rounded];
    "__start__" [label="START", shape=oval, style=solid];
    "plan" [label="plan"];
    "research" [label="research"];
    "outline" [label="outline"];
    "write" [label="write"];
    "__end__" [label="END", shape=oval, style=solid, peripheries=2];
    "__start__" -> "plan";
    "plan" -> "research";
    "plan" -> "outline";
    "join 0" [label="", shape=box, style=filled, fillcolor=black, width=0.6, height=0.04];
    "research" -> "join 0" [arrowhead=none];
    "join 0" -> "write";
    "outline" -> "join 0" [arrowhead=none];
    "write" -> "__end__";
}
"#;
        assert_eq!(samples::fork_join().dot(), expected);
    }

    #[test]
    fn edges_show_their_kind_and_text_is_text() {
        let mut picture = Picture::new();
        picture.node("a \"b\" \\N");
        picture.branch("a", "b", "x == \"y\\n\"");
        picture.each("a", "b", "");
        let text = picture.dot();
        assert!(text.contains(r#""a \"b\" \\N" [label="a \"b\" \\N"];"#), "{text}");
        assert!(text.contains(r#""a" -> "b" [label="x == \"y\\n\"", style=dashed];"#), "{text}");
        assert!(text.contains(r#""a" -> "b" [label="for each", style=bold];"#), "{text}");
    }
}
