//! Row 47: a migration of a state without a version.
use graph_core::checkpoint::{FormatError, OldFields};
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(migrate = migrate)]
struct Order {
    #[state(input)]
    cents: u64,
}

fn migrate(fields: &mut OldFields, _from: u32) -> Result<(), FormatError> {
    fields.rename("amount", "cents");
    Ok(())
}

fn main() {}
