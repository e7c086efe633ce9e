//! Compares rustc's output with the catalogue.

use crate::read::Case;

/// The result for one program.
pub(crate) struct Verdict {
    pub errors: usize,
    pub caret: bool,
    /// The deviations from the catalogue.
    pub wrong: Vec<String>,
}

/// Words about how a check is implemented instead of what is wrong.
const JARGON: [&str; 8] =
    ["__", "trait bound", "is not satisfied", "Stub", "Probe", "type annotations", " as State>", "proc macro"];

pub(crate) fn judge(case: &Case, program: &str, output: &str) -> Verdict {
    let errors = output.lines().filter(|line| line.starts_with("error")).count();
    let mut wrong = Vec::new();
    if errors != 1 {
        wrong.push(format!("{errors} errors"));
    }
    let first = output.lines().next().unwrap_or_default();
    if !first.contains(&case.says) {
        wrong.push(format!("it says `{first}` and not `{}`", case.says));
    }
    if let Some(jargon) = JARGON.iter().find(|jargon| first.contains(*jargon) && !case.says.contains(*jargon)) {
        wrong.push(format!("`{jargon}` in `{first}`"));
    }
    let caret = caret(case, program, output);
    let right = caret.is_ok();
    wrong.extend(caret.err());
    Verdict { errors, caret: right, wrong }
}

/// The first location in the output is the promised line, and all of the promised token is underlined.
fn caret(case: &Case, program: &str, output: &str) -> Result<(), String> {
    let place = output.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).ok_or("no place")?;
    let mut parts = place.rsplit(':').map(str::parse::<usize>);
    let (Some(Ok(column)), Some(Ok(number))) = (parts.next(), parts.next()) else {
        return Err(format!("no line and column in `{place}`"));
    };
    let source = program.lines().nth(number.wrapping_sub(1)).ok_or(format!("no line {number} in the program"))?;
    let indent = source.len() - source.trim_start().len();
    let (at, token) = (indent + case.token.0, &case.token.1);
    if source.trim() != case.line {
        return Err(format!("it is about `{}` and not about `{}`", source.trim(), case.line));
    }
    if column != at + 1 {
        return Err(format!("it begins in column {column} and not in {}", at + 1));
    }
    let mut shown = output.lines().skip_while(|line| !line.starts_with(&format!("{number} |")) && !shows(line, number));
    let (line, marks) = (shown.next().ok_or("the line is not shown")?, shown.next().unwrap_or_default());
    // The prefix of the line: its number, and the gutter.
    let margin = line.chars().count() - source.chars().count();
    let underlined: String = marks.chars().skip(margin + at).take(token.chars().count() + 1).collect();
    let expected = "^".repeat(token.chars().count());
    if underlined.trim_end_matches([' ', '-', '|']) != expected {
        return Err(format!("`{underlined}` under `{token}`"));
    }
    Ok(())
}

fn shows(line: &str, number: usize) -> bool {
    line.trim_start().starts_with(&format!("{number} |"))
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::read::Case;

    const PROGRAM: &str = "graph! {\n    START -> ask -> END;\n}\n";
    const RIGHT: &str =
        "error: nothing follows `ask`\n --> a.rs:2:14\n  |\n2 |     START -> ask -> END;\n  |              ^^^\n";

    fn complaints(output: &str) -> Vec<String> {
        let (says, line) = ("nothing follows `ask`".to_owned(), "START -> ask -> END;".to_owned());
        judge(&Case { name: String::new(), says, line, token: (9, "ask".to_owned()) }, PROGRAM, output).wrong
    }

    #[test]
    fn what_is_promised_is_right() {
        assert_eq!(complaints(RIGHT), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_is_caught() {
        for (planted, wrong) in [
            (format!("{RIGHT}\nerror: and another\n"), "2 errors"),
            (String::new(), "0 errors"),
            (RIGHT.replace("nothing follows", "no edge from"), "it says"),
            (RIGHT.replace("nothing follows `ask`", "nothing follows `ask` of `__private`"), "`__` in"),
            (RIGHT.replace("nothing follows `ask`", "nothing follows `ask`: trait bound"), "`trait bound` in"),
            (RIGHT.replace(":2:14", ":1:1"), "it is about `graph! {`"),
            (RIGHT.replace(":2:14", ":2:5"), "it begins in column 5"),
            (RIGHT.replace("^^^", "^^"), "under `ask`"),
            (RIGHT.replace("^^^", "^^^^^^^"), "under `ask`"),
            (RIGHT.replace("             ^^^", " ^^^"), "under `ask`"),
        ] {
            let complaints = complaints(&planted);
            assert!(complaints.iter().any(|complaint| complaint.contains(wrong)), "{planted}\n{complaints:?}");
        }
    }
}
