//! AWS SDK for Ruby v3 (aws-sdk-core 3.257.0, `credential_provider_chain.rb`): a profile given explicitly comes
//! before the environment, and the environment after it if it gives nothing.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, env, imds, keys, login, process, ruby, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, Empty, EnvRule, ErrorStyle, FileRule, ImdsRegion, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, RoleAsks, RoleCache, RoleRule, Run, Step, Tool,
    ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Dialect, InlineComments};
use crate::aws::world::Env;

const ENV: Step = Step::new(Link::Env, Rule::looks(env::keys));
const WEB_ENV: Step = Step::new(Link::WebIdentityEnv, Rule::looks(web_identity::env_as_set));
const WEB: Step = Step::profile(Link::WebIdentity, Rule::looks(ruby::web_identity));
const SSO: Step = Step::profile(Link::Sso, Rule::looks(ruby::sso));
const ROLE: Step = Step::profile(Link::AssumeRole, Rule::says(ruby::assume_role));
const CREDENTIALS: Step = Step::profile(Link::CredentialsFile, Rule::says(keys::whole_credentials));
const CONFIG: Step = Step::profile(Link::ConfigFile, Rule::says(keys::whole_config));
const LOGIN: Step = Step::profile(Link::Login, Rule::looks(login::cached));
const PROCESS: Step = Step::profile(Link::CredentialProcess, Rule::looks(process::command));
const CONTAINER: Step = Step::new(Link::Container, Rule::looks(container::required));
const IMDS: Step = Step::new(Link::Imds, Rule::looks(imds::role));

static CHAIN: [Step; 11] =
    [ENV, WEB_ENV, WEB, SSO, ROLE, CREDENTIALS, CONFIG, LOGIN, PROCESS, CONTAINER, IMDS];
static EXPLICIT: [Step; 11] =
    [WEB, SSO, ROLE, CREDENTIALS, CONFIG, LOGIN, PROCESS, ENV, WEB_ENV, CONTAINER, IMDS];
static KEYS_ONLY: [Step; 5] = [ENV, WEB_ENV, CREDENTIALS, CONTAINER, IMDS];
static EXPLICIT_KEYS_ONLY: [Step; 5] = [CREDENTIALS, ENV, WEB_ENV, CONTAINER, IMDS];
static SOURCE: [Step; 5] = [CREDENTIALS, CONFIG, WEB, PROCESS, SSO];

static RULES: Rules = Rules {
    name: "ruby-v3",
    dialect: Dialect {
        inline_comments: InlineComments::Never,
        indented_comments: true,
        continuations: false,
        skip_bom: false,
        ..Dialect::SDK
    },
    names,
    encoding: Encoding::Refuses,
    quirks: &[Quirk::EmptyIsBlock, Quirk::SemicolonComments, Quirk::IndentNeedsKey],
};

pub(super) static TOOL: Tool = Tool { variant: Some((opted_out, &WITHOUT_CONFIG)), ..BOTH };

/// `AWS_SDK_CONFIG_OPT_OUT` leaves the config file out, and with it all that needs one.
static WITHOUT_CONFIG: Tool = Tool {
    chain: &KEYS_ONLY,
    explicit_chain: Some(&EXPLICIT_KEYS_ONLY),
    files: FileRule { config: Config::Never, ..FILES },
    ..BOTH
};

fn opted_out(env: &Env) -> bool {
    env.get("AWS_SDK_CONFIG_OPT_OUT").is_some()
}

const FILES: FileRule = FileRule {
    config: Config::In("AWS_CONFIG_FILE"),
    credentials: "AWS_SHARED_CREDENTIALS_FILE",
    paths: PathRule::TildeOrHere,
    grammar: Grammar::sdk(&RULES),
    unreadable: Some(unreadable),
    folder: Some(folder),
    tokens: &["aws_session_token"],
};

const BOTH: Tool = Tool {
    variant: None,
    id: "ruby-v3",
    name: "Ruby SDK v3",
    profile: ProfileRule {
        variables: &[
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
        ],
        empty_is_a_name: true,
        empty_explicit_is_given: true,
        missing: None,
        missing_stops: &[],
    },
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID", "AMAZON_ACCESS_KEY_ID", "AWS_ACCESS_KEY"],
        secrets: &["AWS_SECRET_ACCESS_KEY", "AMAZON_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"],
        tokens: &["AWS_SESSION_TOKEN", "AMAZON_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Hide,
        partial: None,
    },
    files: FILES,
    chain: &CHAIN,
    explicit_chain: Some(&EXPLICIT),
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Ignored,
        cache: RoleCache::None,
        asks: RoleAsks::RUBY,
        regionless: None,
        client: None,
    },
    loads: None,
    process: ProcessRule { run: Run::Shell, failed: Wrong::Stops(process_failed), expired: Wrong::Taken },
    container: ContainerRule::TRIMS,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_REGION", "AMAZON_REGION", "AWS_DEFAULT_REGION"],
        empty: Empty::Hides,
        profile: ProfileRegion::NotByDefaultProfile,
        imds: ImdsRegion::Never,
        fallback: None,
        without: "a client cannot be made (MissingRegionError)",
    },
    errors: ErrorStyle::Class,
    nothing: None,
    refuses: None,
    remarks: &[(Link::WebIdentity, "both have to stand in the config file")],
};

/// `profile ` in front is optional in both files (`ini_parser.rb`).
fn names(_: FileKind, header: &str) -> Option<Name> {
    let prefixed = |prefix: &str| {
        let rest = header.strip_prefix(prefix)?;
        rest.starts_with([' ', '\t']).then(|| rest.trim().to_owned())
    };
    let other =
        prefixed("sso-session").map(Name::SsoSession).or_else(|| prefixed("services").map(Name::Services));
    other.or_else(|| Some(Name::Profile(prefixed("profile").unwrap_or_else(|| header.to_owned()))))
}

fn unreadable(path: &std::path::Path) -> ToolError {
    ToolError::new("Aws::SharedConfig", format!("{} makes its parser raise", path.display()))
}

fn folder(path: &std::path::Path) -> ToolError {
    ToolError::new("Errno::EISDIR", format!("Is a directory @ io_fread - {}", path.display()))
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new(
        "Aws::Errors::InvalidProcessCredentialsPayload",
        format!("credential_process provider failure: {why}"),
    )
}
