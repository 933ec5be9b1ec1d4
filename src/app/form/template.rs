//! The kinds of profile that can be made, and what each asks, in the words of `aws configure` and the order of
//! `awsprof add`.

use super::{Field, Rule};

/// A kind of new profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    User,
    Role,
    SignIn,
    Process,
}

/// All of them, the most usual first.
pub const TEMPLATES: [Template; 4] = [Template::User, Template::Role, Template::SignIn, Template::Process];

impl Template {
    /// What it is called, and what that means.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::User => ("IAM user keys", "an access key and its secret, with or without an MFA device"),
            Self::Role => ("role", "assumed with the credentials of another profile"),
            Self::SignIn => ("Identity Center", "a sign-in through the browser (SSO)"),
            Self::Process => ("process", "a program that prints credentials"),
        }
    }

    pub(super) fn fields(self) -> Vec<Field> {
        let field = |key, label, rule| Field::new(key, label, rule);
        let name = field("name", "Profile name", Rule::NewName).needed();
        let own = match self {
            Self::User => vec![
                field("aws_access_key_id", "AWS Access Key ID", Rule::AccessKey).needed(),
                field("aws_secret_access_key", "AWS Secret Access Key", Rule::Secret).needed(),
                field("mfa_serial", "MFA device (ARN)", Rule::Device),
            ],
            Self::Role => vec![
                field("role_arn", "Role ARN", Rule::Role).needed(),
                field("source_profile", "Source profile", Rule::Profile).needed(),
                field("external_id", "External id", Rule::Free),
                field("mfa_serial", "MFA device (ARN)", Rule::Device),
            ],
            Self::SignIn => vec![
                field("sso_session", "SSO session name", Rule::SsoSession).needed(),
                field("sso_start_url", "SSO start URL", Rule::Url),
                field("sso_region", "SSO region", Rule::Region),
                field("sso_account_id", "Account id", Rule::Account).needed(),
                field("sso_role_name", "Role name", Rule::Free).needed(),
            ],
            Self::Process => vec![field("credential_process", "Command", Rule::Free).needed()],
        };
        let last = [
            field("region", "Default region name", Rule::Region),
            field("output", "Default output format", Rule::Output),
        ];
        std::iter::once(name).chain(own).chain(last).collect()
    }
}
