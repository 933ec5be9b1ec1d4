//! What is Kotlin's own (aws-sdk-kotlin @05ea93b9 `profile/ProfileChain.kt`): keys first in every profile, a role
//! with a source before its web identity. A failure is the whole profile's, and the chain goes on behind it.

use super::{role, rust};
use crate::aws::chain::finding::Finding;
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::Verdict;

/// A role, or a `credential_source` even without one (`leafProvider`).
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    if let Some(broken) = rust::unreadable(scene) {
        return broken;
    }
    let (source, named) = (scene.get("source_profile"), scene.get("credential_source"));
    let Some(role) = scene.get("role_arn") else {
        return named.map_or_else(
            || Finding::absent("no role_arn"),
            |name| role::from_named(scene, name.text).or_at(&name.place),
        );
    };
    let web_identity = scene.get("web_identity_token_file").is_some();
    match (source, named) {
        (None, None) if web_identity => Finding::absent("role_arn is for the web identity"),
        (Some(_), Some(_)) => {
            invalid("contained both `source_profile` and `credential_source`").at(role.place)
        }
        (None, None) => invalid("must contain `source_profile` or `credential_source`").at(role.place),
        (Some(name), None) => role::on_top(scene, &role, name.text, from_profile(scene, name.text)),
        (None, Some(name)) => role::on_top(scene, &role, name.text, role::from_named(scene, name.text)),
    }
}

/// A profile that names itself is looked at without its role; another one by the profile's own order.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if !scene.exists(name) {
        return invalid(&format!("could not find source profile {name}"));
    }
    let (source, itself) = (scene.on(name), name == scene.profile);
    if !itself && scene.visited.iter().any(|seen| seen == name) {
        return invalid(&format!(
            "profile formed an infinite loop: {} -> {name}",
            scene.visited.join(" -> ")
        ));
    }
    let found = if itself { role::without_role(&source) } else { role::first(&source) };
    found.unwrap_or_else(|| invalid(&format!("profile ({name}) did not contain credential information")))
}

fn invalid(why: &str) -> Finding {
    Finding::stopped(Verdict::Failed, ToolError::new("ProviderConfigurationException", why))
}
