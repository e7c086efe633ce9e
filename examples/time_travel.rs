//! Every checkpoint of a thread can be read, replayed, and continued in another way.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Trip {
    #[state(input)]
    city: String,
    #[state(reduce = Append)]
    plan: Vec<String>,
}

#[node]
fn travel(Trip { city, .. }: &Trip) -> TripWrite::Plan {
    TripWrite::Plan(vec![format!("by train to {city}")])
}

#[node]
fn stay(Trip { city, plan }: &Trip) -> TripWrite::Plan {
    TripWrite::Plan(vec![format!("a night in {city}, after {}", plan.len())])
}

graph! {
    Trips<Trip> {
        START -> travel -> stay -> END;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> graph_core::Result<()> {
    let thread = Trips::new().checkpointer(MemorySaver::new()).thread("trip-1");
    println!("first:    {:?}", thread.run(TripInput { city: "Rome".into() }).await?.plan);

    // The checkpoint between the two nodes.
    let mut history = thread.history();
    let mut between = None;
    while let Some(snapshot) = history.next().await {
        let snapshot = snapshot?;
        println!("  {} {}, next {:?}", snapshot.source.name(), snapshot.step, snapshot.next);
        if snapshot.next == [TripsNode::Stay] {
            between = snapshot.id;
        }
    }
    let between = thread.at(between.expect("a checkpoint before `stay`"));

    // A replay runs `stay` once more, in a branch of its own.
    println!("replayed: {:?}", between.continue_run().await?.plan);

    // A fork: what if `travel` had said something else? Its own type of update says what it can.
    between.update(TripsUpdate::Travel(TripWrite::Plan(vec!["a walk through the old town".into()]))).await?;
    println!("forked:   {:?}", thread.continue_run().await?.plan);

    let mut history = thread.history();
    let mut branches = 0;
    while let Some(snapshot) = history.next().await {
        let snapshot = snapshot?;
        branches += usize::from(snapshot.next.is_empty() && snapshot.step > 0);
    }
    println!("the thread has {branches} branches");
    Ok(())
}
