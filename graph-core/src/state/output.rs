//! The return types of node functions.

use std::convert::Infallible;
use std::pin::Pin;

use super::Update;
use crate::node::{Command, IntoNodeError};

/// What a node function may return, whatever its state: an update, a [`Command`] with one, or a `Result` of either.
///
/// An update is a write of the state's module of writes (`ChatStateWrite::Topic`), a struct with `#[derive(Update)]`,
/// or a tuple, an `Option` or `()` of such. The type decides, not its spelling, so an alias is what it stands for:
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Page {
///     #[state(input)]
///     title: String,
///     words: u64,
///     draft: bool,
/// }
///
/// type Checked = NodeResult<Command<(PageWrite::Words, Option<PageWrite::Draft>), bool>>;
///
/// #[node]
/// async fn check(Page { title, .. }: &Page) -> Checked {
///     let words = title.split_whitespace().count() as u64;
///     let draft = (words < 3).then_some(PageWrite::Draft(true));
///     Ok(Command::new((PageWrite::Words(words), draft), words > 0))
/// }
///
/// graph! {
///     PageGraph<Page> {
///         START -> check;
///         check -> |_, again| if again { END } else { check };
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let page = PageGraph::new().run(PageInput { title: "Two words".into() }).await?;
/// assert_eq!((page.words, page.draft), (2, true));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a node cannot return `{Self}`",
    label = "not an update",
    note = "a node returns its update: writes such as `StateWrite::Field`, a struct with `#[derive(Update)]`, or a `NodeResult` of one"
)]
pub trait Outcome: Sized {
    /// The update.
    type Update;

    /// The route, if the node chooses it; otherwise `()`.
    type Route;

    /// The error, if the node can fail.
    type Error;

    #[doc(hidden)]
    const ROUTES: bool = false;

    /// Whether it is a tuple of updates, whose JSON is the JSON of all of them as one object.
    #[doc(hidden)]
    const IS_TUPLE: bool = false;

    /// The update and the route.
    ///
    /// # Errors
    /// The error that the node returned.
    fn into_result(self) -> Result<(Self::Update, Self::Route), Self::Error>;
}

/// An [`Outcome`] of a node over the state `S`.
#[diagnostic::on_unimplemented(
    message = "a node over `{S}` cannot return `{Self}`",
    label = "not an update of `{S}`",
    note = "a node returns its update: writes such as `{S}Write::Field`, a struct with `#[derive(Update)] #[update({S})]`, or a `NodeResult` of one"
)]
pub trait NodeOutput<S> {
    /// The error, if the node can fail.
    type Failure;

    #[doc(hidden)]
    const IS_OUTPUT: () = ();
}

/// The error of such a result is any type that `?` converts to a [`NodeError`](crate::node::NodeError).
impl<U: Outcome<Error = Infallible>, E> Outcome for Result<U, E> {
    type Update = U::Update;
    type Route = U::Route;
    type Error = E;
    const ROUTES: bool = U::ROUTES;

    fn into_result(self) -> Result<(U::Update, U::Route), E> {
        self?.into_result().map_err(|never| match never {})
    }
}

impl<S, U: NodeOutput<S, Failure = Infallible>, E: IntoNodeError> NodeOutput<S> for Result<U, E> {
    type Failure = E;
}

impl<U: Outcome<Route = ()>, R> Outcome for Command<U, R> {
    type Update = U::Update;
    type Route = R;
    type Error = U::Error;
    const ROUTES: bool = true;

    fn into_result(self) -> Result<(U::Update, R), U::Error> {
        let (update, ()) = self.update.into_result()?;
        Ok((update, self.route))
    }
}

impl<S, U: NodeOutput<S>, R> NodeOutput<S> for Command<U, R> {
    type Failure = U::Failure;
}

impl<U: Outcome> Outcome for Option<U> {
    type Update = Self;
    type Route = ();
    type Error = Infallible;

    fn into_result(self) -> Result<(Self, ()), Infallible> {
        Ok((self, ()))
    }
}

impl<S, U: Update<S> + Clone> NodeOutput<S> for Option<U> {
    type Failure = Infallible;
}

impl Outcome for () {
    type Update = Self;
    type Route = ();
    type Error = Infallible;

    fn into_result(self) -> Result<((), ()), Infallible> {
        Ok(((), ()))
    }
}

impl<S> NodeOutput<S> for () {
    type Failure = Infallible;
}

/// A future that a function returns: `#[node]` awaits only what `async fn` makes. It is taken for no update, so that the
/// mistake is one error.
impl<F: ?Sized> Outcome for Pin<Box<F>> {
    type Update = ();
    type Route = ();
    type Error = Infallible;

    fn into_result(self) -> Result<((), ()), Infallible> {
        crate::__private::never()
    }
}

impl<S, F: Awaited + ?Sized> NodeOutput<S> for Pin<Box<F>> {
    type Failure = Infallible;
}

/// What no boxed future is.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a node cannot return a boxed future",
    label = "nothing awaits it",
    note = "write `async fn`, whose return type is the update itself"
)]
pub trait Awaited {}

macro_rules! tuples {
    ($($($part:ident)+;)+) => {$(
        impl<$($part: Outcome),+> Outcome for ($($part,)+) {
            type Update = Self;
            type Route = ();
            type Error = Infallible;
            const IS_TUPLE: bool = true;

            fn into_result(self) -> Result<(Self, ()), Infallible> {
                Ok((self, ()))
            }
        }

        impl<S, $($part: Update<S> + Clone),+> NodeOutput<S> for ($($part,)+) {
            type Failure = Infallible;
        }
    )+};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
