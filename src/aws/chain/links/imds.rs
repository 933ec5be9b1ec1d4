//! The instance's role, from the metadata service.

use jiff::Timestamp;

use super::container;
use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::probe::{ImdsAsk, Probe};
use crate::aws::chain::scene::{Scene, variable};
use crate::aws::chain::tool::{ImdsRule, ToolError};
use crate::aws::chain::trace::{Evidence, Verdict};

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

/// Unless disabled, the service is asked; that it does not answer is no error (botocore
/// `InstanceMetadataProvider`). Expired credentials are taken: the service renews them in its own time.
pub(in crate::aws::chain) fn role(scene: &Scene<'_>) -> Look {
    if disabled(scene) {
        let value = scene.env.get(DISABLED).unwrap_or_default();
        return Ok(Finding::absent(format!("{DISABLED}={value}")).at(variable(DISABLED)));
    }
    asked(scene)
}

/// The same without the switch.
pub(super) fn asked(scene: &Scene<'_>) -> Look {
    let ask = match how(scene) {
        Ok(ask) => ask,
        Err(wrong) => return Ok(Finding::stopped(Verdict::Failed, wrong)),
    };
    let evidence = Evidence::Url { url: ask.endpoint.clone() };
    let answer = scene.ask(Probe::Imds(ask), "would ask the instance metadata service");
    let finding = match answer.map_err(|waits| Box::new(waits.at(evidence.clone())))? {
        Answer::Keys(keys) => {
            Finding::found(keys.clone(), given(keys.expires_at.filter(|at| *at <= scene.facts.now)))
        }
        Answer::Nothing(why) | Answer::Text(why) => Finding::absent(why.clone()),
        Answer::Failed(why) => Finding::passed(Verdict::Failed, why.clone()),
        Answer::File(_) | Answer::Who(_) | Answer::SignIn(_) => {
            Finding::absent("the metadata service gave no keys")
        }
    };
    Ok(finding.at(evidence))
}

/// Expired ones are no error: the service hands them out while it cannot renew them (*static stability*).
fn given(expired_at: Option<Timestamp>) -> String {
    let given = "the metadata service gave the instance role's keys";
    match expired_at {
        Some(at) => format!(
            "{given}; they expired at {at} and are used all the same until the service renews them (static stability)"
        ),
        None => given.to_owned(),
    }
}

/// The same, but a container variable takes its place, also where the container does not answer.
pub(in crate::aws::chain) fn without_container(scene: &Scene<'_>) -> Look {
    match container::variable_set(scene) {
        Some(name) => Ok(Finding::removed(format!("{name} is set: only the container is asked"))),
        None => role(scene),
    }
}

/// Whether the environment turns the service off for this tool.
pub(in crate::aws::chain) fn disabled(scene: &Scene<'_>) -> bool {
    scene.env.get(DISABLED).is_some_and(scene.tool.imds.off)
}

/// Whether the variable that turns it off is set to anything.
pub(in crate::aws::chain) fn mentioned(scene: &Scene<'_>) -> bool {
    scene.env.non_empty(DISABLED).is_some()
}

/// Off when the variable is `true`; version 1 where there is no token.
pub(in crate::aws::chain) const USUAL: ImdsRule = ImdsRule { off: off_if_true, v1: true };
/// The same without version 1 (Rust `aws-config` `imds/client`, Kotlin `ImdsClient`).
pub(in crate::aws::chain) const TOKEN_ONLY: ImdsRule = ImdsRule { off: off_if_true, v1: false };
/// JavaScript: off unless the variable is `false`.
pub(in crate::aws::chain) const JS: ImdsRule = ImdsRule { off: off_unless_false, v1: true };

/// `true` in any case of letters; every other value leaves the service on.
fn off_if_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true")
}

/// Anything but `false`, also `0` (JS `credential-provider-node` `remoteProvider`).
fn off_unless_false(value: &str) -> bool {
    !value.is_empty() && value != "false"
}

/// The endpoint: its own setting, else the mode's address. Each from its variable, else from the profile.
///
/// # Errors
/// An endpoint that is no URL, a mode that is none.
pub(in crate::aws::chain) fn how(scene: &Scene<'_>) -> Result<ImdsAsk, ToolError> {
    let setting = |name: &str, key: &str| {
        let value = scene.env.non_empty(name).map(str::to_owned);
        value.or_else(|| scene.get(key).map(|setting| setting.text.to_owned()))
    };
    let endpoint = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
    let mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
    let v1_disabled = setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled");
    Ok(ImdsAsk {
        endpoint: base(endpoint, mode)?.trim_end_matches('/').to_owned(),
        v1_disabled: !scene.tool.imds.v1
            || v1_disabled.is_some_and(|value| value.eq_ignore_ascii_case("true")),
        timeout: setting("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"),
        attempts: setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"),
    })
}

/// The endpoint beats the mode, whatever the mode says.
fn base(endpoint: Option<String>, mode: Option<String>) -> Result<String, ToolError> {
    let url = |text: &str| {
        let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    };
    match (endpoint, mode) {
        (Some(text), _) if url(&text) => Ok(text),
        (Some(text), _) => {
            let why =
                format!("`{text}` is not a valid metadata endpoint: invalid uri character or no scheme");
            Err(ToolError::new("InvalidIMDSEndpointError", why))
        }
        (None, Some(mode)) if mode.eq_ignore_ascii_case("ipv6") => Ok("http://[fd00:ec2::254]".to_owned()),
        (None, Some(mode)) if !mode.eq_ignore_ascii_case("ipv4") => {
            let why = format!("`{mode}` is not a valid endpoint mode");
            Err(ToolError::new("InvalidIMDSEndpointModeError", why))
        }
        (None, _) => Ok("http://169.254.169.254".to_owned()),
    }
}

/// botocore reads these settings when it makes its list of providers: a wrong one stops it before the first link,
/// even where the environment has keys (`credentials.py` `create_credential_resolver`, `IMDSFetcher.__init__`).
pub(in crate::aws::chain) fn settings_wrong(scene: &Scene<'_>) -> Option<ToolError> {
    how(scene).err()
}
