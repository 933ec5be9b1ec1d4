//! What is Java's own. Version 2 (`ProfileCredentialsUtils` @0131c082) resolves a profile by the first kind of
//! credentials it names; version 1 (`ProfilesConfigFile` @1322472c) knows roles on static keys, processes and
//! keys, and reads one file alone. A failure is the whole profile's, and the chain goes on behind it.

use super::{keys, process, role, rust, web_identity};
use crate::aws::chain::files::FileKind;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::Verdict;

/// The profile's web identity; also the first look at the files, one of which may be unreadable.
pub(in crate::aws::chain) fn web_identity(scene: &Scene<'_>) -> Look {
    rust::unreadable(scene).map_or_else(|| web_identity::profile(scene), Ok)
}

/// A `role_arn` with one source; with two it is an error, with none as if there were no role.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn") };
    match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(_), Some(_)) => {
            invalid("profile has both source_profile and credential_source.").at(role.place)
        }
        (Some(name), None) => role::on_top(scene, &role, name.text, from_profile(scene, name.text)),
        (None, Some(name)) => role::on_top(scene, &role, name.text, role::from_named(scene, name.text)),
        (None, None) => Finding::absent("role_arn without a source is passed over"),
    }
}

/// A source profile is looked at like the first one: its role before its keys.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if !scene.exists(name) {
        return invalid(&format!("source profile '{name}' has no credentials configured."));
    }
    if scene.visited.iter().any(|seen| seen == name) {
        return invalid(&format!("circular relationship detected with profile '{name}'."));
    }
    let nothing = || invalid(&format!("source profile '{name}' has no credentials configured."));
    role::first(&scene.on(name)).unwrap_or_else(nothing)
}

fn invalid(why: &str) -> Finding {
    let error = ToolError::new("IllegalStateException", format!("Invalid profile file: {why}"));
    Finding::stopped(Verdict::Failed, error)
}

/// Version 1's file: the credentials file, and the config file only where there is no other.
fn v1<'a>(scene: &Scene<'a>) -> Scene<'a> {
    let there = scene.file_of(FileKind::Credentials).is_some_and(|file| !file.is_gone());
    scene.only(if there { FileKind::Credentials } else { FileKind::Config })
}

/// Version 1: a role with another profile's keys, of the same file (`ProfileAssumeRoleCredentialsProvider`).
pub(in crate::aws::chain) fn v1_assume_role(scene: &Scene<'_>) -> Finding {
    let scene = v1(scene);
    if let Some(broken) = rust::unreadable(&scene) {
        return broken;
    }
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn") };
    let Some(name) = scene.get("source_profile") else {
        return invalid("source profile name is not specified").at(role.place);
    };
    let source = scene.on(name.text);
    let keys = role::keys_of(&source).unwrap_or_else(|| invalid("the source profile has no keys"));
    role::on_top(&scene, &role, name.text, keys)
}

/// Version 1: the process of the one file it reads.
pub(in crate::aws::chain) fn v1_process(scene: &Scene<'_>) -> Look {
    process::command(&v1(scene))
}

/// Version 1: keys of the credentials file.
pub(in crate::aws::chain) fn v1_credentials(scene: &Scene<'_>) -> Finding {
    keys::whole_credentials(&v1(scene))
}

/// Version 1: keys of the config file, read where there is no credentials file.
pub(in crate::aws::chain) fn v1_config(scene: &Scene<'_>) -> Finding {
    keys::whole_config(&v1(scene))
}
