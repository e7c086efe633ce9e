//! 04 (fan-out, join), 06 (map and reduce).

use std::time::Duration;

use graph_core::prelude::*;
use graph_tests::golden::Golden;
use tokio::time::sleep;

mod join {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Log {
        #[state(input, reduce = Append)]
        log: Vec<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Log)]
    struct Line {
        log: Vec<String>,
    }

    fn line(text: &str) -> Line {
        Line { log: vec![text.into()] }
    }

    #[node]
    fn src(_: &Log) -> Line {
        line("src")
    }

    #[node]
    async fn b(_: &Log) -> Line {
        sleep(Duration::from_millis(150)).await;
        line("b")
    }

    #[node]
    async fn c(_: &Log) -> Line {
        sleep(Duration::from_millis(20)).await;
        line("c")
    }

    #[node]
    fn join(_: &Log) -> Line {
        line("join")
    }

    graph! {
        FanOut<Log> {
            START -> src -> [b, c];
            [b, c] -> join -> END;
        }
    }

    // With the clock paused, sleeps end in the order of their durations, whatever the load of the machine.
    #[tokio::test(start_paused = true)]
    async fn golden_04_fanout_fanin() {
        Golden::read("04_fanout_fanin").assert_same(|| FanOut::new().checkpointer(MemorySaver::new())).await;
    }
}

mod map {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Topics {
        #[state(input, reduce = Overwrite)]
        subjects: Vec<String>,
        #[state(reduce = Append)]
        jokes: Vec<String>,
    }

    /// The input of one task.
    #[derive(Clone, Debug, Serialize, Deserialize)]
    struct Topic {
        subject: String,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Topics)]
    struct Jokes {
        jokes: Vec<String>,
    }

    #[node]
    async fn joke(Topic { subject }: Topic) -> Jokes {
        let pause = match subject.as_str() {
            "cats" => 120,
            "dogs" => 20,
            _ => 60,
        };
        sleep(Duration::from_millis(pause)).await;
        Jokes { jokes: vec![format!("joke about {subject}")] }
    }

    #[node]
    fn best(Topics { jokes, .. }: &Topics) -> Jokes {
        Jokes { jokes: vec![format!("best of {}", jokes.len())] }
    }

    graph! {
        MapReduce<Topics> {
            START -> |Topics { subjects, .. }| for subject in subjects { joke(Topic { subject: subject.clone() }) };
            joke -> best -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn golden_06_send_map_reduce() {
        Golden::read("06_send_map_reduce").assert_same(|| MapReduce::new().checkpointer(MemorySaver::new())).await;
    }
}
