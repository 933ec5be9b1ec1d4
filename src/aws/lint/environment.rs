//! Variables of this shell that decide over the head of the files.

use super::Findings;
use crate::aws::overview::Severity;
use crate::aws::world::{Env, World};

pub(super) fn check(found: &mut Findings<'_>, world: &World) {
    let env = &world.env;
    profiles(found, env);
    files(found, world);
    keys(found, env);
    tokens(found, env);
    if let (Some(one), Some(other)) = (env.non_empty("AWS_REGION"), env.non_empty("AWS_DEFAULT_REGION"))
        && one != other
    {
        let message =
            format!("AWS_REGION is {one} and AWS_DEFAULT_REGION is {other}: tools disagree on which counts");
        found.add_outside("region-variables-differ", Severity::Warning, message);
    }
}

/// Most tools stop at a profile that does not exist; the others go on and may end with other credentials.
fn profiles(found: &mut Findings<'_>, env: &Env) {
    for variable in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] {
        let Some(name) = env.non_empty(variable) else { continue };
        if found.estate.profile(name).is_none() {
            let message = format!("{variable} names `{name}`, and neither file has a profile of that name");
            found.add_outside("profile-missing", Severity::Error, message);
        }
    }
}

fn files(found: &mut Findings<'_>, world: &World) {
    let files = world.aws_files();
    let named = [("AWS_CONFIG_FILE", files.config), ("AWS_SHARED_CREDENTIALS_FILE", files.credentials)];
    for (variable, path) in named {
        if world.env.non_empty(variable).is_some() && world.fs.read_file(&path).is_err() {
            let message = format!("{variable} names {}, which cannot be read", path.display());
            found.add_outside("file-variable", Severity::Error, message);
        }
    }
}

fn keys(found: &mut Findings<'_>, env: &Env) {
    let profile = env.non_empty("AWS_PROFILE").or_else(|| env.non_empty("AWS_DEFAULT_PROFILE"));
    let hidden = profile.map_or_else(|| "the default profile".to_owned(), |name| format!("`{name}`"));
    let halves = (env.non_empty("AWS_ACCESS_KEY_ID"), env.non_empty("AWS_SECRET_ACCESS_KEY"));
    match halves {
        (Some(_), Some(_)) => {
            let message = format!("AWS_ACCESS_KEY_ID is set: in this shell its keys win over {hidden}");
            found.add_outside("env-shadows-profile", Severity::Warning, message);
        }
        (Some(_), None) => {
            let message =
                "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: boto3 and the AWS CLI stop";
            found.add_outside("partial-keys", Severity::Error, message);
        }
        (None, Some(_)) => {
            let message = "AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID: no tool uses it";
            found.add_outside("partial-keys", Severity::Warning, message);
        }
        (None, None) if env.non_empty("AWS_WEB_IDENTITY_TOKEN_FILE").is_some() => {
            let message =
                format!("AWS_WEB_IDENTITY_TOKEN_FILE is set: most tools take that role before {hidden}");
            found.add_outside("env-shadows-profile", Severity::Warning, message);
        }
        (None, None) => {}
    }
}

fn tokens(found: &mut Findings<'_>, env: &Env) {
    let (token, old) = (env.non_empty("AWS_SESSION_TOKEN"), env.non_empty("AWS_SECURITY_TOKEN"));
    let id = env.non_empty("AWS_ACCESS_KEY_ID");
    if let Some(old) = old
        && token.is_some_and(|token| token != old)
    {
        let message = "AWS_SECURITY_TOKEN is left over: AWS_SESSION_TOKEN says something else";
        found.add_outside("stale-security-token", Severity::Warning, message);
    }
    if token.or(old).is_none() {
        return;
    }
    let (severity, why) = match id {
        Some(id) if id.starts_with("AKIA") => {
            (Severity::Error, "AWS_ACCESS_KEY_ID is a long-term key: AWS refuses the pair")
        }
        None => (Severity::Warning, "no AWS_ACCESS_KEY_ID stands beside it"),
        Some(_) => return,
    };
    let variable = if token.is_some() { "AWS_SESSION_TOKEN" } else { "AWS_SECURITY_TOKEN" };
    found.add_outside("stale-session-token", severity, format!("{variable} is left over: {why}"));
}
