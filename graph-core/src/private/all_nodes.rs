//! Whether the nodes of a graph fit it, checked once for all of them.
//!
//! rustc takes time for each check. So a graph checks whether *all* of its nodes, or all of their updates, satisfy a
//! bound, and its enums use that one answer: each trait here is implemented for every type, and does its work if the
//! answer is yes. If it is no, the error is at the node, or the impl that would have used the trait does not exist.

use std::fmt::Debug;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{Error as _, VariantAccess};
use serde::ser::{Error as _, Serializer};

use super::merged::{merge, split};
use super::probe::{Is, No};
use super::{Readable, never, read_value};
use crate::run::AllNodes;
use crate::state::{DynUpdate, Outcome, State, Update};

macro_rules! probe {
    ($(#[$doc:meta])* $name:ident<T $(, $parameter:ident)*>: $($bound:tt)*) => {
        $(#[$doc])*
        pub struct $name<T $(, $parameter)*>(PhantomData<(T, $($parameter,)*)>);

        impl<T $(, $parameter)*> No for $name<T $(, $parameter)*> {}

        impl<T: $($bound)* $(, $parameter)*> $name<T $(, $parameter)*> {
            pub const YES: bool = true;
        }
    };
}

probe! {
    /// Whether all of these nodes fit their graph.
    NodesProbe<T, S, G>: AllNodes<S, G>
}
probe! {
    /// Whether all of these types have `Debug`.
    DebugProbe<T>: Debug
}
probe! {
    /// Whether all of these updates have `Serialize`.
    SerializeProbe<T>: Serialize + Outcome
}
probe! {
    /// Whether all of these updates have `Deserialize`.
    ReadableProbe<T>: Readable + Outcome
}

/// The update of a node for the engine, if all nodes fit.
pub trait UpdateOrStub<S, Answer>: Sized {
    fn as_dyn(&self) -> &dyn DynUpdate<S>;
    fn as_dyn_mut(&mut self) -> &mut dyn DynUpdate<S>;
    fn repeat(&self) -> Self;
    fn full(self) -> S::Update
    where
        S: State;
}

impl<S, U: Update<S>> UpdateOrStub<S, Is<true>> for U {
    fn as_dyn(&self) -> &dyn DynUpdate<S> {
        self
    }

    fn as_dyn_mut(&mut self) -> &mut dyn DynUpdate<S> {
        self
    }

    fn repeat(&self) -> U {
        self.clone_update()
    }

    fn full(self) -> S::Update
    where
        S: State,
    {
        self.into_update()
    }
}

impl<S, U> UpdateOrStub<S, Is<false>> for U {
    fn as_dyn(&self) -> &dyn DynUpdate<S> {
        never()
    }

    fn as_dyn_mut(&mut self) -> &mut dyn DynUpdate<S> {
        never()
    }

    fn repeat(&self) -> U {
        never()
    }

    fn full(self) -> S::Update
    where
        S: State,
    {
        never()
    }
}

/// `Debug` of a node's update, if all updates have it.
pub trait DebugOrStub<Answer> {
    fn shown(&self) -> &dyn Debug;
}

impl<T: Debug> DebugOrStub<Is<true>> for T {
    fn shown(&self) -> &dyn Debug {
        self
    }
}

impl<T> DebugOrStub<Is<false>> for T {
    fn shown(&self) -> &dyn Debug {
        never()
    }
}

/// `Serialize` of a node's update, if all updates have it.
pub trait SerializeOrStub<Answer> {
    fn save<S: Serializer>(
        &self,
        serializer: S,
        title: &'static str,
        node: (u32, &'static str),
    ) -> Result<S::Ok, S::Error>;
}

impl<T: Serialize + Outcome> SerializeOrStub<Is<true>> for T {
    fn save<S: Serializer>(
        &self,
        serializer: S,
        title: &'static str,
        (index, name): (u32, &'static str),
    ) -> Result<S::Ok, S::Error> {
        if T::IS_TUPLE {
            let fields = merge(self).map_err(S::Error::custom)?;
            return serializer.serialize_newtype_variant(title, index, name, &fields);
        }
        serializer.serialize_newtype_variant(title, index, name, self)
    }
}

impl<T> SerializeOrStub<Is<false>> for T {
    fn save<S: Serializer>(&self, _: S, _: &'static str, _: (u32, &'static str)) -> Result<S::Ok, S::Error> {
        never()
    }
}

/// `Deserialize` of a node's update, if all updates have it.
pub trait DeserializeOrStub<Answer>: Sized {
    fn load<'de, A: VariantAccess<'de>>(value: A) -> Result<Self, A::Error>;
}

impl<T: Readable + Outcome> DeserializeOrStub<Is<true>> for T {
    fn load<'de, A: VariantAccess<'de>>(value: A) -> Result<T, A::Error> {
        if T::IS_TUPLE {
            return split(value.newtype_variant()?).map_err(A::Error::custom);
        }
        read_value(value)
    }
}

impl<T> DeserializeOrStub<Is<false>> for T {
    fn load<'de, A: VariantAccess<'de>>(_: A) -> Result<T, A::Error> {
        never()
    }
}

/// What is done with an update of any node.
pub trait UpdateVisitor<'a, S, Sound, Shown, Saved> {
    type Output;

    fn visit<U>(self, update: &'a U) -> Self::Output
    where
        U: UpdateOrStub<S, Sound> + DebugOrStub<Shown> + SerializeOrStub<Saved>;
}

/// Gives the update to the engine.
#[derive(Debug)]
pub struct AsDyn;

impl<'a, S: 'a, Sound, Shown, Saved> UpdateVisitor<'a, S, Sound, Shown, Saved> for AsDyn {
    type Output = &'a dyn DynUpdate<S>;

    #[inline]
    fn visit<U: UpdateOrStub<S, Sound>>(self, update: &'a U) -> Self::Output {
        update.as_dyn()
    }
}

/// Shows the update.
#[derive(Debug)]
pub struct AsDebug;

impl<'a, S, Sound, Shown, Saved> UpdateVisitor<'a, S, Sound, Shown, Saved> for AsDebug {
    type Output = &'a dyn Debug;

    fn visit<U: DebugOrStub<Shown>>(self, update: &'a U) -> Self::Output {
        update.shown()
    }
}

/// Serializes the update, as a variant of the graph's enum.
#[derive(Debug)]
pub struct SaveUpdate<Z> {
    pub serializer: Z,
    pub title: &'static str,
    pub node: (u32, &'static str),
}

impl<'a, Z: Serializer, S, Sound, Shown, Saved> UpdateVisitor<'a, S, Sound, Shown, Saved> for SaveUpdate<Z> {
    type Output = Result<Z::Ok, Z::Error>;

    fn visit<U: SerializeOrStub<Saved>>(self, update: &'a U) -> Self::Output {
        update.save(self.serializer, self.title, self.node)
    }
}
