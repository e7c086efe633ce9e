//! Why a program fails its test.

use std::fmt;
use std::path::PathBuf;

use super::diff::diff;

/// The failure of a program.
#[derive(Debug)]
pub enum Failure {
    /// It compiles, but must not.
    Compiles,
    /// It does not compile, and there is no `.stderr` file.
    NoStderr {
        /// rustc's output.
        actual: String,
    },
    /// It does not compile, and rustc's output differs from the `.stderr` file.
    OtherStderr {
        /// The content of the file.
        expected: String,
        /// rustc's output.
        actual: String,
    },
    /// It does not compile, but must.
    DoesNotCompile {
        /// rustc's output.
        stderr: String,
    },
    /// It compiles, but fails when it runs.
    Fails {
        /// Its standard output, then its standard error.
        printed: String,
    },
    /// There is a `.stderr` and no program that must not compile.
    Orphan(PathBuf),
}

impl Failure {
    /// Whether overwriting the `.stderr` file is an answer to it.
    #[must_use]
    pub fn is_overwritten(&self) -> bool {
        matches!(self, Self::NoStderr { .. } | Self::OtherStderr { .. })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compiles => writeln!(f, "it compiles, and must not"),
            Self::NoStderr { actual } => write!(f, "it has no `.stderr` file; rustc says\n{}", diff("", actual)),
            Self::OtherStderr { expected, actual } => {
                writeln!(f, "rustc does not say what its `.stderr` file holds (- expected, + actual)")?;
                f.write_str(&diff(expected, actual))
            }
            Self::DoesNotCompile { stderr } => write!(f, "it does not compile\n{stderr}"),
            Self::Fails { printed } => write!(f, "it does not run to a good end; it prints\n{printed}"),
            Self::Orphan(path) => writeln!(f, "{} belongs to no program: delete it", path.display()),
        }
    }
}
