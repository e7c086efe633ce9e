//! No text is put together into SQL: the database gets constant statements, and everything else as a parameter.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

/// What makes a text out of parts. `concat!` is not among it: it takes literals only.
const MAKERS: [&str; 8] =
    ["format!", "format_args!", "write!", "writeln!", "push_str(", ".join(", ".concat()", ".to_owned() +"];

/// The lines that may: file, and a part of the line. None of them is a statement.
const ALLOWED: [(&str, &str); 5] = [
    ("fault.rs", "format!(\"the tables are of version"),
    ("postgres/failure.rs", "write!(f, \"{}: {cause}\", self.0)"),
    ("sqlite/failpoints.rs", "format!(\"{}\\n\", statement.sql()"),
    ("sqlite/store/namespace.rs", "format!(\"`{}` is no namespace"),
    ("sqlite/store/namespace.rs", "format!(\"{open},\")"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The lines of a file that make a text and are not allowed to; of its code, not of its unit tests.
fn suspicious(file: &str, source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let makes = lines.filter(|line| MAKERS.iter().any(|maker| line.contains(maker)));
    let is_allowed = |line: &&str| ALLOWED.iter().any(|(of, part)| *of == file && line.contains(part));
    makes.filter(|line| !is_allowed(line)).map(|line| format!("{file}: {line}")).collect()
}

#[test]
fn no_statement_is_made_of_parts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut allowed) = (Vec::new(), ALLOWED.to_vec());
    for path in sources(&root) {
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap();
        // They have no statements.
        let has_none = ["conformance", "encrypt"].iter().any(|folder| file.starts_with(folder));
        if has_none || path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        found.extend(suspicious(file, &source));
        allowed.retain(|(of, part)| *of != file || !source.contains(part));
    }
    assert!(found.is_empty(), "a statement is constant; what is none is listed in {}:\n{}", file!(), found.join("\n"));
    assert!(allowed.is_empty(), "these are gone: {allowed:?}");
}

#[test]
fn a_statement_that_is_made_of_parts_is_found() {
    for bad in [
        "    connection.execute(&format!(\"DELETE FROM {table}\"), [])?;",
        "let mut sql = String::new(); write!(sql, \"SELECT {key}\")?;",
        "sql.push_str(&filter);",
        "let sql = \"SELECT \".to_owned() + key;",
        "let places = vec![\"?\"; keys.len()].join(\", \");",
    ] {
        assert_eq!(suspicious("sqlite/read.rs", bad), [format!("sqlite/read.rs: {}", bad.trim())]);
    }
    let allowed = format!("{}, \"\")", ALLOWED[0].1);
    assert_eq!(suspicious("fault.rs", &allowed), Vec::<String>::new());
    assert_eq!(suspicious("sqlite/read.rs", &allowed).len(), 1, "only in its file");
}
