//! User items with the names that expansions use.

#![allow(dead_code, non_camel_case_types)]

use graph_core::prelude::*;

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
enum Some {}

#[derive(State, Clone, Default)]
struct ShadowState {
    #[state(input, reduce = Max)]
    update: u8,
    state: u8,
    #[state(input)]
    next: Late<u8>,
}

#[derive(Update, Clone)]
#[update(ShadowState)]
struct Write {
    update: u8,
}

#[node]
fn run(state: &ShadowState, cx: &RunContext) -> Write {
    let _ = cx;
    Write { update: state.update + 1 }
}

#[node]
fn route(input: u8) -> Write {
    Write { update: input }
}

graph! {
    ShadowGraph<ShadowState> {
        START -> run;
        run -> |next @ ShadowState { next: word, .. }| if next.update > 3 {
            END
        } else {
            let from = *word;
            let state = 1;
            if state > from { END } else { for mark in [from] { route(mark + state + 7) } }
        };
        route -> run;
    }
}

#[tokio::test]
async fn it_runs() {
    let state = ShadowGraph::new().run(ShadowStateInput { update: 1, next: 1 }).await.unwrap();
    assert_eq!(state.update, 10);
}
