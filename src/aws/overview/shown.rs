//! What a section holds, as a form shows it: every key once with all its places, and no value that must not be seen.

use std::collections::HashSet;

use crate::aws::ini::FileKind;
use crate::aws::profile::{Profile, Setting};
use crate::aws::secret::{is_secret_key, masked};

/// One key of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Lower-cased.
    pub key: String,
    pub held: Held,
    /// Where it stands, the place that counts first; lines from 1.
    pub places: Vec<(FileKind, u32)>,
}

/// What a key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Text(String),
    /// What may be said of a value that must not be seen: `set`, or the end of an access key id.
    Masked(String),
    /// A nested block (`s3 =`): several lines, edited in the file.
    Block,
}

impl Shown {
    /// The keys of a section in file order, credentials first.
    #[must_use]
    pub fn of(profile: &Profile<'_>) -> Vec<Self> {
        let settings = profile.settings();
        let mut seen = HashSet::new();
        let first = settings.iter().filter(|setting| seen.insert(setting.key.clone()));
        first.map(|setting| Self::key(&setting.key, &settings)).collect()
    }

    fn key(key: &str, settings: &[Setting<'_>]) -> Self {
        let mut places: Vec<&Setting<'_>> = settings.iter().filter(|setting| setting.key == key).collect();
        places.sort_by_key(|setting| setting.shadowed);
        let text = places.first().map(|setting| setting.text.as_ref()).unwrap_or_default();
        Self {
            key: key.to_owned(),
            held: held(key, text),
            places: places.iter().map(|setting| (setting.file, setting.line)).collect(),
        }
    }
}

fn held(key: &str, text: &str) -> Held {
    match key {
        _ if text.is_empty() => Held::Text(String::new()),
        "aws_access_key_id" => Held::Masked(masked(text)),
        _ if is_secret_key(key) => Held::Masked("set".to_owned()),
        _ if text.contains('\n') => Held::Block,
        _ => Held::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::profile::Estate;
    use crate::aws::world::AwsFiles;

    #[test]
    fn every_key_stands_once_and_no_secret_is_seen() {
        let config = "[profile p]\nregion = eu-west-1\ns3 =\n  max = 1\naws_access_key_id = AKIAOLD\n";
        let credentials = "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hush\n";
        let files = AwsFiles { config: "config".into(), credentials: "credentials".into() };
        let estate = Estate::from_texts(files, config.into(), credentials.into());
        let shown = Shown::of(&estate.profile("p").unwrap());
        assert!(!format!("{shown:?}").contains("hush") && !format!("{shown:?}").contains("IOSFODNN"));
        let held: Vec<_> = shown.iter().map(|one| (one.key.as_str(), &one.held)).collect();
        let (id, set) = (Held::Masked("…MPLE".to_owned()), Held::Masked("set".to_owned()));
        let region = Held::Text("eu-west-1".to_owned());
        let wanted = [
            ("aws_access_key_id", &id),
            ("aws_secret_access_key", &set),
            ("region", &region),
            ("s3", &Held::Block),
        ];
        assert_eq!(held, wanted);
        assert_eq!(shown[0].places, [(FileKind::Credentials, 2), (FileKind::Config, 5)]);
    }
}
