//! A reply is believed whole or not at all.
//!
//! AWS's own Rust SDK accepts a reply cut off inside the token and returns empty keys; written to a file those
//! would lock somebody out. So: UTF-8, well-formed to the last tag, the right root, every field there once,
//! non-empty, made of visible characters, and an expiry that lies ahead and within what AWS can grant.

use jiff::{SignedDuration, Timestamp};
use roxmltree::{Document, Node};

use super::call::{Reply, looks_like_html};
use super::error::{Kind, NetError};
use super::plain::sanitised;
use super::refusal;
use crate::aws::secret::{Credentials, Secret};

/// The longest session AWS grants is 36 hours; beyond two days an expiry is not AWS's.
const LONGEST: SignedDuration = SignedDuration::from_hours(48);

/// An XML reply being read. Every failure names what was wrong.
pub struct Xml<'a> {
    reply: &'a Reply,
    text: &'a str,
}

impl<'a> Xml<'a> {
    /// Checks that it is text and not a web page.
    ///
    /// # Errors
    /// [`Kind::NotAws`] or [`Kind::BadReply`].
    pub fn new(reply: &'a Reply) -> Result<Self, NetError> {
        if looks_like_html(&reply.body) {
            return Err(NetError::new(Kind::NotAws, "a web page came back instead of AWS's answer"));
        }
        if reply.body.is_empty() {
            return Err(bad(reply, "AWS's answer is empty"));
        }
        let text = str::from_utf8(&reply.body).map_err(|_| bad(reply, "AWS's answer is not text"))?;
        Ok(Self { reply, text })
    }

    /// Parses it whole and hands `<{action}Response><{action}Result>` to `read`.
    ///
    /// # Errors
    /// [`Kind::BadReply`] if it is cut off, is something else, or `read` says what is missing.
    pub fn result<T>(
        &self,
        action: &str,
        read: impl FnOnce(Node<'_, '_>) -> Result<T, String>,
    ) -> Result<T, NetError> {
        let document = Document::parse(self.text)
            .map_err(|error| self.bad(&format!("AWS's answer is cut off or damaged ({error})")))?;
        let root = document.root_element();
        if root.tag_name().name() != format!("{action}Response") {
            return Err(self.bad(&format!("the answer is no {action}Response")));
        }
        let result = only(root, &format!("{action}Result")).map_err(|why| self.bad(&why))?;
        read(result).map_err(|why| self.bad(&why))
    }

    /// `<{action}Response>` of an action that has nothing to say, whole.
    ///
    /// # Errors
    /// As [`Xml::result`].
    pub fn done(&self, action: &str) -> Result<(), NetError> {
        let document = Document::parse(self.text)
            .map_err(|error| self.bad(&format!("AWS's answer is cut off or damaged ({error})")))?;
        let is = document.root_element().tag_name().name() == format!("{action}Response");
        if is { Ok(()) } else { Err(self.bad(&format!("the answer is no {action}Response"))) }
    }

    fn bad(&self, why: &str) -> NetError {
        bad(self.reply, why)
    }
}

impl std::fmt::Debug for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Xml(****)")
    }
}

/// A bad reply, with the request id of whoever sent it.
#[must_use]
pub fn bad(reply: &Reply, why: &str) -> NetError {
    let request_id = refusal::request_id(&reply.headers);
    NetError { request_id, ..NetError::new(Kind::BadReply, sanitised(why)) }
}

/// The one child element of that name.
fn only<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Result<Node<'a, 'i>, String> {
    let mut found = node.children().filter(|child| child.tag_name().name() == name);
    match (found.next(), found.next()) {
        (Some(child), None) => Ok(child),
        (Some(_), Some(_)) => Err(format!("AWS's answer has two {name}")),
        (None, _) => Err(format!("AWS's answer has no {name}")),
    }
}

/// The text of the one child of that name: visible ASCII and at least one character.
///
/// # Errors
/// What is wrong with it, without its value.
pub fn field(node: Node<'_, '_>, name: &str) -> Result<String, String> {
    let child = only(node, name)?;
    well_formed(name, child.text().unwrap_or_default())
}

/// A value of visible ASCII characters, white space around it removed.
///
/// # Errors
/// What is wrong with it, without its value.
pub fn well_formed(name: &str, text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("AWS's answer has an empty {name}"));
    }
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(format!("AWS's answer has white space or other strange characters in {name}"));
    }
    Ok(text.to_owned())
}

/// `<Credentials>` with all four fields, good from `now` on.
///
/// # Errors
/// What is missing or implausible, without values.
pub fn credentials(result: Node<'_, '_>, now: Timestamp) -> Result<Credentials, String> {
    let node = only(result, "Credentials")?;
    let expires_at = expiry(&field(node, "Expiration")?)?;
    if expires_at <= now {
        return Err(format!(
            "AWS's answer has expired already ({expires_at}); is this computer's clock right?"
        ));
    }
    if expires_at.duration_since(now) > LONGEST {
        return Err(format!("AWS's answer claims to last until {expires_at}, longer than AWS grants"));
    }
    Ok(Credentials {
        access_key_id: key_id(&field(node, "AccessKeyId")?)?,
        secret_access_key: Secret::new(field(node, "SecretAccessKey")?),
        session_token: Some(Secret::new(field(node, "SessionToken")?)),
        expires_at: Some(expires_at),
        account: None,
    })
}

/// An access key id: short, and nothing that means something in a file or a terminal.
///
/// # Errors
/// If it is not.
pub fn key_id(text: &str) -> Result<String, String> {
    let fits = text.len() <= 128 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_~.".contains(&b));
    if fits { Ok(text.to_owned()) } else { Err("AWS's answer has an AccessKeyId that is none".to_owned()) }
}

/// An RFC 3339 moment.
///
/// # Errors
/// If it is not one.
pub fn expiry(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "AWS's answer has an Expiration that is no time".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "<GetSessionTokenResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
        <GetSessionTokenResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>se/cr+et</SecretAccessKey>\
        <SessionToken>tok/en==</SessionToken><Expiration>2026-11-23T00:00:00Z</Expiration></Credentials>\
        </GetSessionTokenResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetSessionTokenResponse>";

    fn read(body: &str) -> Result<Credentials, NetError> {
        let reply = Reply { status: 200, headers: reqwest::header::HeaderMap::default(), body: body.into() };
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        Xml::new(&reply)?.result("GetSessionToken", |node| credentials(node, now))
    }

    fn refused(body: &str) -> String {
        read(body).unwrap_err().message
    }

    #[test]
    fn a_whole_reply_is_believed() {
        let keys = read(GOOD).unwrap();
        assert_eq!(keys.access_key_id, "ASIAEXAMPLE");
        assert_eq!(keys.session_token.unwrap().expose(), "tok/en==");
        let fraction = GOOD.replace("00:00:00Z", "00:00:00.250Z");
        assert!(read(&fraction).is_ok());
    }

    #[test]
    fn every_truncation_is_refused() {
        for end in 0..GOOD.len() {
            assert!(read(&GOOD[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn missing_empty_doubled_and_strange_fields_are_refused() {
        for name in ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"] {
            let (open, close) = (format!("<{name}>"), format!("</{name}>"));
            let (start, end) = (GOOD.find(&open).unwrap(), GOOD.find(&close).unwrap() + close.len());
            let element = &GOOD[start..end];
            let with = |new: &str| refused(&GOOD.replace(element, new));
            assert_eq!(with(""), format!("AWS's answer has no {name}"));
            assert_eq!(with(&format!("<{name}/>")), format!("AWS's answer has an empty {name}"));
            assert_eq!(with(&format!("{element}{element}")), format!("AWS's answer has two {name}"));
            assert!(with(&format!("{open}a&#10;[x]{close}")).contains("strange characters"));
        }
    }

    #[test]
    fn an_expiry_must_be_plausible() {
        assert!(refused(&GOOD.replace("2026-11-23", "2026-11-21")).contains("expired already"));
        assert!(refused(&GOOD.replace("2026-11-23", "2036-11-23")).contains("longer than AWS grants"));
        assert!(refused(&GOOD.replace("2026-11-23T00:00:00Z", "tomorrow")).contains("no time"));
    }

    #[test]
    fn other_answers_are_refused() {
        assert!(
            refused(&GOOD.replace("GetSessionToken", "AssumeRole")).contains("no GetSessionTokenResponse")
        );
        assert_eq!(read(" <!DOCTYPE html><html>log in").unwrap_err().kind, Kind::NotAws);
        assert!(refused("").contains("empty"));
        assert!(refused(&format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{GOOD}")).contains("damaged"));
    }

    #[test]
    fn errors_carry_no_value() {
        let message = refused(&GOOD.replace("tok/en==", "tok en=="));
        assert!(!message.contains("tok"), "{message}");
    }
}
