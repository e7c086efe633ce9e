//! Running both sides of a case in turns, and the table of what came out.

use std::fmt::Write as _;
use std::future::Future;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

/// The turns of a case, after one that only warms up.
const TURNS: usize = 41;

/// The runtimes of tokio.
#[derive(Clone, Copy)]
pub(crate) enum On {
    /// What `#[tokio::main]` gives.
    Threads,
    /// What `#[tokio::main(flavor = "current_thread")]` gives.
    OneThread,
}

impl On {
    pub(crate) const BOTH: [Self; 2] = [Self::Threads, Self::OneThread];

    fn name(self) -> &'static str {
        match self {
            Self::Threads => "threads",
            Self::OneThread => "one thread",
        }
    }

    pub(crate) fn runtime(self) -> Runtime {
        let mut builder = match self {
            Self::Threads => Builder::new_multi_thread(),
            Self::OneThread => Builder::new_current_thread(),
        };
        builder.enable_all().build().expect("a runtime starts")
    }
}

/// How much slower than by hand a case may be.
#[derive(Clone, Copy)]
pub(crate) enum Budget {
    Ratio(f64),
    /// How many nanoseconds one unit may take, whatever it takes by hand.
    Nanoseconds(f64),
    /// The case is there to be looked at: by hand there is so little to do that a ratio says nothing.
    Shown,
}

/// The rows so far.
pub(crate) struct Table {
    check: bool,
    only: Vec<String>,
    over: usize,
}

impl Table {
    pub(crate) fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        // Cargo says `--bench` to every bench.
        let (flags, only): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
        println!("{:<44} {:>12} {:>12} {:>8} {:>8}", "case", "ours", "by hand", "ratio", "budget");
        Self { check: flags.iter().any(|flag| flag == "--check"), only, over: 0 }
    }

    pub(crate) fn wants(&self, case: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| case.contains(word.as_str()))
    }

    /// Runs a case on a runtime; each side does the same `units` of work, and the table shows the time of one.
    pub(crate) fn compare<A, B>(
        &mut self,
        case: &str,
        on: On,
        budget: Budget,
        units: usize,
        ours: impl Fn() -> A,
        by_hand: impl Fn() -> B,
    ) where
        A: Future<Output = u64>,
        B: Future<Output = u64>,
    {
        let case = format!("{case}, {}", on.name());
        if !self.wants(&case) {
            return;
        }
        let runtime = on.runtime();
        assert_eq!(runtime.block_on(ours()), runtime.block_on(by_hand()), "both sides of `{case}` do the same");
        let mut turns: Vec<_> = (0..TURNS)
            .map(|turn| {
                // Who comes first changes from turn to turn.
                if turn % 2 == 0 {
                    let ours = timed(&runtime, &ours);
                    (ours, timed(&runtime, &by_hand))
                } else {
                    let by_hand = timed(&runtime, &by_hand);
                    (timed(&runtime, &ours), by_hand)
                }
            })
            .collect();
        let mut ratios: Vec<_> = turns.iter().map(|(ours, by_hand)| ours.div_duration_f64(*by_hand)).collect();
        ratios.sort_by(f64::total_cmp);
        let ratio = ratios[TURNS / 2];
        turns.sort_by_key(|(ours, _)| *ours);
        let ours = turns[TURNS / 2].0;
        turns.sort_by_key(|(_, by_hand)| *by_hand);
        let by_hand = turns[TURNS / 2].1;
        let (budget, over) = match budget {
            Budget::Ratio(most) => (format!("{most:.1}"), ratio > most),
            Budget::Nanoseconds(most) => (format!("{most:.0} ns"), ours.as_secs_f64() * 1e9 / units as f64 > most),
            Budget::Shown => ("-".to_owned(), false),
        };
        self.row(&case, &each(ours, units), &each(by_hand, units), &format!("{ratio:.2}"), &budget, over);
    }

    pub(crate) fn row(&mut self, case: &str, ours: &str, by_hand: &str, ratio: &str, budget: &str, over: bool) {
        let mut row = format!("{case:<44} {ours:>12} {by_hand:>12} {ratio:>8} {budget:>8}");
        let verdict = match (budget, over) {
            ("-", _) => "",
            (_, true) => "  OVER",
            (_, false) => "  ok",
        };
        let _ = write!(row, "{verdict}");
        println!("{row}");
        self.over += usize::from(over);
    }

    pub(crate) fn finish(self) -> ExitCode {
        if self.over > 0 {
            println!("{} over budget", self.over);
        }
        if self.check && self.over > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

fn timed<F: Future<Output = u64>>(runtime: &Runtime, side: impl Fn() -> F) -> Duration {
    let start = Instant::now();
    std::hint::black_box(runtime.block_on(side()));
    start.elapsed()
}

fn each(whole: Duration, units: usize) -> String {
    format!("{:.0} ns", whole.as_secs_f64() * 1e9 / units as f64)
}
