//! AWS SDK for Rust (aws-config 1.13.0, `src/default_provider/credentials.rs` 189–193): an explicit profile does
//! not switch the environment off; the profile is one provider, whose keys come last.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{env, imds, login, process, rust, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, Empty, EnvRule, ErrorStyle, FileRule, ImdsRegion, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, Regionless, RoleAsks, RoleCache, RoleRule, Run,
    Step, Tool, ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Dialect, is_identifier};

static CHAIN: [Step; 11] = [
    Step::new(Link::Env, Rule::looks(env::keys)),
    Step::profile(Link::AssumeRole, Rule::says(rust::assume_role)),
    SOURCE[0],
    SOURCE[1],
    SOURCE[2],
    SOURCE[3],
    SOURCE[4],
    SOURCE[5],
    Step::new(Link::WebIdentityEnv, Rule::looks(web_identity::env_as_set)),
    Step::new(Link::Container, Rule::looks(rust::container)),
    Step::new(Link::Imds, Rule::looks(imds::role)),
];

/// `base_provider` (`profile/credentials/repr.rs` 259).
const SOURCE: [Step; 6] = [
    Step::profile(Link::WebIdentity, Rule::looks(rust::web_identity)),
    Step::profile(Link::Sso, Rule::looks(rust::sso)),
    Step::profile(Link::Login, Rule::looks(login::cached)),
    Step::profile(Link::CredentialProcess, Rule::looks(process::command)),
    Step::profile(Link::CredentialsFile, Rule::says(rust::credentials)),
    Step::profile(Link::ConfigFile, Rule::says(rust::config)),
];

static RULES: Rules = Rules {
    name: "rust",
    dialect: Dialect { skip_bom: false, ..Dialect::SDK },
    names,
    encoding: Encoding::Empties,
    quirks: &[Quirk::KeysFolded, Quirk::ValuesJoined, Quirk::PrefixedDefault, Quirk::Strict],
};

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "rust",
    name: "Rust SDK",
    profile: ProfileRule {
        variables: &[("AWS_PROFILE", ProfileFrom::AwsProfile)],
        empty_is_a_name: true,
        empty_explicit_is_given: true,
        missing: None,
        missing_stops: &[],
    },
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID"],
        secrets: &["AWS_SECRET_ACCESS_KEY", "SECRET_ACCESS_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Unset,
        partial: None,
    },
    files: FileRule {
        config: Config::In("AWS_CONFIG_FILE"),
        credentials: "AWS_SHARED_CREDENTIALS_FILE",
        paths: PathRule::TildeOrNone,
        grammar: Grammar::sdk(&RULES),
        unreadable: None,
        folder: None,
        tokens: &["aws_session_token"],
    },
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Ignored,
        cache: RoleCache::None,
        asks: RoleAsks::RUST,
        regionless: Some(Regionless { error: no_region, unset: true, empty: true, own_first: false }),
        client: None,
    },
    loads: None,
    process: ProcessRule { run: Run::Shell, failed: Wrong::Stops(process_failed), expired: Wrong::Taken },
    container: ContainerRule::EXACT,
    imds: imds::TOKEN_ONLY,
    region: RegionRule {
        variables: &["AWS_REGION", "AWS_DEFAULT_REGION"],
        empty: Empty::Counts,
        profile: ProfileRegion::AlongSources,
        imds: ImdsRegion::Region,
        fallback: None,
        without: "a call fails (missing region)",
    },
    errors: ErrorStyle::Message,
    nothing: Some("no providers in chain provided credentials"),
    refuses: None,
    remarks: &[],
};

/// Names are plain identifiers; any blanks behind `profile` (`aws-runtime` `env_config/section.rs`).
pub(super) fn names(kind: FileKind, header: &str) -> Option<Name> {
    let mut words = header.split([' ', '\t']).filter(|word| !word.is_empty());
    let (first, second, rest) = (words.next()?, words.next(), words.next());
    if rest.is_some() || !is_identifier(second.unwrap_or(first).as_bytes()) {
        return None;
    }
    match (kind, first, second.map(str::to_owned)) {
        (FileKind::Credentials, name, None) | (FileKind::Config, name @ "default", None) => {
            Some(Name::Profile(name.to_owned()))
        }
        (FileKind::Config, "profile", Some(name)) if name == "default" => Some(Name::PrefixedDefault),
        (FileKind::Config, "profile", Some(name)) => Some(Name::Profile(name)),
        (FileKind::Config, "sso-session", Some(name)) => Some(Name::SsoSession(name)),
        (FileKind::Config, "services", Some(name)) => Some(Name::Services(name)),
        _ => None,
    }
}

fn no_region() -> ToolError {
    ToolError::new("ProviderError", "STS cannot be asked: missing signing region")
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new("ProviderError", format!("an error occurred while loading credentials: {why}"))
}
