//! The interrupts of a graph: real ones, and stubs for types that are none.

use std::marker::PhantomData;

use serde_json::Value;

use super::never;
use super::probe::{No, Select};
use crate::checkpoint::FormatError;
use crate::checkpoint::format::{decode, write_value};
use crate::erased::{Misfit, read};
use crate::interrupt::{AnswerType, Asked, Interrupt, InterruptKind};

/// Reports a type that cannot be asked.
pub const fn must_be_asked<T: Asked>() {}

/// Reports a type that cannot be an answer.
pub const fn must_be_an_answer<T: AnswerType>() {}

/// Whether `T` can be asked.
pub struct AskedProbe<T>(PhantomData<T>);

impl<T> No for AskedProbe<T> {}

impl<T: Asked> AskedProbe<T> {
    pub const YES: bool = true;
}

impl<T> Select<true> for AskedProbe<T> {
    type Type = Real<T>;
}

impl<T> Select<false> for AskedProbe<T> {
    type Type = Stub;
}

/// Whether `T` can be an answer.
pub struct AnswerProbe<T>(PhantomData<T>);

impl<T> No for AnswerProbe<T> {}

impl<T: AnswerType> AnswerProbe<T> {
    pub const YES: bool = true;
}

impl<T> Select<true> for AnswerProbe<T> {
    type Type = Real<T>;
}

impl<T> Select<false> for AnswerProbe<T> {
    type Type = Stub;
}

/// Whether `I` is an interrupt. What is none is reported where it is asked.
pub struct InterruptProbe<I>(PhantomData<I>);

impl<I> No for InterruptProbe<I> {}

impl<I: Interrupt> InterruptProbe<I> {
    pub const YES: bool = true;
}

impl<I> Select<true> for InterruptProbe<I> {
    type Type = Real<I>;
}

impl<I> Select<false> for InterruptProbe<I> {
    type Type = Stub;
}

/// A type that has what is needed.
pub struct Real<T>(PhantomData<T>);

/// A stub for one that has not, which was reported: nothing of it is ever called.
pub struct Stub;

/// What is done with an interrupt of type `T`.
pub trait AskedOrStub<T> {
    fn save(value: &T) -> Result<Vec<u8>, FormatError>;
    fn load(bytes: &[u8]) -> Result<T, FormatError>;
    fn repeat(value: &T) -> T;
    fn to_json(value: &T) -> Result<Value, serde_json::Error>;
}

impl<T: Asked> AskedOrStub<T> for Real<T> {
    fn save(value: &T) -> Result<Vec<u8>, FormatError> {
        write_value(value)
    }

    fn load(bytes: &[u8]) -> Result<T, FormatError> {
        decode(bytes, |decoder| T::read(decoder))
    }

    fn repeat(value: &T) -> T {
        value.clone()
    }

    fn to_json(value: &T) -> Result<Value, serde_json::Error> {
        serde_json::to_value(value)
    }
}

impl<T> AskedOrStub<T> for Stub {
    fn save(_: &T) -> Result<Vec<u8>, FormatError> {
        never()
    }

    fn load(_: &[u8]) -> Result<T, FormatError> {
        never()
    }

    fn repeat(_: &T) -> T {
        never()
    }

    fn to_json(_: &T) -> Result<Value, serde_json::Error> {
        never()
    }
}

/// What is done with an answer of type `T`.
pub trait AnswerOrStub<T> {
    fn load(bytes: &[u8]) -> Result<T, FormatError>;
    /// The saved form of an answer that a client has sent.
    fn save_json(answer: Value) -> Result<Vec<u8>, Misfit>;
}

impl<T: AnswerType> AnswerOrStub<T> for Real<T> {
    fn load(bytes: &[u8]) -> Result<T, FormatError> {
        decode(bytes, |decoder| T::read(decoder))
    }

    fn save_json(answer: Value) -> Result<Vec<u8>, Misfit> {
        let answer: T = read(answer)?;
        write_value(&answer).map_err(Misfit::whole)
    }
}

impl<T> AnswerOrStub<T> for Stub {
    fn load(_: &[u8]) -> Result<T, FormatError> {
        never()
    }

    fn save_json(_: Value) -> Result<Vec<u8>, Misfit> {
        never()
    }
}

/// The interrupt of a graph whose type is `T`.
pub trait InterruptOrStub<T> {
    type Form: AskedOrStub<T>;
    type Resume;
    const KIND: InterruptKind;
}

impl<I: Interrupt> InterruptOrStub<I> for Real<I> {
    type Form = I::Form;
    type Resume = I::Resume;
    const KIND: InterruptKind = InterruptKind::of::<I>();
}

impl<T> InterruptOrStub<T> for Stub {
    type Form = Self;
    type Resume = Self;
    const KIND: InterruptKind = InterruptKind::of_none(<Self as AnswerOrStub<()>>::save_json);
}

/// The impls of a graph's interrupts. `$real` is the type, or a stub.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_interrupt {
    ($interrupt:ident [$graph:ident] { $($variant:ident $index:literal ($ty:ty, $real:ident),)* }) => {
        #[automatically_derived]
        impl $crate::__private::GraphInterrupt for $interrupt {
            const KINDS: &'static [$crate::__private::InterruptKind] =
                &[$(<$real as $crate::__private::InterruptOrStub<$ty>>::KIND,)*];

            fn read(
                kind: ::core::primitive::usize,
                bytes: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::checkpoint::FormatError> {
                match kind {
                    $($index => ::core::result::Result::map(
                        <<$real as $crate::__private::InterruptOrStub<$ty>>::Form as $crate::__private::AskedOrStub<$ty>>::load(bytes),
                        Self::$variant,
                    ),)*
                    _ => ::core::result::Result::Err($crate::__private::no_route()),
                }
            }

            fn to_json(
                &self,
            ) -> ::core::result::Result<$crate::__private::serde_json::Value, $crate::__private::serde_json::Error> {
                match self {
                    $(Self::$variant(value) => {
                        <<$real as $crate::__private::InterruptOrStub<$ty>>::Form as $crate::__private::AskedOrStub<$ty>>::to_json(value)
                    })*
                }
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $interrupt {
            fn clone(&self) -> Self {
                match self {
                    $(Self::$variant(value) => {
                        Self::$variant(
                            <<$real as $crate::__private::InterruptOrStub<$ty>>::Form as $crate::__private::AskedOrStub<$ty>>::repeat(value),
                        )
                    })*
                }
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $interrupt
        where
            $(for<'any> $ty: ::core::cmp::PartialEq,)*
        {
            // With one variant, the last arm is not reached.
            #[allow(unreachable_patterns)]
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(this), Self::$variant(other)) => this == other,)*
                    _ => false,
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $interrupt
        where
            $(for<'any> $ty: ::core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(value) => f.debug_tuple(::core::stringify!($variant)).field(value).finish(),)*
                }
            }
        }

        #[automatically_derived]
        impl<__G> $crate::interrupt::AskedIn<__G> for $interrupt
        where
            __G: $crate::graph::Graph
                $(+ $crate::interrupt::Asks<$ty>)*,
            // As a subgraph it goes on where it was interrupted: what it has done until then is saved.
            for<'any> <$graph as $crate::graph::Graph>::State: $crate::checkpoint::Saved + $crate::checkpoint::SavedFields,
            for<'any> <$graph as $crate::graph::Graph>::Task: $crate::__private::SavedTask<'any>,
            for<'any> <$graph as $crate::graph::Graph>::Route: $crate::__private::SavedRoute<'any>,
        {
        }

        $(
            #[automatically_derived]
            impl $crate::interrupt::Asks<$ty> for $graph {}

            #[automatically_derived]
            impl
                $crate::interrupt::Resumes<
                    <$real as $crate::__private::InterruptOrStub<$ty>>::Resume,
                    $ty,
                > for $graph
            {
                const INTERRUPT: &'static ::core::primitive::str = <$real as $crate::__private::InterruptOrStub<$ty>>::KIND.name;
            }
        )*
    };
}
