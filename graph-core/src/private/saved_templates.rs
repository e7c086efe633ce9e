//! What `#[derive(State)]` implements for the fields that are saved, as a template.

/// The impl of `SavedFields`: whether its fields can be read, what it assumes, then `index name field: its type, its slot, its form, its default if it has one`.
///
/// ```text
/// impl SavedFields for ChatState
/// where
///     for<'any> Option<String>: SavedSlot<String, Plain, __Serde>,
/// {
///     fn __save(&self, fields: &mut FieldWriter) -> Result<(), FieldError> {
///         <Option<String> as SavedSlot<String, Plain, __Serde>>::save_field(&self.topic, KEYS[0], fields)?;
///         Ok(())
///     }
///     ..
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __saved_fields {
    ($state:ident $update:ident $is_readable:literal [$($assumed:tt)*] ($($version:literal)? $(, $migrate:expr)?) {
        $($index:literal $name:literal $field:ident: $ty:ty, $slot:ty, $form:ty $(, $default:expr)?;)*
    }) => {
        type __Serde = $crate::__private::Is<{ $is_readable && $crate::__private::StorableProbe::<$state>::YES }>;

        #[automatically_derived]
        impl $crate::checkpoint::SavedFields for $state
        where
            $(for<'any> $slot: $crate::__private::SavedSlot<$ty, $form, __Serde>,)*
            $($assumed)*
        {
            $(const __VERSION: ::core::primitive::u32 = $version;)?

            $(fn __migrate(
                old: &mut $crate::checkpoint::OldFields,
                from: ::core::primitive::u32,
            ) -> ::core::result::Result<(), $crate::checkpoint::FormatError> {
                ::core::result::Result::map_err(($migrate)(old, from), ::core::convert::Into::into)
            })?

            fn __save(
                &self,
                fields: &mut $crate::__private::FieldWriter,
            ) -> ::core::result::Result<(), $crate::__private::FieldError> {
                let _ = &fields;
                $(<$slot as $crate::__private::SavedSlot<$ty, $form, __Serde>>::save_field(
                    &self.$field,
                    $crate::__private::saved_key::<Self>($index),
                    fields,
                )?;)*
                ::core::result::Result::Ok(())
            }

            fn __save_update(
                update: &$update,
                fields: &mut $crate::__private::FieldWriter,
            ) -> ::core::result::Result<(), $crate::__private::FieldError> {
                let _ = (&update, &fields);
                $(<$slot as $crate::__private::SavedSlot<$ty, $form, __Serde>>::save(
                    &update.$field,
                    $crate::__private::saved_key::<Self>($index),
                    fields,
                )?;)*
                ::core::result::Result::Ok(())
            }

            fn __load(
                update: &mut $update,
                field: $crate::__private::SavedField<'_>,
            ) -> ::core::result::Result<$crate::state::FieldSet, $crate::__private::LoadError> {
                let _ = &update;
                match field.name {
                    $($name => {
                        let key = $crate::__private::saved_key::<Self>($index);
                        update.$field =
                            <$slot as $crate::__private::SavedSlot<$ty, $form, __Serde>>::load(field, key)?;
                        ::core::result::Result::Ok($crate::state::FieldSet::one($index))
                    })*
                    _ => $crate::__private::unsaved_field::<Self>(field),
                }
            }

            fn __fill(update: &mut $update, present: $crate::state::FieldSet) {
                let _ = (&update, present);
                $($(if !present.contains($index) {
                    update.$field =
                        <$slot as $crate::__private::SavedSlot<$ty, $form, __Serde>>::overwriting($default);
                })?)*
            }
        }
    };
}
