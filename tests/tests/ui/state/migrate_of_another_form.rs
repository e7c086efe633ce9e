//! Row 47: a migration that does not take the version.
use graph_core::checkpoint::{FormatError, OldFields};
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(version = 2, migrate = migrate)]
struct Order {
    #[state(input)]
    cents: u64,
}

fn migrate(fields: &mut OldFields) -> Result<(), FormatError> {
    fields.rename("amount", "cents");
    Ok(())
}

fn main() {}
