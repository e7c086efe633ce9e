//! Which parts of a super-step go their own ways until all of them have ended.

use std::collections::{BTreeMap, BTreeSet};

use super::configuration::Configuration;
use crate::Shape;

/// A configuration as branches that share nothing until all have ended.
pub(super) struct Split {
    /// What each branch begins with.
    pub branches: Vec<Configuration>,
    /// What waits beside them.
    pub base: Configuration,
    /// The join at which they end, besides those of the barrier around them; otherwise they end at END or at deferred
    /// nodes.
    pub join: Option<usize>,
}

/// What each node can lead to while no deferred node and no join of a barrier runs.
#[derive(Default)]
pub(super) struct Futures(BTreeMap<(BTreeSet<usize>, usize), BTreeSet<Place>>);

/// A part of the graph that a branch can touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Node(usize),
    /// A source of this join.
    Join(usize),
}

/// The ways to split a configuration: by what its nodes lead to, or else each by one join that waits for all of its
/// branches.
pub(super) fn splits(
    shape: &Shape,
    futures: &mut Futures,
    config: &Configuration,
    barrier: &BTreeSet<usize>,
) -> Vec<Split> {
    if config.active.len() < 2 {
        return Vec::new();
    }
    let classes = classes(shape, futures, config, barrier);
    if classes.len() > 1 {
        return vec![split(config, &classes, None)];
    }
    let joins = (0..shape.joins.len()).filter(|join| !barrier.contains(join));
    let by_join = joins.filter_map(|join| {
        let sources = &shape.joins[join].sources;
        if config.arrived.keys().any(|(arrived, _)| *arrived == join) {
            return None;
        }
        let inside = barrier.iter().copied().chain([join]).collect();
        let classes = self::classes(shape, futures, config, &inside);
        let leads = |(_, places): &(Vec<usize>, BTreeSet<Place>)| {
            sources.iter().any(|source| places.contains(&Place::Node(*source)))
        };
        (classes.len() > 1 && classes.iter().all(leads)).then(|| split(config, &classes, Some(join)))
    });
    by_join.collect()
}

/// The active nodes in classes that lead to nothing in common, each with what it can touch.
fn classes(
    shape: &Shape,
    futures: &mut Futures,
    config: &Configuration,
    barrier: &BTreeSet<usize>,
) -> Vec<(Vec<usize>, BTreeSet<Place>)> {
    let mut classes: Vec<(Vec<usize>, BTreeSet<Place>)> = Vec::new();
    for &node in config.active.keys() {
        let mut own = (vec![node], futures.of(shape, node, barrier).clone());
        classes.retain_mut(|class| {
            let apart = class.1.is_disjoint(&own.1);
            if !apart {
                own.0.append(&mut class.0);
                own.1.append(&mut class.1);
            }
            apart
        });
        classes.push(own);
    }
    classes
}

fn split(config: &Configuration, classes: &[(Vec<usize>, BTreeSet<Place>)], join: Option<usize>) -> Split {
    // What was taken before belongs to the super-step that is split.
    let mut base = Configuration { active: BTreeMap::new(), taken: BTreeSet::new(), ..config.clone() };
    let branches = classes.iter().map(|(nodes, places)| {
        let touches = |(join, _): &(usize, usize)| places.contains(&Place::Join(*join));
        let arrived = config.arrived.iter().filter(|(arrival, _)| touches(arrival));
        base.arrived.retain(|arrival, _| !touches(arrival));
        Configuration {
            active: nodes.iter().map(|node| (*node, config.active[node])).collect(),
            arrived: arrived.map(|(arrival, marked)| (*arrival, *marked)).collect(),
            first: config.first.clone(),
            ..Configuration::default()
        }
    });
    Split { branches: branches.collect(), base, join }
}

impl Futures {
    fn of(&mut self, shape: &Shape, node: usize, barrier: &BTreeSet<usize>) -> &BTreeSet<Place> {
        self.0.entry((barrier.clone(), node)).or_insert_with(|| {
            let (mut places, mut open) = (BTreeSet::new(), vec![node]);
            while let Some(at) = open.pop() {
                if !places.insert(Place::Node(at)) {
                    continue;
                }
                let mut reach = |to: usize| {
                    if !shape.defers(to) {
                        open.push(to);
                    }
                };
                shape.nodes[at].iter().flat_map(|way| &way.targets).for_each(|target| reach(target.node));
                for (index, join) in shape.joins.iter().enumerate() {
                    if join.sources.contains(&at) && !barrier.contains(&index) {
                        places.insert(Place::Join(index));
                        join.targets.iter().for_each(|target| reach(*target));
                    }
                }
            }
            places
        })
    }
}
