//! No false alarms: correct graphs of many shapes, each of which compiles and runs as written.
#![cfg(test)]

use graph_core::prelude::*;

/// The nodes that ran.
#[derive(State, Clone, Debug, Default)]
struct Trace {
    #[state(input)]
    n: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
    #[state(reduce = Sum)]
    ran: u64,
    note: Late<String>,
    mark: Option<u8>,
}

#[derive(Update, Clone, Debug)]
#[update(Trace)]
struct Ran {
    log: Vec<String>,
    ran: u64,
}

fn ran(name: &str) -> Ran {
    Ran { log: vec![name.to_owned()], ran: 1 }
}

macro_rules! nodes {
    ($($name:ident)*) => {
        $(
            #[node]
            fn $name(_: &Trace) -> Ran {
                ran(stringify!($name))
            }
        )*
    };
}

nodes!(a b c d e f g h);

#[node]
fn item(name: String) -> Ran {
    Ran { log: vec![name], ran: 1 }
}

#[derive(Update, Clone, Debug)]
#[update(Trace)]
struct Noted {
    note: String,
    mark: Option<u8>,
}

/// Writes a field without a reducer.
#[node]
fn write(_: &Trace) -> Noted {
    Noted { note: "note".to_owned(), mark: Some(1) }
}

/// Reads a late field.
#[node]
fn read(Trace { note, .. }: &Trace) -> Ran {
    ran(note)
}

#[derive(Update, Clone, Debug)]
#[update(Trace)]
struct Maybe {
    #[update(maybe)]
    mark: Option<Option<u8>>,
}

#[node]
fn maybe(_: &Trace) -> Maybe {
    Maybe { mark: None }
}

macro_rules! shapes {
    ($($name:ident($n:literal) { $($items:tt)* } => $log:literal)*) => {
        $(
            #[test]
            fn $name() {
                graph! {
                    Shape<Trace> { $($items)* }
                }
                let state = Shape::new().run(TraceInput { n: $n }).blocking().unwrap();
                assert_eq!(state.log.join(" "), $log);
            }
        )*
    };
}

mod deferred;
mod forks;
mod lines;
mod loops;
mod routers;
mod sizes;
mod tasks;
mod writes;
