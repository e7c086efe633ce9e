//! What a saved super-step costs, beside code written by hand over the same database: one transaction a step, delta rows,
//! the same PRAGMAs, in the same process and in turns.
//!
//! `cargo bench -p graph-checkpoint --bench saved` prints the table; `-- --check` fails if a goal is missed; a word selects
//! cases (`-- sqlite`). PostgreSQL is measured if `GRAPH_TEST_DATABASE_URL` names a server. The Python peer is
//! `benches/peers/langgraph_sqlite.sh`.
mod by_hand;
mod disk;
mod graphs;
mod table;

use std::process::ExitCode;

use graph_checkpoint::sqlite::{SqliteOptions, Synchronous};
use graph_core::checkpoint::MemorySaver;

use self::disk::Folder;
use self::graphs::{COUNT_STEPS, TALK_STEPS, count, talk};
use self::table::{Goal, Table};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    let mut table = Table::from_arguments(std::env::args().skip(1));
    memory(&mut table, &runtime);
    for synchronous in [Synchronous::Full, Synchronous::Normal] {
        sqlite(&mut table, &runtime, synchronous);
    }
    if let Ok(url) = std::env::var("GRAPH_TEST_DATABASE_URL") {
        postgres(&mut table, &runtime, &url);
    } else {
        println!("postgres: not measured, GRAPH_TEST_DATABASE_URL is not set");
    }
    table.end()
}

fn memory(table: &mut Table, runtime: &tokio::runtime::Runtime) {
    table.time(
        "memory: count",
        COUNT_STEPS,
        Goal::Nanoseconds(400.0),
        || {
            runtime.block_on(count(MemorySaver::new(), COUNT_STEPS));
        },
        || {
            by_hand::memory(COUNT_STEPS);
        },
    );
}

fn sqlite(table: &mut Table, runtime: &tokio::runtime::Runtime, synchronous: Synchronous) {
    let open = |folder: &Folder| {
        let options = SqliteOptions::new().synchronous(synchronous);
        runtime.block_on(options.open(folder.file("ours.db"))).expect("the file opens")
    };
    let name = format!("{synchronous:?}").to_lowercase();
    table.time(
        &format!("sqlite {name}: count"),
        COUNT_STEPS,
        Goal::Ratio(1.3),
        || {
            let folder = Folder::new();
            runtime.block_on(count(open(&folder), COUNT_STEPS));
        },
        || {
            by_hand::sqlite_count(&Folder::new().file("hand.db"), synchronous, COUNT_STEPS);
        },
    );
    table.time(
        &format!("sqlite {name}: talk"),
        TALK_STEPS,
        Goal::Ratio(1.3),
        || {
            let folder = Folder::new();
            runtime.block_on(talk(open(&folder), TALK_STEPS));
        },
        || {
            by_hand::sqlite_talk(&Folder::new().file("hand.db"), synchronous, TALK_STEPS);
        },
    );
    if synchronous == Synchronous::Full {
        for steps in [TALK_STEPS / 2, TALK_STEPS, TALK_STEPS * 2] {
            let folder = Folder::new();
            let saver = open(&folder);
            let written = runtime.block_on(talk(saver.clone(), steps));
            table.bytes(&format!("sqlite: bytes of {steps} messages"), folder.bytes_after(saver), written, 3.0);
        }
        let folder = Folder::new();
        let saver = open(&folder);
        runtime.block_on(count(saver.clone(), COUNT_STEPS));
        table.show(
            &format!("sqlite: bytes a step of {COUNT_STEPS} small ones"),
            folder.bytes_after(saver) / COUNT_STEPS,
        );
    }
}

#[cfg(feature = "postgres")]
fn postgres(table: &mut Table, runtime: &tokio::runtime::Runtime, url: &str) {
    let saver = runtime.block_on(graph_checkpoint::PostgresSaver::connect(url)).expect("the server answers");
    table.time(
        "postgres: count",
        COUNT_STEPS,
        Goal::Shown,
        || {
            runtime.block_on(count(saver.clone(), COUNT_STEPS));
        },
        || {
            runtime.block_on(by_hand::postgres_count(url, COUNT_STEPS));
        },
    );
}

#[cfg(not(feature = "postgres"))]
fn postgres(_: &mut Table, _: &tokio::runtime::Runtime, _: &str) {
    println!("postgres: not measured, the feature `postgres` is off");
}
