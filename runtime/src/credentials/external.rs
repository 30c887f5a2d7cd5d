//! Credentials that a program prints.

use super::{Credentials, ProviderContext};
use crate::error::Error;

/// Without the feature nothing is started.
#[cfg(not(feature = "external"))]
pub(crate) async fn run(_command: &str, _context: &ProviderContext) -> Result<Credentials, Error> {
    Err(Error::credentials("profiles of mode External need the feature `external`"))
}

#[cfg(feature = "external")]
pub(crate) use started::run;

#[cfg(feature = "external")]
mod started {
    use std::process::Stdio;
    use std::time::Duration;

    use zeroize::Zeroizing;

    use super::*;
    use crate::credentials::Kind;
    use crate::credentials::session::time;
    use crate::credentials::wiped::{Wiped, text};
    use crate::line::shorten;

    /// How long the program may take.
    const TIMEOUT: Duration = Duration::from_secs(60);
    /// How long temporary credentials are kept whose end the program does not tell.
    const UNTOLD_LIFETIME: Duration = Duration::from_secs(15 * 60);

    /// Starts a program and reads what it prints. The words of the command are split as a POSIX shell does it, but
    /// no shell is started.
    pub(crate) async fn run(command: &str, context: &ProviderContext) -> Result<Credentials, Error> {
        let words = shlex::split(command).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| failed("has a command line that cannot be split"))?;
        let mut program = tokio::process::Command::new(&words[0]);
        program.args(&words[1..]).stdin(Stdio::null()).kill_on_drop(true);
        let output = tokio::time::timeout(TIMEOUT, program.output()).await;
        let output = output.map_err(|_| failed("took more than 60 seconds"))?;
        let output = output.map_err(|error| failed(&format!("cannot be started: {error}")))?;
        let printed = Zeroizing::new(output.stdout);
        if !output.status.success() {
            let complaint = shorten(&String::from_utf8_lossy(&output.stderr), 200);
            return Err(failed(&format!("failed: {}: {complaint}", output.status)));
        }
        let printed = std::str::from_utf8(&printed).map_err(|_| failed("printed what is not UTF-8"))?;
        let document = Wiped::parse(printed).map_err(|why| failed(&format!("printed what is {why}")))?;
        read(&document, context)
    }

    fn read(document: &Wiped, context: &ProviderContext) -> Result<Credentials, Error> {
        let required = |name: &str| text(document.root(), name).ok_or_else(|| failed(&format!("printed no {name}")));
        let (id, secret) = (required("access_key_id")?, required("access_key_secret")?);
        let credentials = match text(document.root(), "mode").unwrap_or("AK") {
            "AK" => Credentials::access_key(id, secret),
            "StsToken" => Credentials::sts(id, secret, required("sts_token")?),
            other => return Err(failed(&format!("printed the mode {}", shorten(other, 80)))),
        };
        let is_temporary = matches!(credentials.kind(), Kind::Sts { .. });
        let credentials = match text(document.root(), "expiration") {
            Some(text) => {
                let expires_at = time(text).ok_or_else(|| failed("printed an expiration that is not a time in UTC"))?;
                credentials.expires_at(expires_at)
            }
            None => match context.now().checked_add(UNTOLD_LIFETIME).filter(|_| is_temporary) {
                Some(expires_at) => credentials.expires_at(expires_at),
                None => credentials,
            },
        };
        Ok(credentials.named("external"))
    }

    fn failed(what: &str) -> Error {
        Error::credentials(format!("the program of the profile {what}"))
    }
}
