//! Instance metadata (version 2 only, unless a test says otherwise) and the container endpoint.

use serde_json::json;

use super::canonical::Arrived;
use super::state::{Principal, Session, State};
use super::tree::{self, INSTANCE};
use super::xml::Answer;

/// The path of the container endpoint.
pub const CONTAINER_PATH: &str = "/v2/credentials/demo-task";
/// Below it is one file a role.
const CREDENTIALS: &str = "meta-data/iam/security-credentials/";
const TOKEN: &str = "demo-metadata-token==";
const TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";

/// `PUT /latest/api/token` and everything below `/latest/`.
pub fn instance(state: &mut State, request: &Arrived) -> Answer {
    if request.path == "/latest/api/token" {
        return token(request);
    }
    match request.header("x-aws-ec2-metadata-token") {
        Some(token) if token == TOKEN => {}
        None if state.cast.metadata_v1 => {}
        _ => return text(401, ""),
    }
    let role = state.cast.instance_role;
    let region = state.cast.regions.first().copied().unwrap_or_default();
    let path = request.path.strip_prefix("/latest/").unwrap_or(&request.path);
    let mut values = tree::values(region, role);
    if !role.is_empty() {
        let credentials = format!("{CREDENTIALS}{role}");
        if path == credentials {
            return role_credentials(state, role);
        }
        values.push((credentials, String::new()));
    }
    // EC2 answers for a folder also without the slash, and for this value also with one.
    let value = values.iter().find(|(known, _)| *known == path.trim_end_matches('/'));
    let folder = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
    match (value, tree::listing(&values, &folder)) {
        (Some((_, value)), _) => text(200, value),
        (None, Some(listing)) => text(200, &listing),
        (None, None) => text(404, ""),
    }
}

fn token(request: &Arrived) -> Answer {
    let ttl = request.header(TTL).and_then(|ttl| ttl.parse::<u32>().ok());
    match ttl {
        _ if request.method != "PUT" => text(405, ""),
        Some(ttl @ 1..=21600) => Answer { headers: vec![(TTL, ttl.to_string())], ..text(200, TOKEN) },
        _ => text(400, ""),
    }
}

fn role_credentials(state: &mut State, role: &str) -> Answer {
    let Some(session) = session(state, role) else { return text(404, "") };
    let updated = state.clock.now().to_string();
    json_answer(&json!({
        "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": updated,
        "AccessKeyId": session.access_key_id, "SecretAccessKey": session.secret_access_key,
        "Token": session.token, "Expiration": session.expires_at.to_string(),
    }))
}

/// The task's credentials, for who shows the token.
pub fn container(state: &mut State, request: &Arrived) -> Answer {
    if request.path != CONTAINER_PATH {
        return text(404, "");
    }
    if request.header("authorization").as_deref() != Some(state.cast.container_token.as_str()) {
        return text(401, "");
    }
    let role = state.cast.instance_role;
    let Some(session) = session(state, role) else { return text(404, "") };
    json_answer(&json!({
        "RoleArn": state.role_arn(role),
        "AccessKeyId": session.access_key_id, "SecretAccessKey": session.secret_access_key,
        "Token": session.token, "Expiration": session.expires_at.to_string(),
    }))
}

/// The machine's session: the same until its last quarter of an hour, as on a real one.
fn session(state: &mut State, role: &str) -> Option<Session> {
    let fresh = state.clock.now() + jiff::SignedDuration::from_mins(15);
    let kept = state.machine.as_ref().filter(|session| session.expires_at > fresh);
    if let Some(session) = kept {
        return Some(session.clone());
    }
    let arn = state.role_arn(role)?;
    let session = state.issue(Principal::Role { arn, session_name: INSTANCE.to_owned() }, 21600, false);
    state.machine = Some(session.clone());
    Some(session)
}

/// A plain text.
#[must_use]
pub fn text(status: u16, body: &str) -> Answer {
    Answer { status, content_type: "text/plain", headers: Vec::new(), body: body.to_owned() }
}

/// A JSON text.
#[must_use]
pub fn json_answer(value: &serde_json::Value) -> Answer {
    Answer { status: 200, content_type: "application/json", headers: Vec::new(), body: value.to_string() }
}
