//! Where a node leads to: joins, `for`, deferred nodes, commands, exits.

mod commands;
mod defer;
mod exits;
mod fan;
mod joins;
