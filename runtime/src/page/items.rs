//! The items of all pages as a stream.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pager::Paged;
use super::pages::Pages;
use super::place::Place;
use crate::error::Error;

/// The items of a list, page after page.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    page: std::vec::IntoIter<R::Item>,
    /// Where the page stands that the items are from, and how many of them have been yielded.
    place: Place,
    /// How many items of the next page are not wanted.
    skip: usize,
}

impl<R: Paged> Items<R> {
    /// The items from where `request` stands.
    pub fn new(request: R) -> Self {
        let pages = Pages::new(request);
        Self { place: pages.place(), pages, page: Vec::new().into_iter(), skip: 0 }
    }

    /// Asks for the next page while the items of the one before it are being used. Needs a tokio runtime, and is of no
    /// effect without.
    pub fn prefetch(mut self) -> Self {
        self.pages = self.pages.prefetch();
        self
    }

    /// Where the next item stands, as text that can be kept: [`resume`](Self::resume) goes on from there. After an
    /// error it is the item that could not be fetched.
    #[must_use]
    pub fn position(&self) -> String {
        if self.page.len() == 0 { self.next_page().to_text() } else { self.place.to_text() }
    }

    /// Goes on from where another stream of the same request stood, in another process perhaps. The page of that item
    /// is fetched once more. What has been added to the list or taken out of it since then moves what a position means.
    ///
    /// # Errors
    ///
    /// When the text is none that [`position`](Self::position) returned.
    pub fn resume(mut self, position: &str) -> Result<Self, Error> {
        let place = Place::parse(position)?;
        self.pages.go_to(&place);
        self.page = Vec::new().into_iter();
        self.skip = place.skip;
        self.place = place;
        Ok(self)
    }

    /// Where the items stand that no page has been fetched for.
    fn next_page(&self) -> Place {
        Place { skip: self.skip, ..self.pages.place() }
    }
}

impl<R: Paged> Unpin for Items<R> {}

impl<R: Paged> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                self.place.skip += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let place = self.next_page();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(response)) => {
                    self.page = R::into_items(response).into_iter();
                    let skip = std::mem::take(&mut self.skip);
                    self.page.by_ref().take(skip).for_each(drop);
                    self.place = place;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
