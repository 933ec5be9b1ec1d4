//! The instance's role, from the metadata service.

use super::container;
use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::probe::{ImdsAsk, Probe};
use crate::aws::chain::scene::{Scene, variable};
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
    let ask = how(scene);
    let evidence = Evidence::Url { url: ask.endpoint.clone() };
    let answer = scene.ask(Probe::Imds(ask), "would ask the instance metadata service");
    let finding = match answer.map_err(|waits| Box::new(waits.at(evidence.clone())))? {
        Answer::Keys(keys) => {
            Finding::found(keys.clone(), "the metadata service gave the instance role's keys")
        }
        Answer::Nothing(why) | Answer::Text(why) => Finding::absent(why.clone()),
        Answer::Failed(why) => Finding::passed(Verdict::Failed, why.clone()),
        Answer::File(_) | Answer::Who(_) => Finding::absent("the metadata service gave no keys"),
    };
    Ok(finding.at(evidence))
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
    scene.env.get(DISABLED).is_some_and(scene.tool.imds_off)
}

/// Whether the variable that turns it off is set to anything.
pub(in crate::aws::chain) fn mentioned(scene: &Scene<'_>) -> bool {
    scene.env.non_empty(DISABLED).is_some()
}

/// `true` in any case of letters; every other value leaves the service on.
pub(in crate::aws::chain) fn off_if_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true")
}

/// Anything but `false`, also `0` (JS `credential-provider-node` `remoteProvider`).
pub(in crate::aws::chain) fn off_unless_false(value: &str) -> bool {
    !value.is_empty() && value != "false"
}

/// The endpoint: its own setting, else the mode's address. Each from its variable, else from the profile.
pub(in crate::aws::chain) fn how(scene: &Scene<'_>) -> ImdsAsk {
    let setting = |name: &str, key: &str| {
        let value = scene.env.non_empty(name).map(str::to_owned);
        value.or_else(|| scene.get(key).map(|setting| setting.text.to_owned()))
    };
    let endpoint = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
    let mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
    let v1_disabled = setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled");
    let six = mode.is_some_and(|mode| mode.eq_ignore_ascii_case("ipv6"));
    let standard = || if six { "http://[fd00:ec2::254]" } else { "http://169.254.169.254" }.to_owned();
    ImdsAsk {
        endpoint: endpoint.unwrap_or_else(standard).trim_end_matches('/').to_owned(),
        v1_disabled: v1_disabled.is_some_and(|value| value.eq_ignore_ascii_case("true")),
    }
}
