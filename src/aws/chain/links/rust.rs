//! What is Rust's own: the whole profile is one provider, described first and then run (aws-config
//! `src/profile/credentials/repr.rs` `resolve_chain`).

use super::{keys, role};
use crate::aws::chain::files::{FileKind, Reading};
use crate::aws::chain::finding::{Finding, State};
use crate::aws::chain::scene::{Scene, place};
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Hop, Verdict};

/// A role chain; also the first look at the profile, where a file that cannot be parsed stops the tool.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    if let Some(broken) = unreadable(scene) {
        return broken;
    }
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn") };
    if scene.get("web_identity_token_file").is_some() {
        return Finding::absent("role_arn is for the web identity");
    }
    let (name, source) = match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(name), None) => (name.text.to_owned(), from_profile(scene, name.text)),
        (None, Some(name)) => (
            name.text.to_owned(),
            role::named(scene, name.text).map_or_else(|early| *early, |found| found.finding),
        ),
        _ => {
            return invalid("profile must contain `source_profile` or `credential_source` but not both")
                .at(role.place);
        }
    };
    let hop = Hop {
        profile: scene.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: name.clone(),
        limit: None,
    };
    let Finding { state: State::Found(credentials), hops, .. } = source else {
        return source.or_at(&role.place).under(hop);
    };
    let finding = Finding::of(role::request(scene, role.text, *credentials, &name));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

/// A profile that names itself is looked at without its role; another one gives its keys before its role.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if !scene.exists(name) {
        return Finding::left(Verdict::Failed, format!("the profile {name} is not defined"));
    }
    let itself = name == scene.profile;
    if !itself && scene.visited.iter().any(|seen| seen == name) {
        return invalid(&format!(
            "profile formed an infinite loop: {} -> {name}",
            scene.visited.join(" -> ")
        ));
    }
    let source = scene.on(name);
    if !itself && !keys::has_keys(&source) && source.get("role_arn").is_some() {
        let role = assume_role(&source);
        if !matches!(role.state, State::Absent) {
            return role;
        }
    }
    let keyed = (!itself && keys::has_keys(&source)).then(|| role::keys_of(&source)).flatten();
    keyed
        .or_else(|| role::first(&source))
        .unwrap_or_else(|| invalid(&format!("could not find source profile {name}")))
}

fn invalid(message: &str) -> Finding {
    Finding::stopped(Verdict::Failed, ToolError::new("InvalidConfiguration", message))
}

pub(super) fn unreadable(scene: &Scene<'_>) -> Option<Finding> {
    let files = [FileKind::Config, FileKind::Credentials].into_iter().filter_map(|kind| scene.file_of(kind));
    files.into_iter().find_map(|file| match file.reading() {
        Reading::Broken(broken) => {
            let message = format!(
                "could not parse {}: {} (line {})",
                file.path().display(),
                broken.reason,
                broken.line
            );
            Some(invalid(&message).at(place(file.path(), broken.line)))
        }
        _ => None,
    })
}
