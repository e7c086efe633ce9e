//! A node that runs once per arriving branch although it should wait for all.

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
