//! Runs the programs of a corpus as tests, each by its own name.

use std::num::NonZero;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use super::artifacts::Artifacts;
use super::corpus::{Corpus, Mode};
use super::program::{Program, programs};
use super::verdict::Failure;

/// The name of the check that no `.stderr` file is left over.
const ORPHANS: &str = "every_stderr_has_a_program";

/// The command line: the options of libtest that apply here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Runs only programs whose names contain one of these; all if empty.
    pub only: Vec<String>,
    /// Skips programs whose names contain one of these.
    pub skip: Vec<String>,
    /// Names must match exactly.
    pub exact: bool,
    /// Lists the programs without compiling them.
    pub list: bool,
    /// Prints no line for a program that passes.
    pub quiet: bool,
    /// The number of parallel compilations; by default the number of cores.
    pub threads: Option<NonZero<usize>>,
}

impl Options {
    /// Parses libtest's arguments; those about its output format are ignored.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (flag, value) = match argument.split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
                _ => (argument.as_str(), None),
            };
            let mut value = || value.clone().or_else(|| arguments.next()).ok_or(format!("`{flag}` takes a value"));
            match flag {
                "--exact" => options.exact = true,
                "--list" => options.list = true,
                "--quiet" | "-q" => options.quiet = true,
                "--skip" => options.skip.push(value()?),
                "--test-threads" => {
                    let threads = value()?.parse();
                    options.threads = Some(threads.map_err(|error| format!("`--test-threads`: {error}"))?);
                }
                "--color" | "--format" | "-Z" => _ = value()?,
                "--nocapture" | "--no-capture" | "--show-output" | "--include-ignored" => {}
                _ if flag.starts_with('-') => return Err(format!("unknown option `{flag}`")),
                _ => options.only.push(argument),
            }
        }
        Ok(options)
    }

    fn choose(&self, name: &str) -> bool {
        let fits = |filter: &String| if self.exact { name == filter } else { name.contains(filter.as_str()) };
        (self.only.is_empty() || self.only.iter().any(fits)) && !self.skip.iter().any(fits)
    }
}

/// The result of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// The number of checks: one per program, one for leftover files, and one for each leftover file.
    pub judged: usize,
    /// The failures.
    pub failures: Vec<(String, Failure)>,
}

/// The main function of the test: checks the selected programs and prints the failures.
#[must_use]
pub fn main(corpus: &Corpus, arguments: impl IntoIterator<Item = String>) -> ExitCode {
    let options = match Options::parse(arguments) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    if options.list {
        for name in programs(&corpus.root).iter().map(|program| program.name.as_str()).chain([ORPHANS]) {
            if options.choose(name) {
                println!("{name}: test");
            }
        }
        return ExitCode::SUCCESS;
    }
    let begun = Instant::now();
    let report = run(corpus, &options);
    let (judged, failed, time) = (report.judged, report.failures.len(), begun.elapsed().as_secs_f64());
    for (name, failure) in &report.failures {
        println!("\n---- {name}\n{failure}");
        if failure.is_overwritten() {
            println!("to write down what rustc says: GRAPH_BLESS=1 cargo test -p graph-tests --test ui -- {name}");
        }
    }
    let each = time / judged.max(1) as f64;
    println!("\n{judged} judged in {time:.1} s, {each:.3} s each; {} as expected, {failed} failed", judged - failed);
    for (name, _) in &report.failures {
        println!("    {name}");
    }
    if report.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Checks the selected programs in parallel.
#[must_use]
pub fn run(corpus: &Corpus, options: &Options) -> Report {
    let mut programs = programs(&corpus.root);
    programs.retain(|program| options.choose(&program.name));
    let mut report = Report { judged: programs.len(), ..Report::default() };
    if !programs.is_empty() {
        report.failures = judge(corpus, options, &programs);
    }
    if options.choose(ORPHANS) {
        let orphans = corpus.orphans();
        report.judged += orphans.len().max(1);
        report.failures.extend(orphans);
    }
    report.failures.sort_by(|(one, _), (other, _)| one.cmp(other));
    report
}

fn judge(corpus: &Corpus, options: &Options, programs: &[Program]) -> Vec<(String, Failure)> {
    std::fs::create_dir_all(&corpus.out).expect("the folder for what is compiled can be made");
    let artifacts = Artifacts::of_this_build();
    let cores = options.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let (waiting, failures) = (Mutex::new(programs.iter()), Mutex::new(Vec::new()));
    let next = || waiting.lock().expect("no iterator panics").next();
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(program) = next() {
                    let verdict = corpus.judge(program, &artifacts);
                    if !options.quiet {
                        println!("test {} ... {}", program.name, if verdict.is_ok() { "ok" } else { "FAILED" });
                    }
                    if let Err(failure) = verdict {
                        failures.lock().expect("no push panics").push((program.name.clone(), failure));
                    }
                }
            });
        }
    });
    failures.into_inner().expect("no push panics")
}

impl Mode {
    /// From the environment: `GRAPH_BLESS` overwrites.
    #[must_use]
    pub fn from_env() -> Self {
        if std::env::var_os("GRAPH_BLESS").is_some() { Self::Overwrite } else { Self::Compare }
    }
}
