//! The suite for stores on the project's own backends, and on backends with a bug, which it must find; and what is
//! particular to a database.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod conforming;
mod planted;
mod sqlite;
