//! AWS SDK for JavaScript v3 (client-sts 3.1169.0, `@aws-sdk/credential-provider-node` `defaultProvider`): a
//! profile named in any way switches the environment's keys off; most errors in a profile lead on to IMDS.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, env, imds, js, keys, process, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, Dropped, Empty, EnvRule, ErrorStyle, FileRule, ImdsRegion, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, Regionless, RoleAsks, RoleCache, RoleRule, Run,
    Step, Tool, ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Dialect, is_identifier};

static CHAIN: [Step; 11] = [
    Step { dropped: Dropped::ByAnyName, ..Step::new(Link::Env, Rule::looks(env::keys)) },
    Step::profile(Link::AssumeRole, Rule::says(js::assume_role)),
    SOURCE[0],
    SOURCE[1],
    SOURCE[2],
    SOURCE[3],
    SOURCE[4],
    SOURCE[5],
    Step::new(Link::WebIdentityEnv, Rule::looks(web_identity::env_if_complete)),
    Step::new(Link::Container, Rule::looks(container::required)),
    Step::new(Link::Imds, Rule::looks(imds::role)),
];

/// `resolveProfileData` behind the role.
const SOURCE: [Step; 6] = [
    Step::profile(Link::CredentialsFile, Rule::says(keys::merged_credentials)),
    Step::profile(Link::ConfigFile, Rule::says(keys::merged_config)),
    Step::profile(Link::WebIdentity, Rule::looks(web_identity::profile)),
    // Tried again where the profile was left (`fromProcess` behind `fromIni`).
    Step::new(Link::CredentialProcess, Rule::looks(process::command)),
    Step::profile(Link::Sso, Rule::looks(js::sso)),
    Step::profile(Link::Login, Rule::looks(js::login)),
];

static RULES: Rules = Rules {
    name: "js-v3",
    dialect: Dialect { indented_comments: true, continuations: false, ..Dialect::SDK },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::EmptyIsBlock, Quirk::PrefixedDefault, Quirk::OddHeadersPassedOver],
};

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "js-v3",
    name: "JavaScript SDK v3",
    profile: ProfileRule {
        variables: &[("AWS_PROFILE", ProfileFrom::AwsProfile)],
        empty_is_a_name: false,
        empty_explicit_is_given: false,
        missing: None,
        missing_stops: &[],
    },
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID"],
        secrets: &["AWS_SECRET_ACCESS_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Count,
        partial: None,
    },
    files: FileRule {
        config: Config::In("AWS_CONFIG_FILE"),
        credentials: "AWS_SHARED_CREDENTIALS_FILE",
        paths: PathRule::Tilde,
        grammar: Grammar::sdk(&RULES),
        unreadable: None,
        folder: None,
        tokens: &["aws_session_token"],
    },
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Error(
            "the profile requires multi-factor authentication, but no MFA code callback was provided.",
        ),
        cache: RoleCache::None,
        asks: RoleAsks::JS,
        regionless: Some(Regionless { error: no_region, unset: false, empty: true, own_first: true }),
        client: None,
    },
    loads: None,
    process: ProcessRule { run: Run::Shell, failed: Wrong::LeavesProfile, expired: Wrong::LeavesProfile },
    container: ContainerRule::TRIMS,
    imds: imds::JS,
    region: RegionRule {
        variables: &["AWS_REGION"],
        empty: Empty::Counts,
        profile: ProfileRegion::Chosen,
        imds: ImdsRegion::RegionUnlessSet,
        fallback: None,
        without: "a client fails (Region is missing), and only STS for a role is asked in us-east-1",
    },
    errors: ErrorStyle::Message,
    nothing: Some("Could not load credentials from any providers"),
    refuses: None,
    remarks: &[(Link::Env, "no profile may be named: AWS_PROFILE takes the environment's keys out here")],
};

/// `/^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/`: one blank, perhaps quotes, no blanks in names; any other word in
/// front makes a section that nobody reads (`@smithy/shared-ini-file-loader` `parseIni`).
fn names(kind: FileKind, header: &str) -> Option<Name> {
    let Some((prefix, name)) = header.split_once([' ', '\t']) else {
        let plain = kind == FileKind::Credentials || header == "default";
        return plain.then(|| Name::Profile(header.to_owned()));
    };
    let quoted = ['"', '\''].into_iter().find_map(|quote| name.strip_prefix(quote)?.strip_suffix(quote));
    let name = quoted.unwrap_or(name);
    if kind == FileKind::Credentials || !is_identifier(name.as_bytes()) {
        return None;
    }
    match prefix {
        "profile" if name == "default" => Some(Name::PrefixedDefault),
        "profile" => Some(Name::Profile(name.to_owned())),
        "sso-session" => Some(Name::SsoSession(name.to_owned())),
        "services" => Some(Name::Services(name.to_owned())),
        _ => None,
    }
}

/// Without a region STS is asked in us-east-1, but not with an empty one.
fn no_region() -> ToolError {
    ToolError::new("Error", "Region is missing")
}
