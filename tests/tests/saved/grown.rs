//! Threads of an older state: fields that are new, gone, or in another order.

use graph_core::checkpoint::CheckpointError;
use graph_core::prelude::*;

use crate::checkpoint_error;

macro_rules! version {
    ($name:ident $($default:ident)? { $($fields:tt)* } $($update:tt)*) => {
        #[allow(clippy::double_must_use, reason = "the setters of an update, in a macro")]
        mod $name {
            use super::*;

            #[derive(State, Clone, Debug, $($default,)? Serialize, Deserialize)]
            pub(super) struct Page {
                $($fields)*
            }

            #[node]
            fn write(_: &Page) -> PageUpdate {
                PageUpdate::default()$($update)*
            }

            graph! {
                pub(super) Pages<Page> {
                    START -> write -> END;
                }
            }
        }
    };
}

version! {
    first Default {
        #[state(input)]
        pub(super) words: u64,
        pub(super) title: String,
        #[state(reduce = Append)]
        pub(super) log: Vec<String>,
    }
    .title("a title".into()).log(vec!["written".into()])
}

fn unnamed() -> String {
    "unnamed".to_owned()
}

version! {
    second {
        #[state(reduce = Append)]
        pub(super) log: Vec<String>,
        #[serde(default = "unnamed")]
        pub(super) author: String,
        #[serde(default)]
        pub(super) editor: String,
        pub(super) pages: u64,
        #[state(untracked)]
        pub(super) title: String,
        #[state(reduce = Sum)]
        pub(super) visits: u64,
        pub(super) printed: Late<u64>,
        #[state(input)]
        pub(super) words: u64,
    }
}

impl Default for second::Page {
    fn default() -> Self {
        let (log, author, editor) = (Vec::new(), "nobody".to_owned(), "nobody".to_owned());
        Self { log, author, editor, pages: 7, title: String::new(), visits: 1, printed: Late::default(), words: 0 }
    }
}

version! {
    third Default {
        #[state(input)]
        pub(super) words: u64,
        pub(super) title: String,
        #[state(reduce = Overwrite)]
        pub(super) log: Vec<String>,
    }
}

version! {
    fourth Default {
        #[state(input)]
        pub(super) words: u64,
        #[state(reduce = Append)]
        pub(super) log: Vec<String>,
    }
}

#[tokio::test]
async fn a_state_with_more_fields_loads_and_one_that_is_untracked_now_is_passed_over() {
    let saver = MemorySaver::new();
    let thread = first::Pages::new().checkpointer(saver.clone()).thread("t");
    thread.run(first::PageInput { words: 3 }).await.unwrap();

    let thread = second::Pages::new().checkpointer(saver).thread("t");
    let page = thread.state().await.unwrap();
    let second::Page { log, author, editor, pages, title, visits, printed, words } = &*page.values;
    assert_eq!(title, "");
    assert_eq!((log.as_slice(), *words), (&["written".to_owned()][..], 3));
    assert_eq!((author.as_str(), editor.as_str()), ("unnamed", ""), "serde's default, where the field has one");
    assert_eq!((*pages, *visits, printed.is_written()), (7, 1, false), "that of a new state, where it has none");

    thread.run(second::PageInput { words: 4 }).await.unwrap();
    assert_eq!(thread.state().await.unwrap().values.words, 4);
}

#[tokio::test]
async fn a_lost_reducer_is_named_with_its_field() {
    let saver = MemorySaver::new();
    let thread = first::Pages::new().checkpointer(saver.clone()).thread("t");
    thread.run(first::PageInput { words: 3 }).await.unwrap();
    let error = checkpoint_error(third::Pages::new().checkpointer(saver).thread("t").state().await);
    let text = error.to_string();
    let start =
        "step 1 of thread `t` cannot be loaded: `log` was written through the reducer `Append`, and now has none";
    assert!(text.starts_with(start), "{text}");
}

#[tokio::test]
async fn a_field_that_is_gone_is_named_with_its_thread_and_checkpoint() {
    let saver = MemorySaver::new();
    let old = first::Pages::new().checkpointer(saver.clone()).thread("t");
    old.run(first::PageInput { words: 3 }).await.unwrap();
    let head = old.state().await.unwrap();

    let thread = fourth::Pages::new().checkpointer(saver).thread("t");
    for error in [
        checkpoint_error(thread.state().await),
        checkpoint_error(thread.continue_run().await),
        checkpoint_error(thread.run(fourth::PageInput { words: 4 }).await),
    ] {
        let text = error.to_string();
        let CheckpointError::Removed { graph: "Pages", thread, checkpoint, step: 0, what: "state", field } = error
        else {
            panic!("{error:?}");
        };
        assert_eq!((&*thread, &*field, Some(checkpoint)), ("t", "title", head.parent));
        for part in ["step 0 of thread `t`", "a field `title`", &checkpoint.to_string()] {
            assert!(text.contains(part), "{text}");
        }
    }
    assert_eq!(old.state().await.unwrap().id, head.id, "nothing was written");
}
