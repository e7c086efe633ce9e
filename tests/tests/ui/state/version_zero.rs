//! Row 47: a version that is none.
use graph_core::checkpoint::{FormatError, OldFields};
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(version = 0, migrate = migrate)]
struct Order {
    #[state(input)]
    cents: u64,
}

fn migrate(fields: &mut OldFields, _from: u32) -> Result<(), FormatError> {
    fields.rename("amount", "cents");
    Ok(())
}

fn main() {}
