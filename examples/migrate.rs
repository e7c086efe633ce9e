//! A thread that an older version of the program has saved.
use graph_core::checkpoint::{FormatError, OldFields};
use graph_core::prelude::*;

/// The program of last year.
mod last_year {
    use graph_core::prelude::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    pub(crate) struct Account {
        #[state(input)]
        pub euros: u64,
        #[state(reduce = Append)]
        pub log: Vec<String>,
    }

    #[node]
    fn book(Account { euros, .. }: &Account) -> AccountWrite::Log {
        AccountWrite::Log(vec![format!("{euros} euros")])
    }

    graph! {
        pub(crate) Accounts<Account> {
            START -> book -> END;
        }
    }
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(version = 2, migrate = migrate)]
struct Account {
    /// Was `euros`.
    #[state(input)]
    cents: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
    /// Is new, which needs no migration.
    currency: Option<String>,
}

fn migrate(fields: &mut OldFields, _from: u32) -> Result<(), FormatError> {
    if fields.rename("euros", "cents") {
        let euros: u64 = fields.get("cents")?;
        fields.set("cents", &(euros * 100))?;
    }
    Ok(())
}

#[node]
fn book(Account { cents, .. }: &Account) -> (AccountWrite::Log, AccountWrite::Currency) {
    (AccountWrite::Log(vec![format!("{cents} cents")]), AccountWrite::Currency(Some("EUR".into())))
}

graph! {
    Accounts<Account> {
        START -> book -> END;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> graph_core::Result<()> {
    let saver = MemorySaver::new();
    let old = last_year::Accounts::new().checkpointer(saver.clone()).thread("ada");
    old.run(last_year::AccountInput { euros: 120 }).await?;

    let new = Accounts::new().checkpointer(saver).thread("ada");
    let loaded = new.state().await?;
    println!("{} cents, {:?}, {:?}", loaded.values.cents, loaded.values.log, loaded.values.currency);
    let account = new.run(AccountInput { cents: 12_050 }).await?;
    println!("{} cents, {:?}, {:?}", account.cents, account.log, account.currency);

    // The old program does not misread what the new one has written.
    if let Err(error) = old.state().await {
        let text = error.to_string();
        println!("{}", text.split("; its checkpoint").next().unwrap_or(&text));
    }
    Ok(())
}
