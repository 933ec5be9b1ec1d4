//! What a filled form comes to: a change, and beside it the hidden texts.

use super::{Entry, Form, Purpose};
use crate::app::hidden::{Hidden, Typed};
use crate::aws::change::{Change, LastKeys, References, Settings};

/// Keys that belong to the sign-in, not to the profile that names it.
const OF_SESSION: [&str; 2] = ["sso_start_url", "sso_region"];

impl Form {
    /// The change that the fields mean.
    #[must_use]
    pub fn change(&self) -> Change {
        let name = self.text("name").to_owned();
        match &self.purpose {
            Purpose::Add(_) => self.addition(name),
            Purpose::Edit(section) => Change::Edit {
                section: section.clone(),
                settings: self.settings(),
                unset: self
                    .fields
                    .iter()
                    .filter(|field| field.removed)
                    .map(|field| field.key.clone())
                    .collect(),
            },
            Purpose::Rename(section) => Change::Rename { section: section.clone(), to: name },
            Purpose::Copy(section) => Change::Copy { section: section.clone(), to: name },
            Purpose::Retarget(section) => Change::Remove {
                section: section.clone(),
                references: References::Retarget(name),
                last_keys: LastKeys::Delete,
            },
        }
    }

    fn addition(&self, profile: String) -> Change {
        let named = !self.text("sso_session").is_empty();
        let of_session = |(key, _): &(String, String)| named && OF_SESSION.contains(&key.as_str());
        let all = self.settings().into_iter().filter(|(key, _)| key != "name");
        let (session, settings): (Settings, Settings) = all.partition(of_session);
        let sso_session = (!session.is_empty()).then(|| (self.text("sso_session").to_owned(), session));
        Change::Add { profile, settings, sso_session }
    }

    /// What was typed in sight and differs from the file.
    fn settings(&self) -> Settings {
        let typed = self.fields.iter().filter(|field| !field.removed && !field.key.is_empty());
        let typed = typed.filter(|field| field.is_changed() && matches!(field.entry, Entry::Text(_)));
        typed.map(|field| (field.key.clone(), field.text().trim().to_owned())).collect()
    }

    /// What was typed out of sight: a copy for the question, or the text itself for the write.
    fn hidden(&mut self, out: fn(&mut Hidden) -> Hidden) -> Typed {
        let profile = match &self.purpose {
            Purpose::Edit(section) => section.name.clone(),
            _ => self.text("name").to_owned(),
        };
        let typed = self.fields.iter_mut().filter(|field| !field.removed && !field.is_empty());
        let values = typed.filter_map(|field| match &mut field.entry {
            Entry::Hidden(hidden) => Some((field.key.clone(), out(hidden))),
            _ => None,
        });
        Typed { values: values.collect(), profile }
    }

    /// The access key being typed and a copy of its secret; `None` while one of them is missing.
    #[must_use]
    pub fn keys(&self) -> Option<(String, Hidden)> {
        let secret = self.fields.iter().find(|field| field.key == "aws_secret_access_key")?;
        let Entry::Hidden(secret) = &secret.entry else { return None };
        let id = self.text("aws_access_key_id");
        (!id.is_empty() && !secret.is_empty()).then(|| (id.to_owned(), secret.copy()))
    }

    /// Copies of the hidden texts, to ask what the change would do.
    #[must_use]
    pub fn lent(&mut self) -> Typed {
        self.hidden(|hidden| hidden.copy())
    }

    /// The hidden texts themselves: none stays behind.
    #[must_use]
    pub fn taken(mut self) -> Typed {
        self.hidden(Hidden::take)
    }
}
