//! What AWS CLI v2 would try first in a profile (`botocore/credentials.py`, `ProfileProviderBuilder` and the
//! order of `create_credential_resolver`; the contract's `kind`).

use super::Profile;
use crate::aws::ini::FileKind;
use crate::aws::overview::Kind;

impl Profile<'_> {
    /// The first link of the CLI's chain that finds something in this profile. A `role_arn` without a source
    /// counts as a role: the CLI tries it, and stops with an error.
    #[must_use]
    pub fn kind(&self) -> Kind {
        kind_of(&|file, key| match file {
            None => self.has(key).then_some(true),
            Some(file) => self.entry(file, key).map(|entry| entry.is_filled()),
        })
    }
}

/// The same for whatever can say of a key, in one file or in either, whether it is there (`Some`) and filled.
#[must_use]
pub fn kind_of(look: &dyn Fn(Option<FileKind>, &str) -> Option<bool>) -> Kind {
    let has = |key| look(None, key).is_some();
    if has("role_arn") && !has("web_identity_token_file") {
        let by_source = has("credential_source") && !has("source_profile");
        return if by_source { Kind::CredentialSource } else { Kind::AssumeRole };
    }
    if has("web_identity_token_file") {
        return Kind::WebIdentity;
    }
    if has("sso_account_id") || has("sso_role_name") || has("sso_session") {
        return Kind::Sso;
    }
    let in_file = |file| {
        let filled = |key| look(Some(file), key) == Some(true);
        look(Some(file), "aws_access_key_id")?;
        let token = filled("aws_session_token") || filled("aws_security_token");
        Some(if token { Kind::Session } else { Kind::Static })
    };
    if let Some(kind) = in_file(FileKind::Credentials) {
        return kind;
    }
    if has("login_session") {
        return Kind::Login;
    }
    if has("credential_process") {
        return Kind::Process;
    }
    in_file(FileKind::Config).unwrap_or(Kind::Empty)
}
