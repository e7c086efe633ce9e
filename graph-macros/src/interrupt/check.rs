//! The rules about an interrupt's type.

use super::model::Interrupt;
use crate::diagnostics::{Diagnostics, with_help};

pub(super) fn interrupt(interrupt: &Interrupt, diagnostics: &Diagnostics) {
    if let Some(first) = interrupt.generics.first() {
        let help = "it is saved under its name, so each name is one type";
        diagnostics.error(first, with_help("an interrupt cannot be generic", help));
    }
}
