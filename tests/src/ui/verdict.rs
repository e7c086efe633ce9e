//! Why a program is not as it is expected to be.

use std::fmt;
use std::path::PathBuf;

use super::diff::diff;

/// What is wrong with a program.
#[derive(Debug)]
pub enum Failure {
    /// It must not compile.
    Compiles,
    /// It does not compile, and what the compiler is to say of it is not written down.
    NoStderr {
        /// What it says.
        actual: String,
    },
    /// It does not compile, and the compiler says something else of it.
    OtherStderr {
        /// What is written down.
        expected: String,
        /// What it says.
        actual: String,
    },
    /// It must compile.
    DoesNotCompile {
        /// What the compiler says.
        stderr: String,
    },
    /// It compiles, and does not run to a good end.
    Fails {
        /// What it prints, first to its output.
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
