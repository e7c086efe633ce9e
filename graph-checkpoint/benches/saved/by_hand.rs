//! The same by hand: the loop, and a row for each step with what it wrote.

use std::hint::black_box;
use std::path::Path;

use graph_checkpoint::sqlite::Synchronous;
use rusqlite::{Connection, params};

use crate::graphs::MESSAGE;

/// The whole state is encoded after each step, and kept.
pub(crate) fn memory(steps: u64) {
    let mut log: Vec<Vec<u8>> = Vec::new();
    let (mut n, end) = (0_u64, steps);
    while n < end {
        n += 1;
        log.push(serde_json::to_vec(&(n, end)).expect("numbers are JSON"));
    }
    black_box(log);
}

fn open(file: &Path, synchronous: Synchronous) -> Connection {
    let connection = Connection::open(file).expect("the file opens");
    let synchronous = if synchronous == Synchronous::Full { "FULL" } else { "NORMAL" };
    connection
        .execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;
             CREATE TABLE threads (id TEXT PRIMARY KEY, steps INTEGER NOT NULL);
             CREATE TABLE steps (thread TEXT NOT NULL, step INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (thread, step));
             INSERT INTO threads VALUES ('t', 0);"
        ))
        .expect("the tables are made");
    connection
}

/// One transaction: the row of the step, and the thread's last step, which is checked as a saver does.
fn save(connection: &mut Connection, step: i64, body: &[u8]) {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("it begins");
    let last: i64 = transaction
        .prepare_cached("SELECT steps FROM threads WHERE id = 't'")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .expect("the thread is there");
    assert_eq!(last, step);
    transaction
        .prepare_cached("UPDATE threads SET steps = ?1 WHERE id = 't'")
        .and_then(|mut statement| statement.execute([step + 1]))
        .expect("the thread is updated");
    transaction
        .prepare_cached("INSERT INTO steps VALUES ('t', ?1, ?2)")
        .and_then(|mut statement| statement.execute(params![step, body]))
        .expect("the row is written");
    transaction.commit().expect("it commits");
}

pub(crate) fn sqlite_count(file: &Path, synchronous: Synchronous, steps: u64) {
    let mut connection = open(file, synchronous);
    for step in 0..steps {
        let body = serde_json::to_vec(&(step + 1)).expect("a number is JSON");
        save(&mut connection, step as i64, &body);
    }
}

pub(crate) fn sqlite_talk(file: &Path, synchronous: Synchronous, steps: u64) {
    let mut connection = open(file, synchronous);
    let mut messages = Vec::new();
    for step in 0..steps {
        let message = "x".repeat(MESSAGE);
        let body = serde_json::to_vec(&message).expect("a text is JSON");
        save(&mut connection, step as i64, &body);
        messages.push(message);
    }
    black_box(messages);
}

#[cfg(feature = "postgres")]
pub(crate) async fn postgres_count(url: &str, steps: u64) {
    let (mut client, connection) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("the server answers");
    let driver = tokio::spawn(connection);
    client
        .batch_execute(
            "CREATE TEMP TABLE hand_steps (thread text, step bigint, body bytea, PRIMARY KEY (thread, step))",
        )
        .await
        .expect("the table is made");
    let insert = client.prepare("INSERT INTO hand_steps VALUES ('t', $1, $2)").await.expect("it is SQL");
    for step in 0..steps {
        let body = serde_json::to_vec(&(step + 1)).expect("a number is JSON");
        let transaction = client.transaction().await.expect("it begins");
        transaction.execute(&insert, &[&(step as i64), &body]).await.expect("the row is written");
        transaction.commit().await.expect("it commits");
    }
    drop(client);
    let _ = driver.await;
}
