//! Instance metadata as a tree of paths: what a path means, what a listing and a value say, and what of them must not
//! be seen. Every credential is masked before anybody sees it.

use jiff::Timestamp;
use serde_json::Value;

use super::secret::is_secret_key;

/// The tree everything is below.
pub const ROOT: &str = "latest/";
pub const DATA: &str = "latest/meta-data/";
/// The other branches of the root; anything else is meant below [`DATA`].
const BRANCHES: [&str; 4] = ["meta-data", "dynamic", "user-data", "api"];

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// `http://169.254.169.254/`
    pub endpoint: String,
    /// 1 or 2: which version answered.
    pub version: u8,
    /// Seconds the token is good for.
    pub token_ttl: Option<u32>,
    /// The whole path that was asked for.
    pub path: String,
    pub found: Found,
    /// For the overview only: the instance's role and when its credentials expire.
    pub role: Option<(String, Option<Timestamp>)>,
}

/// A folder or a value, whose credentials are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Entries(Vec<String>),
    Value(String),
}

impl Found {
    /// What came back for a path: a listing where it ends with a slash.
    #[must_use]
    pub fn of(path: &str, text: &str) -> Self {
        if path.ends_with('/') {
            Self::Entries(
                text.lines().filter(|line| !line.is_empty()).map(|line| entry(path, line)).collect(),
            )
        } else {
            Self::Value(masked(text))
        }
    }
}

/// A line of a listing. The root leaves the slash out behind its folders.
fn entry(folder: &str, line: &str) -> String {
    let bare = folder == ROOT && matches!(line, "dynamic" | "meta-data");
    if bare { format!("{line}/") } else { line.to_owned() }
}

/// The path of an entry: a folder's ends with a slash. Public keys are listed as `0=name` and found under `0/`.
#[must_use]
pub fn child(folder: &str, entry: &str) -> String {
    match entry.split_once('=') {
        Some((number, _)) if folder.ends_with("/public-keys/") => format!("{folder}{number}/"),
        _ => format!("{folder}{entry}"),
    }
}

/// A JSON document with a line for each field; any other text as it is.
#[must_use]
pub fn pretty(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(value) if value.is_object() || value.is_array() => format!("{value:#}"),
        _ => text.to_owned(),
    }
}

/// The path from the root on.
#[must_use]
pub fn whole(path: Option<&str>) -> String {
    let path = path.unwrap_or_default().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    match first {
        "latest" => path.to_owned(),
        first if BRANCHES.contains(&first) => format!("{ROOT}{path}"),
        _ => format!("{DATA}{path}"),
    }
}

/// The text with the values of secret keys gone. Credentials that are not whole JSON are not shown at all.
fn masked(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut value) if value.is_object() || value.is_array() => {
            if hide(&mut value) > 0 {
                format!("{value:#}")
            } else {
                text.to_owned()
            }
        }
        _ if text.to_ascii_lowercase().contains("secretaccesskey") => "****".to_owned(),
        _ => text.split_inclusive('\n').map(masked_line).collect(),
    }
}

/// A line of user data: what is given to a name that is a secret's is gone.
fn masked_line(line: &str) -> String {
    let (Some(at), end) = (line.find(['=', ':']), line.trim_end_matches(['\r', '\n']).len()) else {
        return line.to_owned();
    };
    let name = line[..at].trim().rsplit([' ', '"', '\'']).find(|word| !word.is_empty()).unwrap_or_default();
    let value = line[at + 1..end].trim();
    let variable = value.trim_matches(['"', '\'']).starts_with('$');
    if value.is_empty() || variable || !is_secret_key(name) {
        return line.to_owned();
    }
    format!("{}****{}", &line[..=at], &line[end..])
}

/// How many values it had to hide.
fn hide(value: &mut Value) -> usize {
    match value {
        Value::Object(fields) => fields.iter_mut().map(|(name, value)| hide_field(name, value)).sum(),
        Value::Array(items) => items.iter_mut().map(hide).sum(),
        _ => 0,
    }
}

fn hide_field(name: &str, value: &mut Value) -> usize {
    if !is_secret_key(name) || value.is_null() {
        return hide(value);
    }
    *value = "****".into();
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_meant_below_the_metadata_unless_they_say_otherwise() {
        let rows = [
            (None, "latest/meta-data/"),
            (Some("placement/region"), "latest/meta-data/placement/region"),
            (Some("/latest/user-data"), "latest/user-data"),
            (Some("user-data"), "latest/user-data"),
            (Some("dynamic/instance-identity/document"), "latest/dynamic/instance-identity/document"),
            (Some("meta-data/iam/"), "latest/meta-data/iam/"),
        ];
        for (given, expected) in rows {
            assert_eq!(whole(given), expected);
        }
    }

    #[test]
    fn secrets_are_masked_wherever_they_stand_and_the_rest_stays_as_it_is() {
        let keys = "{\"AccessKeyId\":\"ASIAX\",\"SecretAccessKey\":\"hush\",\"a\":[{\"Token\":\"hush\"}]}";
        let shown = masked(keys);
        assert!(shown.contains("ASIAX") && !shown.contains("hush"), "{shown}");
        assert_eq!(masked("{\"SecretAccessKey\": \"hush"), "****");
        assert_eq!(masked("{ \"region\" : \"eu\" }"), "{ \"region\" : \"eu\" }");
        assert_eq!(masked("i-0123"), "i-0123");
    }

    #[test]
    fn secrets_in_a_script_are_masked_and_the_script_stays() {
        let script =
            "#!/bin/sh\nexport AWS_SECRET_ACCESS_KEY=hush\r\ndb_password: 'hush'\nname=web\ntoken=$1\n";
        let shown = "#!/bin/sh\nexport AWS_SECRET_ACCESS_KEY=****\r\ndb_password:****\nname=web\ntoken=$1\n";
        assert_eq!(masked(script), shown);
    }

    #[test]
    fn a_listing_names_where_each_entry_leads() {
        let entries = |path: &str, text: &str| match Found::of(path, text) {
            Found::Entries(entries) => entries,
            Found::Value(value) => panic!("{value}"),
        };
        assert_eq!(entries(ROOT, "dynamic\nmeta-data\nuser-data\n"), ["dynamic/", "meta-data/", "user-data"]);
        assert_eq!(child("latest/meta-data/public-keys/", "0=laptop"), "latest/meta-data/public-keys/0/");
        assert_eq!(child("latest/meta-data/tags/instance/", "a=b"), "latest/meta-data/tags/instance/a=b");
    }
}
