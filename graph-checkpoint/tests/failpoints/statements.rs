//! The statements that change something, as the source has them.

use std::fs;
use std::path::Path;

/// Statements of the source that a log of reached ones lacks.
pub(crate) fn missing(log: &str) -> Vec<String> {
    let reached: Vec<String> = log.lines().map(plain).collect();
    let mut found = 0;
    let mut missing = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sqlite");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        // Those of the store are no part of a saver.
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let all = match path.extension().and_then(|end| end.to_str()) {
            Some("sql") => text.split(';').map(without_comments).map(|text| plain(&text)).collect(),
            _ => strings(&text),
        };
        for statement in all.iter().filter(|statement| changes(statement)) {
            found += 1;
            if !reached.iter().any(|reached| reached.contains(statement)) {
                missing.push(format!("{}: {statement}", path.display()));
            }
        }
    }
    assert!(found > 20, "only {found} statements were found in the source");
    missing
}

fn changes(statement: &str) -> bool {
    ["INSERT ", "UPDATE ", "DELETE ", "WITH ", "CREATE ", "ALTER "].iter().any(|start| statement.starts_with(start))
}

fn without_comments(sql: &str) -> String {
    sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect::<Vec<_>>().join("\n")
}

/// With single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The string literals of Rust source, without those of comments.
fn strings(source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n").replace("\\\n", " ");
    code.split('"').skip(1).step_by(2).map(plain).collect()
}
