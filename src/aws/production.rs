//! Which profiles are production: by the user's patterns, on a profile's name, its account or an ARN in it.
//!
//! A name with the word in it is *shown* as production without any pattern; only a pattern makes awsprof *ask*, because
//! a question nobody ordered would stop scripts.

use std::collections::BTreeSet;

use super::overview::{DefaultState, Overview};
use super::profile::{Estate, Profile};

/// The user's patterns: `*prod*` (a name), `account:111122223333`, `arn:aws:iam::1111…:role/*`. `*` stands for any
/// text, `?` for one character; case does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Production(Vec<String>);

impl Production {
    /// Takes patterns as they stand in the settings.
    #[must_use]
    pub fn new(patterns: &[String]) -> Self {
        Self(patterns.iter().map(|pattern| pattern.to_lowercase()).collect())
    }

    /// Whether there are patterns at all.
    #[must_use]
    pub const fn asks(&self) -> bool {
        !self.0.is_empty()
    }

    /// The names of the profiles that a pattern is about. The session profile of such a one, and a `[default]` that is
    /// a copy of it, are among them.
    #[must_use]
    pub fn of(&self, estate: &Estate, overview: &Overview) -> BTreeSet<String> {
        if self.0.is_empty() {
            return BTreeSet::new();
        }
        let found = overview.rows.iter().filter(|row| {
            let profile = estate.profile(&row.name);
            self.is_about(&row.name, row.account.as_deref(), &profile.map(arns).unwrap_or_default())
        });
        let mut names: BTreeSet<String> = found.map(|row| row.name.clone()).collect();
        let default_of = match &overview.default {
            DefaultState::Managed { profile } | DefaultState::Drifted { profile } => Some(profile),
            DefaultState::Absent | DefaultState::Unmanaged => None,
        };
        let copies = overview.rows.iter().filter(|row| {
            let behind = if row.name == "default" { default_of } else { row.session_of.as_ref() };
            behind.is_some_and(|behind| names.contains(behind))
        });
        let copies: Vec<String> = copies.map(|row| row.name.clone()).collect();
        names.extend(copies);
        names
    }

    fn is_about(&self, name: &str, account: Option<&str>, arns: &[String]) -> bool {
        self.0.iter().any(|pattern| match pattern.strip_prefix("account:") {
            Some(wanted) => account.is_some_and(|account| matches(&wanted.replace('-', ""), account)),
            None if pattern.starts_with("arn:") => arns.iter().any(|arn| matches(pattern, arn)),
            None => matches(pattern, name),
        })
    }
}

fn arns(profile: Profile<'_>) -> Vec<String> {
    let keys = ["role_arn", "mfa_serial", "aws_mfa_device", "login_session"];
    keys.iter().filter_map(|key| profile.text(key)).map(std::borrow::Cow::into_owned).collect()
}

/// Whether a lower-case pattern fits the whole text.
fn matches(pattern: &str, text: &str) -> bool {
    fits(pattern.as_bytes(), text.to_lowercase().as_bytes())
}

/// With one step back for the last star: linear but for patterns nobody writes.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == b'?' || c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

/// Whether the name itself says so.
#[must_use]
pub fn is_called_so(name: &str) -> bool {
    let words = ["prod", "production", "prd", "live"];
    let production = |part: &str| words.iter().any(|word| part.eq_ignore_ascii_case(word));
    name.split(|c: char| !c.is_alphanumeric()).any(production)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_production() {
        assert!(is_called_so("acme-prod") && is_called_so("PROD_admin") && is_called_so("live.eu"));
        assert!(!is_called_so("product") && !is_called_so("deliver"));
    }

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, fit) in [
            ("*prod*", "acme-PROD-1", true),
            ("prod", "acme-prod", false),
            ("a*b*c", "a-bc-b-c", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*", "", true),
            ("", "x", false),
        ] {
            assert_eq!(matches(pattern, text), fit, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_is_about_a_name_an_account_or_an_arn() {
        let of = |pattern: &str| Production::new(&[pattern.to_owned()]);
        let arn = ["arn:aws:iam::777788889999:role/Deploy".to_owned()];
        let about = |pattern: &str| of(pattern).is_about("deploy", Some("777788889999"), &arn);
        assert!(
            about("account:7777-8888-9999") && about("arn:aws:iam::777788889999:role/*") && about("DEP*")
        );
        assert!(!about("account:1111*") && !about("arn:*:user/*") && !about("777788889999"));
    }
}
