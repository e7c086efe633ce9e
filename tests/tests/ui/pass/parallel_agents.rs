//! Thirty-two agents with tools run side by side, each as long as it likes; a deferred node reads what each wrote.
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
    said9: Late<String>,
    said10: Late<String>,
    said11: Late<String>,
    said12: Late<String>,
    said13: Late<String>,
    said14: Late<String>,
    said15: Late<String>,
    said16: Late<String>,
    said17: Late<String>,
    said18: Late<String>,
    said19: Late<String>,
    said20: Late<String>,
    said21: Late<String>,
    said22: Late<String>,
    said23: Late<String>,
    said24: Late<String>,
    said25: Late<String>,
    said26: Late<String>,
    said27: Late<String>,
    said28: Late<String>,
    said29: Late<String>,
    said30: Late<String>,
    said31: Late<String>,
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
    agent9 tool9 said9 Said9
    agent10 tool10 said10 Said10
    agent11 tool11 said11 Said11
    agent12 tool12 said12 Said12
    agent13 tool13 said13 Said13
    agent14 tool14 said14 Said14
    agent15 tool15 said15 Said15
    agent16 tool16 said16 Said16
    agent17 tool17 said17 Said17
    agent18 tool18 said18 Said18
    agent19 tool19 said19 Said19
    agent20 tool20 said20 Said20
    agent21 tool21 said21 Said21
    agent22 tool22 said22 Said22
    agent23 tool23 said23 Said23
    agent24 tool24 said24 Said24
    agent25 tool25 said25 Said25
    agent26 tool26 said26 Said26
    agent27 tool27 said27 Said27
    agent28 tool28 said28 Said28
    agent29 tool29 said29 Said29
    agent30 tool30 said30 Said30
    agent31 tool31 said31 Said31
}

#[derive(Update, Clone, Debug)]
#[update(Team)]
struct Summed {
    all: usize,
}

/// Reads what each has written.
#[node]
async fn sum(Team { said0, said1, said2, said3, said4, said5, said6, said7, said8, said9, said10, said11, said12, said13, said14, said15, said16, said17, said18, said19, said20, said21, said22, said23, said24, said25, said26, said27, said28, said29, said30, said31, .. }: &Team) -> Summed {
    let lengths = [said0.len(), said1.len(), said2.len(), said3.len(), said4.len(), said5.len(), said6.len(), said7.len(), said8.len(), said9.len(), said10.len(), said11.len(), said12.len(), said13.len(), said14.len(), said15.len(), said16.len(), said17.len(), said18.len(), said19.len(), said20.len(), said21.len(), said22.len(), said23.len(), said24.len(), said25.len(), said26.len(), said27.len(), said28.len(), said29.len(), said30.len(), said31.len()];
    Summed { all: lengths.iter().sum() }
}

#[node]
async fn begin(_: &Team) -> Turn {
    Turn { turns: 0 }
}

graph! {
    TeamGraph<Team> {
        START -> begin -> [agent0, agent1, agent2, agent3, agent4, agent5, agent6, agent7, agent8, agent9, agent10, agent11, agent12, agent13, agent14, agent15, agent16, agent17, agent18, agent19, agent20, agent21, agent22, agent23, agent24, agent25, agent26, agent27, agent28, agent29, agent30, agent31];
        agent0 -> |team| if team.turns < 100 { tool0 } else { sum };
        tool0 -> agent0;
        agent1 -> |team| if team.turns < 100 { tool1 } else { sum };
        tool1 -> agent1;
        agent2 -> |team| if team.turns < 100 { tool2 } else { sum };
        tool2 -> agent2;
        agent3 -> |team| if team.turns < 100 { tool3 } else { sum };
        tool3 -> agent3;
        agent4 -> |team| if team.turns < 100 { tool4 } else { sum };
        tool4 -> agent4;
        agent5 -> |team| if team.turns < 100 { tool5 } else { sum };
        tool5 -> agent5;
        agent6 -> |team| if team.turns < 100 { tool6 } else { sum };
        tool6 -> agent6;
        agent7 -> |team| if team.turns < 100 { tool7 } else { sum };
        tool7 -> agent7;
        agent8 -> |team| if team.turns < 100 { tool8 } else { sum };
        tool8 -> agent8;
        agent9 -> |team| if team.turns < 100 { tool9 } else { sum };
        tool9 -> agent9;
        agent10 -> |team| if team.turns < 100 { tool10 } else { sum };
        tool10 -> agent10;
        agent11 -> |team| if team.turns < 100 { tool11 } else { sum };
        tool11 -> agent11;
        agent12 -> |team| if team.turns < 100 { tool12 } else { sum };
        tool12 -> agent12;
        agent13 -> |team| if team.turns < 100 { tool13 } else { sum };
        tool13 -> agent13;
        agent14 -> |team| if team.turns < 100 { tool14 } else { sum };
        tool14 -> agent14;
        agent15 -> |team| if team.turns < 100 { tool15 } else { sum };
        tool15 -> agent15;
        agent16 -> |team| if team.turns < 100 { tool16 } else { sum };
        tool16 -> agent16;
        agent17 -> |team| if team.turns < 100 { tool17 } else { sum };
        tool17 -> agent17;
        agent18 -> |team| if team.turns < 100 { tool18 } else { sum };
        tool18 -> agent18;
        agent19 -> |team| if team.turns < 100 { tool19 } else { sum };
        tool19 -> agent19;
        agent20 -> |team| if team.turns < 100 { tool20 } else { sum };
        tool20 -> agent20;
        agent21 -> |team| if team.turns < 100 { tool21 } else { sum };
        tool21 -> agent21;
        agent22 -> |team| if team.turns < 100 { tool22 } else { sum };
        tool22 -> agent22;
        agent23 -> |team| if team.turns < 100 { tool23 } else { sum };
        tool23 -> agent23;
        agent24 -> |team| if team.turns < 100 { tool24 } else { sum };
        tool24 -> agent24;
        agent25 -> |team| if team.turns < 100 { tool25 } else { sum };
        tool25 -> agent25;
        agent26 -> |team| if team.turns < 100 { tool26 } else { sum };
        tool26 -> agent26;
        agent27 -> |team| if team.turns < 100 { tool27 } else { sum };
        tool27 -> agent27;
        agent28 -> |team| if team.turns < 100 { tool28 } else { sum };
        tool28 -> agent28;
        agent29 -> |team| if team.turns < 100 { tool29 } else { sum };
        tool29 -> agent29;
        agent30 -> |team| if team.turns < 100 { tool30 } else { sum };
        tool30 -> agent30;
        agent31 -> |team| if team.turns < 100 { tool31 } else { sum };
        tool31 -> agent31;
        defer sum;
        sum -> END;
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let team = TeamGraph::new().run(TeamInput { topic: "abc".to_owned() }).blocking()?;
    assert_eq!(team.all, 96);
    Ok(())
}
