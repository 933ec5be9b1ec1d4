//! What the OIDC service objects to, in the words of who is signing in.

use super::{Kind, NetError};

/// The same failure in plain words; what is not about a sign-in stays as it is.
pub fn plainly(error: NetError) -> NetError {
    let (kind, message) = match error.code() {
        "ExpiredTokenException" | "expired_token" => {
            (Kind::Refused, "the code ran out before anybody confirmed it")
        }
        "AccessDeniedException" | "access_denied" => {
            (Kind::Refused, "the sign-in was declined in the browser")
        }
        "InvalidGrantException" | "invalid_grant" => {
            (Kind::Refused, "Identity Center does not take this sign-in's token: it was used or revoked")
        }
        "InvalidClientException" | "UnauthorizedClientException" | "invalid_client" => {
            (Kind::Refused, "Identity Center does not know this client any more: its registration is over")
        }
        "InvalidRequestException" | "invalid_request" => {
            let message = format!("Identity Center refused the request: {}", error.message);
            return NetError { kind: Kind::Refused, message, ..error };
        }
        _ => return error,
    };
    NetError { kind, message: message.to_owned(), ..error }
}
