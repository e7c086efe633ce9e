//! 18 (a node that chooses its route), 18c (one that chooses several).

use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::json;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Work {
    x: i64,
    y: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Work)]
struct Line {
    log: Vec<String>,
}

fn line(text: &str) -> Line {
    Line { log: vec![text.to_owned()] }
}

macro_rules! lines {
    ($($node:ident: $text:literal)*) => {$(
        #[node]
        fn $node() -> Line {
            line($text)
        }
    )*};
}

mod goto {
    use super::*;

    #[derive(Serialize, Deserialize)]
    enum Way {
        Left,
        Both,
    }

    #[node]
    fn router(Work { x, .. }: &Work) -> Command<Line, Way> {
        Command::new(line("router"), if *x < 0 { Way::Left } else { Way::Both })
    }

    lines!(also: "also (static edge)" left: "left" right: "right");

    graph! {
        Goes<Work> {
            START -> router;
            // A static edge beside the command cannot be written: its target is in each list.
            router -> |_, way| match way {
                Way::Left => [also, left],
                Way::Both => [also, left, right],
            };
            also -> END;
            left -> END;
            right -> END;
        }
    }

    #[tokio::test]
    async fn golden_18_command_goto() {
        Golden::read("18_command_goto").assert_same(|| Goes::new().checkpointer(MemorySaver::new())).await;
    }
}

mod several {
    use super::*;

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Work)]
    struct All {
        log: Vec<String>,
        y: String,
    }

    #[derive(Clone, Copy, Serialize, Deserialize)]
    struct ToW;

    #[node]
    fn multi() -> Command<All, ToW> {
        Command::new(All { log: vec!["m1".into(), "m2".into()], y: "Y".into() }, ToW)
    }

    lines!(w: "w");

    graph! {
        Several<Work> {
            START -> multi;
            multi -> |_, way| match way {
                ToW => w,
            };
            w -> END;
        }
    }

    /// A node writes one update, which holds the writes of the list of commands. The states are the same.
    #[tokio::test]
    async fn golden_18c_list_of_commands() {
        let golden = Golden::read("18c_list_of_commands");
        for mut recorded in golden.replay(|| Several::new().checkpointer(MemorySaver::new())).await {
            let all = json!({"log": ["m1", "m2"], "y": "Y"});
            let of_several = [
                ("/multi", json!([{"log": ["m1"]}, {"y": "Y"}, {"log": ["m2"]}])),
                ("/result", json!({"log": {"$writes": [["m1"], ["m2"]]}, "y": "Y"})),
            ];
            for event in &mut recorded.events {
                for (place, several) in &of_several {
                    if let Some(update) = event.pointer_mut(place).filter(|update| *update == several) {
                        *update = all.clone();
                    }
                }
            }
            recorded.assert_same();
        }
    }
}
