//! The programs under `tests/ui`: those that must not compile, with rustc's output, and those that must compile and
//! run.
//!
//! Each is compiled by one rustc process, in parallel on all cores, against the `graph_core` of this build. That takes
//! 0.15 s per program; a package for each would take four times as long.
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

/// rustc's recorded output for a program such as `flow/race`, if there is one.
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
