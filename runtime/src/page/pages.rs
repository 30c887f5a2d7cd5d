//! The pages of a list as a stream.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pager::Paged;
use super::pending::PendingPage;
use super::place::Place;
use super::walk::{Step, Walk};
use crate::error::Error;
use crate::request::encoded;

/// The pages of a list, one after the other. The next page is asked for when it is polled for.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<R> {
    request: R,
    walk: Walk,
    pending: Option<PendingPage>,
    prefetch: bool,
    /// Where the page stands that was an error.
    failed: Option<Place>,
}

impl<R: Paged> Pages<R> {
    /// The pages from where `request` stands.
    pub fn new(request: R) -> Self {
        let walk = Walk::new(request.pager(), request.position());
        Self { request, walk, pending: None, prefetch: false, failed: None }
    }

    /// Asks for the next page while the one before it is being used. Needs a tokio runtime, and is of no effect
    /// without.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// Where the next page stands, as text that can be kept: [`resume`](Self::resume) goes on from there. After an
    /// error it is the page that could not be fetched.
    #[must_use]
    pub fn position(&self) -> String {
        self.place().to_text()
    }

    /// Goes on from where another stream of the same request stood, in another process perhaps. What has been added
    /// to the list or taken out of it since then moves what a position means, unless it is a token.
    ///
    /// # Errors
    ///
    /// When the text is none that [`position`](Self::position) returned.
    pub fn resume(mut self, position: &str) -> Result<Self, Error> {
        self.go_to(&Place::parse(position)?);
        Ok(self)
    }

    pub(super) fn go_to(&mut self, place: &Place) {
        (self.pending, self.failed) = (None, None);
        if let Some(page) = &place.page {
            self.request.set_position(page);
        }
        self.walk = Walk::new(self.request.pager(), self.request.position());
        if place.is_end {
            self.walk.end();
        }
    }

    pub(super) fn place(&self) -> Place {
        if let Some(failed) = &self.failed {
            return failed.clone();
        }
        if self.walk.is_over() {
            return Place::end();
        }
        Place { page: self.walk.position().map(str::to_owned), ..Place::default() }
    }
}

// Nothing is pinned inside but what is in a box.
impl<R> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R> {
    type Item = Result<R::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.walk.is_over() {
            return Poll::Ready(None);
        }
        let request = &this.request;
        let send = || request.call().send(encoded(request));
        let reply = ready!(this.pending.get_or_insert_with(|| PendingPage::here(send())).poll(context));
        this.pending = None;
        let place = this.place();
        let stepped = reply.and_then(|reply| {
            let step = this.walk.step(&reply, this.request.page_size())?;
            Ok((reply, step))
        });
        let page = match stepped {
            Ok((_, Step::Drop)) => return Poll::Ready(None),
            Ok((reply, Step::Last)) => reply.decode(),
            Ok((reply, Step::Next(position))) => {
                this.request.set_position(&position);
                reply.decode()
            }
            Err(error) => Err(error),
        };
        if page.is_err() {
            this.walk.end();
            this.failed = Some(place);
        }
        if this.prefetch && !this.walk.is_over() {
            this.pending = Some(PendingPage::background(this.request.call().send(encoded(&this.request))));
        }
        Poll::Ready(Some(page))
    }
}
