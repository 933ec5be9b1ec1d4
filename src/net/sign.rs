//! Signature Version 4, by AWS's own signer: in headers, and in the query for a presigned URL.

use std::time::Duration;

use aws_credential_types::Credentials as SdkCredentials;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SignatureLocation, SigningInstructions, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use jiff::Timestamp;
use reqwest::Url;

use super::error::{Kind, NetError};
use crate::aws::secret::Credentials;

/// Who signs, and for what scope.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    pub credentials: &'a Credentials,
    pub region: &'a str,
    /// `sts`, `iam`, …
    pub service: &'a str,
}

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub struct ToSign<'a> {
    pub method: &'a str,
    pub url: &'a Url,
    /// Headers that are part of the signature beside `host` and the signer's own.
    pub headers: &'a [(&'static str, &'a str)],
    pub body: &'a [u8],
    pub at: Timestamp,
}

impl Signer<'_> {
    /// The headers to add: `authorization`, `x-amz-date` and, for a session, `x-amz-security-token`.
    ///
    /// # Errors
    /// [`Kind::Setting`] if the request cannot be signed (a control character in a key, say).
    pub fn headers(&self, what: ToSign<'_>) -> Result<Vec<(String, String)>, NetError> {
        let done = self.run(what, SigningSettings::default())?;
        Ok(done.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The URL with the signature in its query, good for `expires`.
    ///
    /// # Errors
    /// As [`Signer::headers`].
    pub fn presign(&self, what: ToSign<'_>, expires: Duration) -> Result<Url, NetError> {
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(expires);
        let done = self.run(what, settings)?;
        let mut url = what.url.clone();
        for (name, value) in done.params() {
            url.query_pairs_mut().append_pair(name, value);
        }
        Ok(url)
    }

    fn run(&self, what: ToSign<'_>, settings: SigningSettings) -> Result<SigningInstructions, NetError> {
        let identity = self.identity();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(self.service)
            .time(what.at.into())
            .settings(settings)
            .build()
            .map_err(|error| refused(&error))?
            .into();
        let body = SignableBody::Bytes(what.body);
        let headers = what.headers.iter().map(|(name, value)| (*name, *value));
        let request = SignableRequest::new(what.method, what.url.as_str(), headers, body)
            .map_err(|error| refused(&error))?;
        let (instructions, _) = sign(request, &params).map_err(|error| refused(&error))?.into_parts();
        Ok(instructions)
    }

    /// The keys in the signer's own type, which zeroizes too. Its expiry is left out: AWS judges that.
    fn identity(&self) -> Identity {
        let keys = self.credentials;
        let token = keys.session_token.as_ref().map(|token| token.expose().to_owned());
        let secret = keys.secret_access_key.expose();
        SdkCredentials::new(&keys.access_key_id, secret, token, None, "awsprof").into()
    }
}

fn refused(error: &dyn std::error::Error) -> NetError {
    NetError::new(Kind::Setting, format!("the request could not be signed: {error}"))
}
