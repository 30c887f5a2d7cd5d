//! Events one after the other, not yet decoded into a type.

use std::collections::VecDeque;
use std::task::{Context, Poll};

use super::parser::{Parser, RawEvent};
use crate::error::{Error, ErrorKind};
use crate::json::Document;
use crate::judge::judged_failure;
use crate::stream::Opened;

/// An event whose data has been looked at.
pub(crate) struct Looked {
    pub(crate) event: RawEvent,
    /// The data, if it is JSON.
    pub(crate) document: Option<Document>,
}

/// The events of one reply.
pub(crate) struct Source {
    pub(super) opened: Box<Opened>,
    parser: Parser,
    is_over: bool,
    /// Events that came without a stream.
    ready: VecDeque<Looked>,
}

impl Source {
    /// The events of a reply that streams them.
    pub(super) fn new(opened: Opened) -> Self {
        Self { opened: Box::new(opened), parser: Parser::default(), is_over: false, ready: VecDeque::new() }
    }

    /// The one event that a reply is which is a document as a whole.
    pub(super) fn single(opened: Opened, document: Document) -> Self {
        let text = document.text().to_owned();
        let event = RawEvent { name: "message".to_owned(), id: String::new(), data: text };
        let ready = VecDeque::from([Looked { event, document: Some(document) }]);
        Self { ready, is_over: true, ..Self::new(opened) }
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Looked, Error>>> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(ready)));
            }
            if let Some(event) = self.parser.next() {
                return Poll::Ready(Some(self.look(event)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let limit = self.opened.call.core().config().max_response_bytes;
            if self.parser.pending() > limit {
                self.is_over = true;
                self.opened.pieces.end();
                let message = format!("an event is larger than {limit} bytes, see `ConfigBuilder::max_response_bytes`");
                return Poll::Ready(Some(Err(self.opened.head.error(ErrorKind::Decode, message))));
            }
            match self.opened.poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(bytes))) => self.parser.push(bytes),
                Poll::Ready(Some(Err(error))) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => self.is_over = true,
            }
        }
    }

    fn look(&self, event: RawEvent) -> Result<Looked, Error> {
        let Opened { head, call, .. } = &*self.opened;
        let document = Document::parse(event.data.clone()).ok().filter(|document| !document.root().is_null());
        if let Some(document) = &document
            && let Some(failure) = judged_failure(call.operation(), document, head.status, &head.headers)
        {
            return Err(failure.of(head.operation.clone(), head.attempts));
        }
        Ok(Looked { event, document })
    }
}
