//! Random calls to every saver, against a plain model of what a checkpointer does: all of them answer the same.
//!
//! A failure prints `MODEL_SEED` and the calls of the case; with that variable, the case is run again.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod calls;
#[path = "../database/mod.rs"]
mod database;
mod plain;
mod run;

use graph_checkpoint::EncryptedSaver;
use graph_checkpoint::encrypt::EncryptionKey;
use graph_checkpoint::postgres::PostgresOptions;
use graph_checkpoint::sqlite::{SqliteOptions, Synchronous};
use graph_core::checkpoint::{MemorySaver, Saver};

use self::database::Server;
use self::plain::Bug;
use self::run::run;

/// How many cases are tried.
const CASES: u64 = 200;

/// How many are tried until a planted bug is seen: the rarest shows in about one of a hundred.
const CASES_OF_A_BUG: u64 = 50 * CASES;

/// The seed of the first case.
fn first_seed() -> u64 {
    std::env::var("MODEL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..1 << 48))
}

/// Runs cases on a saver, which they share; says what was wrong.
async fn cases(saver: &Saver, bug: Bug) -> Result<(), String> {
    let first = first_seed();
    let cases = if std::env::var_os("MODEL_SEED").is_some() {
        1
    } else if bug == Bug::None {
        CASES
    } else {
        CASES_OF_A_BUG
    };
    for number in 0..cases {
        let seed = first + number;
        run(saver, number, seed, bug).await.map_err(|wrong| format!("MODEL_SEED={seed}\n{wrong}"))?;
    }
    Ok(())
}

async fn agrees(saver: Saver) {
    if let Err(wrong) = cases(&saver, Bug::None).await {
        panic!("{wrong}");
    }
}

#[tokio::test]
async fn the_memory_saver_does_what_the_model_does() {
    agrees(Saver::new(MemorySaver::new())).await;
}

#[tokio::test]
async fn the_encrypted_saver_does_what_the_model_does() {
    agrees(Saver::new(EncryptedSaver::new(MemorySaver::new(), EncryptionKey::new(1, [1; 32])))).await;
}

#[tokio::test]
async fn the_sqlite_saver_does_what_the_model_does() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions::new().synchronous(Synchronous::Normal).connections(1);
    agrees(Saver::new(options.open(folder.path().join("threads.db")).await.unwrap())).await;
}

#[tokio::test]
async fn the_postgres_saver_does_what_the_model_does() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    agrees(Saver::new(PostgresOptions::new().connections(1).connect(&database.url).await.unwrap())).await;
}

/// A model with a bug disagrees with a saver that has none: what is compared would show the same bug in a saver.
#[tokio::test]
async fn any_bug_on_either_side_is_seen() {
    for bug in [
        Bug::LogOrder,
        Bug::ForgetsPendingWrites,
        Bug::NoCompareAndSwap,
        Bug::IgnoresLeases,
        Bug::PrunesWhatIsNeeded,
        Bug::PrunesPendingWrites,
        Bug::IgnoresFilters,
        Bug::CopiesTheLease,
    ] {
        let seen = cases(&Saver::new(MemorySaver::new()), bug).await;
        assert!(seen.is_err(), "{bug:?} was not seen");
    }
}
