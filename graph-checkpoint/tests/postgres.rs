//! What is particular to PostgreSQL: restarts, several connections, damage, rights, versions of the tables.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod database;

use std::time::Duration;

use graph_checkpoint::PostgresSaver;
use graph_checkpoint::postgres::PostgresOptions;
use graph_core::checkpoint::{CheckpointError, Checkpointer, HistoryQuery, Record, Retention, Source, StepRecord};
use graph_core::prelude::*;
use uuid::Uuid;

use self::database::{Database, Server};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Trip {
    #[state(input)]
    is_open: bool,
    #[state(reduce = Append)]
    booked: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Trip)]
struct Booked {
    booked: Vec<String>,
}

#[node]
fn hotel(_: &Trip) -> Booked {
    Booked { booked: vec!["hotel".into()] }
}

#[node]
fn flight(_: &Trip) -> Booked {
    Booked { booked: vec!["flight".into()] }
}

graph! {
    Trips<Trip> {
        START -> hotel -> flight -> END;
    }
}

async fn count(database: &Database, rows: &str) -> i64 {
    database.client().await.query_one(&format!("SELECT count(*) FROM {rows}"), &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_thread_goes_on_in_the_middle_of_a_run_on_other_connections() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    {
        let app = Trips::new().checkpointer(PostgresSaver::connect(&database.url).await.unwrap());
        let run = app.thread("t").run(TripInput { is_open: true }).interrupt_before([TripsNode::Flight]);
        assert!(matches!(run.outcome().await.unwrap(), Outcome::Interrupted(_)));
    }
    let app = Trips::new().checkpointer(PostgresSaver::connect(&database.url).await.unwrap());
    let thread = app.thread("t");
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.values.booked.len(), saved.next, saved.step), (1, vec![TripsNode::Flight], 1));
    let done = thread.continue_run().await.unwrap();
    assert_eq!((done.booked, done.is_open), (vec!["hotel".to_owned(), "flight".to_owned()], true));
    for turn in 2..=30 {
        assert_eq!(app.thread("t").run(TripInput { is_open: true }).await.unwrap().booked.len(), 2 * turn);
    }
    let snapshots = count(&database, "graph_checkpoint.snapshots").await;
    assert!((2..=5).contains(&snapshots), "{snapshots} snapshots in 90 checkpoints");
    app.delete_thread("t").await.unwrap();
    for table in ["threads", "checkpoints", "snapshots", "pending_writes", "leases"] {
        assert_eq!(count(&database, &format!("graph_checkpoint.{table}")).await, 0, "{table} of a deleted thread");
    }
}

fn record(number: u128, after: Option<u128>) -> Record {
    let mut step = StepRecord::new(after.map(Uuid::from_u128), number as i64, Source::Loop);
    step.snapshot = Some(vec![5; 20]);
    Record::step(Uuid::from_u128(number), after.map(Uuid::from_u128), 0, step)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn savers_that_create_the_tables_at_the_same_time_wait_for_each_other() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let writers = (0..6).map(|writer| {
        let url = database.url.clone();
        tokio::spawn(async move {
            let saver = PostgresOptions::new().connections(2).connect(&url).await.unwrap();
            let thread = format!("thread {writer}");
            for number in 1..=20 {
                saver.append(&thread, record(number, (number > 1).then(|| number - 1)), None).await.unwrap();
            }
            saver.load(&thread, None).await.unwrap().last
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        assert_eq!(writer.await.unwrap(), Some(Uuid::from_u128(20)));
    }
    assert_eq!(count(&database, "graph_checkpoint.migrations").await, 2, "each version is made once");
}

#[tokio::test]
async fn a_damaged_body_is_an_error_that_names_thread_and_checkpoint() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let saver = PostgresSaver::connect(&database.url).await.unwrap();
    saver.append("t", record(1, None), None).await.unwrap();
    for damage in [
        "UPDATE graph_checkpoint.checkpoints SET body = set_byte(body, 30, get_byte(body, 30) # 1)",
        "UPDATE graph_checkpoint.snapshots SET body = ''",
    ] {
        saver.delete("copy", None).await.unwrap();
        saver.copy("t", "copy").await.unwrap();
        database.client().await.batch_execute(damage).await.unwrap();
        let error = saver.load("copy", None).await.unwrap_err();
        assert!(matches!(&error, CheckpointError::Damaged { thread, .. } if thread == "copy"), "{damage}: {error}");
        saver.delete("t", None).await.unwrap();
        saver.append("t", record(1, None), None).await.unwrap();
    }
}

#[tokio::test]
async fn a_record_with_the_id_of_an_earlier_one_is_a_conflict() {
    let Some(server) = Server::of_the_tests() else { return };
    let saver = PostgresSaver::connect(&server.new_database().await.url).await.unwrap();
    saver.append("t", record(1, None), None).await.unwrap();
    let again = saver.append("t", record(1, Some(1)), None).await;
    assert!(matches!(again, Err(CheckpointError::Conflict { .. })), "{again:?}");
    assert_eq!(saver.history("t", &HistoryQuery::new()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn calls_after_a_lost_connection_connect_again() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let saver = PostgresOptions::new().connections(1).connect(&database.url).await.unwrap();
    saver.append("t", record(1, None), None).await.unwrap();
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND application_name = 'graph-checkpoint'";
    assert_eq!(database.client().await.query(kill, &[]).await.unwrap().len(), 1);
    while count(&database, "pg_stat_activity WHERE datname = current_database()").await > 1 {
        tokio::task::yield_now().await;
    }
    // The first call may still use the connection that is gone.
    let first = saver.append("t", record(2, Some(1)), None).await;
    assert!(matches!(first, Ok(()) | Err(CheckpointError::Saver(_))), "{first:?}");
    let last = saver.load("t", None).await.unwrap().last.unwrap().as_u128();
    assert!((1..=2).contains(&last));
    saver.append("t", record(3, Some(last)), None).await.unwrap();
}

#[tokio::test]
async fn a_call_that_gets_no_connection_in_time_fails() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let options = PostgresOptions::new().connections(1).timeout(Duration::from_millis(50));
    let saver = options.connect(&database.url).await.unwrap();
    saver.append("t", record(1, None), None).await.unwrap();
    let mut locker = database.client().await;
    let lock = locker.transaction().await.unwrap();
    lock.batch_execute("LOCK graph_checkpoint.threads").await.unwrap();
    let waiting = tokio::spawn({
        let saver = saver.clone();
        async move { saver.load("t", None).await.unwrap().last }
    });
    tokio::task::yield_now().await;
    let error = saver.load("t", None).await.unwrap_err();
    assert!(error.to_string().contains("no connection became free"), "{error}");
    lock.rollback().await.unwrap();
    assert_eq!(waiting.await.unwrap(), Some(Uuid::from_u128(1)));
}

#[tokio::test]
async fn a_role_that_may_not_create_tables_can_use_them() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let admin = database.client().await;
    let role = format!("graph_test_{}", Uuid::new_v4().simple());
    admin.batch_execute(&format!("CREATE ROLE {role} LOGIN PASSWORD 'x'")).await.unwrap();
    let url = format!("{} password=x", database.with("user", &role));
    let error = PostgresSaver::connect(&url).await.unwrap_err();
    assert!(error.to_string().contains("permission denied"), "{error}");
    drop(PostgresSaver::connect(&database.url).await.unwrap());
    let grants = format!(
        "GRANT USAGE ON SCHEMA graph_checkpoint TO {role}; \
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graph_checkpoint TO {role}; \
        GRANT USAGE ON SEQUENCE graph_checkpoint.epochs TO {role}"
    );
    admin.batch_execute(&grants).await.unwrap();
    let saver = PostgresSaver::connect(&url).await.unwrap();
    let lease = saver.lease("t", "one", Duration::from_secs(9)).await.unwrap();
    saver.append("t", record(1, None), Some(&lease)).await.unwrap();
    saver.copy("t", "copy").await.unwrap();
    saver.prune("t", &Retention::last(1)).await.unwrap();
    saver.delete("t", Some(&lease)).await.unwrap();
    drop(saver);
    admin.batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
}

#[tokio::test]
async fn tables_of_a_later_release_and_servers_that_cannot_be_reached_are_errors() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    drop(PostgresSaver::connect(&database.url).await.unwrap());
    let later = "INSERT INTO graph_checkpoint.migrations (version) VALUES (99)";
    database.client().await.batch_execute(later).await.unwrap();
    for (url, said) in [
        (database.url.clone(), "version 99"),
        (database.with("dbname", "no_such_database"), "does not exist"),
        (database.with("sslmode", "require"), "TLS"),
        ("host=/nowhere user=postgres password=secret".to_owned(), "No such file"),
        ("no connection string".to_owned(), "invalid connection string"),
    ] {
        let error = PostgresSaver::connect(&url).await.unwrap_err();
        assert!(matches!(error, CheckpointError::Saver(_)), "{error}");
        let error = error.to_string();
        assert!(error.contains(said) && !error.contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn the_password_is_not_in_the_debug_form() {
    let Some(server) = Server::of_the_tests() else { return };
    let url = server.new_database().await.with("password", "canary");
    let saver = PostgresSaver::connect(&url).await.unwrap();
    saver.append("t", record(1, None), None).await.unwrap();
    assert!(!format!("{saver:?}").contains("canary"), "{saver:?}");
}
