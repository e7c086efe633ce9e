//! Updates made of updates: tuples, options, and none.

use super::{FieldSet, State, Update};
use crate::__private::Generated;
use crate::message::Message;

/// The update that writes nothing.
impl<S> Update<S> for () {
    const WRITES: FieldSet = FieldSet::EMPTY;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;
    const __GENERATED: Generated = Generated;

    fn prepare(&mut self) {}

    fn into_update(self) -> S::Update
    where
        S: State,
    {
        S::__empty_update()
    }

    fn written(&self) -> FieldSet {
        FieldSet::EMPTY
    }

    fn visit_messages(&self, _: &mut dyn FnMut(&[Message])) {}
}

/// An update that may not be made: it may write its fields, and surely writes none.
impl<S, U: Update<S> + Clone> Update<S> for Option<U> {
    const WRITES: FieldSet = U::WRITES;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;
    const REPLACES: FieldSet = U::REPLACES;
    const TWICE: FieldSet = U::TWICE;
    const __GENERATED: Generated = Generated;

    fn prepare(&mut self) {
        if let Some(update) = self {
            update.prepare();
        }
    }

    fn into_update(self) -> S::Update
    where
        S: State,
    {
        self.map_or_else(S::__empty_update, U::into_update)
    }

    fn written(&self) -> FieldSet {
        self.as_ref().map_or(FieldSet::EMPTY, U::written)
    }

    fn visit_messages(&self, visit: &mut dyn FnMut(&[Message])) {
        if let Some(update) = self {
            update.visit_messages(visit);
        }
    }
}

macro_rules! tuples {
    ($($($part:ident $update:ident)+;)+) => {$(
        /// All of these updates, which write different fields: `#[node]` checks that.
        impl<S, $($part: Update<S> + Clone),+> Update<S> for ($($part,)+) {
            const WRITES: FieldSet = FieldSet::EMPTY$(.union($part::WRITES))+;
            const MUST_WRITE: FieldSet = FieldSet::EMPTY$(.union($part::MUST_WRITE))+;
            const REPLACES: FieldSet = FieldSet::EMPTY$(.union($part::REPLACES))+;
            const TWICE: FieldSet = repeated(&[$(($part::WRITES, $part::TWICE)),+]);
            const __GENERATED: Generated = Generated;

            fn prepare(&mut self) {
                let ($($update,)+) = self;
                $($update.prepare();)+
            }

            fn into_update(self) -> S::Update
            where
                S: State,
            {
                let ($($update,)+) = self;
                let mut whole = S::__empty_update();
                $(S::__combine(&mut whole, $update.into_update());)+
                whole
            }

            fn written(&self) -> FieldSet {
                let ($($update,)+) = self;
                FieldSet::EMPTY$(.union($update.written()))+
            }

            fn visit_messages(&self, visit: &mut dyn FnMut(&[Message])) {
                let ($($update,)+) = self;
                $($update.visit_messages(visit);)+
            }
        }
    )+};
}

tuples! {
    A a;
    A a B b;
    A a B b C c;
    A a B b C c D d;
    A a B b C c D d E e;
    A a B b C c D d E e F f;
    A a B b C c D d E e F f G g;
    A a B b C c D d E e F f G g H h;
    A a B b C c D d E e F f G g H h I i;
    A a B b C c D d E e F f G g H h I i J j;
    A a B b C c D d E e F f G g H h I i J j K k;
    A a B b C c D d E e F f G g H h I i J j K k L l;
}

/// The fields that more than one part writes, or a part itself writes twice.
const fn repeated(parts: &[(FieldSet, FieldSet)]) -> FieldSet {
    let (mut all, mut twice) = (FieldSet::EMPTY, FieldSet::EMPTY);
    let mut i = 0;
    while i < parts.len() {
        let (writes, own) = parts[i];
        twice = twice.union(all.intersection(writes)).union(own);
        all = all.union(writes);
        i += 1;
    }
    twice
}

#[cfg(test)]
mod tests {
    use super::repeated;
    use crate::state::FieldSet;

    #[test]
    fn a_field_of_two_parts_is_repeated() {
        let (a, b, none) = (FieldSet::one(0), FieldSet::one(1), FieldSet::EMPTY);
        assert_eq!(repeated(&[(a, none), (b, none)]), none);
        assert_eq!(repeated(&[(a, none), (b, none), (a.union(b), none)]), a.union(b));
        assert_eq!(repeated(&[(a, none), (b, b)]), b);
    }
}
