//! The traps that other engines fell into.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_tests::ui;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::kit::{Gauge, Line, Log, given, items, line, nothing};

/// A node that runs once for each branch that arrives, when it should wait for all.
mod fan_in {
    use super::*;

    macro_rules! nodes {
        ($($node:ident after $millis:literal)*) => {$(
            #[node]
            async fn $node(_: &Log) -> Line {
                sleep(Duration::from_millis($millis)).await;
                line(stringify!($node))
            }
        )*};
    }

    nodes!(slow after 50  quick after 1  middle after 20  longer after 1  meet after 0);

    graph! {
        Join<Log> {
            START -> [slow, quick, middle];
            quick -> longer;
            [slow, longer, middle] -> meet -> END;
        }
    }

    graph! {
        Edges<Log> {
            START -> [slow, quick, middle];
            slow -> meet;
            quick -> meet;
            middle -> meet;
            meet -> END;
        }
    }

    graph! {
        Deferred<Log> {
            START -> [slow, quick, middle];
            quick -> longer -> meet;
            slow -> meet;
            middle -> meet -> END;
            defer meet;
        }
    }

    fn meets(log: &[String]) -> usize {
        log.iter().filter(|line| *line == "meet").count()
    }

    #[tokio::test(start_paused = true)]
    async fn a_fan_in_runs_once() {
        let join = Join::new().run(nothing()).await.unwrap().log;
        let edges = Edges::new().run(nothing()).await.unwrap().log;
        let deferred = Deferred::new().run(nothing()).await.unwrap().log;
        for log in [&join, &edges, &deferred] {
            assert_eq!((meets(log), log.last().map(String::as_str)), (1, Some("meet")), "{log:?}");
        }
        assert!(ui::is_a_compile_error("shape/unequal_branches"), "edges of unequal branches do not compile");
    }
}

/// Updates that are applied in the order in which nodes happen to end.
mod order {
    use super::*;

    #[node]
    async fn item((name, millis): (char, u64)) -> Line {
        sleep(Duration::from_millis(millis)).await;
        line(name)
    }

    #[node]
    async fn last(_: &Log) -> Line {
        sleep(Duration::from_millis(10)).await;
        line("last")
    }

    #[node]
    async fn first(_: &Log) -> Line {
        sleep(Duration::from_millis(40)).await;
        line("first")
    }

    graph! {
        Ordered<Log> {
            START -> |_| [first, for task in [('a', 30), ('b', 5), ('c', 20)] { item(task) }, last];
            first -> END;
            item -> END;
            last -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn updates_are_applied_in_the_order_of_the_graph_however_the_nodes_end() {
        let mut run = Ordered::new().run(nothing()).updates();
        let mut ended = Vec::new();
        while let Some(update) = run.next().await {
            let (OrderedUpdate::First(line) | OrderedUpdate::Item(line) | OrderedUpdate::Last(line)) = update.unwrap();
            ended.extend(line.log);
        }
        assert_eq!(ended, ["b", "last", "c", "a", "first"], "they end in another order");
        assert_eq!(run.output().unwrap().log, ["first", "a", "b", "c", "last"]);
    }
}

/// A run whose route leads nowhere, and that is reported as a success.
mod nowhere {
    use super::*;

    #[node]
    fn item(_: u8) -> Line {
        line("item")
    }

    #[node]
    fn gather(_: &Log) -> Line {
        line("gather")
    }

    #[node]
    fn again(_: &Log) -> Line {
        line("again")
    }

    graph! {
        Nowhere<Log> {
            START -> again;
            again -> |Log { log, .. }| match log[0].as_str() {
                "round" => again,
                _ => for item in log[0].bytes() { item(item) },
            };
            item -> gather -> END;
        }
    }

    #[tokio::test]
    async fn a_route_always_leads_somewhere() {
        // Over no items, what follows the items follows.
        assert_eq!(Nowhere::new().run(given("")).await.unwrap().log, ["", "again", "gather"]);
        assert_eq!(Nowhere::new().run(given("x")).await.unwrap().log, ["x", "again", "item", "gather"]);
        // A run that does not get to the end is an error, and says where it was.
        let error = Nowhere::new().run(given("round")).recursion_limit(5).await.unwrap_err();
        assert!(matches!(error, Error::RecursionLimit { limit: 5, ref active, .. } if active == &["again"]), "{error}");
        // All else that would lead nowhere does not compile.
        for mistake in [
            "names/unknown_in_nested_router",
            "names/unknown_behind_for",
            "types/missing_arm",
            "shape/dead_end",
            "shape/if_without_else",
            "shape/join_of_alternatives",
        ] {
            assert!(ui::is_a_compile_error(mistake), "{mistake}");
        }
    }
}

/// `messages` mode that runs the nodes of a step one after another, or twice.
mod speaking {
    use super::*;

    struct Speakers {
        model: ScriptedModel,
        inside: Gauge,
    }

    macro_rules! nodes {
        ($($node:ident)*) => {$(
            #[node]
            async fn $node(_: &Log, cx: &Context<Speaking>) -> NodeResult<Line> {
                let _inside = cx.deps().inside.enter();
                sleep(Duration::from_millis(10)).await;
                Ok(line(cx.deps().model.invoke("speak", cx).await?.text()))
            }
        )*};
    }

    nodes!(one two three);

    graph! {
        Speaking<Log, Speakers> {
            START -> [one, two, three] -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_listens_nodes_run_side_by_side_and_once() {
        for modes in [Mode::none(), Mode::MESSAGES, Mode::EVENTS, Mode::ALL] {
            let inside = Gauge::default();
            let model = ScriptedModel::new().reply("a b c").repeat();
            let app = Speaking::new(Speakers { model, inside: inside.clone() });
            let parts = items(app.run(nothing()).stream(modes)).await;
            assert_eq!((inside.entered(), inside.most()), (3, 3), "{modes:?}");
            let spoken = parts.iter().filter(|part| matches!(part, Part::Message(_))).count();
            assert_eq!(spoken, if modes.intersects(Mode::MESSAGES) { 9 } else { 0 }, "{modes:?}");
        }
    }
}

/// Custom events that are held back until their node has ended.
mod held_back {
    use super::*;

    type Heard = Arc<Notify>;

    /// Goes on only when its event has been heard.
    #[node]
    async fn asks(_: &Log, cx: &Context<Asking>) -> Line {
        for number in 0..3 {
            cx.emit(number);
            cx.deps().notified().await;
        }
        line("heard")
    }

    graph! {
        Asking<Log, Heard> {
            custom u32;

            START -> asks -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_event_arrives_while_its_node_runs() {
        for modes in [Mode::CUSTOM, Mode::CUSTOM | Mode::VALUES | Mode::UPDATES, Mode::EVENTS, Mode::ALL] {
            let heard = Heard::default();
            let mut parts = Asking::new(heard.clone()).run(nothing()).stream(modes);
            let answered = Mutex::new(0);
            let listen = async {
                while let Some(part) = parts.next().await {
                    let is_custom = match part.unwrap() {
                        Part::Custom(_) => true,
                        // In all modes, the event would be answered twice.
                        Part::Event(event) => modes == Mode::EVENTS && event.kind.to_string() == "on_custom_event",
                        _ => false,
                    };
                    if is_custom {
                        *answered.lock().unwrap() += 1;
                        heard.notify_one();
                    }
                }
            };
            let ended = timeout(Duration::from_secs(60), listen).await;
            assert!(ended.is_ok(), "{modes:?}: {} events arrived", answered.lock().unwrap());
            assert_eq!(*answered.lock().unwrap(), 3);
            assert_eq!(parts.output().unwrap().log, ["heard"]);
        }
    }
}

/// A subgraph whose events vanish when the stream around it is of several modes.
mod unheard {
    use super::*;

    #[node]
    async fn works(_: &Log, cx: &Context<Work>) -> Line {
        cx.emit("works");
        line("works")
    }

    graph! {
        Work<Log> {
            custom &'static str;

            START -> works -> END;
        }
    }

    graph! {
        Place<Log> {
            START -> Work as work -> END;
        }
    }

    const MODES: [(&str, Mode); 6] = [
        ("updates", Mode::UPDATES),
        ("values", Mode::VALUES),
        ("custom", Mode::CUSTOM),
        ("tasks", Mode::TASKS),
        ("debug", Mode::DEBUG),
        ("events", Mode::EVENTS),
    ];

    /// How many parts of each mode come from inside.
    async fn inside(modes: Mode) -> Vec<(&'static str, usize)> {
        let parts = items(Place::new().run(nothing()).subgraphs().stream(modes)).await;
        let inside = parts.iter().filter(|part| matches!(part, Part::Subgraph(_)));
        let kinds: Vec<_> = inside.map(|part| serde_json::json!(part)["type"].clone()).collect();
        let count = |name| kinds.iter().filter(|kind| *kind == name).count();
        MODES.iter().map(|(name, _)| (*name, count(*name))).filter(|(_, count)| *count > 0).collect()
    }

    #[tokio::test]
    async fn what_happens_inside_is_told_in_every_mode_whatever_others_are_streamed() {
        let mut alone = Vec::new();
        for (name, mode) in MODES {
            let told = inside(mode).await;
            assert!(matches!(&*told, [(of, _)] if *of == name), "`{name}` alone told {told:?}");
            alone.extend(told);
        }
        for choice in 0..1 << MODES.len() {
            let chosen = |place: usize| choice & (1 << place) != 0;
            let modes = (0..MODES.len()).filter(|place| chosen(*place)).map(|place| MODES[place].1);
            let modes = modes.fold(Mode::none(), |all, mode| all | mode);
            let expected: Vec<_> = (0..MODES.len()).filter(|place| chosen(*place)).map(|place| alone[place]).collect();
            assert_eq!(inside(modes).await, expected, "{modes:?}");
        }
    }
}

/// Edges that fire beside the way that a node has decided on.
mod beside_a_command {
    use super::*;

    #[node]
    fn decides(Log { log }: &Log) -> Command<Line, bool> {
        Command::new(line("decides"), log[0] == "left")
    }

    #[node]
    fn left(_: &Log) -> Line {
        line("left")
    }

    #[node]
    fn right(_: &Log) -> Line {
        line("right")
    }

    graph! {
        Decided<Log> {
            START -> decides;
            decides -> |_, is_left| if is_left { left } else { right };
            left -> END;
            right -> END;
        }
    }

    #[tokio::test]
    async fn only_the_way_that_a_node_decides_on_is_taken() {
        for way in ["left", "right"] {
            assert_eq!(Decided::new().run(given(way)).await.unwrap().log, [way, "decides", way]);
        }
        for mistake in ["types/command_not_asked", "shape/edge_beside_router", "shape/router_beside_edge"] {
            assert!(ui::is_a_compile_error(mistake), "{mistake}");
        }
    }
}
