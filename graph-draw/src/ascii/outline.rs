//! The picture as a list of edges, for graphs too wide to draw.

use std::fmt::Write as _;

use crate::{Kind, Picture};

/// Each node with its successors.
pub(super) fn outline(picture: &Picture) -> String {
    let name = |id: &str| {
        let node = picture.nodes.iter().find(|node| node.id == id);
        node.and_then(|node| node.lines().into_iter().next()).unwrap_or_else(|| id.to_owned())
    };
    let mut text = String::new();
    for node in &picture.nodes {
        text.push_str(&node.lines().join("  "));
        text.push('\n');
        for edge in picture.edges.iter().filter(|edge| edge.source == node.id) {
            let arrow = match edge.kind {
                Kind::Always | Kind::Joined(_) => "──▶",
                Kind::Branch => "╌╌▶",
                Kind::Each => "━━▶",
            };
            // Writing to a string cannot fail.
            let _ = write!(text, "  {arrow} {}", name(&edge.target));
            if let Kind::Joined(join) = edge.kind {
                let mut others: Vec<String> = Vec::new();
                for other in picture.edges.iter().filter(|other| other.kind == Kind::Joined(join)) {
                    let other = name(&other.source);
                    if other != name(&edge.source) && !others.contains(&other) {
                        others.push(other);
                    }
                }
                let _ = write!(text, "   with {}", others.join(", "));
            } else if !edge.text().is_empty() {
                let _ = write!(text, "   {}", edge.text());
            }
            text.push('\n');
        }
    }
    text.chars().map(|letter| if letter.is_control() && letter != '\n' { '\u{fffd}' } else { letter }).collect()
}
