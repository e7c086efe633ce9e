//! Running the tasks of a super-step side by side, in places that are used again from step to step.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Up to so many futures are all polled at every wake, as `join!` does; beyond, only those that were woken.
const FEW: usize = 8;

/// What a future ended with: its output, or the payload of its panic.
pub(crate) type Ended<T> = std::thread::Result<T>;

/// Places for futures of one type. A place keeps its memory when its future ends, so that a run which has once been as
/// wide as it gets allocates nothing more.
pub(crate) struct Slots<F> {
    places: Vec<Place<F>>,
    woken: Arc<Woken>,
    turn: Vec<usize>,
}

struct Place<F> {
    /// Which task the future is of.
    task: usize,
    future: Pin<Box<Option<F>>>,
    bell: Arc<Bell>,
    waker: Waker,
}

impl<F: Future> Slots<F> {
    pub(crate) fn new() -> Self {
        Self { places: Vec::new(), woken: Arc::default(), turn: Vec::new() }
    }

    /// Puts the future of a task into a place, to be polled at the next pass.
    pub(crate) fn set(&mut self, place: usize, task: usize, future: F) {
        if self.places.len() <= place {
            self.grow(place);
        }
        self.places[place].task = task;
        self.places[place].future.as_mut().set(Some(future));
    }

    /// [`set`](Self::set) for the one task of a step. Inlined, as is its poll: the future and what it ends with are made
    /// where they go, and not copied there.
    #[inline(always)]
    pub(crate) fn set_single(&mut self, future: F) {
        if self.places.is_empty() {
            self.grow(0);
        }
        self.places[0].task = 0;
        self.places[0].future.as_mut().set(Some(future));
    }

    #[cold]
    fn grow(&mut self, place: usize) {
        while self.places.len() <= place {
            let bell =
                Arc::new(Bell { place: self.places.len(), rung: AtomicBool::new(false), woken: self.woken.clone() });
            self.places.push(Place { task: 0, future: Box::pin(None), waker: Waker::from(bell.clone()), bell });
        }
    }

    /// Drops every future that has not ended.
    pub(crate) fn clear(&mut self) {
        for place in &mut self.places {
            place.future.as_mut().set(None);
        }
    }

    /// Polls the one future in place 0.
    #[inline(always)]
    pub(crate) fn poll_single(&mut self, cx: &mut Context<'_>) -> Poll<Ended<F::Output>> {
        Place::poll_future(&mut self.places[0].future, cx)
    }

    /// Polls the futures in the first `width` places that may have something to say, and tells `ended` of those that
    /// have ended (place, task, what with); it may put another future into the place.
    ///
    /// `first` says that the futures are new: all are polled, whether or not they were woken.
    pub(crate) fn poll_pass(
        &mut self,
        cx: &mut Context<'_>,
        width: usize,
        first: bool,
        mut ended: impl FnMut(&mut Self, usize, usize, Ended<F::Output>),
    ) {
        if width <= FEW {
            // They wake the consumer themselves, so that nobody has to keep book of who was woken.
            for place in 0..width {
                self.poll_place(place, |place| place.poll(cx), &mut ended);
            }
            return;
        }
        self.woken.listen(cx.waker());
        let mut turn = std::mem::take(&mut self.turn);
        self.woken.take(&mut turn);
        if first {
            turn.clear();
            turn.extend(0..width);
        }
        for place in turn.drain(..) {
            self.places[place].bell.rung.store(false, Ordering::Release);
            self.poll_place(place, Place::poll_awake, &mut ended);
        }
        self.turn = turn;
        // What was woken meanwhile gets its turn in the next poll, so that other work of the runtime gets one too.
        if self.woken.any() {
            cx.waker().wake_by_ref();
        }
    }
}

impl<F: Future> Slots<F> {
    /// Polls a place until its future waits. One that ends may leave its place to the next one, which has not been
    /// polled yet.
    fn poll_place(
        &mut self,
        place: usize,
        mut poll: impl FnMut(&mut Place<F>) -> Poll<Ended<F::Output>>,
        ended: &mut impl FnMut(&mut Self, usize, usize, Ended<F::Output>),
    ) {
        while self.places[place].future.is_some() {
            let Poll::Ready(output) = poll(&mut self.places[place]) else { return };
            ended(self, place, self.places[place].task, output);
        }
    }
}

impl<F: Future> Place<F> {
    /// Polls the future, to be told when it wakes that it was this one.
    #[inline(never)]
    fn poll_awake(&mut self) -> Poll<Ended<F::Output>> {
        Self::poll_future(&mut self.future, &mut Context::from_waker(&self.waker))
    }

    #[inline(never)]
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Ended<F::Output>> {
        Self::poll_future(&mut self.future, cx)
    }

    /// Polls the future, and empties the place when it ends. A panic is an end too: the run, not the thread, fails.
    #[inline(always)]
    fn poll_future(place: &mut Pin<Box<Option<F>>>, cx: &mut Context<'_>) -> Poll<Ended<F::Output>> {
        let Some(future) = place.as_mut().as_pin_mut() else { return Poll::Pending };
        let output = match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(payload),
        };
        place.as_mut().set(None);
        Poll::Ready(output)
    }
}

/// The places that were woken since the last pass.
#[derive(Default)]
struct Woken {
    places: Mutex<Vec<usize>>,
    parent: Mutex<Option<Waker>>,
}

impl Woken {
    fn listen(&self, waker: &Waker) {
        let mut parent = self.parent.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *parent {
            Some(parent) => parent.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    fn take(&self, into: &mut Vec<usize>) {
        std::mem::swap(&mut *self.places.lock().unwrap_or_else(PoisonError::into_inner), into);
    }

    fn any(&self) -> bool {
        !self.places.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// The waker of one place.
struct Bell {
    place: usize,
    rung: AtomicBool,
    woken: Arc<Woken>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.rung.swap(true, Ordering::AcqRel) {
            self.woken.places.lock().unwrap_or_else(PoisonError::into_inner).push(self.place);
            let parent = self.woken.parent.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(parent) = parent {
                parent.wake();
            }
        }
    }
}

/// The text of a panic, where it has one.
pub(crate) fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a value that is no text".to_owned())
}
