//! Files in forms of their own: s3cmd's `.s3cfg`, boto's `~/.boto`, rclone's S3 remotes.

use configparser::ini::Ini;

use super::Found;

/// Sections in file order, keys lower-cased.
type Sections = Vec<(String, Vec<(String, String)>)>;

/// What makes a profile of a section, if it is one.
type Reader = fn(&str, &[(String, String)]) -> Option<Found>;

/// The profiles, or `None` if it is none of these tools' files.
pub(super) fn read(text: &str) -> Option<Vec<Found>> {
    let sections = sections(text)?;
    let has = |key: &str, value: Option<&str>| {
        let fits = |section: &(String, Vec<(String, String)>)| {
            get(&section.1, key).is_some_and(|found| value.is_none_or(|value| value == found))
        };
        sections.iter().any(fits)
    };
    let is_boto = |name: &str| name.eq_ignore_ascii_case("credentials");
    let found = |read: Reader| Some(sections.iter().filter_map(|(name, keys)| read(name, keys)).collect());
    match () {
        () if has("type", Some("s3")) => found(rclone),
        () if has("access_key", None) && has("secret_key", None) => found(|_, keys| s3cmd(keys)),
        () if sections.iter().any(|(name, _)| is_boto(name)) => found(boto),
        () => None,
    }
}

/// `=` or `:`, whole-line comments only, case of names kept.
fn sections(text: &str) -> Option<Sections> {
    let mut ini = Ini::new_cs();
    let mut rules = ini.defaults();
    "\u{0}top".clone_into(&mut rules.default_section);
    rules.enable_inline_comments = false;
    ini.load_defaults(rules);
    let map = ini.read(text.to_owned()).ok()?;
    let keys = |keys: Vec<(String, Option<String>)>| {
        let filled = keys.into_iter().filter_map(|(key, value)| Some((key.to_ascii_lowercase(), value?)));
        filled.collect()
    };
    Some(map.into_iter().map(|(name, entries)| (name, keys(entries.into_iter().collect()))).collect())
}

fn get<'a>(keys: &'a [(String, String)], key: &str) -> Option<&'a str> {
    keys.iter()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

fn take(found: &mut Found, keys: &[(String, String)], names: &[(&str, &str)]) {
    for (theirs, ours) in names {
        found.put(ours, get(keys, theirs).unwrap_or_default());
    }
}

/// An S3 remote with keys of its own; `env_auth` remotes have none.
fn rclone(name: &str, keys: &[(String, String)]) -> Option<Found> {
    get(keys, "type").filter(|kind| *kind == "s3")?;
    get(keys, "access_key_id").and(get(keys, "secret_access_key"))?;
    let mut found = Found::new(name, "rclone");
    let names = [
        ("access_key_id", "aws_access_key_id"),
        ("secret_access_key", "aws_secret_access_key"),
        ("session_token", "aws_session_token"),
        ("region", "region"),
    ];
    take(&mut found, keys, &names);
    if let Some(endpoint) = get(keys, "endpoint") {
        found.put("endpoint_url", &url(endpoint, true));
    }
    let provider = get(keys, "provider").filter(|provider| *provider != "AWS");
    found
        .notes
        .extend(provider.map(|provider| format!("its keys are {provider}'s, not those of an IAM user")));
    Some(found)
}

fn s3cmd(keys: &[(String, String)]) -> Option<Found> {
    get(keys, "access_key").and(get(keys, "secret_key"))?;
    let keys: Vec<_> = keys.iter().map(|(key, value)| (key.clone(), unquoted(value).to_owned())).collect();
    let keys = keys.as_slice();
    let mut found = Found::new("s3cmd", "s3cmd");
    let names = [
        ("access_key", "aws_access_key_id"),
        ("secret_key", "aws_secret_access_key"),
        ("access_token", "aws_session_token"),
    ];
    take(&mut found, keys, &names);
    // S3's old names of locations.
    found.put(
        "region",
        match get(keys, "bucket_location") {
            Some("US") => "us-east-1",
            Some("EU") => "eu-west-1",
            other => other.unwrap_or_default(),
        },
    );
    if let Some(host) = get(keys, "host_base").filter(|host| !host.ends_with("amazonaws.com")) {
        let tls = get(keys, "use_https").is_none_or(|value| !matches!(value, "False" | "false" | "no" | "0"));
        found.put("endpoint_url", &url(host, tls));
    }
    Some(found)
}

/// s3cmd takes off one pair of double quotes (`S3/Config.py`, `ConfigParser`).
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}

/// boto has one set of keys in `[Credentials]` and more in `[profile NAME]`.
fn boto(name: &str, keys: &[(String, String)]) -> Option<Found> {
    let profile = name.strip_prefix("profile ").map(str::trim);
    let profile = profile.or_else(|| name.eq_ignore_ascii_case("credentials").then_some("boto"))?;
    get(keys, "aws_access_key_id").and(get(keys, "aws_secret_access_key"))?;
    let mut found = Found::new(profile, "boto");
    let names = [
        ("aws_access_key_id", "aws_access_key_id"),
        ("aws_secret_access_key", "aws_secret_access_key"),
        ("aws_security_token", "aws_session_token"),
        ("region", "region"),
    ];
    take(&mut found, keys, &names);
    Some(found)
}

fn url(host: &str, tls: bool) -> String {
    if host.contains("://") {
        return host.to_owned();
    }
    format!("{}://{host}", if tls { "https" } else { "http" })
}
