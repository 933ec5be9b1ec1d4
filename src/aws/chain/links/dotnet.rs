//! What is .NET's own: the keys of a profile must be exactly those of one kind of credentials
//! (`CredentialProfileTypeDetector.cs`), else the profile is invalid. The key `region` and others that say nothing
//! about credentials do not count.

use std::collections::BTreeSet;

use super::{keys, login, process, role, sso, web_identity};
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::scene::{Scene, Setting};
use crate::aws::chain::tool::{Mfa, ToolError};
use crate::aws::chain::trace::{ProfileFrom, Verdict};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Keys,
    Role,
    WebIdentity,
    Process,
    Login,
}

/// A kind, the keys it must have, and those it may have besides.
type Shape = (Kind, &'static [&'static str], &'static [&'static str]);

const SHAPES: [Shape; 6] = [
    (Kind::Keys, &["aws_access_key_id", "aws_secret_access_key"], &["aws_session_token"]),
    (Kind::Role, &["role_arn", "source_profile"], &["external_id", "mfa_serial", "role_session_name"]),
    (Kind::Role, &["role_arn", "credential_source"], &["role_session_name"]),
    (Kind::WebIdentity, &["role_arn", "web_identity_token_file"], &["role_session_name"]),
    (Kind::Process, &["credential_process"], &[]),
    (Kind::Login, &["login_session"], &[]),
];

const SSO: [&str; 6] = [
    "sso_account_id",
    "sso_region",
    "sso_registration_scopes",
    "sso_role_name",
    "sso_start_url",
    "sso_session",
];

fn set<'s>(scene: &'s Scene<'_>, key: &str) -> Option<Setting<'s>> {
    scene.get(key).filter(|setting| !setting.text.is_empty())
}

/// The profile's keys that say something about credentials.
fn keys_of(scene: &Scene<'_>) -> BTreeSet<&'static str> {
    let known = SHAPES.iter().flat_map(|(_, must, may)| must.iter().chain(*may));
    known.copied().filter(|key| set(scene, key).is_some()).collect()
}

/// Those of the keys that a profile of this kind must not have; `None` where one it must have is missing.
fn beside(has: &BTreeSet<&'static str>, (_, must, may): &Shape) -> Option<Vec<&'static str>> {
    let odd = || has.iter().copied().filter(|key| !must.contains(key) && !may.contains(key)).collect();
    must.iter().all(|key| has.contains(key)).then(odd)
}

/// The kind whose keys are exactly the profile's.
fn kind(scene: &Scene<'_>) -> Option<Kind> {
    let has = keys_of(scene);
    let fits = |shape: &&Shape| beside(&has, shape).is_some_and(|odd| odd.is_empty());
    SHAPES.iter().find(fits).map(|(kind, ..)| *kind)
}

/// Why the profile is of no kind: what has to go for the nearest one.
fn no_kind(scene: &Scene<'_>) -> String {
    let has = keys_of(scene);
    let nearest = SHAPES.iter().filter_map(|shape| beside(&has, shape)).min_by_key(Vec::len);
    let with = nearest.map(|odd| format!(" together with {}", odd.join(", "))).unwrap_or_default();
    format!("the profile's keys make no kind of credentials{with}")
}

/// The link of one kind, where the profile is of that kind.
fn of(scene: &Scene<'_>, wanted: Kind, look: impl Fn() -> Finding) -> Finding {
    match kind(scene) {
        Some(kind) if kind == wanted => look(),
        Some(_) => Finding::absent("the profile is of another kind"),
        None => Finding::absent(no_kind(scene)),
    }
}

/// Any `sso_*` key makes it an Identity Center profile, and then all are needed.
pub(in crate::aws::chain) fn sso(scene: &Scene<'_>) -> Look {
    if SSO.iter().all(|key| set(scene, key).is_none()) {
        return Ok(Finding::absent("no sso settings"));
    }
    sso::any_key(scene)
}

/// Version 4: the same, and a name in `AWS_PROFILE` that no file has stops the tool, `default` excepted
/// (`DefaultAWSCredentialsIdentityResolver`, `ProfileNotFoundException`).
#[expect(clippy::unnecessary_wraps, reason = "the shape of every first look")]
pub(in crate::aws::chain) fn found_sso(scene: &Scene<'_>) -> Look {
    let named = scene.profile_from != ProfileFrom::Default && scene.profile != "default";
    if !named || scene.exists(&scene.profile) {
        let finding = Finding::of(sso(scene));
        let state = match finding.state {
            State::Stopped(verdict, _) => State::Left(verdict),
            state => state,
        };
        return Ok(Finding { state, ..finding });
    }
    let message = format!("Profile \"{}\" was not found in any of the profile files.", scene.profile);
    Ok(Finding::stopped(Verdict::Failed, ToolError::new("ProfileNotFoundException", message)))
}

/// A role on another profile or a named source.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    of(scene, Kind::Role, || {
        let Some(role) = set(scene, "role_arn") else { return Finding::absent("no role_arn") };
        if let (Some(serial), Mfa::Error(message)) = (set(scene, "mfa_serial"), scene.tool.role.mfa) {
            let error = ToolError::new("InvalidOperationException", message);
            return Finding::stopped(Verdict::Failed, error).because("needs an MFA code").at(serial.place);
        }
        match (set(scene, "source_profile"), set(scene, "credential_source")) {
            (Some(name), _) => role::on_top(scene, &role, name.text, from_profile(scene, name.text)),
            (None, Some(name)) => role::on_top(scene, &role, name.text, role::from_named(scene, name.text)),
            (None, None) => Finding::absent("no source"),
        }
    })
}

/// A source profile is of one kind, too.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    let wrong = |why: &str| {
        let message = format!("source profile [{name}] {why}");
        Finding::stopped(Verdict::Failed, ToolError::new("InvalidDataException", message))
    };
    if !scene.exists(name) {
        return wrong("was not found");
    }
    if scene.visited.iter().any(|seen| seen == name) {
        return wrong("leads back to itself");
    }
    role::first(&scene.on(name)).unwrap_or_else(|| wrong("is not a valid credentials profile"))
}

/// `web_identity_token_file` with a role.
pub(in crate::aws::chain) fn web_identity(scene: &Scene<'_>) -> Finding {
    of(scene, Kind::WebIdentity, || Finding::of(web_identity::profile(scene)))
}

/// Keys whose id stands in the credentials file.
pub(in crate::aws::chain) fn credentials(scene: &Scene<'_>) -> Finding {
    of(scene, Kind::Keys, || keys::merged_credentials(scene))
}

/// Keys whose id stands in the config file.
pub(in crate::aws::chain) fn config(scene: &Scene<'_>) -> Finding {
    of(scene, Kind::Keys, || keys::merged_config(scene))
}

/// A process, whose failure stops the tool (`ProcessAWSCredentialException`).
pub(in crate::aws::chain) fn process(scene: &Scene<'_>) -> Finding {
    of(scene, Kind::Process, || Finding::of(process::command(scene)))
}

/// `aws login` (version 4).
pub(in crate::aws::chain) fn login(scene: &Scene<'_>) -> Finding {
    of(scene, Kind::Login, || Finding::of(login::cached(scene)))
}
