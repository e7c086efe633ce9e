//! `cache(ttl, key)`: a node that is not run where what it would write is known.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use graph_core::cache::{CacheError, CacheKey, MemoryCache, NodeCache};
use graph_core::prelude::*;
use graph_core::run::{EventKind, Phase, TaskState};
use tokio::time::advance;

use crate::kit::items;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Weather {
    #[state(input)]
    city: String,
    #[state(input)]
    user: String,
    #[state(reduce = Append)]
    log: Vec<String>,
    report: Late<String>,
}

#[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[update(Weather)]
struct Reported {
    report: String,
}

/// How often nodes ran.
type Runs = AtomicUsize;

fn report(runs: &Runs, text: &str) -> Reported {
    runs.fetch_add(1, Ordering::SeqCst);
    Reported { report: text.to_owned() }
}

/// Reads the city, and nothing else.
#[node(cache(ttl = "10s"))]
async fn fetch(Weather { city, .. }: &Weather, cx: &Context<Cached>) -> Reported {
    report(cx.deps(), city)
}

graph! { Cached<Weather, Runs> { START -> fetch -> END; } }

fn input(city: &str, user: &str) -> WeatherInput {
    WeatherInput { city: city.to_owned(), user: user.to_owned() }
}

#[tokio::test(start_paused = true)]
async fn a_node_runs_once_for_what_it_reads_until_the_time_is_over() {
    let app = Cached::new(Runs::default()).cache(MemoryCache::new());
    let runs = || app.deps().load(Ordering::SeqCst);
    for (city, user, expected) in [("Rome", "Ada", 1), ("Rome", "Bob", 1), ("Oslo", "Ada", 2), ("Rome", "Eve", 2)] {
        let state = app.run(input(city, user)).await.unwrap();
        assert_eq!((state.report.as_str(), runs()), (city, expected));
    }
    advance(Duration::from_secs(10)).await;
    app.run(input("Rome", "Ada")).await.unwrap();
    assert_eq!(runs(), 3);
    app.clear_cache(&[CachedNode::Fetch]).await.unwrap();
    app.run(input("Rome", "Ada")).await.unwrap();
    assert_eq!(runs(), 4);
}

#[tokio::test]
async fn without_a_cache_the_node_just_runs() {
    let app = Cached::new(Runs::default());
    for expected in [1, 2] {
        app.run(input("Rome", "Ada")).await.unwrap();
        assert_eq!(app.deps().load(Ordering::SeqCst), expected);
    }
    app.clear_cache(CachedNode::ALL).await.unwrap();
}

#[tokio::test]
async fn a_hit_is_marked_in_every_mode_and_streams_what_it_writes() {
    let app = Cached::new(Runs::default()).cache(MemoryCache::new());
    for hit in [false, true] {
        let parts = items(app.run(input("Rome", "Ada")).stream(Mode::ALL)).await;
        let (mut seen, mut chains) = (Vec::new(), Vec::new());
        for part in &parts {
            match part {
                Part::Update(update) => seen.push(("update", update.cached)),
                Part::Task(task) => match &task.state {
                    TaskState::Started { .. } => seen.push(("start", false)),
                    TaskState::Done(_) => seen.push(("end", false)),
                    TaskState::Cached(_) => seen.push(("end", true)),
                    _ => panic!("no other end"),
                },
                Part::Event(event) if event.node.is_some() => {
                    let EventKind { phase, .. } = event.kind;
                    chains.push((phase, event.cached));
                }
                _ => {}
            }
        }
        assert_eq!(seen, [("start", false), ("update", hit), ("end", hit)]);
        assert_eq!(chains, [(Phase::Start, false), (Phase::Stream, hit), (Phase::End, hit)]);
        // Without the modes that tell of tasks, too.
        let updates = items(app.run(input("Rome", if hit { "Bob" } else { "Eve" })).stream(Mode::UPDATES)).await;
        assert!(matches!(&updates[..], [Part::Update(update)] if update.cached));
        let json = serde_json::to_value(&updates[0]).unwrap();
        let expected = serde_json::json!({"fetch": {"report": "Rome"}, "__metadata__": {"cached": true}});
        assert_eq!(json["data"], expected);
    }
}

mod keys {
    use super::*;

    #[node(cache(key = |Weather { user, .. }| user.chars().next()))]
    async fn by_user(Weather { city, .. }: &Weather, cx: &Context<ByUser>) -> Reported {
        report(cx.deps(), city)
    }

    fn city(state: &Weather) -> String {
        state.city.clone()
    }

    /// A function may read all that there is: `report` counts as read, so it has to be written.
    #[node(cache(key = city))]
    async fn by_city(_: &Weather, cx: &Context<ByUser>) -> Reported {
        report(cx.deps(), "by city")
    }

    graph! { ByUser<Weather, Runs> { START -> by_user -> by_city -> END; } }

    #[tokio::test]
    async fn a_key_function_says_what_counts() {
        let app = ByUser::new(Runs::default()).cache(MemoryCache::new());
        for (city, user, expected) in [("Rome", "Ada", 2), ("Oslo", "Alf", 3), ("Rome", "Bob", 4)] {
            app.run(input(city, user)).await.unwrap();
            assert_eq!(app.deps().load(Ordering::SeqCst), expected, "{city} {user}");
        }
    }

    #[test]
    fn what_a_key_reads_the_node_reads() {
        let reads = |node: ByUserNode| ByUser::TOPOLOGY.nodes[node.index()].info.reads;
        assert!(reads(ByUserNode::ByUser).contains(FieldSet::index::<Weather>("user")));
        assert!(reads(ByUserNode::ByCity).contains(FieldSet::index::<Weather>("report")));
    }
}

mod sent {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    struct Squares {
        #[state(input, reduce = Overwrite)]
        numbers: Vec<i64>,
        #[state(input)]
        unit: String,
        #[state(reduce = Append)]
        squares: Vec<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Squares)]
    struct Squared {
        squares: Vec<String>,
    }

    enum Way {
        On,
    }

    fn squared(runs: &Runs, number: i64, unit: &str) -> Squared {
        runs.fetch_add(1, Ordering::SeqCst);
        Squared { squares: vec![format!("{}{unit}", number * number)] }
    }

    /// Its own input and a field of the state: both are the key. The state itself need not be `Serialize`.
    #[node(cache)]
    async fn square(number: i64, state: &Squares, cx: &Context<Squaring>) -> Squared {
        squared(cx.deps(), number, &state.unit)
    }

    #[node(cache(key = |number: &i64| number.abs()))]
    async fn absolute(number: i64, cx: &Context<Squaring>) -> Squared {
        squared(cx.deps(), number, "")
    }

    #[node(cache(key = |number: &i64, Squares { unit, .. }: &Squares| (number % 2, unit.len())))]
    async fn parity(number: i64, state: &Squares, cx: &Context<Squaring>) -> Squared {
        squared(cx.deps(), number, &state.unit)
    }

    graph! {
        Squaring<Squares, Runs> {
            START -> |Squares { numbers, .. }| [
                for number in numbers { square(*number) },
                for number in numbers { absolute(*number) },
                for number in numbers { parity(*number) },
            ];
            [square, absolute, parity] -> done -> END;
        }
    }

    #[node]
    fn done(_: &Squares) -> SquaresUpdate {
        let Way::On = Way::On;
        SquaresUpdate::default()
    }

    #[tokio::test]
    async fn tasks_are_cached_by_their_own_input() {
        let app = Squaring::new(Runs::default()).cache(MemoryCache::new()).max_concurrency(1);
        let run = |unit: &str| app.run(SquaresInput { numbers: vec![1, 2, -1], unit: unit.into() });
        let state = run("m").await.unwrap();
        assert_eq!(state.squares, ["1m", "4m", "1m", "1", "4", "1", "1m", "4m", "1m"]);
        // 3 squares, 2 absolutes, 3 remainders.
        assert_eq!(app.deps().load(Ordering::SeqCst), 8);
        run("m").await.unwrap();
        assert_eq!(app.deps().load(Ordering::SeqCst), 8);
        run("s").await.unwrap();
        assert_eq!(app.deps().load(Ordering::SeqCst), 11);
    }
}

mod routed {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    enum Way {
        Sunny,
        Rainy,
    }

    #[node(cache)]
    async fn look(Weather { city, .. }: &Weather, cx: &Context<Routed>) -> NodeResult<Command<Reported, Way>> {
        let way = if city == "Rome" { Way::Sunny } else { Way::Rainy };
        Ok(Command::new(report(cx.deps(), city), way))
    }

    #[node]
    fn swim(_: &Weather) -> WeatherUpdate {
        WeatherUpdate::default().log(vec!["swim".into()])
    }

    #[node]
    fn read(_: &Weather) -> WeatherUpdate {
        WeatherUpdate::default().log(vec!["read".into()])
    }

    graph! {
        Routed<Weather, Runs> {
            START -> look;
            look -> |_, way| match way {
                Way::Sunny => swim,
                Way::Rainy => read,
            };
            swim -> END;
            read -> END;
        }
    }

    #[tokio::test]
    async fn a_cached_node_goes_where_it_went() {
        let app = Routed::new(Runs::default()).cache(MemoryCache::new());
        for _ in 0..2 {
            assert_eq!(app.run(input("Rome", "")).await.unwrap().log, ["swim"]);
            assert_eq!(app.run(input("Oslo", "")).await.unwrap().log, ["read"]);
        }
        assert_eq!(app.deps().load(Ordering::SeqCst), 2);
    }
}

mod failing {
    use super::*;

    #[node(cache, retry(max_attempts = 2, initial = "1ms", jitter = false))]
    async fn fails_first(_: &Weather, cx: &Context<Failing>) -> NodeResult<Reported> {
        let reported = report(cx.deps(), "at last");
        if cx.deps().load(Ordering::SeqCst) < 4 { Err(NodeError::msg("not yet")) } else { Ok(reported) }
    }

    graph! { Failing<Weather, Runs> { START -> fails_first -> END; } }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_not_kept_and_a_success_is() {
        let app = Failing::new(Runs::default()).cache(MemoryCache::new());
        app.run(input("", "")).await.unwrap_err();
        for _ in 0..2 {
            assert_eq!(*app.run(input("", "")).await.unwrap().report, "at last");
            assert_eq!(app.deps().load(Ordering::SeqCst), 4);
        }
    }
}

mod own {
    use super::*;

    /// A cache that writes down its keys, and can be broken.
    #[derive(Default)]
    struct Own {
        kept: Mutex<BTreeMap<CacheKey, Vec<u8>>>,
        broken: bool,
    }

    #[async_trait]
    impl NodeCache for &'static Own {
        async fn get(&self, key: &CacheKey) -> Result<Option<Vec<u8>>, CacheError> {
            if self.broken { Err(CacheError::new("broken")) } else { Ok(self.kept.lock().unwrap().get(key).cloned()) }
        }

        async fn set(&self, key: &CacheKey, value: Vec<u8>, _: Option<Duration>) -> Result<(), CacheError> {
            if self.broken {
                return Err(CacheError::new("broken"));
            }
            self.kept.lock().unwrap().insert(key.clone(), value);
            Ok(())
        }

        async fn clear(&self, _: &str, _: &str) -> Result<(), CacheError> {
            Err(CacheError::new("broken"))
        }
    }

    #[tokio::test]
    async fn a_key_is_what_was_read_and_what_no_longer_fits_is_written_anew() {
        let own: &'static Own = Box::leak(Box::default());
        let app = Cached::new(Runs::default()).cache(own);
        app.run(input("Rome", "Ada")).await.unwrap();
        let keys: Vec<_> = own.kept.lock().unwrap().keys().map(ToString::to_string).collect();
        assert_eq!(keys, [r#"Cached/fetch/["Rome"]"#]);
        own.kept.lock().unwrap().values_mut().for_each(|value| *value = b"{\"other\": 1}".to_vec());
        for _ in 0..2 {
            assert_eq!(*app.run(input("Rome", "Ada")).await.unwrap().report, "Rome");
            assert_eq!(app.deps().load(Ordering::SeqCst), 2);
        }
    }

    #[tokio::test]
    async fn a_cache_that_fails_fails_no_run() {
        let own: &'static Own = Box::leak(Box::new(Own { broken: true, ..Own::default() }));
        let app = Cached::new(Runs::default()).cache(own);
        assert_eq!(*app.run(input("Rome", "Ada")).await.unwrap().report, "Rome");
        let error = app.clear_cache(&[CachedNode::Fetch]).await.unwrap_err();
        assert_eq!(error.to_string(), "the cache failed: broken");
    }

    #[node(cache(key = |_: &Weather| HashMap::from([((1, 2), 3)])))]
    async fn no_json(_: &Weather) -> Reported {
        Reported { report: String::new() }
    }

    graph! { NoJson<Weather> { START -> no_json -> END; } }

    #[tokio::test]
    async fn a_key_that_is_no_json_fails_its_node() {
        let error = NoJson::new().cache(MemoryCache::new()).run(input("", "")).await.unwrap_err();
        assert!(error.to_string().contains("the cache key of `no_json` is no JSON: key must be a string"), "{error}");
    }
}
