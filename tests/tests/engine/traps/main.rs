//! Bugs that other engines had.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod beside_a_command;
mod fan_in;
mod held_back;
mod nowhere;
mod order;
mod speaking;
mod unheard;

use graph_tests::kit;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_tests::ui;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::kit::{Gauge, Line, Log, given, items, line, nothing};
