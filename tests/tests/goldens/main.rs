//! Recorded runs of LangGraph, repeated by typed graphs: the same events in the same order.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod agent;
mod commands;
mod composition;
mod conflicts;
mod events;
mod fan_out;
mod limits;
mod linear;
mod messages;
mod mistakes;
mod picture;
mod policies;
mod schemas;
mod stopping;
mod tool_agent;
mod tool_events;
mod typed;
