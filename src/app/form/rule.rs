//! What a field may hold: how that is checked, in words, and what can be taken over.

use super::{Field, Form, Purpose};
use crate::app::model::Model;
use crate::aws::ini::{SectionKind, is_identifier};
use crate::aws::lint;

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Free,
    NewName,
    AccessKey,
    Secret,
    Device,
    Role,
    /// A profile that is there.
    Profile,
    SsoSession,
    Url,
    Region,
    Account,
    Output,
    /// A key that the section does not have.
    NewKey,
}

/// What the AWS CLI prints (`aws help`, *--output*).
const OUTPUTS: &[&str] = &["json", "yaml", "yaml-stream", "text", "table"];

/// Regions that are on without being asked for (*AWS Regions and Availability Zones*), the usual ones first.
const REGIONS: &[&str] = &[
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "sa-east-1",
];

impl Rule {
    /// What a key of a profile may hold.
    #[must_use]
    pub fn of(key: &str) -> Self {
        match key {
            "aws_access_key_id" => Self::AccessKey,
            "aws_secret_access_key" => Self::Secret,
            "mfa_serial" => Self::Device,
            "role_arn" => Self::Role,
            "source_profile" => Self::Profile,
            "sso_session" => Self::SsoSession,
            "sso_start_url" => Self::Url,
            "region" | "sso_region" => Self::Region,
            "sso_account_id" | "aws_account_id" => Self::Account,
            "output" => Self::Output,
            _ => Self::Free,
        }
    }

    /// What to type here.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Free => "as it is to stand in the file",
            Self::NewName => "letters, digits and _ - / . % @ : +",
            Self::AccessKey => "begins with AKIA; the console shows it under Security credentials",
            Self::Secret => "typed or pasted out of sight, only counted",
            Self::Device => "arn:aws:iam::ACCOUNT:mfa/NAME, or none",
            Self::Role => "arn:aws:iam::ACCOUNT:role/NAME",
            Self::Profile => "a profile that is there",
            Self::SsoSession => "one that is there, or a new name",
            Self::Url => "https://….awsapps.com/start",
            Self::Region => "such as eu-west-1, or none",
            Self::Account => "twelve digits",
            Self::Output => "json, yaml, yaml-stream, text or table, or none",
            Self::NewKey => "the name of a key to add; its value comes next",
        }
    }

    /// What is wrong with what is typed, in words.
    pub(super) fn problem(self, field: &Field, form: &Form, model: &Model) -> Option<String> {
        let text = field.text().trim();
        let unless = |right: bool, words: &str| (!right).then(|| words.to_owned());
        match self {
            Self::Free | Self::Secret => None,
            Self::NewName => taken(text, model)
                .or_else(|| unless(is_name(text), "not a name: letters, digits and _ - / . % @ : + only")),
            Self::AccessKey => access_key(text),
            Self::Device => device(text),
            Self::Role => unless(is_arn(text, ":role/"), "not a role's ARN: arn:aws:iam::ACCOUNT:role/NAME"),
            Self::Profile => profile(text, form, model),
            Self::SsoSession => unless(is_name(text), "not a name: letters, digits and _ - / . % @ : + only"),
            Self::Url => unless(text.starts_with("https://"), "not a URL: it begins with https://"),
            Self::Region => unless(is_region(text), "not a region: such as eu-west-1"),
            Self::Account => unless(is_account(text), "not an account id: twelve digits"),
            Self::Output => {
                unless(OUTPUTS.contains(&text), "the AWS CLI knows json, yaml, yaml-stream, text and table")
            }
            Self::NewKey => new_key(text).map(|words| model.keymap.fill(&words)),
        }
    }

    /// What can be taken over, best first.
    pub(super) fn suggestions(self, form: &Form, model: &Model) -> Vec<String> {
        let rows = || model.overview.rows.iter();
        match self {
            Self::Profile => {
                let own = form.own_name();
                rows().map(|row| row.name.clone()).filter(|name| Some(name.as_str()) != own).collect()
            }
            Self::SsoSession => model.overview.sso_sessions.clone(),
            Self::Output => OUTPUTS.iter().map(|&one| one.to_owned()).collect(),
            Self::Region => {
                let used = rows().filter_map(|row| row.region.clone());
                distinct(used.chain(REGIONS.iter().map(|&one| one.to_owned())))
            }
            Self::Device => devices(form, model),
            Self::NewKey => keys(form.field().map_or("", Field::text)),
            _ => Vec::new(),
        }
    }
}

impl Form {
    /// The section it is about, when there is one.
    #[must_use]
    pub fn own_name(&self) -> Option<&str> {
        match &self.purpose {
            Purpose::Add(_) => None,
            Purpose::Edit(section)
            | Purpose::Rename(section)
            | Purpose::Copy(section)
            | Purpose::Retarget(section) => Some(&section.name),
        }
    }
}

fn taken(text: &str, model: &Model) -> Option<String> {
    let taken = model.overview.rows.iter().any(|row| row.name == text);
    taken.then(|| format!("the name is taken: `{text}` is there already"))
}

fn is_name(text: &str) -> bool {
    is_identifier(text.as_bytes()) && !text.starts_with('-')
}

fn access_key(text: &str) -> Option<String> {
    if text.starts_with("ASIA") {
        return Some("ASIA… is a session's key, and it ends: long-term keys begin with AKIA".to_owned());
    }
    let plain =
        text.len() >= 16 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    (!plain).then(|| "not an access key id: at least 16 capital letters and digits".to_owned())
}

/// A virtual or FIDO device has an ARN, a hardware one a serial number.
fn device(text: &str) -> Option<String> {
    if text.contains(":user/") {
        return Some("this is the ARN of a user: the device's has :mfa/ in that place".to_owned());
    }
    let serial = text.len() >= 9 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let right = is_arn(text, ":mfa/") || is_arn(text, ":u2f/") || serial;
    (!right).then(|| "not the ARN of a device: arn:aws:iam::ACCOUNT:mfa/NAME".to_owned())
}

/// `arn:PARTITION:iam::ACCOUNT` and then `part` with a name.
fn is_arn(text: &str, part: &str) -> bool {
    let Some((owner, name)) = text.split_once(part) else { return false };
    let words: Vec<&str> = owner.split(':').collect();
    let plain = !name.is_empty() && !name.contains(char::is_whitespace);
    plain
        && matches!(words[..], ["arn", partition, "iam", "", account] if partition.starts_with("aws") && is_account(account))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_region(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(plain) && text.split('-').count() >= 3 && text.ends_with(|c: char| c.is_ascii_digit())
}

fn profile(text: &str, form: &Form, model: &Model) -> Option<String> {
    if form.own_name() == Some(text) && matches!(form.purpose, Purpose::Retarget(_)) {
        return Some("that is the one that goes".to_owned());
    }
    let known = model.overview.rows.iter().any(|row| row.name == text);
    (!known).then(|| format!("there is no profile `{text}`"))
}

/// Names keys by what they do.
fn new_key(text: &str) -> Option<String> {
    if !is_name(text) {
        return Some("not a key: letters, digits and _ - only".to_owned());
    }
    let like = lint::likely(SectionKind::Profile, &text.to_ascii_lowercase())?;
    let meant = format!("no tool knows `{text}`: is `{like}` meant?");
    Some(meant + " {form:suggest} takes it, {form:accept} keeps yours")
}

/// The keys that begin like what is typed; else the one it looks like.
fn keys(typed: &str) -> Vec<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let known = lint::known_keys(SectionKind::Profile).iter().filter(|key| key.starts_with(&typed));
    let known: Vec<String> = known.map(|&key| key.to_owned()).collect();
    if !known.is_empty() {
        return known;
    }
    lint::likely(SectionKind::Profile, &typed).into_iter().map(str::to_owned).collect()
}

/// The devices AWS named, then that of the source profile, then those the files know.
fn devices(form: &Form, model: &Model) -> Vec<String> {
    let rows = || model.overview.rows.iter();
    let source = rows().filter(|row| row.name == form.text("source_profile"));
    let known = source.chain(rows()).filter_map(|row| row.mfa_serial.clone());
    distinct(form.devices.iter().cloned().chain(known))
}

fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_aws_would_not_read_is_said() {
        let right = |problem: Option<String>| problem.is_none();
        assert!(right(access_key("AKIAIOSFODNN7EXAMPLE")) && !right(access_key("akia")));
        assert!(access_key("ASIAIOSFODNN7EXAMPLE").unwrap().contains("session"));
        assert!(right(device("arn:aws-us-gov:iam::111122223333:mfa/alice")) && right(device("GAHT12345678")));
        assert!(device("arn:aws:iam::111122223333:user/alice").unwrap().contains("user"));
        assert!(!right(device("alice")));
        assert!(is_arn("arn:aws:iam::111122223333:role/path/admin", ":role/"));
        for wrong in [
            "admin",
            "arn:aws:iam::1111:role/x",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:s3::111122223333:role/x",
        ] {
            assert!(!is_arn(wrong, ":role/"), "{wrong}");
        }
        assert!(is_region("eu-west-1") && is_region("us-gov-east-1") && is_region("us-iso-east-1"));
        assert!(
            !is_region("europe")
                && !is_region("eu-west-")
                && !is_region("eu_west_1")
                && !is_region("eu-west-x")
        );
    }

    #[test]
    fn a_key_that_looks_like_a_known_one_is_asked_about() {
        assert_eq!(new_key("region"), None);
        assert!(new_key("regoin").unwrap().contains("`region`"));
        assert_eq!(keys("regoin"), ["region"]);
        assert_eq!(new_key("my_own"), None);
        assert!(keys("role_").contains(&"role_arn".to_owned()));
    }
}
