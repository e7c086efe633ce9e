//! Policies of nodes: retry, timeout, cache, error handler.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::cache::MemoryCache;
use graph_core::prelude::*;
use graph_core::run::TaskState;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct TripState {
    #[state(input)]
    city: String,
    #[state(output)]
    forecast: Late<String>,
    #[state(output)]
    hotel: Late<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TripState)]
struct Forecast {
    forecast: String,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TripState)]
struct Hotel {
    hotel: String,
}

/// A weather station that is busy at first.
#[derive(Default)]
struct Station {
    asked: AtomicUsize,
}

#[derive(Debug)]
struct Busy;

impl std::fmt::Display for Busy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the station is busy")
    }
}

impl std::error::Error for Busy {}

/// An error decides itself whether to retry.
impl Retryable for Busy {
    fn is_retryable(&self) -> bool {
        true
    }
}

impl Station {
    fn ask(&self, city: &str) -> Result<String, Busy> {
        if self.asked.fetch_add(1, Ordering::SeqCst) < 2 { Err(Busy) } else { Ok(format!("sun over {city}")) }
    }
}

/// Up to three attempts; cached by city for all users.
#[node(retry(initial = "10ms", jitter = false), cache(ttl = "5m"))]
async fn look_up(TripState { city, .. }: &TripState, cx: &Context<TripGraph>) -> Result<Forecast, Busy> {
    println!("  asking the station, attempt {}", cx.attempt());
    Ok(Forecast { forecast: cx.deps().ask(city)? })
}

/// Has its own timeout, and an error handler.
#[node(timeout = "50ms", on_error = no_hotel)]
async fn book(TripState { city, .. }: &TripState) -> Hotel {
    if city == "Oslo" {
        tokio::time::sleep(Duration::from_hours(1)).await;
    }
    Hotel { hotel: format!("Grand Hotel {city}") }
}

/// Its update replaces that of `book`.
#[node]
async fn no_hotel(NodeFailure { node, error, .. }: NodeFailure) -> Hotel {
    println!("  `{node}` failed: {error}");
    Hotel { hotel: "a tent".into() }
}

graph! {
    TripGraph<TripState, Station> {
        // For nodes without a timeout of their own.
        defaults(timeout = "30s");

        START -> look_up -> book -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let app = TripGraph::new(Station::default()).cache(MemoryCache::new());
    for city in ["Rome", "Rome", "Oslo"] {
        println!("{city}:");
        let mut tasks = app.run(TripStateInput { city: city.into() }).tasks();
        while let Some(task) = tasks.next().await {
            let task = task?;
            match task.state {
                TaskState::Cached(_) => println!("  {} was in the cache", task.node),
                TaskState::Done(_) => println!("  {} is done", task.handler.unwrap_or(task.node.name())),
                _ => {}
            }
        }
        let trip = tasks.finish().await?;
        println!("  {}, {}", trip.forecast, trip.hotel);
    }
    Ok(())
}
