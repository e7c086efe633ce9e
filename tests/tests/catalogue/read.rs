//! The catalogue's text.

/// A mistake.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub number: usize,
    /// Who reports it: M (the macro), T (the type checker), C (constant evaluation); - if it is no compile error.
    pub by: String,
    pub mistake: String,
    /// The missing feature that it depends on.
    pub waits: Option<String>,
    /// Why it is an error of the run.
    pub run_time: Option<String>,
    pub cases: Vec<Case>,
}

/// A program that makes the mistake.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Case {
    pub name: String,
    /// A part of the error's first line.
    pub says: String,
    /// The source line of the error.
    pub line: String,
    /// The token under the caret: its column in the line, and its text.
    pub token: (usize, String),
}

/// Reads
///
/// ```text
/// 1 T an edge to a node that does not exist
///   names/unknown_target
///     cannot find type `anser` in this scope
///     START -> ask -> «anser»;
/// 35 T an interrupt that the graph does not declare
///   waits for interrupts
/// 69 - a graph that is not attached
///   at run time: no type can refuse it
/// ```
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let depth = line.len() - line.trim_start().len();
        let line = line.trim();
        if depth == 0 {
            let mut words = line.splitn(3, ' ');
            let mut word = || words.next().unwrap_or_default().to_owned();
            let number = word().parse().unwrap_or_else(|_| panic!("no row: {line}"));
            rows.push(Row { number, by: word(), mistake: word(), ..Row::default() });
            continue;
        }
        let row = rows.last_mut().unwrap_or_else(|| panic!("no row before {line}"));
        let special = |prefix| (depth == 2).then(|| line.strip_prefix(prefix)).flatten().map(str::to_owned);
        if let Some(what) = special("waits for ") {
            row.waits = Some(what);
            continue;
        }
        if let Some(why) = special("at run time: ") {
            row.run_time = Some(why);
            continue;
        }
        match depth {
            2 => row.cases.push(Case { name: line.to_owned(), ..Case::default() }),
            _ => {
                let case = row.cases.last_mut().unwrap_or_else(|| panic!("no case before {line}"));
                if case.says.is_empty() { case.says = line.to_owned() } else { (case.line, case.token) = marked(line) }
            }
        }
    }
    rows
}

/// `START -> «ask»;` as the line and the token in it.
fn marked(line: &str) -> (String, (usize, String)) {
    let (before, rest) = line.split_once('«').unwrap_or_else(|| panic!("no token marked in {line}"));
    let (token, after) = rest.split_once('»').unwrap_or_else(|| panic!("no end of the token in {line}"));
    (format!("{before}{token}{after}"), (before.chars().count(), token.to_owned()))
}

#[test]
fn a_row_is_read() {
    let rows = rows(
        "1 T an edge\n  names/x\n    cannot `x`\n    a -> «x»;\n2 M more\n  waits for that\n3 - most\n  at run time: data\n",
    );
    let case =
        Case { name: "names/x".into(), says: "cannot `x`".into(), line: "a -> x;".into(), token: (5, "x".into()) };
    let first = Row { number: 1, by: "T".into(), mistake: "an edge".into(), cases: vec![case], ..Row::default() };
    let second =
        Row { number: 2, by: "M".into(), mistake: "more".into(), waits: Some("that".into()), ..Row::default() };
    let third =
        Row { number: 3, by: "-".into(), mistake: "most".into(), run_time: Some("data".into()), ..Row::default() };
    assert_eq!(rows, [first, second, third]);
}
