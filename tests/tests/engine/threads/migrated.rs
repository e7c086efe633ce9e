//! Threads that an older version of the state has saved.

use graph_core::Error;
use graph_core::checkpoint::{CheckpointError, FormatError, OldFields};
use graph_core::prelude::*;

mod first {
    use graph_core::prelude::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    pub(super) struct Order {
        #[state(input)]
        pub amount: u64,
        #[state(reduce = Append)]
        pub log: Vec<String>,
        pub obsolete: bool,
    }

    #[node]
    fn add(Order { amount, .. }: &Order) -> (OrderWrite::Amount, OrderWrite::Log, OrderWrite::Obsolete) {
        (OrderWrite::Amount(amount + 1), OrderWrite::Log(vec![format!("{amount}")]), OrderWrite::Obsolete(true))
    }

    graph! {
        pub(super) Orders<Order> {
            START -> add -> END;
        }
    }
}

mod second {
    use graph_core::prelude::*;

    use super::{FormatError, OldFields};

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    #[state(version = 2, migrate = migrate)]
    pub(super) struct Order {
        #[state(input)]
        pub cents: u64,
        #[state(reduce = Append)]
        pub lines: Vec<String>,
    }

    fn migrate(fields: &mut OldFields, from: u32) -> Result<(), FormatError> {
        assert_eq!(from, 1, "only older ones are migrated");
        fields.remove("obsolete");
        fields.rename("log", "lines");
        if fields.rename("amount", "cents") {
            let amount: u64 = fields.get("cents")?;
            if amount == 666 {
                return Err("this order cannot be".into());
            }
            fields.set("cents", &(amount * 100))?;
        }
        Ok(())
    }

    #[node]
    fn add(Order { cents, .. }: &Order) -> (OrderWrite::Cents, OrderWrite::Lines) {
        (OrderWrite::Cents(cents + 1), OrderWrite::Lines(vec![format!("{cents} cents")]))
    }

    graph! {
        pub(super) Orders<Order> {
            START -> add -> END;
        }
    }
}

#[tokio::test]
async fn an_older_thread_is_migrated_snapshot_and_updates_and_goes_on() {
    let saver = MemorySaver::new();
    let old = first::Orders::new().checkpointer(saver.clone()).thread("t");
    for amount in [7, 20] {
        old.run(first::OrderInput { amount }).await.unwrap();
    }
    let new = second::Orders::new().checkpointer(saver.clone()).thread("t");
    let state = new.state().await.unwrap();
    assert_eq!((state.values.cents, &*state.values.lines), (2100, &["7".to_owned(), "20".to_owned()][..]));
    let order = new.run(second::OrderInput { cents: 5 }).await.unwrap();
    assert_eq!((order.cents, &*order.lines), (6, &["7".to_owned(), "20".into(), "5 cents".into()][..]));
    let again = second::Orders::new().checkpointer(saver.clone()).thread("t").state().await.unwrap();
    assert_eq!(again.values.lines.len(), 3, "both versions in one log");

    let error = old.state().await.unwrap_err();
    assert!(
        matches!(&error, Error::Checkpoint(CheckpointError::Newer { saved: 2, now: 1, thread, .. }) if thread == "t"),
        "{error}"
    );
}

#[tokio::test]
async fn a_migration_that_fails_names_the_checkpoint() {
    let saver = MemorySaver::new();
    first::Orders::new().checkpointer(saver.clone()).thread("t").run(first::OrderInput { amount: 666 }).await.unwrap();
    let error = second::Orders::new().checkpointer(saver).thread("t").state().await.unwrap_err().to_string();
    assert!(error.contains("cannot be migrated from version 1 to 2: this order cannot be"), "{error}");
    assert!(error.contains("thread `t`"), "{error}");
}
