//! Branches of unequal length that meet where each arrival is meant to, in a deferred node, or in a join; loops that
//! start a node each time that they come round; and what only looks like a meeting.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = Sum)]
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    count: u64,
    log: Vec<String>,
}

#[node]
async fn tell(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["tell".into()] }
}

#[node]
async fn plan(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["plan".into()] }
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["note".into()] }
}

#[node]
async fn save(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["save".into()] }
}

graph! {
    ForEach<ChatState> {
        START -> [tell, plan];
        plan -> |state| if state.count < 3 { plan } else { note };
        tell -> note -> save -> END;
        each note;
    }
}

graph! {
    Deferred<ChatState> {
        START -> [tell, plan];
        plan -> |state| if state.count < 3 { plan } else { note };
        tell -> note -> END;
        defer note;
    }
}

graph! {
    Joined<ChatState> {
        START -> [tell, plan];
        plan -> |state| if state.count < 3 { plan } else { save };
        [tell, save] -> note -> END;
    }
}

graph! {
    Spawned<ChatState> {
        START -> plan -> |state| if state.count < 3 { [plan, note] } else { END };
        note -> END;
    }
}

graph! {
    Round<ChatState> {
        START -> plan -> [tell, save];
        tell -> note;
        save -> note;
        note -> |state| if state.count < 9 { plan } else { END };
    }
}

graph! {
    NeverTwice<ChatState> {
        START -> tell -> note -> END;
        each note;
    }
}

fn runs(state: &ChatState, node: &str) -> usize {
    state.log.iter().filter(|line| *line == node).count()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = || ChatStateInput { topic: String::new() };
    let each = ForEach::new().run(input()).blocking()?;
    assert_eq!((runs(&each, "note"), runs(&each, "save")), (2, 2));
    assert_eq!(runs(&Deferred::new().run(input()).blocking()?, "note"), 1);
    assert_eq!(runs(&Joined::new().run(input()).blocking()?, "note"), 1);
    assert_eq!(runs(&Spawned::new().run(input()).blocking()?, "note"), 1);
    assert_eq!(runs(&Round::new().run(input()).blocking()?, "note"), 3);
    assert_eq!(runs(&NeverTwice::new().run(input()).blocking()?, "note"), 1);
    Ok(())
}
