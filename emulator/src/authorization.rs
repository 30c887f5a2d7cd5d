//! The `Authorization` header: `<algorithm> Credential=<id>,SignedHeaders=<names>,Signature=<digits>`.

use alicloud_runtime::Algorithm;

use crate::refusal::Refusal;

/// What the header says.
#[derive(Debug, PartialEq)]
pub(crate) struct Authorization<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) access_key_id: &'a str,
    /// The names, in lower case as they are written.
    pub(crate) signed_headers: Vec<&'a str>,
    pub(crate) signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Reads the header.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Refusal> {
        let (name, rest) = text.trim().split_once(' ').unwrap_or((text, ""));
        let algorithm = algorithm(name).ok_or_else(|| {
            Refusal::new(400, "InvalidSignatureMethod", "Specified signature method is not supported.")
        })?;
        let mut parts = rest.split(',');
        let mut part = |name: &str| {
            let value = parts.next()?.strip_prefix(name)?.strip_prefix('=')?;
            (!value.is_empty()).then_some(value)
        };
        let read = (part("Credential"), part("SignedHeaders"), part("Signature"), parts.next());
        let (Some(access_key_id), Some(names), Some(signature), None) = read else {
            return Err(Refusal::incomplete("Authorization has Credential, SignedHeaders and Signature, and no more."));
        };
        Ok(Self { algorithm, access_key_id, signed_headers: names.split(';').collect(), signature })
    }
}

fn algorithm(name: &str) -> Option<Algorithm> {
    let known = [
        Algorithm::HmacSha256,
        #[cfg(feature = "sm3")]
        Algorithm::HmacSm3,
    ];
    known.into_iter().find(|algorithm| algorithm.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_header() {
        let text = "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=0a";
        let read = Authorization::parse(text).unwrap();
        assert_eq!((read.access_key_id, read.signature), ("id", "0a"));
        assert_eq!(read.signed_headers, ["host", "x-acs-date"]);
    }

    #[test]
    fn refuses_everything_else() {
        for (text, code) in [
            ("", "InvalidSignatureMethod"),
            ("Bearer x", "InvalidSignatureMethod"),
            ("acs id:signature", "InvalidSignatureMethod"),
            ("ACS3-HMAC-SHA1 Credential=id,SignedHeaders=host,Signature=0a", "InvalidSignatureMethod"),
            ("ACS3-HMAC-SHA256", "IncompleteSignature"),
            ("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host", "IncompleteSignature"),
            ("ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=0a", "IncompleteSignature"),
            ("ACS3-HMAC-SHA256 Credential=id, SignedHeaders=host, Signature=0a", "IncompleteSignature"),
            ("ACS3-HMAC-SHA256 SignedHeaders=host,Credential=id,Signature=0a", "IncompleteSignature"),
            ("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host,Signature=0a,More=1", "IncompleteSignature"),
        ] {
            assert_eq!(Authorization::parse(text).unwrap_err().code, code, "{text}");
        }
    }
}
