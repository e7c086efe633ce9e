//! Compares the public API of each published crate with its list, `<crate>/api.txt`, and prints what differs.
//!
//! ```sh
//! cargo run --manifest-path tests/api/Cargo.toml                  # compares
//! GRAPH_BLESS=1 cargo run --manifest-path tests/api/Cargo.toml    # writes the lists
//! ```
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use public_api::Builder;

const CRATES: [&str; 6] =
    ["graph-shape", "graph-draw", "graph-macros", "graph-core", "graph-models", "graph-checkpoint"];

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

fn main() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("api");
    let bless = env::var_os("GRAPH_BLESS").is_some();
    let mut is_same = true;
    for name in CRATES {
        let api = public_api(&root, &target, name)?;
        let list = root.join(name).join("api.txt");
        if bless {
            fs::write(&list, api)?;
        } else {
            is_same &= compare(name, &fs::read_to_string(&list).unwrap_or_default(), &api);
        }
    }
    if is_same {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("the public API changed; if that is intended, write the lists down with GRAPH_BLESS=1 and review them");
    Ok(ExitCode::FAILURE)
}

/// The public items of a crate with their signatures, one a line; without hidden items, and without implementations of
/// auto traits and blanket implementations.
fn public_api(root: &Path, target: &Path, name: &str) -> Result<String> {
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(root)
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--all-features", "--package", name, "--target-dir"])
        .arg(target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"])
        .env("RUSTC_BOOTSTRAP", "1")
        .status()?;
    if !status.success() {
        return Err(format!("rustdoc of {name}: {status}").into());
    }
    let json = target.join("doc").join(name.replace('-', "_")).with_extension("json");
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(false)
        .build()?;
    let items: Vec<String> = api.items().map(ToString::to_string).collect();
    let mut lines: Vec<&str> = without_trait_items(&items).collect();
    // Comes with every derived `PartialEq`.
    lines.retain(|item| !item.starts_with("impl core::marker::StructuralPartialEq"));
    Ok(lines.join("\n") + "\n")
}

/// The items but for those inside implementations of traits: that `Clone` is implemented says that there is `clone`.
fn without_trait_items(items: &[String]) -> impl Iterator<Item = &str> {
    let mut implementing = None;
    items.iter().map(String::as_str).filter(move |item| {
        if item.starts_with("impl") {
            // `impl<T> Trait for path::Type<T> where ..`: its items are `path::Type<T>::..`.
            implementing = item.split_once(" for ").map(|(_, of)| of.split(['<', ' ']).next().unwrap_or(of));
            return true;
        }
        let belongs = implementing.is_some_and(|of| item.split(' ').any(|word| word.starts_with(of)));
        if !belongs {
            implementing = None;
        }
        !belongs
    })
}

/// Prints what one list has and the other has not.
fn compare(name: &str, listed: &str, api: &str) -> bool {
    let (before, now): (BTreeSet<&str>, BTreeSet<&str>) = (listed.lines().collect(), api.lines().collect());
    for gone in before.difference(&now) {
        eprintln!("- {name}: {gone}");
    }
    for new in now.difference(&before) {
        eprintln!("+ {name}: {new}");
    }
    before == now
}
