//! Arithmetic, with operators or with verbs.
use super::words::{numbers, show};

/// The expression in a plain text and its value, as `6 * 7 = 42`.
pub(super) fn answer(plain: &str) -> Option<String> {
    let (shown, value) = expression(plain).or_else(|| verb(plain))?;
    Some(match value {
        Some(value) => format!("{shown} = {}", show(value)),
        None => format!("{shown} has no value: it divides by zero."),
    })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Number(f64),
    Op(char),
}

/// The longest run of numbers with operators between them.
fn expression(plain: &str) -> Option<(String, Option<f64>)> {
    // Operators in words, the longer ones first.
    let operators = [
        ("multiplied by", "*"),
        ("divided by", "/"),
        ("to the power of", "^"),
        (" plus ", " + "),
        (" minus ", " - "),
        (" times ", " * "),
        (" over ", " / "),
        (" x ", " * "),
        ("×", "*"),
        ("÷", "/"),
        ("**", "^"),
    ];
    let text = operators.into_iter().fold(format!(" {plain} "), |text, (word, op)| text.replace(word, op));
    let mut best: Vec<Token> = Vec::new();
    let mut run: Vec<Token> = Vec::new();
    for word in spaced(&text).split_whitespace().chain(["."]) {
        match token(word) {
            Some(token) => run.push(token),
            None => {
                if run.len() > best.len() {
                    best.clone_from(&run);
                }
                run.clear();
            }
        }
    }
    let has_op = best.windows(3).any(|w| matches!(w, [_, Token::Op('+' | '-' | '*' | '/' | '^'), _]));
    if !has_op {
        return None;
    }
    let mut at = 0;
    let value = sum(&best, &mut at, 0)?;
    let shown = best[..at].iter().map(|token| match token {
        Token::Number(number) => show(*number),
        Token::Op(op) => op.to_string(),
    });
    let shown = shown.collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")");
    Some((shown, Some(value).filter(|value| value.is_finite())))
}

/// Puts spaces around operators. A hyphen counts only if it stands alone or begins a number, so that dates are no sums.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c {
            '+' | '*' | '/' | '^' | '(' | ')' => spaced.extend([' ', c, ' ']),
            '?' | '=' | ',' => spaced.push_str(" ; "),
            _ => spaced.push(c),
        }
    }
    spaced
}

fn token(word: &str) -> Option<Token> {
    let mut chars = word.chars();
    match (chars.next()?, chars.next()) {
        (op @ ('+' | '-' | '*' | '/' | '^' | '(' | ')'), None) => Some(Token::Op(op)),
        _ => match word.trim_end_matches('.') {
            number if number.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') => {
                number.parse().ok().map(Token::Number)
            }
            _ => None,
        },
    }
}

/// A sum of products; stops at the first token that does not fit. The depth is bounded against hostile brackets.
fn sum(tokens: &[Token], at: &mut usize, depth: usize) -> Option<f64> {
    let mut value = product(tokens, at, depth)?;
    while let Some(Token::Op(op @ ('+' | '-'))) = tokens.get(*at) {
        let mut next = *at + 1;
        let Some(right) = product(tokens, &mut next, depth) else { break };
        *at = next;
        value = if *op == '+' { value + right } else { value - right };
    }
    Some(value)
}

fn product(tokens: &[Token], at: &mut usize, depth: usize) -> Option<f64> {
    let mut value = power(tokens, at, depth)?;
    while let Some(Token::Op(op @ ('*' | '/'))) = tokens.get(*at) {
        let mut next = *at + 1;
        let Some(right) = power(tokens, &mut next, depth) else { break };
        *at = next;
        value = if *op == '*' { value * right } else { value / right };
    }
    Some(value)
}

fn power(tokens: &[Token], at: &mut usize, depth: usize) -> Option<f64> {
    if depth > 50 {
        return None;
    }
    let base = match tokens.get(*at)? {
        Token::Number(number) => {
            *at += 1;
            *number
        }
        Token::Op('(') => {
            let mut next = *at + 1;
            let inside = sum(tokens, &mut next, depth + 1)?;
            if tokens.get(next) != Some(&Token::Op(')')) {
                return None;
            }
            *at = next + 1;
            inside
        }
        Token::Op(_) => return None,
    };
    if tokens.get(*at) == Some(&Token::Op('^')) {
        let mut next = *at + 1;
        if let Some(exponent) = power(tokens, &mut next, depth + 1) {
            *at = next;
            return Some(base.powf(exponent));
        }
    }
    Some(base)
}

/// `multiply 2 and 3`, `the sum of 1, 2 and 3`, `subtract 3 from 10`.
fn verb(plain: &str) -> Option<(String, Option<f64>)> {
    let at = |words: &[&str]| words.iter().find_map(|word| plain.find(word));
    let (start, op) = [
        (at(&["multiply", "product of"]), '*'),
        (at(&["add ", "sum of", "sum up"]), '+'),
        (at(&["subtract", "difference"]), '-'),
        (at(&["divide"]), '/'),
    ]
    .into_iter()
    .find_map(|(start, op)| Some((start?, op)))?;
    let clause = &plain[start..];
    let mut numbers = numbers(clause);
    if numbers.len() < 2 {
        return None;
    }
    if op == '-' && clause.contains(" from ") {
        numbers.swap(0, 1);
    }
    let shown = numbers.iter().map(|number| show(*number)).collect::<Vec<_>>().join(&format!(" {op} "));
    let value = numbers.iter().copied().reduce(|a, b| match op {
        '*' => a * b,
        '+' => a + b,
        '-' => a - b,
        _ => a / b,
    });
    Some((shown, value.filter(|value| value.is_finite())))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn sums() {
        for (text, want) in [
            ("what is 6 times 7?", "6 * 7 = 42"),
            ("2+3*4", "2 + 3 * 4 = 14"),
            ("(2 + 3) * 4 =", "(2 + 3) * 4 = 20"),
            ("2 ^ 3 ^ 2", "2 ^ 3 ^ 2 = 512"),
            ("10 divided by 4", "10 / 4 = 2.5"),
            ("multiply 2 and 3", "2 * 3 = 6"),
            ("subtract 3 from 10", "10 - 3 = 7"),
            ("the sum of 1, 2 and 3", "1 + 2 + 3 = 6"),
            ("1 / 0", "1 / 0 has no value: it divides by zero."),
            ("5 - -3", "5 - -3 = 8"),
        ] {
            assert_eq!(answer(text).as_deref(), Some(want), "{text}");
        }
        for text in ["on 2026-11-21", "i have 2 cats", "and/or", "a + b", "add sugar", &"(".repeat(10_000)] {
            assert_eq!(answer(text), None, "{text:.20}");
        }
    }
}
