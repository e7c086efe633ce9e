//! The rules about the function of a reducer.

use syn::{GenericParam, ReturnType, Type};

use super::model::parameters;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;

pub(super) fn reducer(function: &Function, diagnostics: &Diagnostics) {
    let signature = &function.signature;
    function.must_be_plain("a reducer", diagnostics);
    if let Some(asyncness) = &signature.asyncness {
        diagnostics.error(asyncness, "a reducer cannot be async: it is called again each time a thread is read back");
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Type(_)) {
            diagnostics.error(parameter, "a reducer can be generic over types only");
        }
    }
    if let ReturnType::Type(_, ty) = &signature.output {
        let help = "change the value behind the first parameter instead";
        diagnostics.error(ty, with_help("a reducer returns nothing", help));
    }
    takes_a_field_and_an_input(function, diagnostics);
}

/// The parameters are `&mut T` and a value.
fn takes_a_field_and_an_input(function: &Function, diagnostics: &Diagnostics) {
    let expected =
        "a reducer takes the field as `&mut T` and what is written as a value: `fn keep(current: &mut T, new: I)`";
    match *parameters(function) {
        [Type::Reference(field), input] if field.mutability.is_some() => {
            if matches!(input, Type::Reference(_)) {
                diagnostics.error(input, with_help("a reducer takes what is written by value", expected));
            }
        }
        // That it is a method was reported.
        _ if function.signature.receiver().is_some() => {}
        [first, _] => diagnostics.error(first, expected),
        [_, _, third, ..] => diagnostics.error(third, expected),
        _ => diagnostics.error(&function.signature.ident, expected),
    }
}
