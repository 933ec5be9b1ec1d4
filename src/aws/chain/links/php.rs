//! What is PHP's own (`CredentialProvider.php` @00b17f99): each provider reads one file, section names are taken as
//! they stand, and whatever fails is passed over.

use super::{keys, process, role, sso, web_identity};
use crate::aws::chain::files::{FileKind, LazyFile};
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::Verdict;

/// `[profile x]` of the config file, and only that: `[default]` is not read there.
fn in_config<'a>(scene: &Scene<'a>) -> Scene<'a> {
    scene.only(FileKind::Config).on(&format!("profile {}", scene.profile))
}

/// `[x]` of the config file, else `[profile x]` (`sso`).
fn any_in_config<'a>(scene: &Scene<'a>) -> Scene<'a> {
    let plain = scene.only(FileKind::Config);
    if plain.exists(&plain.profile) { plain } else { in_config(scene) }
}

/// The whole section of the credentials file, else of the config file (`loadDefaultProfiles`); nothing where
/// the variables name a web identity.
pub(in crate::aws::chain) fn web_identity(scene: &Scene<'_>) -> Look {
    if web_identity::named_by_variables(scene) {
        return Ok(Finding::absent("the variables name the web identity"));
    }
    let credentials = scene.only(FileKind::Credentials);
    let there = credentials.exists(&scene.profile);
    web_identity::profile(&if there { credentials } else { any_in_config(scene) })
}

/// Identity Center settings of the config file.
pub(in crate::aws::chain) fn sso(scene: &Scene<'_>) -> Look {
    sso::botocore(&any_in_config(scene))
}

/// `credential_process` of the credentials file.
pub(in crate::aws::chain) fn credentials_process(scene: &Scene<'_>) -> Look {
    process::command(&scene.only(FileKind::Credentials))
}

/// `credential_process` of the config file.
pub(in crate::aws::chain) fn config_process(scene: &Scene<'_>) -> Look {
    process::command(&in_config(scene))
}

/// What `ini` reads of the credentials file: with `AWS_SDK_LOAD_NONDEFAULT_CONFIG` also the profiles of the usual config
/// file that it lacks (`loadProfiles`).
fn in_credentials<'a>(scene: &Scene<'a>) -> Scene<'a> {
    let credentials = scene.only(FileKind::Credentials);
    let usual = scene.env.non_empty("AWS_SHARED_CREDENTIALS_FILE").is_none();
    let both = usual && scene.env.non_empty("AWS_SDK_LOAD_NONDEFAULT_CONFIG").is_some();
    let there = credentials.exists(&scene.profile)
        || credentials.file_of(FileKind::Credentials).is_none_or(LazyFile::is_gone);
    if !both || there { credentials } else { any_in_config(scene) }
}

/// A role of the credentials file.
pub(in crate::aws::chain) fn credentials_role(scene: &Scene<'_>) -> Finding {
    ini_role(&in_credentials(scene))
}

/// Keys of the credentials file; a role beside them shuts them out (`ini`).
pub(in crate::aws::chain) fn credentials_keys(scene: &Scene<'_>) -> Finding {
    let scene = in_credentials(scene);
    let file =
        if scene.file_of(FileKind::Config).is_some() { keys::whole_config } else { keys::whole_credentials };
    without_role(&scene, file)
}

/// A role of the config file.
pub(in crate::aws::chain) fn config_role(scene: &Scene<'_>) -> Finding {
    ini_role(&in_config(scene))
}

/// Keys of the config file; a role beside them shuts them out.
pub(in crate::aws::chain) fn config_keys(scene: &Scene<'_>) -> Finding {
    without_role(&in_config(scene), keys::whole_config)
}

/// A source's keys in the credentials file.
pub(in crate::aws::chain) fn source_credentials(scene: &Scene<'_>) -> Finding {
    keys::whole_credentials(scene)
}

/// A source's keys in the config file.
pub(in crate::aws::chain) fn source_config(scene: &Scene<'_>) -> Finding {
    keys::whole_config(scene)
}

fn without_role(scene: &Scene<'_>, keys: fn(&Scene<'_>) -> Finding) -> Finding {
    match scene.get("role_arn") {
        Some(role) => Finding::absent("only the role of this section counts").at(role.place),
        None => keys(scene),
    }
}

/// `loadRoleProfile`: source and role stand in one file; a source gives its keys before its role.
fn ini_role(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn there") };
    match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(name), None) => role::on_top(scene, &role, name.text, from_profile(scene, name.text)),
        (None, Some(name)) => role::on_top(scene, &role, name.text, role::from_named(scene, name.text)),
        _ => rejected("Either source_profile or credential_source must be set, but not both.").at(role.place),
    }
}

fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if !scene.exists(name) {
        return rejected(&format!("source_profile {name} does not exist"));
    }
    if scene.visited.iter().skip(1).any(|seen| seen == name) {
        return rejected("Circular source_profile reference found.");
    }
    let source = scene.on(name);
    if keys::has_keys(&source) {
        return role::keys_of(&source).unwrap_or_else(|| rejected("the source has no keys"));
    }
    match ini_role(&source) {
        role if role.settles() => role,
        _ => rejected(&format!("No credentials present in INI profile '{name}'")),
    }
}

fn rejected(why: &str) -> Finding {
    Finding::stopped(Verdict::Failed, ToolError::new("CredentialsException", why))
}
