//! AWS SDK for Go v1 1.55 (`aws/session`): reads the credentials file alone, unless `AWS_SDK_LOAD_CONFIG` is
//! true; then it is a tool of its own, much like Go v2.

use super::go::{ENV, PROCESS, ROLE};
use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, env, go, imds, keys, process, sso, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::scene::Check;
use crate::aws::chain::tool::{
    Config, ContainerRule, Empty, ErrorStyle, FileRule, ImdsRegion, PathRule, ProfileRegion, ProfileRule,
    RegionRule, Regionless, RoleRule, Step, Tool, ToolError,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Delimiters, Dialect};
use crate::aws::world::Env;

const KEYS: Step = Step::implicit(Link::Env, Rule::looks(env::keys));
const WEB_ENV: Step = Step::implicit(Link::WebIdentityEnv, Rule::looks(web_identity::env_in_region));
const ROLE_ON_TOP: Step = Step::profile(Link::AssumeRole, Rule::says(go::role_on_top));
const CREDENTIALS: Step = Step::profile(Link::CredentialsFile, Rule::says(keys::whole_credentials));
const CONFIG: Step = Step::profile(Link::ConfigFile, Rule::says(keys::whole_config));
const WEB: Step = Step::profile(Link::WebIdentity, Rule::looks(web_identity::profile));
const SSO: Step = Step::profile(Link::Sso, Rule::looks(sso::any_key));
const COMMAND: Step = Step::profile(Link::CredentialProcess, Rule::looks(process::command));
const CONTAINER: Step = Step::new(Link::Container, Rule::looks(container::required));
const IMDS: Step = Step::new(Link::Imds, Rule::looks(imds::role));

static PLAIN: [Step; 6] = [KEYS, WEB_ENV, CREDENTIALS, COMMAND, CONTAINER, IMDS];
static FULL: [Step; 10] =
    [KEYS, WEB_ENV, ROLE_ON_TOP, CREDENTIALS, CONFIG, WEB, SSO, COMMAND, CONTAINER, IMDS];
static SOURCE: [Step; 7] = [CREDENTIALS, CONFIG, WEB, SSO, COMMAND, CONTAINER, IMDS];

static RULES: Rules = Rules {
    name: "go-v1",
    dialect: Dialect {
        delimiters: Delimiters::EqualsOrColon,
        indented_comments: true,
        skip_bom: false,
        ..Dialect::SDK
    },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::BomRefuses, Quirk::QuotesStripped, Quirk::BracketsRefuse],
};

pub(super) static TOOL: Tool = Tool {
    variant: Some((loads_config, &WITH_CONFIG)),
    profile: ProfileRule {
        variables: &[("AWS_PROFILE", ProfileFrom::AwsProfile)],
        empty_is_a_name: false,
        empty_explicit_is_given: false,
        missing: None,
        missing_stops: &[],
    },
    // What cannot be read is for `loads_plain` to tell.
    files: FileRule { config: Config::Never, unreadable: None, ..FILES },
    chain: &PLAIN,
    loads: Some(Check(go::loads_plain)),
    region: RegionRule { variables: &["AWS_REGION"], profile: ProfileRegion::None, ..REGION },
    ..BOTH
};

static WITH_CONFIG: Tool = Tool { chain: &FULL, loads: Some(Check(go::loads)), ..BOTH };

const FILES: FileRule = FileRule {
    config: Config::In("AWS_CONFIG_FILE"),
    credentials: "AWS_SHARED_CREDENTIALS_FILE",
    paths: PathRule::Literal,
    grammar: Grammar::sdk(&RULES),
    unreadable: Some(unreadable),
    folder: None,
    tokens: &["aws_session_token"],
};

const REGION: RegionRule = RegionRule {
    variables: &["AWS_REGION", "AWS_DEFAULT_REGION"],
    empty: Empty::Unset,
    profile: ProfileRegion::Chosen,
    imds: ImdsRegion::Never,
    fallback: None,
    without: "a call fails (MissingRegion)",
};

const BOTH: Tool = Tool {
    variant: None,
    id: "go-v1",
    name: "Go SDK v1",
    profile: ProfileRule {
        variables: &[
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
        ],
        empty_is_a_name: false,
        empty_explicit_is_given: false,
        missing: None,
        missing_stops: &[],
    },
    env: ENV,
    files: FILES,
    chain: &PLAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        regionless: Some(Regionless { error: no_region, unset: true, empty: true, own_first: false }),
        ..ROLE
    },
    loads: None,
    process: PROCESS,
    container: ContainerRule { full_first: true, trims_token: false, empty_counts: false },
    imds: imds::USUAL,
    region: REGION,
    errors: ErrorStyle::Message,
    nothing: Some("NoCredentialProviders: no valid providers in chain"),
    refuses: None,
    remarks: &[(
        Link::CredentialsFile,
        "of the config file Go v1 reads nothing without AWS_SDK_LOAD_CONFIG=1",
    )],
};

fn no_region() -> ToolError {
    ToolError::new("MissingRegion", "MissingRegion: could not find region configuration")
}

/// `strconv.ParseBool`.
fn loads_config(env: &Env) -> bool {
    let yes = ["1", "t", "T", "TRUE", "true", "True"];
    env.get("AWS_SDK_LOAD_CONFIG").is_some_and(|value| yes.contains(&value))
}

/// `[x]`, else `[profile x]`, in both files (`shared_config.go` `setFromIniFile`).
fn names(_: FileKind, header: &str) -> Option<Name> {
    let header = header.trim();
    let session = header.strip_prefix("sso-session ").map(|name| Name::SsoSession(name.to_owned()));
    let prefixed = || header.strip_prefix("profile ").map(|name| Name::Fallback(name.to_owned()));
    session.or_else(prefixed).or_else(|| Some(Name::Profile(header.to_owned())))
}

fn unreadable(path: &std::path::Path) -> ToolError {
    ToolError::new("SharedConfigLoadError", format!("failed to load config file, {}", path.display()))
}
