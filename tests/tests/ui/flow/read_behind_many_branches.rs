//! Row 23: a field that one of many branches writes only on one of its ways.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Team {
    #[state(input)]
    topic: String,
    #[state(reduce = Sum)]
    turns: u64,
    joke: Late<String>,
    text: String,
}

#[derive(Update, Clone, Debug)]
#[update(Team)]
struct Turn {
    turns: u64,
}

#[derive(Update, Clone, Debug)]
#[update(Team)]
struct Told {
    joke: String,
}

#[derive(Update, Clone, Debug)]
#[update(Team)]
struct Wrote {
    text: String,
}

macro_rules! agents {
    ($($agent:ident)*) => {$(
        #[node]
        async fn $agent(_: &Team) -> Turn {
            Turn { turns: 1 }
        }
    )*};
}

agents!(a0 a1 a2 a3 a4 a5 a6 a7 a8);

#[node]
async fn tell(_: &Team) -> Told {
    Told { joke: "joke".into() }
}

#[node]
async fn look(_: &Team) -> Turn {
    Turn { turns: 1 }
}

#[node]
async fn last(Team { joke, .. }: &Team) -> Turn {
    Turn { turns: joke.len() as u64 }
}

graph! {
    TeamGraph<Team> {
        START -> [a0, a1, a2, a3, a4, a5, a6, a7, a8, look];
        a0 -> |team| if team.turns < 100 { a0 } else { last };
        a1 -> |team| if team.turns < 100 { a1 } else { last };
        a2 -> |team| if team.turns < 100 { a2 } else { last };
        a3 -> |team| if team.turns < 100 { a3 } else { last };
        a4 -> |team| if team.turns < 100 { a4 } else { last };
        a5 -> |team| if team.turns < 100 { a5 } else { last };
        a6 -> |team| if team.turns < 100 { a6 } else { last };
        a7 -> |team| if team.turns < 100 { a7 } else { last };
        a8 -> |team| if team.turns < 100 { a8 } else { last };
        look -> |team| if team.turns > 50 { tell } else { last };
        tell -> last;
        defer last;
        last -> END;
    }
}

fn main() {}
