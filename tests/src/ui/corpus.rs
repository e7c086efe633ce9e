//! Checks the programs of a corpus.

use std::fs;
use std::path::PathBuf;

use super::artifacts::Artifacts;
use super::compile::{self, Ended};
use super::normalize::{Places, normalize};
use super::program::{Expected, Program, orphans};
use super::verdict::Failure;
use super::{package, workspace};

/// What is done where rustc says something else than a `.stderr` file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// The program has failed.
    Compare,
    /// The file is overwritten.
    Overwrite,
}

/// A folder of folders of programs.
#[derive(Debug)]
pub struct Corpus {
    /// Absolute, and below the package that the paths in `.stderr` files begin at.
    pub root: PathBuf,
    /// The directory for the compiler's output.
    pub out: PathBuf,
    /// What to do about a difference.
    pub mode: Mode,
}

impl Corpus {
    pub(super) fn judge(&self, program: &Program, artifacts: &Artifacts) -> Result<(), Failure> {
        let out = self.out.join(program.name.replace('/', "-"));
        match program.expected {
            Expected::Runs => {
                let (compiled, path) = compile::build(artifacts, &program.source, &out);
                if !compiled.success {
                    return Err(Failure::DoesNotCompile { stderr: compiled.stderr });
                }
                let Ended { success, stdout, stderr } = compile::execute(&path);
                if success { Ok(()) } else { Err(Failure::Fails { printed: stdout + &stderr }) }
            }
            Expected::CompileError => {
                let compiled = compile::check(artifacts, &program.source, &out);
                if compiled.success {
                    return Err(Failure::Compiles);
                }
                self.compare(
                    program,
                    normalize(&compiled.stderr, &Places::new(&program.source, package(), workspace())),
                )
            }
        }
    }

    fn compare(&self, program: &Program, actual: String) -> Result<(), Failure> {
        let path = program.stderr();
        let expected = fs::read_to_string(&path).ok().map(|text| text.replace("\r\n", "\n"));
        match expected {
            Some(expected) if expected == actual => Ok(()),
            _ if self.mode == Mode::Overwrite => {
                fs::write(&path, actual).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                Ok(())
            }
            Some(expected) => Err(Failure::OtherStderr { expected, actual }),
            None => Err(Failure::NoStderr { actual }),
        }
    }

    pub(super) fn orphans(&self) -> Vec<(String, Failure)> {
        let failure = |name: String| {
            let path = self.root.join(&name).with_extension("stderr");
            (name, Failure::Orphan(path))
        };
        orphans(&self.root).into_iter().map(failure).collect()
    }
}
