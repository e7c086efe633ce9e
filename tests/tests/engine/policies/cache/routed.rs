//! A cached node that chooses its route.

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
