//! Nine parallel loops, each behind a join at last.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Team {
    #[state(input)]
    topic: String,
    #[state(reduce = Sum)]
    turns: u64,
    said0: Late<String>,
    said1: Late<String>,
    said2: Late<String>,
    said3: Late<String>,
    said4: Late<String>,
    said5: Late<String>,
    said6: Late<String>,
    said7: Late<String>,
    said8: Late<String>,
    all: usize,
}

#[derive(Update, Clone, Debug)]
#[update(Team)]
struct Turn {
    turns: u64,
}

macro_rules! agents {
    ($($agent:ident $tool:ident $field:ident $Said:ident)*) => {$(
        #[derive(Update, Clone, Debug)]
        #[update(Team)]
        struct $Said {
            turns: u64,
            $field: String,
        }

        #[node]
        async fn $agent(Team { topic, .. }: &Team) -> $Said {
            $Said { turns: 1, $field: topic.clone() }
        }

        #[node]
        async fn $tool(_: &Team) -> Turn {
            Turn { turns: 1 }
        }
    )*};
}

agents! {
    agent0 tool0 said0 Said0
    agent1 tool1 said1 Said1
    agent2 tool2 said2 Said2
    agent3 tool3 said3 Said3
    agent4 tool4 said4 Said4
    agent5 tool5 said5 Said5
    agent6 tool6 said6 Said6
    agent7 tool7 said7 Said7
    agent8 tool8 said8 Said8
}

#[derive(Update, Clone, Debug)]
#[update(Team)]
struct Summed {
    all: usize,
}

/// Reads what each has written.
#[node]
async fn sum(Team { said0, said1, said2, said3, said4, said5, said6, said7, said8, .. }: &Team) -> Summed {
    let lengths = [said0.len(), said1.len(), said2.len(), said3.len(), said4.len(), said5.len(), said6.len(), said7.len(), said8.len()];
    Summed { all: lengths.iter().sum() }
}

#[node]
async fn begin(_: &Team) -> Turn {
    Turn { turns: 0 }
}

graph! {
    TeamGraph<Team> {
        START -> begin -> [agent0, agent1, agent2, agent3, agent4, agent5, agent6, agent7, agent8];
        agent0 -> |team| if team.turns < 30 { agent0 } else { tool0 };
        agent1 -> |team| if team.turns < 30 { agent1 } else { tool1 };
        agent2 -> |team| if team.turns < 30 { agent2 } else { tool2 };
        agent3 -> |team| if team.turns < 30 { agent3 } else { tool3 };
        agent4 -> |team| if team.turns < 30 { agent4 } else { tool4 };
        agent5 -> |team| if team.turns < 30 { agent5 } else { tool5 };
        agent6 -> |team| if team.turns < 30 { agent6 } else { tool6 };
        agent7 -> |team| if team.turns < 30 { agent7 } else { tool7 };
        agent8 -> |team| if team.turns < 30 { agent8 } else { tool8 };
        [tool0, tool1, tool2, tool3, tool4, tool5, tool6, tool7, tool8] -> sum -> END;
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let team = TeamGraph::new().run(TeamInput { topic: "abc".to_owned() }).blocking()?;
    assert_eq!(team.all, 27);
    Ok(())
}
