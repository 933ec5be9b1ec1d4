//! What the SDKs for .NET and the tools for PowerShell share: one profile reader, which wants a profile to be of
//! exactly one kind (`links/dotnet.rs`), and one way to the machine's role.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, dotnet, elsewhere, env, imds, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, Empty, EnvRule, ErrorStyle, FileRule, ImdsRegion, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, RoleAsks, RoleCache, RoleRule, Run, Step, Tool,
    ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Dialect, InlineComments};

pub(super) const APP_CONFIG: Step = Step::implicit(Link::AppConfig, Rule::says(elsewhere::app_config));
pub(super) const STORE: Step = Step::profile(Link::SdkStore, Rule::says(elsewhere::sdk_store));
pub(super) const KEYS: Step = Step::implicit(Link::Env, Rule::looks(env::keys));
pub(super) const WEB_ENV: Step =
    Step::implicit(Link::WebIdentityEnv, Rule::looks(web_identity::env_if_complete)).lenient();
pub(super) const SSO: Step = Step::profile(Link::Sso, Rule::looks(dotnet::sso)).leaving();
pub(super) const FOUND_SSO: Step = Step::profile(Link::Sso, Rule::looks(dotnet::found_sso));
pub(super) const ROLE: Step = Step::profile(Link::AssumeRole, Rule::says(dotnet::assume_role)).leaving();
pub(super) const WEB: Step = Step::profile(Link::WebIdentity, Rule::says(dotnet::web_identity)).leaving();
pub(super) const CREDENTIALS: Step =
    Step::profile(Link::CredentialsFile, Rule::says(dotnet::credentials)).leaving();
pub(super) const CONFIG: Step = Step::profile(Link::ConfigFile, Rule::says(dotnet::config)).leaving();
pub(super) const LOGIN: Step = Step::profile(Link::Login, Rule::says(dotnet::login)).leaving();
/// A process that fails stops the tool.
pub(super) const COMMAND: Step = Step::profile(Link::CredentialProcess, Rule::says(dotnet::process));
pub(super) const CONTAINER: Step =
    Step::implicit(Link::Container, Rule::looks(container::required)).lenient();
pub(super) const IMDS: Step = Step::implicit(Link::Imds, Rule::looks(imds::without_container));

static SOURCE: [Step; 7] = [SSO, ROLE, WEB, CREDENTIALS, CONFIG, LOGIN, COMMAND];

static RULES: Rules = Rules {
    name: "dotnet",
    dialect: Dialect {
        inline_comments: InlineComments::Never,
        indented_comments: true,
        continuations: false,
        ..Dialect::SDK
    },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::KeysFolded],
};

const ONE_KIND: &str =
    "the profile may hold nothing of another kind: .NET takes a mixture for no profile at all";

/// A tool of this family but for its names and its chain.
pub(super) const FAMILY: Tool = Tool {
    variant: None,
    id: "",
    name: "",
    profile: ProfileRule {
        variables: &[("AWS_PROFILE", ProfileFrom::AwsProfile)],
        empty_is_a_name: false,
        empty_explicit_is_given: false,
        missing: None,
        missing_stops: &[],
    },
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID"],
        secrets: &["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Count,
        partial: None,
    },
    files: FileRule {
        config: Config::In("AWS_CONFIG_FILE"),
        credentials: "AWS_SHARED_CREDENTIALS_FILE",
        paths: PathRule::IfThere,
        grammar: Grammar::sdk(&RULES),
        unreadable: None,
        folder: None,
        tokens: &["aws_session_token"],
    },
    chain: &[],
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Error("The MfaSerialNumber has been set but the MfaTokenCodeCallback hasn't."),
        cache: RoleCache::None,
        asks: RoleAsks::DOTNET,
        regionless: None,
        client: None,
    },
    loads: None,
    process: ProcessRule { run: Run::Shell, failed: Wrong::Stops(process_failed), expired: Wrong::Taken },
    container: ContainerRule::TRIMS,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_REGION"],
        empty: Empty::Unset,
        profile: ProfileRegion::Chosen,
        imds: ImdsRegion::Region,
        fallback: None,
        without: "a client cannot be made (No RegionEndpoint or ServiceURL configured)",
    },
    errors: ErrorStyle::Class,
    nothing: Some("Unable to find credentials"),
    refuses: None,
    remarks: &[
        (Link::AssumeRole, ONE_KIND),
        (Link::WebIdentity, ONE_KIND),
        (Link::CredentialsFile, ONE_KIND),
        (Link::ConfigFile, ONE_KIND),
        (Link::CredentialProcess, ONE_KIND),
        (Link::Login, ONE_KIND),
    ],
};

/// `[default]` and `[profile x]` in config, `[x]` in credentials.
fn names(kind: FileKind, header: &str) -> Option<Name> {
    let header = header.trim();
    let prefixed = |prefix: &str| {
        let rest = header.strip_prefix(prefix)?;
        rest.starts_with([' ', '\t']).then(|| rest.trim().to_owned())
    };
    match kind {
        FileKind::Credentials => Some(Name::Profile(header.to_owned())),
        FileKind::Config if header == "default" => Some(Name::Profile(header.to_owned())),
        FileKind::Config => prefixed("profile")
            .map(Name::Profile)
            .or_else(|| prefixed("sso-session").map(Name::SsoSession))
            .or_else(|| prefixed("services").map(Name::Services)),
    }
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new("ProcessAWSCredentialException", why)
}
