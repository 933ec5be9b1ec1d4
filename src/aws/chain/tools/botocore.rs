//! What boto3 and both AWS CLIs share: botocore's chain (botocore 1.43.11, `credentials.py`
//! `create_credential_resolver`, 84–177), its files and its errors.

use std::path::Path;

use crate::aws::chain::files::Grammar;
use crate::aws::chain::links::{
    boto_config, container, ec2_file, env, imds, keys, login, process, role, sso, web_identity,
};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::scene::Check;
use crate::aws::chain::tool::{
    Blanks, Config, EnvRule, FileRule, PathRule, ProcessRule, Regionless, Run, Step, ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};

/// The chain with `login` as this tool's build of botocore has it.
pub(super) const fn chain(login: Rule) -> [Step; 12] {
    let [web_identity, sso, credentials, login, process, config] = profile(login);
    [
        Step::implicit(Link::Env, Rule::looks(env::keys)),
        Step::new(Link::AssumeRole, Rule::looks(role::botocore)),
        web_identity,
        sso,
        credentials,
        login,
        process,
        config,
        Step::new(Link::Ec2CredentialFile, Rule::looks(ec2_file::keys)),
        Step::new(Link::BotoConfig, Rule::looks(boto_config::keys)),
        Step::new(Link::Container, Rule::looks(container::required)),
        Step::new(Link::Imds, Rule::looks(imds::role)),
    ]
}

/// The links of one profile, also of a source profile (`ProfileProviderBuilder.providers`).
pub(super) const fn profile(login: Rule) -> [Step; 6] {
    [
        Step::new(Link::WebIdentity, Rule::looks(web_identity::botocore)),
        Step::new(Link::Sso, Rule::looks(sso::botocore)),
        Step::new(Link::CredentialsFile, Rule::says(keys::credentials_file)),
        Step::new(Link::Login, login),
        Step::new(Link::CredentialProcess, Rule::looks(process::command)),
        Step::new(Link::ConfigFile, Rule::says(keys::config_file)),
    ]
}

/// `awscrt` is there: AWS CLI v2 brings it.
pub(super) const LOGIN: Rule = Rule::looks(login::cached);
/// `awscrt` is an extra that has to be installed.
pub(super) const LOGIN_WITHOUT_CRT: Rule = Rule::says(login::without_crt);

pub(super) const ENV: EnvRule = EnvRule {
    ids: &["AWS_ACCESS_KEY_ID"],
    secrets: &["AWS_SECRET_ACCESS_KEY"],
    tokens: &["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"],
    expiry: Some("AWS_CREDENTIAL_EXPIRATION"),
    blanks: Blanks::Count,
    partial: Some(partial_env),
};

pub(super) const FILES: FileRule = FileRule {
    config: Config::In("AWS_CONFIG_FILE"),
    credentials: "AWS_SHARED_CREDENTIALS_FILE",
    paths: PathRule::Shell,
    grammar: Grammar::BOTOCORE,
    unreadable: Some(unreadable),
    folder: None,
    tokens: &["aws_security_token", "aws_session_token"],
};

pub(super) const PROCESS: ProcessRule = ProcessRule {
    run: Run::Argv,
    failed: Wrong::Stops(process_failed),
    expired: Wrong::Stops(process_expired),
};

/// However the profile was named.
pub(super) const NAMED: &[ProfileFrom] =
    &[ProfileFrom::Explicit, ProfileFrom::AwsProfile, ProfileFrom::AwsDefaultProfile];

/// Raised from `get_scoped_config`, before any link is tried.
pub(super) fn profile_not_found(name: &str) -> ToolError {
    ToolError::new("ProfileNotFound", format!("The config profile ({name}) could not be found"))
}

/// A role is asked for with a signature, and signing needs a region, be it an empty one.
pub(super) const NO_REGION: Regionless =
    Regionless { error: no_region, unset: true, empty: false, own_first: false };

/// Making any client looks for a token, and with it at the profile's `sso_session` (`session.py` `create_client`).
pub(super) const TOKEN: Check = Check(sso::no_session);

fn no_region() -> ToolError {
    ToolError::new("NoRegionError", "You must specify a region.")
}

fn partial_env(missing: &'static str) -> ToolError {
    ToolError::new("PartialCredentialsError", format!("Partial credentials found in env, missing: {missing}"))
}

fn unreadable(path: &Path) -> ToolError {
    ToolError::new("ConfigParseError", format!("Unable to parse config file: {}", path.display()))
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new(
        "CredentialRetrievalError",
        format!("Error when retrieving credentials from custom-process: {why}"),
    )
}

fn process_expired(_: &str) -> ToolError {
    let message = "Credentials were refreshed, but the refreshed credentials are still expired.";
    ToolError::new("RuntimeError", message)
}
