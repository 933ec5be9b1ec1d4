//! What Go's programs share: aws-sdk-go-v2 1.41.7's chain (`config/resolve_credentials.go`), its files
//! (`internal/ini`, `config/shared_config.go`) and its errors.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, env, go, imds, keys, login, process, sso, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, EnvRule, FileRule, Mfa, PathRule, ProcessRule, RoleAsks, RoleCache, RoleRule, Run, Step,
    ToolError, Wrong,
};
use crate::aws::chain::trace::Link;
use crate::aws::ini::{Delimiters, Dialect};

pub(super) static CHAIN: [Step; 11] = STEPS;

pub(super) const STEPS: [Step; 11] = [
    Step::implicit(Link::Env, Rule::looks(env::keys)),
    Step::implicit(Link::WebIdentityEnv, Rule::looks(web_identity::env)),
    Step::profile(Link::AssumeRole, Rule::says(go::role_on_top)),
    Step::profile(Link::CredentialsFile, Rule::says(keys::merged_credentials)),
    Step::profile(Link::ConfigFile, Rule::says(keys::merged_config)),
    Step::profile(Link::WebIdentity, Rule::looks(web_identity::profile)),
    Step::profile(Link::Sso, Rule::looks(sso::any_key)),
    Step::profile(Link::Login, Rule::looks(login::cached)),
    Step::profile(Link::CredentialProcess, Rule::looks(process::command)),
    Step::new(Link::Container, Rule::looks(container::required)),
    Step::new(Link::Imds, Rule::looks(imds::role)),
];

/// The same from the profile's keys on: what a role goes on top of.
static SOURCE: [Step; 8] = [
    Step::profile(Link::CredentialsFile, Rule::says(keys::merged_credentials)),
    Step::profile(Link::ConfigFile, Rule::says(keys::merged_config)),
    Step::profile(Link::WebIdentity, Rule::looks(web_identity::profile)),
    Step::profile(Link::Sso, Rule::looks(sso::any_key)),
    Step::profile(Link::Login, Rule::looks(login::cached)),
    Step::profile(Link::CredentialProcess, Rule::looks(process::command)),
    Step::new(Link::Container, Rule::looks(container::required)),
    Step::new(Link::Imds, Rule::looks(imds::role)),
];

pub(super) const ENV: EnvRule = EnvRule {
    ids: &["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY"],
    secrets: &["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"],
    tokens: &["AWS_SESSION_TOKEN"],
    expiry: None,
    blanks: Blanks::Count,
    partial: None,
};

pub(super) const FILES: FileRule = FileRule {
    config: Config::In("AWS_CONFIG_FILE"),
    credentials: "AWS_SHARED_CREDENTIALS_FILE",
    paths: PathRule::Literal,
    grammar: Grammar::sdk(&RULES),
    unreadable: None,
    folder: Some(folder),
    tokens: &["aws_session_token"],
};

pub(super) const ROLE: RoleRule = RoleRule {
    source: &SOURCE,
    mfa: Mfa::Error("assume role with MFA enabled, but AssumeRoleTokenProvider session option not set."),
    cache: RoleCache::None,
    asks: RoleAsks::GO,
    regionless: None,
    client: None,
};

pub(super) const PROCESS: ProcessRule =
    ProcessRule { run: Run::Shell, failed: Wrong::Stops(process_failed), expired: Wrong::Taken };

static RULES: Rules = Rules {
    name: "go-v2",
    dialect: Dialect {
        delimiters: Delimiters::EqualsOrColon,
        indented_comments: true,
        skip_bom: false,
        ..Dialect::SDK
    },
    names,
    encoding: Encoding::Lossy,
    quirks: &[
        Quirk::BomEmpties,
        Quirk::QuotesStripped,
        Quirk::SingleQuotesToo,
        Quirk::KeysFolded,
        Quirk::ValuesJoined,
        Quirk::PrefixedDefault,
        Quirk::UnclosedPassedOver,
        Quirk::KeysNotJoined,
    ],
};

/// `default` and `profile NAME` in config, blanks in names included; `profile NAME` in credentials is nobody's.
fn names(kind: FileKind, header: &str) -> Option<Name> {
    let header = header.trim();
    let prefixed = |prefix: &str| {
        let rest = header.strip_prefix(prefix)?;
        rest.starts_with([' ', '\t']).then(|| rest.trim().to_owned())
    };
    match (kind, prefixed("profile")) {
        (FileKind::Credentials, Some(_)) => None,
        (FileKind::Credentials, None) => Some(Name::Profile(header.to_owned())),
        (FileKind::Config, Some(name)) if name == "default" => Some(Name::PrefixedDefault),
        (FileKind::Config, Some(name)) => Some(Name::Profile(name)),
        (FileKind::Config, None) if header == "default" => Some(Name::Profile(header.to_owned())),
        (FileKind::Config, None) => {
            prefixed("sso-session").map(Name::SsoSession).or_else(|| prefixed("services").map(Name::Services))
        }
    }
}

pub(super) fn profile_missing(name: &str) -> ToolError {
    ToolError::new("SharedConfigProfileNotExistError", format!("failed to get shared config profile, {name}"))
}

fn folder(path: &std::path::Path) -> ToolError {
    let message = format!("failed to load shared config file, {}, it is a directory", path.display());
    ToolError::new("SharedConfigLoadError", message)
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new("ProviderError", format!("error in credential_process: {why}"))
}
