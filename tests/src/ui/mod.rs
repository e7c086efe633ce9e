//! The programs under `tests/ui`: what must not compile and what the compiler says of it, and what must compile and run.
//!
//! They are compiled by calling rustc, one process a program and as many at once as there are cores, against the
//! `graph_core` of this build. A program takes 0.15 s that way; a package of its own for each takes four times as long.
mod artifacts;
mod compile;
mod corpus;
mod diff;
mod harness;
mod normalize;
mod program;
mod verdict;

use std::path::Path;

pub use corpus::{Corpus, Mode};
pub use harness::{Options, Report, main, run};
pub use verdict::Failure;

/// Whether there is such a program and what the compiler says of it: `flow/race`.
#[must_use]
pub fn is_a_compile_error(name: &str) -> bool {
    let path = package().join("tests/ui").join(name);
    path.with_extension("rs").exists() && path.with_extension("stderr").exists()
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn workspace() -> &'static Path {
    package().parent().expect("the package is in the workspace")
}
