//! Warnings: what works today and will surprise tomorrow. Each is one function over a resolved trace; the
//! codes are the contract's.

use super::files::FileKind;
use super::limits;
use super::region;
use super::scene::Scene;
use super::trace::{Link, LinkReport, ProfileFrom, Trace, Verdict, Warning};

type Check = fn(&Scene<'_>, &Trace) -> Option<Warning>;

const CHECKS: [Check; 13] = [
    env_shadows_instance_profile,
    env_shadows_profile,
    stale_session_token,
    stale_security_token,
    pasted_keys_over_sso,
    expired_session_blocks,
    process_shadowed,
    region_variable_ignored,
    profile_missing,
    keys_on_instance,
    partial_keys,
    inline_comment_in_value,
    role_duration_refused,
];

/// Everything that is odd about one trace. `region_settled`: nobody has to be asked for the region any more.
pub(super) fn of(scene: &Scene<'_>, trace: &Trace, region_settled: bool) -> Vec<Warning> {
    let unset = region_unset(scene, trace).filter(|_| region_settled);
    CHECKS.iter().filter_map(|check| check(scene, trace)).chain(unset).collect()
}

/// Says so in each trace when the tools do not agree on one set of keys.
pub fn compare(traces: &mut [Trace]) {
    let picks: Vec<(&'static str, String)> = traces.iter().map(|trace| (trace.tool, pick(trace))).collect();
    for (trace, (_, own)) in traces.iter_mut().zip(&picks) {
        let others: Vec<String> = picks
            .iter()
            .filter(|(_, pick)| pick != own)
            .map(|(tool, pick)| format!("{tool}: {pick}"))
            .collect();
        if !others.is_empty() {
            trace.warnings.push(warning("tools-disagree", format!("here: {own}; {}", others.join("; "))));
        }
    }
}

/// What a tool ends with, in a few words.
fn pick(trace: &Trace) -> String {
    let won = trace.links.iter().find(|link| link.verdict == Verdict::Won);
    match (won, &trace.error, trace.would_ask) {
        (Some(link), ..) => {
            let key = link.access_key_id.as_deref().map(crate::aws::secret::masked).unwrap_or_default();
            format!("{} {key}", link.link.label())
        }
        (None, Some(_), _) => "an error".to_owned(),
        (None, None, Some(link)) => format!("would ask {}", link.label()),
        (None, None, None) => "no credentials".to_owned(),
    }
}

fn warning(code: &'static str, message: impl Into<String>) -> Warning {
    Warning { code, message: message.into() }
}

fn link(trace: &Trace, link: Link) -> Option<&LinkReport> {
    trace.links.iter().find(|report| report.link == link)
}

fn winner(trace: &Trace) -> Option<&LinkReport> {
    trace.links.iter().find(|report| report.verdict == Verdict::Won)
}

/// A role of the machine that is known to be there: its endpoint is named, or it has answered.
fn machine_role(trace: &Trace) -> Option<&'static str> {
    if link(trace, Link::Container).is_some_and(|container| container.evidence.is_some()) {
        return Some("the container's role");
    }
    link(trace, Link::Imds).filter(|imds| imds.access_key_id.is_some()).map(|_| "the instance's role")
}

/// The classic mistake: an over-privileged user's keys beat a role that was made for the job.
fn env_shadows_instance_profile(_: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let role = machine_role(trace).filter(|_| trace.winner == Some(Link::Env))?;
    Some(warning(
        "env-shadows-instance-profile",
        format!("keys in the environment are used instead of {role}"),
    ))
}

fn env_shadows_profile(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let variable = match trace.profile_from {
        ProfileFrom::AwsProfile => "AWS_PROFILE",
        ProfileFrom::AwsDefaultProfile => "AWS_DEFAULT_PROFILE",
        ProfileFrom::Explicit | ProfileFrom::Default => return None,
    };
    let (tool, profile) = (scene.tool.name, &trace.profile);
    (trace.winner == Some(Link::Env)).then(|| {
        let message = format!("{variable} names {profile}, but {tool} takes the keys in the environment");
        warning("env-shadows-profile", message)
    })
}

/// Whether a token variable is left over: no key id beside it, or one that needs no token.
fn left_over(scene: &Scene<'_>) -> Option<&'static str> {
    match scene.env.non_empty("AWS_ACCESS_KEY_ID") {
        None => Some("no AWS_ACCESS_KEY_ID stands beside it"),
        Some(id) if id.starts_with("AKIA") => {
            Some("AWS_ACCESS_KEY_ID is a long-term key, which has no token")
        }
        Some(_) => None,
    }
}

fn stale_session_token(scene: &Scene<'_>, _: &Trace) -> Option<Warning> {
    scene.env.non_empty("AWS_SESSION_TOKEN")?;
    let why = left_over(scene)?;
    Some(warning("stale-session-token", format!("AWS_SESSION_TOKEN is left over: {why}")))
}

fn stale_security_token(scene: &Scene<'_>, _: &Trace) -> Option<Warning> {
    let old = scene.env.non_empty("AWS_SECURITY_TOKEN")?;
    let tokens = scene.tool.env.tokens;
    let first = tokens.first() == Some(&"AWS_SECURITY_TOKEN");
    let why = match scene.env.non_empty("AWS_SESSION_TOKEN") {
        Some(new) if new != old && first => format!("{} reads it before AWS_SESSION_TOKEN", scene.tool.name),
        Some(new) if new != old => "AWS_SESSION_TOKEN says something else".to_owned(),
        _ => left_over(scene)?.to_owned(),
    };
    Some(warning("stale-security-token", format!("AWS_SECURITY_TOKEN is left over: {why}")))
}

/// Said before it is sent: AWS refuses a session that is too short or too long.
fn role_duration_refused(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let message = trace.links.iter().find_map(|link| limits::refused(scene, &link.hops))?;
    Some(warning(limits::CODE, message))
}

fn pasted_keys_over_sso(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let pasted = scene.get_in(FileKind::Credentials, "aws_access_key_id")?;
    ["sso_account_id", "sso_role_name", "sso_session", "sso_start_url"]
        .iter()
        .find_map(|key| scene.get(key))?;
    let (tool, profile) = (scene.tool.name, &trace.profile);
    let place = super::text::evidence(&pasted.place);
    let outcome = match trace.winner {
        Some(Link::CredentialsFile) => format!("{tool} uses the keys"),
        _ => format!("{tool} does not use the keys"),
    };
    Some(warning(
        "pasted-keys-over-sso",
        format!("{profile} is an SSO profile with keys pasted at {place}: {outcome}"),
    ))
}

fn expired_session_blocks(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let won = winner(trace).filter(|won| matches!(won.link, Link::CredentialsFile | Link::ConfigFile))?;
    let expired = won.expires_at.filter(|at| *at <= scene.facts.now)?;
    let tool = scene.tool.name;
    let message =
        format!("the session expired at {expired}; {tool} uses it all the same and tries nothing below");
    Some(warning("expired-session-blocks", message))
}

fn process_shadowed(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let process = scene.get("credential_process")?;
    let won =
        trace.winner.filter(|won| matches!(won, Link::CredentialsFile | Link::ConfigFile | Link::Sso))?;
    let place = super::text::evidence(&process.place);
    Some(warning(
        "process-shadowed",
        format!("credential_process at {place} is not run: {} won", won.label()),
    ))
}

/// Nothing on this machine names a region; what comes of that is another thing with every tool.
fn region_unset(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let rule = &scene.tool.region;
    let tool = scene.tool.name;
    let names = rule.variables.join(" or ");
    let todo = format!("set {names}, or region in {}", trace.profile);
    let message = match &trace.region {
        Some(region) if region.value.is_empty() => {
            format!("{} names an empty region for {tool}: {todo}", region.from)
        }
        Some(region) if region.from == "IMDS" => {
            format!("{tool} finds no region and takes the instance's from IMDS, {}: {todo}", region.value)
        }
        Some(_) if region::settled(scene).is_some() => return None,
        _ => format!("{tool} finds no region: {}; {todo}", rule.without),
    };
    Some(warning("region-unset", message))
}

fn region_variable_ignored(scene: &Scene<'_>, _: &Trace) -> Option<Warning> {
    let read = scene.tool.region.variables;
    let ignored = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find(|name| {
        let differs = read.iter().find_map(|other| scene.env.non_empty(other)) != scene.env.non_empty(name);
        !read.contains(name) && scene.env.non_empty(name).is_some() && differs
    })?;
    Some(warning("region-variable-ignored", format!("{} does not read {ignored}", scene.tool.name)))
}

fn profile_missing(scene: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let named = trace.profile_from != ProfileFrom::Default;
    let (tool, profile) = (scene.tool.name, &trace.profile);
    let then = match (scene.tool.profile.missing, trace.winner) {
        (Some(_), _) if scene.tool.profile.missing_stops.contains(&trace.profile_from) => {
            format!("{tool} stops")
        }
        (_, Some(won)) => format!("{tool} goes on and ends with {}", won.label()),
        (_, None) => match trace.would_ask {
            Some(link) => format!("{tool} goes on without it, and would ask {}", link.label()),
            None => format!("{tool} goes on without it"),
        },
    };
    (named && !scene.exists(profile))
        .then(|| warning("profile-missing", format!("no file has a profile '{profile}': {then}")))
}

fn keys_on_instance(_: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let won = winner(trace)?.access_key_id.as_deref()?;
    link(trace, Link::Imds)?.access_key_id.as_ref().filter(|_| won.starts_with("AKIA"))?;
    Some(warning("keys-on-instance", "long-term keys are used on an instance that has a role"))
}

fn partial_keys(_: &Scene<'_>, trace: &Trace) -> Option<Warning> {
    let keys = [Link::Env, Link::CredentialsFile, Link::ConfigFile];
    let half = trace
        .links
        .iter()
        .find(|report| keys.contains(&report.link) && report.verdict == Verdict::Incomplete)?;
    Some(warning("partial-keys", half.reason.clone()))
}

/// Only tools that keep what looks like a comment are in danger; the others cut it off.
fn inline_comment_in_value(scene: &Scene<'_>, _: &Trace) -> Option<Warning> {
    if !scene.tool.files.grammar.keeps_comments() {
        return None;
    }
    let (key, place) = scene.commented()?;
    let place = super::text::evidence(&place);
    let message = format!(
        "{key} at {place} has what looks like a comment: {} takes it as the value's",
        scene.tool.name
    );
    Some(warning("inline-comment-in-value", message))
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Facts, Probe, Selection, compare, settle, tool};
    use super::*;
    use crate::aws::secret::Credentials;
    use crate::aws::world::{Env, World};

    const CREDENTIALS: &[u8] = b"[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s\n";

    fn world(env: &[(&str, &str)]) -> World {
        let home = [("HOME", "/h"), ("AWS_REGION", "eu-west-1")];
        let env: Env =
            home.iter().chain(env).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let files = [("/h/.aws/credentials".into(), CREDENTIALS.to_vec())].into_iter().collect();
        World::in_memory(env, files, jiff::Timestamp::UNIX_EPOCH)
    }

    /// AWS CLI v2's trace on an instance whose role has answered.
    fn on_instance(env: &[(&str, &str)]) -> Trace {
        let (world, cli) = (world(env), tool("aws-cli-v2").unwrap());
        let mut facts = Facts::of(&world);
        settle(&world, &mut facts, cli, &Selection::Environment);
        let endpoint = "http://169.254.169.254".to_owned();
        let probe = Probe::Imds(super::super::probe::ImdsAsk {
            endpoint,
            v1_disabled: false,
            timeout: None,
            attempts: None,
        });
        facts.learn(&probe, Answer::Keys(Credentials::long_term("ASIAROLE", "s")));
        settle(&world, &mut facts, cli, &Selection::Environment).trace
    }

    fn codes(trace: &Trace) -> Vec<&'static str> {
        trace.warnings.iter().map(|warning| warning.code).collect()
    }

    #[test]
    fn long_term_keys_above_an_instance_role() {
        let trace = on_instance(&[("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")]);
        assert_eq!(codes(&trace), ["env-shadows-instance-profile", "keys-on-instance"]);
        assert_eq!(codes(&on_instance(&[])), ["keys-on-instance"]);
    }

    #[test]
    fn a_security_token_is_stale_beside_another_or_beside_long_term_keys() {
        let keys = ("AWS_SECRET_ACCESS_KEY", "s");
        let stale = |env: &[(&str, &str)]| codes(&on_instance(env)).contains(&"stale-security-token");
        assert!(stale(&[
            ("AWS_ACCESS_KEY_ID", "ASIA"),
            keys,
            ("AWS_SECURITY_TOKEN", "old"),
            ("AWS_SESSION_TOKEN", "new")
        ]));
        assert!(stale(&[("AWS_ACCESS_KEY_ID", "AKIA"), keys, ("AWS_SECURITY_TOKEN", "old")]));
        assert!(!stale(&[
            ("AWS_ACCESS_KEY_ID", "ASIA"),
            keys,
            ("AWS_SECURITY_TOKEN", "t"),
            ("AWS_SESSION_TOKEN", "t")
        ]));
    }

    #[test]
    fn tools_that_disagree_say_so_and_tools_that_agree_do_not() {
        let world = world(&[
            ("AWS_ACCESS_KEY_ID", "AKIAENV"),
            ("AWS_SECRET_ACCESS_KEY", "s"),
            ("AWS_PROFILE", "default"),
        ]);
        let trace =
            |id| settle(&world, &mut Facts::of(&world), tool(id).unwrap(), &Selection::Environment).trace;
        let mut same = [trace("aws-cli-v2"), trace("go-v2")];
        compare(&mut same);
        assert!(same.iter().all(|trace| !codes(trace).contains(&"tools-disagree")));
        let mut other = [trace("aws-cli-v2"), trace("js-v3")];
        compare(&mut other);
        assert!(other.iter().all(|trace| codes(trace).contains(&"tools-disagree")));
    }
}
