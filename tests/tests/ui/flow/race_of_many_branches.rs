//! Row 24: two of many branches write one field.
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
async fn look(_: &Team) -> Turn {
    Turn { turns: 1 }
}

#[node]
async fn think(_: &Team) -> Turn {
    Turn { turns: 1 }
}

#[node]
async fn write(_: &Team) -> Wrote {
    Wrote { text: "write".into() }
}

#[node]
async fn sign(_: &Team) -> Wrote {
    Wrote { text: "sign".into() }
}

#[node]
async fn last(_: &Team) -> Turn {
    Turn { turns: 1 }
}

graph! {
    TeamGraph<Team> {
        START -> [a0, a1, a2, a3, a4, a5, a6, a7, a8, look, think];
        a0 -> |team| if team.turns < 100 { a0 } else { last };
        a1 -> |team| if team.turns < 100 { a1 } else { last };
        a2 -> |team| if team.turns < 100 { a2 } else { last };
        a3 -> |team| if team.turns < 100 { a3 } else { last };
        a4 -> |team| if team.turns < 100 { a4 } else { last };
        a5 -> |team| if team.turns < 100 { a5 } else { last };
        a6 -> |team| if team.turns < 100 { a6 } else { last };
        a7 -> |team| if team.turns < 100 { a7 } else { last };
        a8 -> |team| if team.turns < 100 { a8 } else { last };
        look -> |team| if team.turns > 50 { look } else { write };
        write -> last;
        think -> |team| if team.turns > 50 { think } else { sign };
        sign -> last;
        defer last;
        last -> END;
    }
}

fn main() {}
