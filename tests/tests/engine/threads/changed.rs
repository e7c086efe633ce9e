//! Threads saved by an older graph: what no longer fits is an error with its name, and never misread.

use graph_core::Error;
use graph_core::checkpoint::{CheckpointError, Checkpointer as _, Record, RecordKind, StepRecord};
use graph_core::prelude::*;

/// The older graph.
mod old {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    pub(super) struct Page {
        #[state(input)]
        pub(super) words: u64,
        pub(super) title: String,
    }

    #[node]
    fn count(Page { words, .. }: &Page) -> PageUpdate {
        PageUpdate::default().words(words + 1)
    }

    graph! {
        pub(super) Pages<Page> {
            START -> count;
            count -> |Page { words, .. }| if *words < 9 { count } else { END };
        }
    }
}

/// A field has another type.
mod retyped {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    pub(super) struct Page {
        #[state(input)]
        pub(super) words: String,
        pub(super) title: String,
    }

    #[node]
    fn count(_: &Page) -> PageUpdate {
        PageUpdate::default()
    }

    graph! {
        pub(super) Pages<Page> {
            START -> count -> END;
        }
    }
}

/// A node has another name.
mod renamed {
    use super::old::{Page, PageUpdate};
    use super::*;

    #[node]
    fn recount(_: &Page) -> PageUpdate {
        PageUpdate::default()
    }

    graph! {
        pub(super) Pages<Page> {
            START -> recount -> END;
        }
    }
}

/// A field has a reducer.
mod reduced {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    pub(super) struct Page {
        #[state(input, reduce = Sum)]
        pub(super) words: u64,
        pub(super) title: String,
    }

    #[node]
    fn count(_: &Page) -> PageUpdate {
        PageUpdate::default().words(1)
    }

    graph! {
        pub(super) Pages<Page> {
            START -> count -> END;
        }
    }
}

async fn saver() -> MemorySaver {
    let saver = MemorySaver::new();
    let thread = old::Pages::new().checkpointer(saver.clone()).thread("t");
    thread.run(old::PageInput { words: 0 }).recursion_limit(2).await.unwrap_err();
    saver
}

fn step(record: &mut Record) -> &mut StepRecord {
    match &mut record.kind {
        RecordKind::Step(step) => step,
        other => panic!("{other:?} is not a checkpoint"),
    }
}

fn checkpoint_error<T>(result: Result<T, Error>) -> CheckpointError {
    match result {
        Err(Error::Checkpoint(error)) => error,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("what does not fit was loaded"),
    }
}

#[tokio::test]
async fn a_value_that_does_not_fit_any_more_is_named_with_its_thread_and_step() {
    let thread = retyped::Pages::new().checkpointer(saver().await).thread("t");
    for error in [
        checkpoint_error(thread.state().await),
        checkpoint_error(thread.continue_run().await),
        checkpoint_error(thread.run(retyped::PageInput { words: String::new() }).await),
    ] {
        let text = error.to_string();
        let start = "step 0 of thread `t` cannot be loaded into `Pages`: field `words` of its saved state does not fit";
        assert!(text.starts_with(start), "{text}");
        let CheckpointError::Decode { graph: "Pages", checkpoint, what: "state", field, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(field.as_deref(), Some("words"));
        assert!(text.contains(&checkpoint.to_string()), "{text}");
    }
}

#[tokio::test]
async fn an_update_that_does_not_fit_any_more_is_named_with_its_thread_and_step() {
    let saver = saver().await;
    let mut records = saver.load("t", None).await.unwrap().records;
    let other = MemorySaver::new();
    // A map of one field, which overwrites: the value is a text.
    step(&mut records[1]).writes[0].update = b"\x81\xa5words\x92\xc0\xc4\x05\xa4many".to_vec();
    for record in records {
        other.append("t", record, None).await.unwrap();
    }
    let thread = old::Pages::new().checkpointer(other).thread("t");
    let error = checkpoint_error(thread.state().await);
    assert!(matches!(&error, CheckpointError::Decode { step: 1, what: "update", thread, .. } if thread == "t"));
    assert!(error.to_string().contains("field `words` of its saved update"), "{error}");
}

#[tokio::test]
async fn a_task_whose_node_is_gone_is_named() {
    let thread = renamed::Pages::new().checkpointer(saver().await).thread("t");
    let error = checkpoint_error(thread.continue_run().await);
    assert!(matches!(error, CheckpointError::Decode { step: 2, what: "task", .. }), "{error}");
    assert!(error.to_string().contains("recount"), "it says what there is: {error}");
}

#[tokio::test]
async fn updates_are_not_folded_in_by_other_reducers_than_their_own() {
    let saver = MemorySaver::new();
    let thread = reduced::Pages::new().checkpointer(saver.clone()).thread("t");
    thread.run(reduced::PageInput { words: 1 }).await.unwrap();
    // What was added to the words by `Sum` cannot overwrite them.
    let error = checkpoint_error(old::Pages::new().checkpointer(saver).thread("t").state().await);
    assert!(matches!(&error, CheckpointError::Changed { step: 1, saved, now: None, .. } if saved == "Sum"), "{error}");
    assert!(error.to_string().contains("`words` was written through the reducer `Sum`, and now has none"), "{error}");
}

#[tokio::test]
async fn a_write_that_overwrote_still_does_when_the_field_has_a_reducer() {
    let thread = reduced::Pages::new().checkpointer(saver().await).thread("t");
    assert_eq!(thread.state().await.unwrap().values.words, 2);
}

#[tokio::test]
async fn a_log_that_does_not_begin_with_a_snapshot_is_damaged() {
    let mut records = saver().await.load("t", None).await.unwrap().records;
    step(&mut records[0]).snapshot = None;
    let other = MemorySaver::new();
    for record in records {
        other.append("t", record, None).await.unwrap();
    }
    let error = checkpoint_error(old::Pages::new().checkpointer(other).thread("t").state().await);
    assert!(matches!(error, CheckpointError::NoSnapshot { step: 0, .. }), "{error}");
}
