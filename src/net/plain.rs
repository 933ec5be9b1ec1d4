//! AWS's refusals in plain words: from a code and a text to a kind, a sentence and a hint.
//!
//! The two MFA refusals share one code (`AccessDenied`), so they are told apart by their text, which AWS has
//! not changed in years (aws-cli #6325 and #2279, broamski/aws-mfa #46).

use super::error::{Kind, NetError};
use super::refusal::Refusal;
use super::retry;
use crate::aws::text::is_hostile;

/// The kind of a refusal with this HTTP status.
#[must_use]
pub fn kind(status: u16, refusal: &Refusal) -> Kind {
    let says = |text: &str| refusal.message.contains(text);
    if retry::is_throttling(status, &refusal.code) {
        return Kind::Throttled;
    }
    match refusal.code.as_str() {
        "AccessDenied" if says("invalid MFA one time pass code") => Kind::WrongCode,
        "AccessDenied" if says("unable to validate MFA code") => Kind::WrongDevice,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => Kind::AccessDenied,
        "InvalidClientTokenId" | "UnrecognizedClientException" => Kind::UnknownKey,
        "ExpiredToken" | "ExpiredTokenException" | "UnauthorizedException" => Kind::Expired,
        "RequestExpired" | "RequestInTheFuture" | "RequestTimeTooSkewed" => Kind::Clock,
        "SignatureDoesNotMatch" if says("Signature expired") || says("Signature not yet current") => {
            Kind::Clock
        }
        "SignatureDoesNotMatch" | "InvalidSignatureException" => Kind::BadSignature,
        _ if status == 404 => Kind::NotFound,
        _ if status >= 500 => Kind::Service,
        _ => Kind::Refused,
    }
}

/// The failure a person reads.
#[must_use]
pub fn explain(status: u16, refusal: Refusal, host: &str) -> NetError {
    let kind = kind(status, &refusal);
    let said = if refusal.message.is_empty() { format!("HTTP {status}") } else { refusal.message };
    let message = match kind {
        Kind::WrongCode => "AWS refused the code: it is wrong or was used already".to_owned(),
        Kind::WrongDevice => "AWS does not know this MFA device for this user".to_owned(),
        Kind::UnknownKey => format!("AWS does not know this access key: {said}"),
        Kind::BadSignature => "the secret access key does not belong to this access key id".to_owned(),
        Kind::Expired => format!("the session that signed the request has expired: {said}"),
        Kind::Clock => format!("this computer's clock is too far off for AWS: {said}"),
        Kind::Throttled => format!("AWS asks to slow down: {said}"),
        Kind::Service => format!("{host} has a problem of its own (HTTP {status}): {said}"),
        Kind::NotFound if refusal.code.is_empty() => format!("{host} has nothing there (HTTP 404)"),
        _ if refusal.code.is_empty() => format!("{host} answered HTTP {status}"),
        _ => format!("{}: {said}", refusal.code),
    };
    let code = Some(refusal.code).filter(|code| !code.is_empty());
    let (request_id, status) = (refusal.request_id, Some(status));
    NetError { code, request_id, status, ..NetError::new(kind, message) }
}

/// What to do about a failure of this kind, if there is something to do.
#[must_use]
pub const fn hint(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::WrongCode => {
            "wait for the next code and type that one; if it is refused too, check the clock of the device"
        }
        Kind::WrongDevice => "check mfa_serial of the profile, or name the device with --serial ARN",
        Kind::AccessDenied => "a policy does not allow this; ask whoever manages the account",
        Kind::UnknownKey => "the key was deleted or made inactive, or a session is missing its token",
        Kind::BadSignature => "copy the secret again, whole: it belongs to another key or was cut",
        Kind::Expired => "renew the session and try again",
        Kind::Clock => "set this computer's clock (NTP) and try again",
        Kind::Throttled => "wait a minute and try again",
        Kind::Service => "try again in a minute; health.aws.amazon.com says whether AWS knows",
        Kind::OutcomeUnknown => "wait for the next code and use that one: the last may be used up",
        Kind::BadReply => "try again, with the next code if one was typed; nothing was written",
        Kind::NotAws => "sign in to the network (captive portal) or check the proxy; nothing was written",
        Kind::Dns => "check the network, the VPN and the region's name",
        Kind::Connect => "check the network, the VPN and the endpoint settings (AWS_ENDPOINT_URL)",
        Kind::Tls => "if a company proxy inspects TLS, point AWS_CA_BUNDLE at its certificate",
        Kind::Proxy => "check HTTPS_PROXY and NO_PROXY",
        Kind::Timeout | Kind::Broken => "check the network and try again",
        Kind::Setting => "correct that setting and try again; nothing was sent",
        Kind::NotFound | Kind::Refused => return None,
    })
}

/// Text from the network without anything hostile, cut to what a line can hold.
#[must_use]
pub fn sanitised(text: &str) -> String {
    const LONGEST: usize = 500;
    let clean = text.chars().map(|c| if is_hostile(c) { ' ' } else { c });
    let joined = clean.take(LONGEST).collect::<String>();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: &str, message: &str) -> Refusal {
        Refusal { code: code.into(), message: message.into(), request_id: None }
    }

    #[test]
    fn one_code_two_meanings() {
        let wrong =
            refusal("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        let serial = refusal(
            "AccessDenied",
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please …",
        );
        let other = refusal("AccessDenied", "User: x is not authorized to perform: sts:AssumeRole");
        assert_eq!(kind(403, &wrong), Kind::WrongCode);
        assert_eq!(kind(403, &serial), Kind::WrongDevice);
        assert_eq!(kind(403, &other), Kind::AccessDenied);
    }

    #[test]
    fn a_signature_may_be_wrong_or_late() {
        assert_eq!(kind(403, &refusal("SignatureDoesNotMatch", "Signature expired: 2026…")), Kind::Clock);
        assert_eq!(
            kind(403, &refusal("SignatureDoesNotMatch", "The request signature we …")),
            Kind::BadSignature
        );
    }

    #[test]
    fn no_escape_sequence_survives() {
        assert_eq!(sanitised("a\u{1b}[31mb\r\nc\u{9b}d"), "a [31mb c d");
    }
}
