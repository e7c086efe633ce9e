//! The type under `#[derive(Interrupt)]`, parsed into the model.

use syn::{DeriveInput, Token, Type};

use super::model::Interrupt;
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;
use crate::source::Code;

/// `#[interrupt(resume = Decision)]`, `#[interrupt(resume = Decision, crate = ..)]`
pub(super) fn interrupt(input: &DeriveInput, diagnostics: &Diagnostics) -> Interrupt {
    let (mut krate, mut resume) = (CratePath::default(), None::<Code<Type>>);
    let mut options = Options::new("`#[interrupt(..)]`", &[keyword::RESUME, keyword::CRATE], diagnostics);
    let mut is_complete = true;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident(keyword::INTERRUPT)) {
        let before = diagnostics.len();
        options.attribute(attribute, |key, _, value| {
            if key == keyword::CRATE {
                krate = CratePath::parse(value, diagnostics)?;
            } else {
                value.parse::<Token![=]>()?;
                resume = Some(Code(value.parse()?));
            }
            Ok(())
        });
        is_complete &= diagnostics.len() == before;
    }
    if resume.is_none() && is_complete {
        let help = format!("add `#[interrupt(resume = Answer)]` to `{}`, with the type of the answer", input.ident);
        let message = format!("`{}` does not say what answers it", input.ident);
        diagnostics.error(&input.ident, with_help(message, help));
    }
    Interrupt { krate, ident: input.ident.clone(), generics: Code(input.generics.params.clone()), resume }
}
