//! What the SDKs for the JVM share: the shared grammar to the letter, with keys as they are spelled.

use super::rust::names;
use crate::aws::chain::files::Grammar;
use crate::aws::chain::files::sdk::{Encoding, Quirk, Rules};
use crate::aws::chain::links::{container, env};
use crate::aws::chain::links::{elsewhere, imds, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Config, Empty, FileRule, ImdsRegion, PathRule, ProcessRule, ProfileRegion, ProfileRule, RegionRule, Run,
    Step, ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::Dialect;

/// Before the profile: every failure there leads on.
pub(super) const PROPERTIES: Step =
    Step::new(Link::SystemProperties, Rule::says(elsewhere::system_properties));
pub(super) const KEYS: Step = Step::new(Link::Env, Rule::looks(env::keys));
pub(super) const WEB_ENV: Step =
    Step::new(Link::WebIdentityEnv, Rule::looks(web_identity::env_if_complete)).lenient();
pub(super) const CONTAINER: Step = Step::new(Link::Container, Rule::looks(container::required)).lenient();
pub(super) const IMDS: Step = Step::new(Link::Imds, Rule::looks(imds::role));

static RULES: Rules = Rules {
    name: "jvm",
    dialect: Dialect { skip_bom: false, ..Dialect::SDK },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::ValuesJoined, Quirk::PrefixedDefault, Quirk::Strict],
};

pub(super) const FILES: FileRule = FileRule {
    config: Config::In("AWS_CONFIG_FILE"),
    credentials: "AWS_SHARED_CREDENTIALS_FILE",
    paths: PathRule::Tilde,
    grammar: Grammar::sdk(&RULES),
    unreadable: None,
    folder: None,
    tokens: &["aws_session_token"],
};

/// `AWS_PROFILE` alone; a name that no file has only makes the profile fail.
pub(super) const PROFILE: ProfileRule = ProfileRule {
    variables: &[("AWS_PROFILE", ProfileFrom::AwsProfile)],
    empty_is_a_name: false,
    empty_explicit_is_given: false,
    missing: None,
    missing_stops: &[],
};

/// The same for those that take an empty `AWS_PROFILE` at its word: Java v2 (`SystemSettingUtils.java:48-51`, a variable
/// that is set is present) and Kotlin (`AwsConfigLoader.kt` `resolveConfigSource`); Java v1 tests `isNullOrEmpty`.
pub(super) const EXACT_PROFILE: ProfileRule = ProfileRule { empty_is_a_name: true, ..PROFILE };

pub(super) const PROCESS: ProcessRule = ProcessRule {
    run: Run::Shell,
    failed: Wrong::Stops(process_failed),
    expired: Wrong::Stops(process_failed),
};

pub(super) const REGION: RegionRule = RegionRule {
    variables: &["AWS_REGION"],
    empty: Empty::Unset,
    profile: ProfileRegion::Chosen,
    imds: ImdsRegion::Region,
    fallback: None,
    without: "a client cannot be made (Unable to load region)",
};

fn process_failed(why: &str) -> ToolError {
    ToolError::new("IllegalStateException", format!("failed to refresh process-based credentials: {why}"))
}
