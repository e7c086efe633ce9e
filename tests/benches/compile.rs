//! What `graph!` costs to compile: `cargo check` of a hundred nodes with their graph, against the same nodes without it.
//!
//! `cargo bench -p graph-tests --bench compile`; `-- 300 9` for 300 nodes in 9 rounds, `-- --check` to fail where the budget
//! is exceeded. The two are checked in turns, and what counts is the median of the turns' ratios: a busy machine slows both.
//! Both crates stay under `target/`.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// As much longer a check may take with the graph.
const BUDGET: f64 = 1.5;
/// The nodes of a fork.
const WIDTH: usize = 12;

fn main() -> Result<()> {
    let is_checked = env::args().any(|argument| argument == "--check");
    let mut numbers = env::args().skip(1).filter_map(|argument| argument.parse::<usize>().ok());
    let (nodes, rounds) = (numbers.next().unwrap_or(100), numbers.next().unwrap_or(7));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-cost");
    let with = scratch(&root, "with_graph", &program(nodes, true))?;
    let without = scratch(&root, "without_graph", &program(nodes, false))?;
    check(&root, &with)?;
    check(&root, &without)?;

    let (mut longer, mut shorter, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (with_graph, without_graph) = (check(&root, &with)?, check(&root, &without)?);
        ratios.push(with_graph.as_secs_f64() / without_graph.as_secs_f64());
        longer.push(with_graph);
        shorter.push(without_graph);
    }
    let (with_graph, without_graph) = (median(&mut longer), median(&mut shorter));
    ratios.sort_unstable_by(f64::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    println!("{nodes} nodes, {rounds} rounds, medians of `cargo check`:");
    println!("  with graph!     {:>6.0} ms", with_graph.as_secs_f64() * 1e3);
    println!("  without graph!  {:>6.0} ms", without_graph.as_secs_f64() * 1e3);
    println!("  ratio           {ratio:>6.2} (budget {BUDGET}{})", if ratio > BUDGET { ", exceeded" } else { "" });
    let edges = edges(nodes);
    for (name, lines) in generated(&root, &with)? {
        println!(
            "  {name:<24} {lines:>6} lines: {:.1} a node, {:.1} an edge",
            lines / nodes as f64,
            lines / edges as f64
        );
    }
    if is_checked && ratio > BUDGET {
        Err(format!("a check with the graph took {ratio:.2} times as long").into())
    } else {
        Ok(())
    }
}

/// Nodes that write a list, in forks and joins one after another.
fn program(nodes: usize, with_graph: bool) -> String {
    let mut text = String::from(
        "use graph_core::prelude::*;\n\n#[derive(State, Clone, Debug, Default)]\npub struct Trace {\n    \
         #[state(input)]\n    pub topic: String,\n    #[state(reduce = Append)]\n    pub log: Vec<String>,\n}\n\n\
         #[derive(Update, Clone, Debug)]\n#[update(Trace)]\npub struct Ran {\n    pub log: Vec<String>,\n}\n",
    );
    for node in 0..nodes {
        let _ = write!(
            text,
            "\n#[node]\npub async fn n{node}(Trace {{ topic, .. }}: &Trace) -> Ran {{\n    \
             Ran {{ log: vec![format!(\"{node} {{topic}}\")] }}\n}}\n",
        );
    }
    if with_graph {
        let names: Vec<String> = (0..nodes).map(|node| format!("n{node}")).collect();
        let layers = names.chunks(WIDTH + 1).map(|layer| match layer {
            [one] => one.clone(),
            [one, two] => format!("{one} -> {two}"),
            [one, fork @ ..] => format!("{one} -> [{}]", fork.join(", ")),
            [] => String::new(),
        });
        let chain: Vec<String> = layers.collect();
        let _ = write!(
            text,
            "\ngraph! {{\n    pub Wide<Trace> {{\n        START -> {} -> END;\n    }}\n}}\n",
            chain.join(" -> ")
        );
    }
    text
}

/// The arrows of that graph, one for each pair of nodes beside it.
fn edges(nodes: usize) -> usize {
    let names: Vec<usize> = (0..nodes).collect();
    let layers: Vec<usize> = names.chunks(WIDTH + 1).map(|layer| layer.len() - 1).collect();
    // Into a layer's first node from the fork before it, and from there into each of the fork.
    1 + layers.iter().sum::<usize>() + layers.iter().map(|fork| (*fork).max(1)).sum::<usize>()
}

fn scratch(root: &Path, name: &str, program: &str) -> Result<PathBuf> {
    let (folder, core) = (root.join(name), Path::new(env!("CARGO_MANIFEST_DIR")).join("../graph-core").canonicalize()?);
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\ngraph-core = {{ path = \"{}\" }}\n\n[workspace]\n",
        core.display()
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), program)?;
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(folder)
}

fn cargo(root: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).arg("--offline").current_dir(folder).env("CARGO_TARGET_DIR", root.join("target"));
    cargo
}

/// How long it takes to check the crate, and only the crate.
fn check(root: &Path, folder: &Path) -> Result<Duration> {
    let source = folder.join("src/lib.rs");
    fs::write(&source, fs::read(&source)?)?;
    let start = Instant::now();
    // From scratch: a check of what has not changed would measure rustc's cache, and flatter us.
    let output = cargo(root, folder, &["check", "--quiet"]).env("CARGO_INCREMENTAL", "0").output()?;
    let took = start.elapsed();
    if output.status.success() { Ok(took) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The lines that our macros generate, by rustc's own count.
fn generated(root: &Path, folder: &Path) -> Result<Vec<(String, f64)>> {
    let arguments = ["rustc", "--quiet", "--lib", "--profile", "dev"];
    let source = folder.join("src/lib.rs");
    fs::write(&source, fs::read(&source)?)?;
    let mut command = cargo(root, folder, &arguments);
    let output = command.args(["--", "-Zmacro-stats", "--emit=metadata"]).env("RUSTC_BOOTSTRAP", "1").output()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let ours = ["graph_impl!", "graph_node!", "graph_update!", "graph_task!", "#[node]"];
    let mut found: Vec<(String, f64)> = Vec::new();
    // A row is a name, how often it was used, its lines, ..; what a long name leaves no place for is on the next line.
    let mut words = text.split_whitespace().filter(|word| *word != "macro-stats");
    while let Some(name) = words.next() {
        let Some(ours) = ours.iter().find(|ours| name.ends_with(*ours)) else { continue };
        let Some(Ok(lines)) = words.nth(1).map(|lines| lines.replace(['_', ','], "").parse::<f64>()) else { continue };
        match found.iter_mut().find(|(name, _)| name == ours) {
            Some((_, all)) => *all += lines,
            None => found.push(((*ours).to_owned(), lines)),
        }
    }
    Ok(found)
}
