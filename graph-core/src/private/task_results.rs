//! The results of a graph's tasks: real ones, and stubs for types that are no tasks.

use std::marker::PhantomData;

use super::interrupt::{AskedOrStub, Real, Stub};
use super::probe::{No, Select};
use crate::functional::TaskFn;

/// Whether `T` is a task. What is none is reported where it is declared.
pub struct TaskFnProbe<T>(PhantomData<T>);

impl<T> No for TaskFnProbe<T> {}

impl<T: TaskFn> TaskFnProbe<T> {
    pub const YES: bool = true;
}

impl<T> Select<true> for TaskFnProbe<T> {
    type Type = Real<T>;
}

impl<T> Select<false> for TaskFnProbe<T> {
    type Type = Stub;
}

/// The task of a graph whose type is `T`.
pub trait TaskOrStub<T> {
    const NAME: &'static str;
    type Output: Send + Sync + 'static;
    type Form: AskedOrStub<Self::Output>;
}

impl<T: TaskFn> TaskOrStub<T> for Real<T> {
    const NAME: &'static str = T::NAME;
    type Output = T::Output;
    type Form = T::Form;
}

impl<T> TaskOrStub<T> for Stub {
    const NAME: &'static str = "";
    type Output = ();
    type Form = Self;
}

/// The impls of the results of a graph's tasks. `$real` is the task, or a stub.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_task_result {
    ($result:ident [$graph:ident] { $($variant:ident ($ty:ty, $real:ident),)* }) => {
        #[automatically_derived]
        impl $crate::functional::GraphTaskResult for $result {
            fn task(&self) -> &'static ::core::primitive::str {
                match self {
                    $(Self::$variant(_) => <$real as $crate::__private::TaskOrStub<$ty>>::NAME,)*
                }
            }

            fn to_json(
                &self,
            ) -> ::core::result::Result<$crate::__private::serde_json::Value, $crate::__private::serde_json::Error> {
                match self {
                    $(Self::$variant(value) => {
                        <<$real as $crate::__private::TaskOrStub<$ty>>::Form as $crate::__private::AskedOrStub<
                            <$real as $crate::__private::TaskOrStub<$ty>>::Output,
                        >>::to_json(value)
                    })*
                }
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $result {
            fn clone(&self) -> Self {
                match self {
                    $(Self::$variant(value) => {
                        Self::$variant(
                            <<$real as $crate::__private::TaskOrStub<$ty>>::Form as $crate::__private::AskedOrStub<
                                <$real as $crate::__private::TaskOrStub<$ty>>::Output,
                            >>::repeat(value),
                        )
                    })*
                }
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $result
        where
            $(for<'any> <$real as $crate::__private::TaskOrStub<$ty>>::Output: ::core::cmp::PartialEq,)*
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
        impl ::core::fmt::Debug for $result
        where
            $(for<'any> <$real as $crate::__private::TaskOrStub<$ty>>::Output: ::core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(value) => f.debug_tuple(::core::stringify!($variant)).field(value).finish(),)*
                }
            }
        }

        $($crate::__private::runs_task! { $result::$variant [$graph] ($ty, $real) })*
    };
}

/// That a graph declares a task.
#[doc(hidden)]
#[macro_export]
macro_rules! __runs_task {
    ($result:ident :: $variant:ident [$graph:ident] ($ty:ty, $real:ident)) => {
        #[automatically_derived]
        impl $crate::functional::RunsTask<$ty> for $graph {
            type Output = <$real as $crate::__private::TaskOrStub<$ty>>::Output;

            fn __result(output: Self::Output) -> $result {
                $result::$variant(output)
            }
        }
    };
}
