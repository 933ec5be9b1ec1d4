//! A role that is assumed with credentials from somewhere else: another profile, or a named source.

use std::collections::BTreeMap;

use super::role_cache::{self, Spacing};
use super::{container, env, imds};
use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::probe::{AssumeRole, EndpointSettings, Probe, RoleExtras};
use crate::aws::chain::region;
use crate::aws::chain::scene::{Scene, Setting};
use crate::aws::chain::tool::{Mfa, RoleCache, Step, ToolError};
use crate::aws::chain::trace::{Hop, Link, Verdict};
use crate::aws::secret::Credentials;

/// A profile with `role_arn` and exactly one of `source_profile` and `credential_source` (botocore
/// `AssumeRoleProvider`, `credentials.py` 1535–). With a web identity token file it is not this link's.
pub(in crate::aws::chain) fn botocore(scene: &Scene<'_>) -> Look {
    let Some(role) = scene.get("role_arn") else { return Ok(Finding::absent("no role_arn")) };
    if scene.get("web_identity_token_file").is_some() {
        return Ok(Finding::absent("role_arn is for the web identity"));
    }
    let source = source(scene, &role).map_err(|wrong| Box::new(wrong.at(role.place.clone())))?;
    let hop = Hop {
        profile: scene.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: source.name.clone(),
        limit: None,
    };
    let finding = assume(scene, &role, source);
    let finding = if finding.evidence.is_none() { finding.at(role.place) } else { finding };
    Ok(finding.under(hop))
}

/// What supplies a role's credentials, and what it came to.
pub(super) struct Source {
    pub name: String,
    pub finding: Finding,
    /// Whether the tool fetches it only when it has to: a cached session spares it.
    deferred: bool,
}

fn source(scene: &Scene<'_>, role: &Setting<'_>) -> Result<Source, Box<Finding>> {
    let profile = &scene.profile;
    match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(_), Some(_)) => {
            invalid(format!("The profile \"{profile}\" contains both source_profile and credential_source."))
        }
        (None, None) => {
            let message =
                "Partial credentials found in assume-role, missing: source_profile or credential_source";
            let error = ToolError::new("PartialCredentialsError", message);
            Finding::stopped(Verdict::Incomplete, error)
                .because(format!("{} has no source_profile or credential_source", role.text))
                .early()
        }
        (Some(name), None) => from_profile(scene, name.text),
        (None, Some(name)) => named(scene, name.text),
    }
}

/// `Environment`, `Ec2InstanceMetadata` or `EcsContainer`, spelled exactly so.
pub(super) fn named(scene: &Scene<'_>, name: &str) -> Result<Source, Box<Finding>> {
    let profile = &scene.profile;
    let finding = match name {
        "Environment" => env::keys(scene)?,
        "Ec2InstanceMetadata" => imds::role(scene)?,
        "EcsContainer" => container::required(scene)?,
        other => {
            return invalid(format!(
                "The credential source \"{other}\" referenced in profile \"{profile}\" is not valid."
            ));
        }
    };
    if matches!(finding.state, State::Absent | State::Passed(_) | State::Left(_)) {
        let message = format!(
            "Error when retrieving credentials from {name}: No credentials found in credential_source referenced in profile {profile}"
        );
        let why = format!("credential_source {name} has no credentials: {}", finding.reason);
        return Finding::stopped(Verdict::Failed, ToolError::new("CredentialRetrievalError", message))
            .because(why)
            .early();
    }
    Ok(Source { name: name.to_owned(), finding, deferred: false })
}

/// A source profile with static keys, or without a role, is looked at link by link; else its role comes
/// first (botocore `_resolve_credentials_from_profile`, `_validate_source_profile`).
fn from_profile(scene: &Scene<'_>, name: &str) -> Result<Source, Box<Finding>> {
    if !scene.exists(name) {
        return invalid(format!(
            "The source_profile \"{name}\" referenced in the profile \"{}\" does not exist.",
            scene.profile
        ));
    }
    let source = scene.on(name);
    let keyed = source.get("aws_access_key_id").or_else(|| source.get("aws_secret_access_key")).is_some();
    if scene.visited.iter().any(|seen| seen == name) && !(keyed && name == scene.profile) {
        let message = format!(
            "Infinite loop in credential configuration detected. Attempting to load from profile {name} which has already been visited. Visited profiles: [{}]",
            scene.visited.iter().map(|seen| format!("'{seen}'")).collect::<Vec<_>>().join(", ")
        );
        return Finding::stopped(Verdict::Failed, ToolError::new("InfiniteLoopConfigError", message)).early();
    }
    let assumes = source.get("role_arn").is_some() && source.get("web_identity_token_file").is_none();
    let finding = if assumes && !keyed { Finding::of(botocore(&source)) } else { walk(&source) };
    let deferred =
        !matches!(finding.state, State::Asks(ref probe) if matches!(**probe, Probe::Process { .. }));
    Ok(Source { name: name.to_owned(), finding, deferred })
}

/// The first link of a source profile that settles.
fn walk(scene: &Scene<'_>) -> Finding {
    first(scene).unwrap_or_else(|| {
        let message = format!("The source profile \"{}\" must have credentials.", scene.profile);
        Finding::stopped(Verdict::Incomplete, ToolError::new("InvalidConfigError", message))
    })
}

/// The first of the tool's links for source profiles that settles here.
pub(super) fn first(scene: &Scene<'_>) -> Option<Finding> {
    scene.tool.role.source.iter().find_map(|step| settled(scene, step))
}

/// The same for a profile that is its own source: its role does not count a second time.
pub(super) fn without_role(scene: &Scene<'_>) -> Option<Finding> {
    let steps = scene.tool.role.source.iter().filter(|step| step.link != Link::AssumeRole);
    steps.into_iter().find_map(|step| settled(scene, step))
}

/// The profile's own keys.
pub(super) fn keys_of(scene: &Scene<'_>) -> Option<Finding> {
    let files = [Link::CredentialsFile, Link::ConfigFile];
    scene
        .tool
        .role
        .source
        .iter()
        .filter(|step| files.contains(&step.link))
        .find_map(|step| settled(scene, step))
}

fn settled(scene: &Scene<'_>, step: &Step) -> Option<Finding> {
    let mut finding = step.rule.look(scene);
    let ends = finding.settles() || matches!(finding.state, State::Left(_));
    finding.hops.push(Hop {
        profile: scene.profile.clone(),
        role_arn: None,
        source: step.link.label().to_owned(),
        limit: None,
    });
    ends.then_some(finding)
}

/// What the role comes to, on top of the hops that its source took.
fn assume(scene: &Scene<'_>, role: &Setting<'_>, source: Source) -> Finding {
    let hops = source.finding.hops.clone();
    Finding { hops, ..Finding::of(taken(scene, role, source)) }
}

/// A cached session, else the code that is missing, else `AssumeRole` with the source's credentials.
fn taken(scene: &Scene<'_>, role: &Setting<'_>, source: Source) -> Look {
    if matches!(source.finding.state, State::Stopped(..))
        || !source.deferred && !matches!(source.finding.state, State::Found(_))
    {
        return Ok(source.finding);
    }
    if let Some(kept) = cached(scene, role.text)? {
        return Ok(kept);
    }
    if let (Some(serial), Mfa::Asks) = (scene.get("mfa_serial"), scene.tool.role.mfa) {
        let error = ToolError::new("EOFError", format!("needs an MFA code for {}", serial.text));
        return Ok(Finding::stopped(Verdict::Failed, error).because("needs an MFA code").at(serial.place));
    }
    let Finding { state: State::Found(keys), .. } = source.finding else { return Ok(source.finding) };
    request(scene, role.text, *keys, &source.name)
}

/// A role on top of what its source came to, without a code and without a cache.
pub(super) fn on_top(scene: &Scene<'_>, role: &Setting<'_>, name: &str, source: Finding) -> Finding {
    let (profile, role_arn) = (scene.profile.clone(), Some(role.text.to_owned()));
    let hop = Hop { profile, role_arn, source: name.to_owned(), limit: None };
    let Finding { state: State::Found(credentials), hops, .. } = source else {
        return source.or_at(&role.place).under(hop);
    };
    let finding = Finding::of(request(scene, role.text, *credentials, name));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

/// What a `credential_source` came to.
pub(super) fn from_named(scene: &Scene<'_>, name: &str) -> Finding {
    named(scene, name).map_or_else(|early| *early, |found| found.finding)
}

pub(super) fn request(scene: &Scene<'_>, role_arn: &str, source: Credentials, name: &str) -> Look {
    let text = |key: &str| scene.get(key).map(|setting| setting.text.to_owned());
    let endpoint = sts(scene, true)?;
    let asks = scene.tool.role.asks;
    let probe = Probe::AssumeRole(Box::new(AssumeRole {
        role_arn: role_arn.to_owned(),
        session_name: text("role_session_name"),
        unnamed: asks.session,
        external_id: text("external_id").filter(|_| asks.external_id),
        duration: duration(scene).filter(|_| asks.duration),
        extras: if asks.extras { extras(scene) } else { RoleExtras::default() },
        source,
        endpoint,
    }));
    Ok(match scene.ask(probe, format!("would assume {role_arn} with the credentials of {name}"))? {
        Answer::Keys(keys) => {
            Finding::found(keys.clone(), format!("assumed {role_arn} with the credentials of {name}"))
        }
        Answer::Failed(why) | Answer::Nothing(why) | Answer::Text(why) => {
            Finding::stopped(Verdict::Failed, ToolError::new("ClientError", why.clone()))
        }
        Answer::File(_) | Answer::Who(_) | Answer::SignIn(_) => Finding::absent("no answer"),
    })
}

/// Where STS answers, or what a tool says that does not know in which region to ask it.
pub(super) fn sts(scene: &Scene<'_>, signed: bool) -> Result<EndpointSettings, Box<Finding>> {
    if let Some(error) = scene.tool.role.client.and_then(|check| (check.0)(scene)) {
        return Finding::stopped(Verdict::Incomplete, error).early();
    }
    let endpoint = scene.endpoint("sts");
    let Some(rule) = scene.tool.role.regionless.filter(|_| endpoint.region.is_none()) else {
        return Ok(endpoint);
    };
    let region = match region::of(&scene.root(), None) {
        Ok(region) => region.map(|region| region.value),
        Err(probe) => {
            let why = "would ask the metadata service for the region first";
            return Finding::asks(probe, why).early();
        }
    };
    let own = scene.get("region").filter(|own| rule.own_first && !own.text.is_empty());
    if let Some(own) = own {
        return Ok(EndpointSettings { region: Some(own.text.to_owned()), ..endpoint });
    }
    let refused = region.as_ref().map_or(rule.unset && signed, |region| region.is_empty() && rule.empty);
    if refused {
        let stopped = Finding::stopped(Verdict::Failed, (rule.error)());
        return stopped.because("no region is known to ask STS in").early();
    }
    Ok(EndpointSettings { region: region.filter(|region| !region.is_empty()), ..endpoint })
}

/// `duration_seconds`; a value that is no number is passed over without a word.
pub(in crate::aws::chain) fn duration(scene: &Scene<'_>) -> Option<u32> {
    scene.get("duration_seconds")?.text.trim().parse().ok()
}

fn extras(scene: &Scene<'_>) -> RoleExtras {
    RoleExtras::read(|key| scene.get(key).map(|setting| setting.text))
}

/// The CLI's cached session for this very request (`CachedCredentialFetcher._create_cache_key`).
fn cached(scene: &Scene<'_>, role_arn: &str) -> Result<Option<Finding>, Box<Finding>> {
    // The CLI's entries know nothing of tags: with them it is another session that is wanted.
    let tagged = scene.tool.role.asks.extras && extras(scene) != RoleExtras::default();
    if scene.tool.role.cache == RoleCache::None || tagged {
        return Ok(None);
    }
    let mut request = BTreeMap::from([("RoleArn", serde_json::Value::from(role_arn))]);
    for (name, key) in [
        ("ExternalId", "external_id"),
        ("RoleSessionName", "role_session_name"),
        ("SerialNumber", "mfa_serial"),
    ] {
        request.extend(scene.get(key).map(|setting| (name, setting.text.into())));
    }
    request.extend(duration(scene).map(|seconds| ("DurationSeconds", seconds.into())));
    role_cache::entry(scene, &request, Spacing::Wide)
}

pub(super) fn invalid<T>(message: String) -> Result<T, Box<Finding>> {
    Finding::stopped(Verdict::Failed, ToolError::new("InvalidConfigError", message)).early()
}
