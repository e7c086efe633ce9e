//! Programs that must not compile, with rustc's output; and programs that must compile and run.
//!
//! Each program under `ui/` makes one mistake, and its `.stderr` holds one error, which the test `catalogue` compares
//! with the promised one. The outputs are those of one toolchain. The programs under `ui/pass` have no mistake; among them
//! are `joke`, `map_reduce`, `chatbot` and `approval`, which were written before the library, as what a user should write, and stay as
//! they are.
//!
//! `cargo test -p graph-tests --test ui -- flow/race` selects programs by name. `GRAPH_BLESS=1` overwrites the
//! `.stderr` files with rustc's current output; read the difference before committing it.

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
