//! One profile, looked up lazily in both files, and the settings it has.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use super::Estate;
use crate::aws::ini::{Document, Entry, FileKind, Found, KeySet, Named, Section, SectionKind};
use crate::aws::secret::{Credentials, Secret, is_secret_key};

/// A profile of an estate (an sso-session and a services section read the same way).
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    estate: &'a Estate,
    name: &'a str,
    config: Option<Named<'a>>,
    credentials: Option<Named<'a>>,
    /// What either file may have.
    keys: KeySet,
}

/// What may be known of static keys without holding a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey<'a> {
    pub id: Cow<'a, str>,
    /// There is a session token beside it.
    pub is_session: bool,
}

impl AccessKey<'_> {
    /// Whether it is an IAM user's: no token, and not one half of a session whose token was lost.
    #[must_use]
    pub fn is_long_term(&self) -> bool {
        !self.is_session && !self.id.starts_with("ASIA")
    }
}

/// A value and its place. `Debug` hides the text of secret keys.
#[derive(Clone, PartialEq, Eq)]
pub struct Setting<'a> {
    /// Lower-cased.
    pub key: Cow<'a, str>,
    pub text: Cow<'a, str>,
    pub file: FileKind,
    /// From 1.
    pub line: u32,
    /// Another setting of the same key wins.
    pub shadowed: bool,
}

impl fmt::Debug for Setting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if is_secret_key(&self.key) { "****" } else { &self.text };
        write!(f, "{} = {text:?} ({:?}:{})", self.key, self.file, self.line)
    }
}

/// Credentials first: its keys win.
const FILES: [FileKind; 2] = [FileKind::Credentials, FileKind::Config];

/// The session token's key, and its old name.
const TOKENS: [&str; 2] = ["aws_session_token", "aws_security_token"];

impl<'a> Profile<'a> {
    pub(super) fn of(
        estate: &'a Estate,
        name: &'a str,
        config: Option<Found>,
        credentials: Option<Found>,
    ) -> Self {
        let config = config.map(|found| estate.config().named(found));
        let credentials = credentials.map(|found| estate.credentials().named(found));
        let keys = [&config, &credentials]
            .into_iter()
            .flatten()
            .fold(KeySet::default(), |keys, named| keys.and(named.keys()));
        Self { estate, name, config, credentials, keys }
    }

    /// The section of that kind and name, if either file has it.
    pub(super) fn find(estate: &'a Estate, kind: SectionKind, name: &str) -> Option<Self> {
        let find = |doc: &'a Document| Some((doc, doc.find_named(kind, name.as_bytes())?));
        let (config, credentials) = (find(estate.config()), find(estate.credentials()));
        let name = config.or(credentials).map(|(doc, found)| doc.name_of(found))?;
        let found = |there: Option<(_, Found)>| there.map(|(_, found)| found);
        Some(Self::of(estate, name, found(config), found(credentials)))
    }

    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// The estate it belongs to.
    #[must_use]
    pub const fn estate(&self) -> &'a Estate {
        self.estate
    }

    /// The effective setting: credentials over config, the last of duplicates.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Setting<'a>> {
        FILES.into_iter().find_map(|file| self.get_in(file, key))
    }

    /// The effective setting of one file.
    #[must_use]
    pub fn get_in(&self, file: FileKind, key: &str) -> Option<Setting<'a>> {
        let entry = self.entry(file, key)?;
        let value = entry.value();
        Some(Setting { key: entry.key(), text: value.text, file, line: value.line, shadowed: false })
    }

    /// The effective text of a key, unless it is empty.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Cow<'a, str>> {
        let entry = self.winner(key)?;
        entry.is_filled().then(|| entry.value().text)
    }

    /// Whether the key is there, empty or not.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.winner(key).is_some()
    }

    /// Whether either file may have one of these keys: a no is certain.
    #[must_use]
    pub const fn may_have(&self, keys: KeySet) -> bool {
        self.keys.meets(keys)
    }

    /// Every setting in file order, credentials first; those that another one hides are marked.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting<'a>> {
        let mut winners: HashMap<Cow<'a, str>, usize> = HashMap::new();
        let mut settings: Vec<Setting<'a>> = Vec::new();
        for file in FILES {
            for entry in self.entries(file) {
                let (key, value) = (entry.key(), entry.value());
                let winner = winners.entry(key.clone()).or_insert(settings.len());
                if settings.get(*winner).is_none_or(|known| known.file == file) {
                    *winner = settings.len();
                }
                settings.push(Setting { key, text: value.text, file, line: value.line, shadowed: true });
            }
        }
        for winner in winners.into_values() {
            settings[winner].shadowed = false;
        }
        settings
    }

    /// The line of its header in one file; of duplicates the first.
    #[must_use]
    pub fn header(&self, file: FileKind) -> Option<u32> {
        self.sections(file).next().map(|section| section.line())
    }

    /// Its static keys, from one file only as botocore takes them: credentials, else config. `None` when
    /// incomplete. The expiry is not known here: `aws::session::expiry` reads the marks.
    #[must_use]
    pub fn credentials(&self) -> Option<Credentials> {
        FILES.into_iter().find_map(|file| self.credentials_in(file))
    }

    /// The access key of [`Profile::credentials`].
    #[must_use]
    pub fn access_key(&self) -> Option<AccessKey<'a>> {
        FILES.into_iter().find_map(|file| {
            let filled = |key| self.entry(file, key).filter(Entry::is_filled);
            let id = filled("aws_access_key_id")?.value().text;
            filled("aws_secret_access_key")?;
            let is_session = TOKENS.into_iter().any(|key| filled(key).is_some());
            Some(AccessKey { id, is_session })
        })
    }

    fn credentials_in(&self, file: FileKind) -> Option<Credentials> {
        let text = |key| self.get_in(file, key).map(|s| s.text).filter(|text| !text.is_empty());
        let secret = |key| text(key).map(|text| Secret::new(text.into_owned()));
        Some(Credentials {
            access_key_id: text("aws_access_key_id")?.into_owned(),
            secret_access_key: secret("aws_secret_access_key")?,
            session_token: TOKENS.into_iter().find_map(secret),
            expires_at: None,
            account: self.text("aws_account_id").map(Cow::into_owned),
        })
    }

    fn sections(&self, file: FileKind) -> impl Iterator<Item = Section<'a>> {
        self.named(file).into_iter().flat_map(Named::sections)
    }

    pub(super) fn entry(&self, file: FileKind, key: &str) -> Option<Entry<'a>> {
        self.named(file)?.entry(key, KeySet::of(key.as_bytes()))
    }

    /// The entry of the file that wins. Most keys that are asked for are in neither.
    #[inline]
    fn winner(&self, key: &str) -> Option<Entry<'a>> {
        let set = KeySet::of(key.as_bytes());
        if !self.may_have(set) {
            return None;
        }
        FILES.into_iter().find_map(|file| self.named(file)?.entry(key, set))
    }

    const fn named(&self, file: FileKind) -> Option<&Named<'a>> {
        match file {
            FileKind::Config => self.config.as_ref(),
            FileKind::Credentials => self.credentials.as_ref(),
        }
    }

    fn entries(&self, file: FileKind) -> impl Iterator<Item = Entry<'a>> {
        self.sections(file).flat_map(|section| section.entries())
    }
}
