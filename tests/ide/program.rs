use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct TripState {
    #[state(input)]
    city: String,
    rounds: u32,
    #[state(reduce = Append)]
    stops: Vec<String>,
    summary: Late<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TripState)]
struct Planned {
    stops: Vec<String>,
    rounds: u32,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TripState)]
struct Summed {
    summary: String,
}

/// Plans the stops of a trip.
#[node]
async fn plan_stops(TripState { city, rounds, .. }: &TripState) -> Planned {
    let first = city.to_uppercase();
    Planned { stops: vec![first], rounds: rounds + 1 }
}

/// Sums it all up.
#[node]
async fn sum_up(TripState { stops, .. }: &TripState, cx: &Context<TripGraph>) -> NodeResult<Summed> {
    cx.emit(Progress { done: stops.len() });
    Ok(Summed { summary: stops.join(", ") })
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Progress {
    done: usize,
}

/// Counts what a pattern binds of a late field.
#[node]
async fn count(TripState { summary, .. }: &TripState) -> Counted {
    Counted { rounds: summary.len() as u32 }
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(TripState)]
struct Counted {
    rounds: u32,
}

graph! {
    /// A trip.
    TripGraph<TripState> {
        custom Progress;

        START -> plan_stops;
        plan_stops -> |state| if state.rounds < 3 { plan_stops } else { sum_up };
        sum_up -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let app = TripGraph::new();
    let mut updates = app.run(TripStateInput { city: "Rome".into() }).updates();
    while let Some(update) = updates.next().await {
        match update? {
            TripGraphUpdate::PlanStops(Planned { stops, .. }) => println!("{stops:?}"),
            TripGraphUpdate::SumUp(Summed { summary }) => println!("{summary}"),
        }
    }
    Ok(())
}
