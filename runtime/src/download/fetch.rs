//! The bytes of a file, in order, whatever happens on the way.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use url::Url;

use super::get::{self, Wanted, failed};
use super::identity::{Identity, content_range};
use super::source::Source;
use crate::error::{Error, ErrorKind};
use crate::transport::{Body, HttpResponse};

/// The first pause after a failure; each further one without a byte in between doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// How often a link is renewed that is refused each time.
const MAX_RENEWALS: u32 = 2;

/// Fetches a file, or a part of it: goes on after an interruption, and renews the link when it is refused.
pub(super) struct Fetch {
    source: Arc<Source>,
    identity: Option<Identity>,
    /// The next byte that is wanted.
    offset: u64,
    /// The first byte that is not wanted any more; the end of the file if there is none.
    end: Option<u64>,
    /// Whether those who take the bytes can begin anew.
    can_restart: bool,
    attempts: u32,
    reply: Option<(Url, Body)>,
    /// Whether what is being sent is a part of the file, as was asked for.
    is_part: bool,
    /// How many bytes are known already of what is being sent.
    skip: u64,
    failures: u32,
    renewals: u32,
    restarts: u32,
    refused: Option<u64>,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Piece {
    /// The next bytes.
    Data(Bytes),
    /// What has come so far is of no use: the file has changed, or the server cannot go on where it stopped. The next
    /// bytes are the first of the file.
    Restart,
    /// That was all.
    End,
}

/// What to do about a failure.
enum Failed {
    /// Nothing helps.
    Fatal(Error),
    /// Another link might help than the one of this generation.
    Refused(Error, u64),
    /// It may be better the next time.
    Transient(Error),
    /// The bytes so far are of no use.
    Outdated(&'static str, Url),
}

impl Fetch {
    /// Fetches from `offset` on. `identity` says of which file the bytes before it are.
    pub(super) fn new(source: Arc<Source>, identity: Option<Identity>, offset: u64, attempts: u32) -> Self {
        Self {
            source,
            identity,
            offset,
            end: None,
            can_restart: true,
            attempts: attempts.max(1),
            reply: None,
            is_part: false,
            skip: 0,
            failures: 0,
            renewals: 0,
            restarts: 0,
            refused: None,
        }
    }

    /// Ends before the byte `end`.
    pub(super) fn until(mut self, end: u64) -> Self {
        self.end = Some(end);
        self
    }

    /// Never begins anew: what would need that is an error.
    pub(super) fn straight(mut self) -> Self {
        self.can_restart = false;
        self
    }

    /// What the server told about the file; nothing before the first piece.
    pub(super) fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// Where the next byte stands.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the last piece was of a part that was asked for, and not of the whole file.
    pub(super) fn is_part(&self) -> bool {
        self.is_part
    }

    /// Asks for the wanted bytes, and says whether the server sends parts of the file.
    pub(super) async fn sends_parts(&mut self) -> Result<bool, Error> {
        match self.next().await {
            Ok(Piece::Data(_)) => Ok(self.is_part),
            Ok(_) => Ok(false),
            Err(error) if error.status() == Some(416) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The next piece.
    pub(super) async fn next(&mut self) -> Result<Piece, Error> {
        loop {
            if self.is_complete() {
                self.reply = None;
                return Ok(Piece::End);
            }
            let Some((link, mut body)) = self.reply.take() else {
                match self.open().await {
                    Ok(true) => {}
                    Ok(false) => return Ok(Piece::Restart),
                    Err(Failed::Outdated(why, link)) => {
                        self.restart(why, &link)?;
                        self.identity = None;
                        return Ok(Piece::Restart);
                    }
                    Err(failed) => self.forgive(failed).await?,
                }
                continue;
            };
            match get::chunk(self.source.core(), &link, &mut body).await {
                Ok(Some(bytes)) => {
                    let bytes = self.wanted_of(bytes);
                    if !self.is_complete() {
                        self.reply = Some((link, body));
                    }
                    if !bytes.is_empty() {
                        return Ok(Piece::Data(bytes));
                    }
                }
                // Nobody said how long it is: the end is where it ends.
                Ok(None) if self.end.is_none() && self.length().is_none() => {
                    let identity = self.identity.get_or_insert_default();
                    identity.length = Some(self.offset);
                }
                Ok(None) => {
                    let error = failed(&link, &format!("the connection ended after {} bytes", self.offset));
                    self.forgive(Failed::Transient(error)).await?;
                }
                Err(error) => self.forgive(Failed::Transient(error)).await?,
            }
        }
    }

    fn length(&self) -> Option<u64> {
        self.identity.as_ref()?.length
    }

    fn is_complete(&self) -> bool {
        self.end.or(self.length()).is_some_and(|end| self.offset >= end)
    }

    /// What of a piece has not come yet and is wanted.
    fn wanted_of(&mut self, mut bytes: Bytes) -> Bytes {
        let known = usize::try_from(self.skip).unwrap_or(usize::MAX).min(bytes.len());
        self.skip -= known as u64;
        let _ = bytes.split_to(known);
        if let Some(end) = self.end.or(self.length()) {
            bytes.truncate(usize::try_from(end - self.offset).unwrap_or(usize::MAX));
        }
        if !bytes.is_empty() {
            self.offset += bytes.len() as u64;
            (self.failures, self.renewals) = (0, 0);
        }
        bytes
    }

    /// Asks for the bytes from here on. Returns whether they come from here on: if not, they come from the start.
    async fn open(&mut self) -> Result<bool, Failed> {
        let minted = self.source.link(self.refused).await.map_err(Failed::Fatal)?;
        let (link, core) = (minted.url, self.source.core());
        let validator = self.identity.as_ref().and_then(|identity| identity.validator.as_deref());
        if self.offset > 0 && validator.is_none() {
            return Err(Failed::Outdated("nothing tells whether the rest would be of the same file", link));
        }
        let wanted = Wanted { first: self.offset, end: self.end, validator };
        let response = get::get(core, &link, wanted).await.map_err(|error| match error.kind() {
            ErrorKind::Download => Failed::Fatal(error),
            _ => Failed::Transient(error),
        })?;
        match response.status {
            StatusCode::OK => self.take_whole(link, response),
            StatusCode::PARTIAL_CONTENT => self.take_part(link, response),
            StatusCode::RANGE_NOT_SATISFIABLE | StatusCode::PRECONDITION_FAILED if self.offset > 0 => {
                Err(Failed::Outdated("the file has changed", link))
            }
            _ => {
                let error = get::refusal(core, &link, response).await;
                Err(classify(error, minted.generation))
            }
        }
    }

    /// The whole file: because it was asked for, because it is another one now, or because the server knows no parts.
    fn take_whole(&mut self, link: Url, response: HttpResponse) -> Result<bool, Failed> {
        let told = Identity::of_whole(&response.headers);
        self.is_part = false;
        let is_same =
            self.identity.as_ref().is_none_or(|known| known.validator == told.validator && known.matches(&told));
        if is_same {
            self.skip = self.offset;
            self.know(told);
            self.reply = Some((link, response.body));
            return Ok(true);
        }
        self.restart("the file has changed", &link).map_err(Failed::Fatal)?;
        self.identity = Some(told);
        self.reply = Some((link, response.body));
        Ok(false)
    }

    fn take_part(&mut self, link: Url, response: HttpResponse) -> Result<bool, Failed> {
        let told = Identity::of_part(&response.headers);
        if self.identity.as_ref().is_some_and(|known| !known.matches(&told)) {
            return Err(Failed::Outdated("the file has changed", link));
        }
        if content_range(&response.headers).is_none_or(|range| range.first != self.offset) {
            return Err(Failed::Fatal(failed(&link, "another part came than the one that was asked for")));
        }
        (self.is_part, self.skip) = (true, 0);
        self.know(told);
        self.reply = Some((link, response.body));
        Ok(true)
    }

    fn know(&mut self, told: Identity) {
        match &mut self.identity {
            Some(known) => known.complete(told),
            None => self.identity = Some(told),
        }
    }

    /// Goes back to the first byte, if that is possible.
    fn restart(&mut self, why: &str, link: &Url) -> Result<(), Error> {
        self.restarts += 1;
        if !self.can_restart || self.restarts > self.attempts {
            return Err(failed(link, &format!("it cannot go on after {} bytes: {why}", self.offset)));
        }
        (self.offset, self.skip) = (0, 0);
        Ok(())
    }

    /// Pauses after a failure that may pass; returns those that do not, and those that do not stop.
    async fn forgive(&mut self, failed: Failed) -> Result<(), Error> {
        let error = match failed {
            Failed::Fatal(error) => return Err(error),
            Failed::Outdated(why, link) => return Err(get::failed(&link, why)),
            Failed::Refused(error, generation) => {
                self.refused = Some(generation);
                self.renewals += 1;
                return if self.renewals > MAX_RENEWALS { Err(error) } else { Ok(()) };
            }
            Failed::Transient(error) => error,
        };
        self.failures += 1;
        if self.failures >= self.attempts {
            return Err(error);
        }
        let pause = FIRST_PAUSE.saturating_mul(1 << (self.failures - 1).min(6));
        self.source.core().config().clock.sleep(pause).await;
        Ok(())
    }
}

/// Whether a refusal may pass, or another link may help.
fn classify(error: Error, generation: u64) -> Failed {
    let status = error.status().unwrap_or_default();
    let code = error.code().unwrap_or_default();
    let is_expired = ["Expired", "AccessDenied", "SignatureDoesNotMatch"].iter().any(|part| code.contains(part))
        || error.message().to_ascii_lowercase().contains("expired");
    match status {
        401 | 403 | 410 => Failed::Refused(error, generation),
        400..=499 if is_expired => Failed::Refused(error, generation),
        408 | 429 | 500..=599 => Failed::Transient(error),
        _ => Failed::Fatal(error),
    }
}
