//! The programs and errors quoted on the page "Reading graph errors" are current.

use std::fs;
use std::path::Path;

use crate::ui;

/// A quoted mistake: its program, the quoted lines, and rustc's output.
struct Quote<'a> {
    case: &'a str,
    program: Vec<&'a str>,
    error: Vec<&'a str>,
}

fn quotes(page: &str) -> Vec<Quote<'_>> {
    let mut quotes = Vec::new();
    for part in page.split("<!-- ").skip(1) {
        let (case, rest) = part.split_once(" -->").unwrap();
        let block = |fence: &str| rest.split_once(fence).and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
        let lines = |fence| block(fence).lines().skip(1).collect();
        quotes.push(Quote { case, program: lines("```rust,ignore"), error: lines("```text") });
    }
    quotes
}

/// Whether the lines occur in the text consecutively; blank lines separate excerpts.
fn contains(text: &str, lines: &[&str]) -> bool {
    lines.split(|line| line.is_empty()).all(|piece| text.contains(&piece.join("\n")))
}

fn wrong(quote: &Quote<'_>, program: &str, output: &str) -> bool {
    let place = format!("tests/ui/{}.rs", quote.case);
    let output = output.replace(&place, "src/main.rs");
    quote.error.is_empty() || !contains(program, &quote.program) || !output.starts_with(&quote.error.join("\n"))
}

#[test]
fn every_quoted_error_is_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../graph-core/src/docs/errors");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = files.filter(|file| file.extension().is_some_and(|extension| extension == "md"));
    let page: String = pages.map(|file| fs::read_to_string(file).unwrap()).collect();
    let quotes = quotes(&page);
    assert!(quotes.len() > 20, "{} quotes", quotes.len());
    let read = |case: &str, extension: &str| fs::read_to_string(ui().join(case).with_extension(extension)).unwrap();
    let wrong = quotes.iter().filter(|quote| wrong(quote, &read(quote.case, "rs"), &read(quote.case, "stderr")));
    let wrong: Vec<_> = wrong.map(|quote| quote.case).collect();
    assert!(wrong.is_empty(), "not what rustc says: {wrong:#?}");
}

#[test]
fn an_old_quote_is_caught() {
    let page =
        "# A\n\n<!-- a/b -->\n```rust,ignore\nx -> y;\n```\n\n```text\nerror: no `y`\n --> src/main.rs:1:1\n```\n";
    let quotes = quotes(page);
    let output = "error: no `y`\n --> tests/ui/a/b.rs:1:1\n  |\n";
    assert!(!wrong(&quotes[0], "fn f() {}\nx -> y;\n", output));
    assert!(wrong(&quotes[0], "fn f() {}\nx -> z;\n", output));
    assert!(wrong(&quotes[0], "fn f() {}\nx -> y;\n", &output.replace("no `y`", "not `y`")));
}
