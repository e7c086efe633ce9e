//! A case: calls of one seed, to a saver and the model.

use std::fmt::Debug;
use std::time::Duration;

use fastrand::Rng;
use graph_core::checkpoint::{CheckpointError, HistoryQuery, Lease, Saver, ThreadsQuery, WholeState};

use super::calls::{Call, Calls};
use super::plain::{Bug, Model, Refusal};

/// How many calls a case has.
const CALLS: usize = 40;

const OWNERS: [&str; 2] = ["one", "two'; --"];

fn refusal(error: CheckpointError) -> Refusal {
    match error {
        CheckpointError::Conflict { .. } => Refusal::Conflict,
        CheckpointError::StaleLease { .. } => Refusal::Stale,
        CheckpointError::Leased { owner, .. } => Refusal::Leased(owner),
        CheckpointError::UnknownThread { .. } => Refusal::UnknownThread,
        CheckpointError::ThreadExists { .. } => Refusal::Exists,
        CheckpointError::UnknownCheckpoint { checkpoint, .. } => Refusal::UnknownCheckpoint(checkpoint),
        other => panic!("the saver failed: {other}"),
    }
}

struct Case<'a> {
    saver: &'a Saver,
    model: Model,
    /// The ids of the threads, which no other case has, in order.
    names: Vec<String>,
    /// The leases that were taken: the thread, the model's number, the saver's lease.
    leases: Vec<(usize, usize, Lease)>,
}

/// Makes the calls of a seed; says where saver and model differ.
pub(crate) async fn run(saver: &Saver, case: u64, seed: u64, bug: Bug) -> Result<(), String> {
    let mut random = Rng::with_seed(seed);
    let names = ["a", "b'; --", "é"].map(|name| format!("{case:06}/{name}")).to_vec();
    let mut case = Case { saver, model: Model::new(bug), names, leases: Vec::new() };
    let mut calls = Vec::new();
    for _ in 0..CALLS {
        let leases: Vec<usize> = case.leases.iter().map(|(thread, ..)| *thread).collect();
        let (model, names) = (&case.model, &case.names);
        let call = Calls { random: &mut random, model, names, leases: &leases }.next();
        calls.push(format!("{call:?}"));
        case.call(call).await.map_err(|wrong| format!("{wrong}\nafter {}", calls.join("\n")))?;
    }
    Ok(())
}

fn same<T: PartialEq + Debug>(what: &str, saver: &T, model: &T) -> Result<(), String> {
    if saver == model { Ok(()) } else { Err(format!("{what}: the saver has\n{saver:?}\nthe model\n{model:?}")) }
}

fn ttl(is_live: bool) -> Duration {
    if is_live { Duration::from_hours(1) } else { Duration::ZERO }
}

impl Case<'_> {
    /// The number of a lease, if it is one of this thread: no other has it.
    fn number(&self, thread: usize, lease: Option<usize>) -> Option<usize> {
        lease.map(|lease| &self.leases[lease]).map(|(of, number, _)| if *of == thread { *number } else { usize::MAX })
    }

    async fn call(&mut self, call: Call) -> Result<(), String> {
        let saver = self.saver;
        match call {
            Call::Append { thread, record, lease } => {
                let (number, name) = (self.number(thread, lease), &self.names[thread]);
                let given = lease.map(|lease| &self.leases[lease].2);
                let answer = saver.append(name, (*record).clone(), given).await.map_err(refusal);
                same("append", &answer, &self.model.append(name, *record, number))?;
                self.compare(thread).await
            }
            Call::Load { thread, at } => {
                let name = &self.names[thread];
                let answer = saver.load(name, at).await.map(|lineage| (lineage.records, lineage.last));
                same("load", &answer.map_err(refusal), &self.model.load(name, at))
            }
            Call::History { thread, query } => {
                let name = &self.names[thread];
                let answer = saver.history(name, &query).await.map_err(refusal);
                same("history", &answer, &self.model.history(name, &query))
            }
            Call::Lease { thread, owner, is_live } => self.lease(thread, OWNERS[owner], is_live).await,
            Call::Renew { lease, is_live } => {
                let (thread, number, lease) = &self.leases[lease];
                let answer = saver.renew(lease, ttl(is_live)).await.map(|_| ()).map_err(refusal);
                same("renew", &answer, &self.model.renew(&self.names[*thread], *number, is_live))
            }
            Call::Release { lease } => {
                let (thread, number, lease) = &self.leases[lease];
                saver.release(lease).await.map_err(|error| error.to_string())?;
                self.model.release(&self.names[*thread], *number);
                Ok(())
            }
            Call::Delete { thread, lease } => {
                let (number, name) = (self.number(thread, lease), &self.names[thread]);
                let answer = saver.delete(name, lease.map(|lease| &self.leases[lease].2)).await.map_err(refusal);
                same("delete", &answer, &self.model.delete(name, number))?;
                self.compare(thread).await
            }
            Call::Copy { from, to } => {
                let (old, new) = (&self.names[from], &self.names[to]);
                let answer = saver.copy(old, new).await.map_err(refusal);
                same("copy", &answer, &self.model.copy(old, new))?;
                self.compare(to).await
            }
            Call::Prune { thread, retention } => {
                let name = &self.names[thread];
                let pruned = saver.prune(name, &retention).await.map_err(|error| error.to_string())?;
                let deleted = self.model.prune(name, retention.last, retention.since());
                same("prune", &pruned.checkpoints, &deleted)?;
                self.compare(thread).await
            }
            Call::AddSnapshot { thread, checkpoint, byte } => {
                let name = &self.names[thread];
                let answer =
                    saver.add_snapshot(name, checkpoint, WholeState::new(vec![byte; 9])).await.map_err(refusal);
                same("add_snapshot", &answer, &self.model.add_snapshot(name, checkpoint, vec![byte; 9]))?;
                self.compare(thread).await
            }
            Call::Threads { after, limit } => self.threads(after, limit).await,
        }
    }

    async fn lease(&mut self, thread: usize, owner: &str, is_live: bool) -> Result<(), String> {
        let name = &self.names[thread];
        let answer = self.saver.lease(name, owner, ttl(is_live)).await;
        let number = self.model.lease(name, owner, is_live);
        match (answer, number) {
            (Ok(lease), Ok(number)) => {
                let earlier = self.leases.iter().filter(|(of, ..)| *of == thread);
                if earlier.map(|(.., earlier)| earlier.epoch).any(|epoch| epoch >= lease.epoch) {
                    return Err(format!("the epoch {} is not greater than all before", lease.epoch));
                }
                self.leases.push((thread, number, lease));
                Ok(())
            }
            (answer, number) => same("lease", &answer.map(|_| 0).map_err(refusal), &number),
        }
    }

    async fn threads(&self, after: Option<usize>, limit: Option<usize>) -> Result<(), String> {
        // Threads of other cases come before.
        let first = self.names[0].split_once('/').map(|(case, _)| format!("{case}/"));
        let mut query = ThreadsQuery::new();
        query.after = after.map(|thread| self.names[thread].clone()).or(first);
        query.limit = limit;
        let listed = self.saver.threads(&query).await.map_err(|error| error.to_string())?;
        let logs = self.model.logs.iter().filter(|(name, _)| Some(*name) > query.after.as_ref());
        let expected: Vec<_> = logs.map(|(name, _)| name.clone()).take(limit.unwrap_or(usize::MAX)).collect();
        same("threads", &listed.iter().map(|info| info.id.clone()).collect(), &expected)
    }

    /// Everything that a thread has.
    async fn compare(&self, thread: usize) -> Result<(), String> {
        let (name, all) = (&self.names[thread], HistoryQuery::new());
        let lineage = self.saver.load(name, None).await.map(|lineage| (lineage.records, lineage.last));
        same("the newest checkpoint", &lineage.map_err(refusal), &self.model.load(name, None))?;
        let history = self.saver.history(name, &all).await.map_err(refusal);
        same("the history", &history, &self.model.history(name, &all))?;
        let has_bytes = self.saver.size(name).await.map_err(|error| error.to_string())? > 0;
        if has_bytes && self.model.log(name).is_empty() {
            return Err(format!("{name} is deleted, and has bytes"));
        }
        Ok(())
    }
}
