//! Edges: joins, `for`, deferred nodes, commands, exits.

mod commands;
mod defer;
mod exits;
mod fan;
mod joins;
