//! IAM's access keys of a user: two slots, active or not, and not known everywhere at once.

use jiff::Timestamp;

use super::form;
use super::state::State;
use super::sts::Fields;
use super::xml::{Refused, element};

/// IAM's quota.
const SLOTS: usize = 2;

/// An access key.
#[derive(Clone, Debug)]
pub struct Key {
    pub user: String,
    pub id: String,
    pub secret: String,
    pub active: bool,
    pub created: Timestamp,
    pub last_used: Option<Timestamp>,
    /// So many requests still find a part of AWS that has not heard of it.
    pub unheard: u32,
}

/// The actions of this file, asked by a user; `None` for another.
pub fn act(state: &mut State, user: &str, fields: &Fields, action: &str) -> Option<Result<String, Refused>> {
    let id = form::get(fields, "AccessKeyId").unwrap_or_default();
    Some(match action {
        "ListAccessKeys" => Ok(list(state, user)),
        "GetAccessKeyLastUsed" => last_used(state, user, id),
        "CreateAccessKey" => create(state, user),
        "UpdateAccessKey" => update(state, user, id, form::get(fields, "Status").unwrap_or_default()),
        "DeleteAccessKey" => delete(state, user, id),
        _ => return None,
    })
}

fn list(state: &State, user: &str) -> String {
    let own = state.keys.iter().filter(|key| key.user == user);
    let members: String = own.map(|key| ["<member>", &facts(key), "</member>"].concat()).collect();
    format!("<IsTruncated>false</IsTruncated><AccessKeyMetadata>{members}</AccessKeyMetadata>")
}

fn facts(key: &Key) -> String {
    let status = if key.active { "Active" } else { "Inactive" };
    [
        element("UserName", &key.user),
        element("AccessKeyId", &key.id),
        element("Status", status),
        element("CreateDate", &key.created.to_string()),
    ]
    .concat()
}

fn last_used(state: &State, user: &str, id: &str) -> Result<String, Refused> {
    let key = state.keys.iter().find(|key| key.user == user && key.id == id).ok_or_else(|| missing(id))?;
    let facts = match key.last_used {
        Some(at) => [
            element("LastUsedDate", &at.to_string()),
            element("ServiceName", "sts"),
            element("Region", "us-east-1"),
        ]
        .concat(),
        None => [element("ServiceName", "N/A"), element("Region", "N/A")].concat(),
    };
    Ok(format!("{}<AccessKeyLastUsed>{facts}</AccessKeyLastUsed>", element("UserName", user)))
}

fn create(state: &mut State, user: &str) -> Result<String, Refused> {
    if state.keys.iter().filter(|key| key.user == user).count() >= SLOTS {
        let message = format!("Cannot exceed quota for AccessKeysPerUser: {SLOTS}");
        return Err(Refused::new(409, "LimitExceeded", message));
    }
    let key = state.new_key(user);
    Ok(format!("<AccessKey>{}{}</AccessKey>", facts(&key), element("SecretAccessKey", &key.secret)))
}

fn update(state: &mut State, user: &str, id: &str, status: &str) -> Result<String, Refused> {
    let active = match status {
        "Active" => true,
        "Inactive" => false,
        _ => return Err(Refused::invalid("Status must be Active or Inactive")),
    };
    let key = state.keys.iter_mut().find(|key| key.user == user && key.id == id);
    key.ok_or_else(|| missing(id))?.active = active;
    Ok(String::new())
}

fn delete(state: &mut State, user: &str, id: &str) -> Result<String, Refused> {
    let before = state.keys.len();
    state.keys.retain(|key| key.user != user || key.id != id);
    if state.keys.len() == before { Err(missing(id)) } else { Ok(String::new()) }
}

fn missing(id: &str) -> Refused {
    Refused::new(404, "NoSuchEntity", format!("The Access Key with id {id} cannot be found."))
}
