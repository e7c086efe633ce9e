//! Paths and line numbers.

use std::path::Path;

/// The paths by which rustc's output names the program and its package.
#[derive(Debug)]
pub(in crate::ui) struct Places {
    /// The path of the program as passed to rustc.
    program: String,
    /// The package and the workspace, with a trailing slash.
    package: String,
    workspace: String,
}

impl Places {
    pub(in crate::ui) fn new(program: &Path, package: &Path, workspace: &Path) -> Self {
        let folder = |path: &Path| format!("{}/", path.display());
        Self { program: program.display().to_string(), package: folder(package), workspace: folder(workspace) }
    }

    /// The line that says where something is (`--> /home/../ask.rs:20:10`), if it is one, and whether that is not in the
    /// program. In the program the position stays, as a path in the package. Elsewhere it says nothing about the
    /// program and is dropped: a `.stderr` does not change with each line that is added to a library.
    pub(super) fn location(&self, line: &str) -> Option<(String, bool)> {
        let text = line.trim_start();
        let arrow = ["--> ", "::: "].into_iter().find(|arrow| text.starts_with(arrow))?;
        let (lead, path) = line.split_at(line.len() - text.len() + arrow.len());
        if path.starts_with(&self.program) {
            let path = path.strip_prefix(&self.package).unwrap_or(path);
            return Some((format!("{lead}{path}"), false));
        }
        let known = if let Some(path) = path.strip_prefix(&self.package) {
            without_parents(path)
        } else if let Some(path) = path.strip_prefix(&self.workspace) {
            format!("$WORKSPACE/{path}")
        } else if let Some(path) = in_std(path) {
            format!("$RUST/{path}")
        } else if let Some(path) = in_registry(path) {
            format!("$CARGO/{path}")
        } else if Path::new(path).is_relative() && !path.starts_with('<') {
            // rustc runs in the workspace.
            format!("$WORKSPACE/{path}")
        } else {
            return Some((line.to_owned(), false));
        };
        Some((format!("{lead}{}", without_position(&known)), true))
    }

    /// A line with the paths in it replaced, as in the name of a closure's type.
    pub(super) fn in_text(&self, line: &str) -> String {
        line.replace(&self.package, "$DIR/").replace(&self.workspace, "$WORKSPACE/")
    }
}

/// `ui/preamble.rs` of `ui/flow/../preamble.rs`, as rustc names an included file.
fn without_parents(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match parts.last() {
            Some(&last) if part == ".." && last != ".." => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// `alloc/src/string.rs` of `../rustlib/src/rust/library/alloc/src/string.rs` or of `/rustc/<commit>/library/alloc/..`.
fn in_std(path: &str) -> Option<&str> {
    if let Some((_, path)) = path.split_once("/rustlib/src/rust/library/") {
        return Some(path);
    }
    let (commit, path) = path.strip_prefix("/rustc/")?.split_once("/library/")?;
    commit.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(path)
}

/// `serde-$VERSION/src/ser.rs` of `../registry/src/index.crates.io-0123456789abcdef/serde-1.0.2/src/ser.rs`.
fn in_registry(path: &str) -> Option<String> {
    let (_, path) = path.split_once("/registry/src/")?;
    let (_, path) = path.split_once('/')?;
    let (package, path) = path.split_once('/')?;
    let dot = package.find('.')?;
    let name = &package[..package[..dot].rfind('-')?];
    Some(format!("{name}-$VERSION/{path}"))
}

/// `ask.rs:20:10` as `ask.rs`.
fn without_position(path: &str) -> &str {
    let without_one = |path| match str::rsplit_once(path, ':') {
        Some((before, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => path,
    };
    without_one(without_one(path))
}

/// Whether the line is one of those below a location that show the code there.
pub(super) fn shows_code(line: &str) -> bool {
    line.trim_start().starts_with(|first: char| first.is_ascii_digit() || first == '|' || first == '.')
}

/// `10 | T: Send,` as `   | T: Send,`.
pub(super) fn without_number(line: &str) -> String {
    let rest = line.trim_start_matches(|letter: char| letter == ' ' || letter.is_ascii_digit());
    format!("{}{rest}", " ".repeat(line.len() - rest.len()))
}
