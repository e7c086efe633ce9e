//! The number of crates that the smallest program builds.
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The maximum number of crates in a clean build, including the program itself.
const BUDGET: usize = 60;

/// The dependencies of `examples/joke.rs`.
const MANIFEST: &str = r#"
[package]
name = "hello"
version = "0.0.0"
edition = "2024"

[dependencies]
graph-core = { path = '{core}' }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", default-features = false, features = ["macros", "rt"] }

[workspace]
"#;

#[test]
fn the_smallest_program_builds_few_crates() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let hello = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hello");
    std::fs::create_dir_all(hello.join("src")).unwrap();
    let core = root.join("graph-core");
    std::fs::write(hello.join("Cargo.toml"), MANIFEST.replace("{core}", core.to_str().unwrap())).unwrap();
    std::fs::write(hello.join("src/main.rs"), "fn main() {}").unwrap();
    // The versions of the workspace, so that the registry is not needed.
    std::fs::copy(root.join("Cargo.lock"), hello.join("Cargo.lock")).unwrap();

    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(&hello)
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    // The name and the version; repeated crates have a mark after them.
    let name = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let crates: BTreeSet<_> = tree.lines().filter(|line| !line.is_empty()).map(name).collect();

    println!("{} crates of at most {BUDGET}", crates.len());
    for name in ["hello v0.0.0", "graph-core v"] {
        assert!(crates.iter().any(|known| known.starts_with(name)), "{crates:#?}");
    }
    assert!(crates.len() <= BUDGET, "{} crates: {crates:#?}", crates.len());
}
