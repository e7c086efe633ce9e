//! What a graph costs against the same work written by hand with tokio, as one table of ratios.
//!
//! `cargo bench -p graph-tests --bench ratios` prints it; `-- --check` fails where a budget is exceeded, and any other
//! word runs only the cases whose name holds it. Both sides of a case run in the same process in turns, and what counts
//! is the median of the ratios of the turns: a busy machine slows both. Each side returns a sum over all that it did,
//! and the two must be equal, so that neither can win by doing less.
mod custom;
mod fan_out;
mod fan_out_wide;
mod runs;
mod step_kinds;
mod steps;
mod table;
mod tokens;
mod values;

use std::process::ExitCode;

use table::Table;

fn main() -> ExitCode {
    let mut table = Table::from_arguments(std::env::args().skip(1));
    steps::cases(&mut table);
    runs::cases(&mut table);
    step_kinds::cases(&mut table);
    fan_out::cases(&mut table);
    fan_out_wide::cases(&mut table);
    custom::cases(&mut table);
    tokens::cases(&mut table);
    values::cases(&mut table);
    table.finish()
}
