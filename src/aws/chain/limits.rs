//! How long a role's session may last, said before anybody is asked. AWS grants 15 minutes to 12 hours, up to the
//! role's own maximum, which only IAM knows; with a role's session as the source it grants one hour and no more
//! (IAM User Guide, *Roles terms and concepts*, "Role chaining").

use super::scene::Scene;
use super::trace::{Hop, Link};

const HOUR: u32 = 3600;
const LEAST: u32 = 900;
const MOST: u32 = 12 * HOUR;

/// The warning's code.
pub const CODE: &str = "role-duration-refused";

/// Writes its limit into each hop that takes a role.
pub(super) fn note(scene: &Scene<'_>, hops: &mut [Hop]) {
    for at in 0..hops.len() {
        let chained = is_chained(&hops[at..]);
        let Some(hop) = hops.get_mut(at).filter(|hop| hop.role_arn.is_some()) else { continue };
        hop.limit = Some(limit(scene, &hop.profile, chained));
    }
}

/// The first hop whose `duration_seconds` AWS will refuse, in words.
pub(super) fn refused(scene: &Scene<'_>, hops: &[Hop]) -> Option<String> {
    let rests = (0..hops.len()).map(|at| &hops[at..]);
    rests.filter(|rest| rest[0].role_arn.is_some()).find_map(|rest| {
        let (profile, asked) = (&rest[0].profile, asked(scene, &rest[0].profile)?);
        let why = too_long(asked, is_chained(rest))?;
        Some(format!("`{profile}` asks for duration_seconds = {asked}, which AWS will refuse: {why}"))
    })
}

/// Whether the first hop's source is itself a role's session: another hop, or what gives out nothing else.
fn is_chained(hops: &[Hop]) -> bool {
    let machine = ["Ec2InstanceMetadata", "EcsContainer"];
    let links = [Link::Imds, Link::Container, Link::Sso, Link::WebIdentity, Link::WebIdentityEnv];
    let gives_roles =
        |source: &str| machine.contains(&source) || links.iter().any(|link| link.label() == source);
    hops.iter().skip(1).any(|hop| hop.role_arn.is_some())
        || hops.last().is_some_and(|last| gives_roles(&last.source))
}

/// What the tool will ask for.
fn asked(scene: &Scene<'_>, profile: &str) -> Option<u32> {
    let of_hop = scene.on(profile);
    let web_identity = of_hop.get("web_identity_token_file").is_some();
    of_hop
        .tool
        .role
        .asks
        .duration
        .then(|| super::links::role::duration(&of_hop))
        .flatten()
        .filter(|_| !web_identity)
}

fn too_long(asked: u32, chained: bool) -> Option<&'static str> {
    match asked {
        _ if asked < LEAST => Some("15 minutes (900) is the least"),
        _ if chained && asked > HOUR => Some("one hour (3600) is the most with another role's session"),
        _ if asked > MOST => Some("12 hours (43200) is the most"),
        _ => None,
    }
}

fn limit(scene: &Scene<'_>, profile: &str, chained: bool) -> String {
    let most = if chained { "1 h at most: a role takes it" } else { "up to the role's own maximum" };
    let usual = if chained {
        "1 h, the most where a role takes it"
    } else {
        "1 h by default, up to the role's own maximum"
    };
    let passed_over = scene.on(profile).get("duration_seconds").is_some();
    match asked(scene, profile) {
        Some(asked) => match too_long(asked, chained) {
            Some(why) => format!("asks for {asked} s, refused: {why}"),
            None => format!("asks for {asked} s, {most}"),
        },
        None if passed_over => format!("1 h: {} does not send duration_seconds", scene.tool.name),
        None => usual.to_owned(),
    }
}
