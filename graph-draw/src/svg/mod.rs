//! The picture as a self-contained SVG.
mod lines;
mod sheet;

use std::fmt::Write as _;

use crate::layout::ItemKind;
use crate::text::escape;
use crate::{Picture, Role};
use sheet::{LINE, Sheet};

/// The drawing has the colour of the surrounding text. Standalone in dark mode it is light; inside a page this rule
/// does not match, because the drawing is not the root.
const STYLE: &str = "<style>@media (prefers-color-scheme:dark){svg:root{color:#e4e4e7;background:#18181b}}</style>";

impl Picture {
    /// The picture as an SVG that can be inlined in HTML: without blank lines, ids, classes, scripts and fonts, in the
    /// colour of the surrounding text.
    ///
    /// ```
    /// let mut picture = graph_draw::Picture::new();
    /// picture.title = "Talk".to_owned();
    /// picture.end();
    /// picture.edge("__start__", "__end__");
    /// let svg = picture.svg();
    /// assert!(svg.starts_with("<svg ") && svg.contains("<title>Talk</title>"));
    /// ```
    #[must_use]
    pub fn svg(&self) -> String {
        let sheet = Sheet::of(self);
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write_svg(&sheet, &mut text);
        text
    }
}

fn write_svg(sheet: &Sheet<'_>, text: &mut String) -> std::fmt::Result {
    let title = if sheet.picture.title.is_empty() { "graph" } else { &sheet.picture.title };
    let (width, height) = sheet.size();
    writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" style=\"max-width:100%;height:auto\" font-family=\"ui-monospace,Menlo,Consolas,\
         'DejaVu Sans Mono',monospace\" font-size=\"13\" text-anchor=\"middle\" fill=\"currentColor\">"
    )?;
    writeln!(text, "<title>{}</title>{STYLE}", escape(title))?;
    lines::write(sheet, text)?;
    for item in 0..sheet.layout.items.len() {
        match sheet.layout.items[item].kind {
            ItemKind::Node(node) => write_box(sheet, item, node, text)?,
            ItemKind::Join(_) => {
                let (left, right) = sheet.borders(item);
                let (top, bottom) = sheet.rows(item);
                let (width, height) = (right - left, bottom - top);
                writeln!(text, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"2\"/>")?;
            }
            ItemKind::Label(edge) => {
                let (top, bottom) = sheet.rows(item);
                write_lines(text, &sheet.label(edge), sheet.layout.items[item].x, i64::midpoint(top, bottom), 12)?;
            }
            ItemKind::Pass => {}
        }
    }
    text.push_str("</svg>\n");
    Ok(())
}

fn write_box(sheet: &Sheet<'_>, item: usize, node: usize, text: &mut String) -> std::fmt::Result {
    let (left, right) = sheet.borders(item);
    let (top, bottom) = sheet.rows(item);
    let (width, height) = (right - left, bottom - top);
    let (radius, shade) = match sheet.picture.nodes[node].role {
        Role::Step => (6, "0.08"),
        Role::First => (height / 2, "0"),
        Role::Last => (height / 2, "0.2"),
    };
    writeln!(
        text,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" fill-opacity=\"{shade}\" \
         stroke=\"currentColor\"/>"
    )?;
    let lines = sheet.picture.nodes[node].lines();
    write_lines(text, &lines, sheet.layout.items[item].x, i64::midpoint(top, bottom), 13)
}

/// Centred lines; all but the first are small.
fn write_lines(text: &mut String, lines: &[String], x: i64, middle: i64, size: u8) -> std::fmt::Result {
    let first = middle - LINE * (lines.len() as i64 - 1) / 2 + 4;
    for (place, line) in lines.iter().enumerate() {
        let y = first + LINE * place as i64;
        let line = escape(line);
        match (size, place) {
            (13, 0) => writeln!(text, "<text x=\"{x}\" y=\"{y}\">{line}</text>")?,
            _ => writeln!(text, "<text x=\"{x}\" y=\"{y}\" font-size=\"12\" fill-opacity=\"0.8\">{line}</text>")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{Picture, samples};

    #[test]
    fn all_tags_close_and_no_line_is_blank() {
        for (name, picture) in samples::all() {
            let svg = picture.svg();
            assert!(svg.lines().all(|line| !line.trim().is_empty()), "{name}");
            for tag in ["svg", "text", "title", "style", "g"] {
                let opened = svg.matches(&format!("<{tag} ")).count() + svg.matches(&format!("<{tag}>")).count();
                assert_eq!(opened, svg.matches(&format!("</{tag}>")).count(), "{name} {tag}");
            }
            assert!(!svg.contains("NaN") && !svg.contains("id="), "{name}");
        }
    }

    #[test]
    fn text_is_text() {
        let mut picture = Picture::new();
        picture.title = "<script>".to_owned();
        picture.node("a\n\n</text>");
        picture.branch("__start__", "a\n\n</text>", "x < \"y\" && z");
        let svg = picture.svg();
        assert!(svg.contains("<title>&lt;script&gt;</title>"), "{svg}");
        assert!(svg.contains(">x &lt; &quot;y&quot; &amp;&amp; z</text>"), "{svg}");
        assert!(!svg.contains("\n\n") && !svg.contains("</text></text>"), "{svg}");
    }

    #[test]
    fn kinds_of_edges_look_different() {
        assert!(!samples::line().svg().contains("stroke-dasharray"));
        assert!(samples::router().svg().contains("stroke-dasharray"));
        assert!(samples::map_reduce().svg().contains("stroke-width=\"2.5\""));
    }

    #[test]
    fn an_empty_picture_draws_nothing() {
        assert!(Picture::default().svg().ends_with("</svg>\n"));
    }

    /// Writes the samples to files, to look at: `GRAPH_DRAW_TO=somewhere cargo test -p graph-draw`.
    #[test]
    fn write_samples_to_files() {
        let Some(folder) = std::env::var_os("GRAPH_DRAW_TO") else { return };
        for (name, picture) in samples::all() {
            let file = std::path::Path::new(&folder).join(name).with_extension("svg");
            std::fs::write(file, picture.svg()).unwrap();
        }
    }
}
