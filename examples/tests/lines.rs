//! How long an example is beside the same program for LangGraph, in `python/`.

use std::fs;
use std::path::Path;

/// The lines of a program without blank ones and comments.
fn lines(file: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let comment = if path.extension().is_some_and(|extension| extension == "py") { "#" } else { "//" };
    count(&text, comment)
}

fn count(text: &str, comment: &str) -> usize {
    let is_docstring = |line: &str| line.starts_with("\"\"\"") && line.len() > 5 && line.ends_with("\"\"\"");
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with(comment) && !is_docstring(line)).count()
}

#[test]
fn an_example_is_about_as_long_as_in_python() {
    for (example, at_most) in [("joke", 1.3), ("map_reduce", 1.6), ("subgraph", 1.6)] {
        let (rust, python) = (lines(&format!("{example}.rs")), lines(&format!("python/{example}.py")));
        let ratio = f64::from(u32::try_from(rust).unwrap()) / f64::from(u32::try_from(python).unwrap());
        println!("{example}: {rust} lines, {python} in Python, {ratio:.2} x");
        assert!(ratio <= at_most, "{example}: {rust} lines and {python} in Python, {ratio:.2} x");
    }
}

#[test]
fn blank_lines_and_comments_do_not_count() {
    assert_eq!(count("//! A\n\nfn f() {} // b\n    /// c\n    let a;\n", "//"), 2);
    assert_eq!(count("\"\"\"A.\"\"\"\n\nx = 1  # b\n# c\n\"\"\"\n", "#"), 2);
}
