//! AWS SDK for PHP v3 (`CredentialProvider.php` @00b17f99): each file is looked at for itself, the credentials file
//! first; a profile given to a client means its keys or its role in the credentials file, and nothing else.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, env, imds, php, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, Empty, EnvRule, ErrorStyle, FileRule, ImdsRegion, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, RoleAsks, RoleCache, RoleRule, Run, Step, Tool,
    ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Dialect, InlineComments};

/// A process and a role are looked for twice: in the credentials file, and behind its keys in the config file.
static CHAIN: [Step; 12] = [
    Step::implicit(Link::Env, Rule::looks(env::keys)),
    Step::implicit(Link::WebIdentityEnv, Rule::looks(web_identity::env_if_complete)).lenient(),
    Step::profile(Link::WebIdentity, Rule::looks(php::web_identity)).lenient().unless_explicit(),
    Step::profile(Link::Sso, Rule::looks(php::sso)).lenient().unless_explicit(),
    Step::profile(Link::CredentialProcess, Rule::looks(php::credentials_process)).lenient().unless_explicit(),
    ROLE,
    CREDENTIALS,
    Step::profile(Link::CredentialProcess, Rule::looks(php::config_process)).lenient().unless_explicit(),
    Step::profile(Link::AssumeRole, Rule::says(php::config_role)).lenient().unless_explicit(),
    CONFIG.unless_explicit(),
    Step::implicit(Link::Container, Rule::looks(container::required)).lenient(),
    Step::implicit(Link::Imds, Rule::looks(imds::without_container)),
];
const ROLE: Step = Step::profile(Link::AssumeRole, Rule::says(php::credentials_role)).lenient();
const CREDENTIALS: Step = Step::profile(Link::CredentialsFile, Rule::says(php::credentials_keys)).lenient();
const CONFIG: Step = Step::profile(Link::ConfigFile, Rule::says(php::config_keys)).lenient();

/// A source gives its keys, also beside a role of its own.
static SOURCE: [Step; 2] = [
    Step::profile(Link::CredentialsFile, Rule::says(php::source_credentials)),
    Step::profile(Link::ConfigFile, Rule::says(php::source_config)),
];

/// `parse_ini_string` in raw mode: `;` starts a comment, double quotes are taken off, names stand as written, a later
/// section takes the place of an earlier one, a byte order mark is skipped (PHP 8.2, run).
static RULES: Rules = Rules {
    name: "php-v3",
    dialect: Dialect {
        inline_comments: InlineComments::Never,
        indented_comments: true,
        continuations: false,
        ..Dialect::SDK
    },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::AnySemicolon, Quirk::QuotesStripped, Quirk::SectionsReplaced],
};

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "php-v3",
    name: "PHP SDK v3",
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
        config: Config::Fixed,
        credentials: "AWS_SHARED_CREDENTIALS_FILE",
        paths: PathRule::Literal,
        grammar: Grammar::sdk(&RULES),
        unreadable: None,
        folder: None,
        tokens: &["aws_session_token", "aws_security_token"],
    },
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Ignored,
        cache: RoleCache::None,
        asks: RoleAsks::PHP,
        regionless: None,
        client: None,
    },
    loads: None,
    process: ProcessRule {
        run: Run::Shell,
        failed: Wrong::Stops(process_failed),
        expired: Wrong::Stops(process_failed),
    },
    container: ContainerRule::TRIMS,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_REGION"],
        empty: Empty::Unset,
        profile: ProfileRegion::Chosen,
        imds: ImdsRegion::Never,
        fallback: None,
        without: "a client cannot be made (Missing required client configuration options: region)",
    },
    errors: ErrorStyle::Class,
    nothing: Some("Error retrieving credentials from the instance profile metadata service"),
    refuses: None,
    remarks: &[
        (Link::Sso, "they have to stand in the config file"),
        (Link::AssumeRole, "role and source have to stand in one file"),
        (
            Link::ConfigFile,
            "the section has to be [profile NAME]: PHP does not read [default] of the config file",
        ),
    ],
};

fn names(_: FileKind, header: &str) -> Option<Name> {
    let session = header.strip_prefix("sso-session ").map(|name| Name::SsoSession(name.to_owned()));
    session.or_else(|| Some(Name::Profile(header.to_owned())))
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new("CredentialsException", format!("credential_process: {why}"))
}
