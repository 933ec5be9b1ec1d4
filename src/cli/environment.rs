//! The environment that `exec` and `export` make: first without anything a tool might mix in, then the profile's.

use super::obtain::Obtained;

/// What is taken out first (contract): every name under which some tool reads keys, a profile or a role.
pub const CLEARED: [&str; 19] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "SECRET_ACCESS_KEY",
    "AMAZON_ACCESS_KEY_ID",
    "AMAZON_SECRET_ACCESS_KEY",
    "AMAZON_SESSION_TOKEN",
    "AWS_CREDENTIAL_FILE",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_SESSION_EXPIRATION",
    "AWS_ACCOUNT_ID",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/// What is put in. The values are secrets: they go to a child or to stdout and nowhere else.
pub fn variables(obtained: &Obtained) -> Vec<(&'static str, String)> {
    let keys = &obtained.credentials;
    let token = keys.session_token.as_ref().filter(|token| !token.is_empty());
    let all = [
        ("AWS_ACCESS_KEY_ID", Some(keys.access_key_id.clone())),
        ("AWS_SECRET_ACCESS_KEY", Some(keys.secret_access_key.expose().to_owned())),
        ("AWS_SESSION_TOKEN", token.map(|token| token.expose().to_owned())),
        ("AWS_CREDENTIAL_EXPIRATION", keys.expires_at.map(|at| at.to_string())),
        ("AWS_REGION", obtained.region.clone()),
        ("AWS_DEFAULT_REGION", obtained.region.clone()),
        ("AWSPROF_PROFILE", Some(obtained.profile.clone())),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
