//! The programs under `tests/ui`, each of which makes one mistake.

use std::path::Path;

/// Whether there is such a program and what the compiler says of it: `flow/race`.
#[must_use]
pub fn is_a_compile_error(name: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(name);
    path.with_extension("rs").exists() && path.with_extension("stderr").exists()
}
