//! What must not compile, and what the compiler must say; and what must compile and run.
//!
//! Each program under `ui/` makes one mistake, and its `.stderr` holds one error, which `catalogue` holds against what was
//! promised. The texts are those of one toolchain. The programs under `ui/pass` make none.
//!
//! `cargo test -p graph-tests --test ui -- flow/race` takes only the programs with that in their names; with
//! `GRAPH_BLESS=1` in front, what rustc says now is written down, to be read before it is committed.

use std::path::Path;
use std::process::ExitCode;

use graph_tests::ui::{self, Corpus, Mode};

fn main() -> ExitCode {
    let corpus = Corpus {
        root: Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui"),
        out: Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui"),
        mode: Mode::from_env(),
    };
    ui::main(&corpus, std::env::args().skip(1))
}
