//! The edges of a picture as wires between numbered points (nodes and joins), with the back edges marked.

use crate::{Kind, Picture, Role};

/// The points are the nodes, then the joins.
pub(super) struct Wires {
    pub points: usize,
    /// The numbers of the joins, in the order of their points.
    pub joins: Vec<usize>,
    pub wires: Vec<Wire>,
    /// The points in topological order, without the back edges.
    pub order: Vec<usize>,
}

pub(super) struct Wire {
    pub from: usize,
    pub to: usize,
    /// The edge of the picture that it belongs to.
    pub edge: usize,
    /// Whether it is a back edge: it leads to a point on the path to its source.
    pub back: bool,
}

impl Wires {
    /// Skips edges whose nodes are not in the picture.
    pub(super) fn of(picture: &Picture) -> Self {
        let node = |id: &str| picture.nodes.iter().position(|node| node.id == id);
        let mut this = Self { points: picture.nodes.len(), joins: Vec::new(), wires: Vec::new(), order: Vec::new() };
        for (edge, shown) in picture.edges.iter().enumerate() {
            let (Some(from), Some(to)) = (node(&shown.source), node(&shown.target)) else { continue };
            if let Kind::Joined(join) = shown.kind {
                let index = this.joins.iter().position(|known| *known == join).unwrap_or_else(|| {
                    this.joins.push(join);
                    this.joins.len() - 1
                });
                let join = picture.nodes.len() + index;
                this.add_join_wire(from, join, edge);
                this.add_join_wire(join, to, edge);
            } else {
                this.wires.push(Wire { from, to, edge, back: false });
            }
        }
        this.points += this.joins.len();
        this.mark_back_edges(picture);
        this
    }

    /// Adds a wire of a join, unless another of its edges has added it.
    fn add_join_wire(&mut self, from: usize, to: usize, edge: usize) {
        if !self.wires.iter().any(|wire| wire.from == from && wire.to == to) {
            self.wires.push(Wire { from, to, edge, back: false });
        }
    }

    /// Finds the back edges, by a depth-first search from START.
    fn mark_back_edges(&mut self, picture: &Picture) {
        #[derive(Clone, Copy, PartialEq)]
        enum Seen {
            Not,
            Above,
            Done,
        }
        let mut outs = vec![Vec::new(); self.points];
        for (index, wire) in self.wires.iter().enumerate() {
            outs[wire.from].push(index);
        }
        let first = picture.nodes.iter().position(|node| node.role == Role::First);
        let mut seen = vec![Seen::Not; self.points];
        let mut done = Vec::new();
        for root in first.into_iter().chain(0..self.points) {
            if seen[root] != Seen::Not {
                continue;
            }
            seen[root] = Seen::Above;
            let mut path = vec![(root, 0)];
            while let Some((point, next)) = path.last_mut() {
                let Some(&wire) = outs[*point].get(*next) else {
                    seen[*point] = Seen::Done;
                    done.push(*point);
                    path.pop();
                    continue;
                };
                *next += 1;
                let to = self.wires[wire].to;
                match seen[to] {
                    Seen::Not => {
                        seen[to] = Seen::Above;
                        path.push((to, 0));
                    }
                    Seen::Above => self.wires[wire].back = true,
                    Seen::Done => {}
                }
            }
        }
        done.reverse();
        self.order = done;
    }
}
