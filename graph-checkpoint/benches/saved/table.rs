//! Running both sides of a case in turns, and the table of what came out.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The turns of a case, after one that only warms up.
const TURNS: usize = 7;

/// What a case may cost.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// So many times what it costs by hand.
    Ratio(f64),
    /// So many nanoseconds a step.
    Nanoseconds(f64),
    Shown,
}

pub(crate) struct Table {
    check: bool,
    only: Vec<String>,
    missed: usize,
}

impl Table {
    pub(crate) fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        // Cargo says `--bench` to every bench.
        let (flags, only): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
        println!("{:<36} {:>12} {:>12} {:>7}  goal", "case", "ours", "by hand", "ratio");
        Self { check: flags.iter().any(|flag| flag == "--check"), only, missed: 0 }
    }

    fn wants(&self, case: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| case.contains(word.as_str()))
    }

    /// Times both sides of a case in turns: the medians, a step.
    pub(crate) fn time(&mut self, case: &str, steps: u64, goal: Goal, ours: impl Fn(), by_hand: impl Fn()) {
        if !self.wants(case) {
            return;
        }
        let timed = |side: &dyn Fn()| {
            let start = Instant::now();
            side();
            start.elapsed()
        };
        let mut times: Vec<_> = (0..=TURNS).map(|_| (timed(&ours), timed(&by_hand))).skip(1).collect();
        let median = |times: Vec<Duration>| {
            let mut times = times;
            times.sort();
            times[times.len() / 2].as_nanos() as f64 / steps as f64
        };
        let (mine, hand): (Vec<_>, Vec<_>) = times.drain(..).unzip();
        let (mine, hand) = (median(mine), median(hand));
        let ratio = mine / hand;
        let (goal, is_met) = match goal {
            Goal::Ratio(most) => (format!("at most {most} x"), ratio <= most),
            Goal::Nanoseconds(most) => (format!("at most {:.2} us", most / 1_000.0), mine <= most),
            Goal::Shown => (String::new(), true),
        };
        let note = if is_met { "" } else { "  MISSED" };
        println!("{case:<36} {:>9.2} us {:>9.2} us {ratio:>7.2}  {goal}{note}", mine / 1_000.0, hand / 1_000.0);
        self.missed += usize::from(!is_met);
    }

    /// The bytes on the disk beside those that were written.
    pub(crate) fn bytes(&mut self, case: &str, ours: u64, written: u64, most: f64) {
        if !self.wants(case) {
            return;
        }
        let ratio = ours as f64 / written as f64;
        let note = if ratio <= most { "" } else { "  MISSED" };
        println!("{case:<36} {:>9} KiB {:>8} KiB {ratio:>7.2}  at most {most} x{note}", ours / 1_024, written / 1_024);
        self.missed += usize::from(ratio > most);
    }

    pub(crate) fn show(&self, case: &str, value: u64) {
        if self.wants(case) {
            println!("{case:<36} {value:>12}");
        }
    }

    pub(crate) fn end(self) -> ExitCode {
        if self.check && self.missed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
