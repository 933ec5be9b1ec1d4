//! A form: fields one below the other, in front of the panes. It makes a new profile, changes one, or asks for a name.
//!
//! What a form is for stands in its [`Purpose`]; what a field may hold in its [`Rule`]. A field is checked whenever it
//! is looked at, in words, and the form goes on only when none of them has anything to say. A hidden field holds a
//! [`Hidden`] text, which leaves the model in the effect that writes it.

mod change;
mod field;
mod rule;
mod template;

pub use field::{Before, Entry, Field};
pub use rule::Rule;
pub use template::{TEMPLATES, Template};

use super::model::Model;
use super::msg::{JobId, Trouble};
use crate::aws::ini::SectionId;
use crate::aws::overview::Shown;

/// What a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new profile of a kind.
    Add(Template),
    /// The keys of a section.
    Edit(SectionId),
    /// Another name for a section.
    Rename(SectionId),
    /// A second section with the same keys.
    Copy(SectionId),
    /// Removing a section: what names it names another one.
    Retarget(SectionId),
}

/// What a form has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Esc once more forgets what was typed.
    Unsaved,
    /// Nothing differs from the file.
    Unchanged,
    /// The devices of the keys: that many.
    Devices(usize),
    Refused(Trouble),
}

/// Fields being filled in.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    pub purpose: Purpose,
    pub fields: Vec<Field>,
    /// The field being typed in.
    pub at: usize,
    pub remark: Option<Remark>,
    /// The job that is working with it.
    pub job: Option<JobId>,
    /// Serials AWS named for the keys typed here.
    pub devices: Vec<String>,
}

impl Form {
    fn new(purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { purpose, fields, at: 0, remark: None, job: None, devices: Vec::new() }
    }

    /// An empty form for a new profile.
    #[must_use]
    pub fn add(template: Template) -> Self {
        Self::new(Purpose::Add(template), template.fields())
    }

    /// The keys of a section, and one more line for a key it does not have.
    #[must_use]
    pub fn edit(section: SectionId, settings: Vec<Shown>) -> Self {
        let fields = settings.into_iter().map(Field::of).chain([Field::new("", "new key", Rule::NewKey)]);
        Self::new(Purpose::Edit(section), fields.collect())
    }

    /// To another field, if it is there and nothing is being worked out; the one that is left has been seen.
    pub fn go(&mut self, at: usize) {
        if self.job.is_none() && at < self.fields.len() && at != self.at {
            self.fields[self.at].visited = true;
            self.at = at;
        }
    }

    /// One name is asked for.
    #[must_use]
    pub fn name(purpose: Purpose) -> Self {
        let (label, rule) = match purpose {
            Purpose::Retarget(_) => ("They name instead", Rule::Profile),
            _ => ("New name", Rule::NewName),
        };
        Self::new(purpose, vec![Field::new("name", label, rule).needed()])
    }

    /// The field being typed in.
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        self.fields.get(self.at)
    }

    /// The visible text of a key, blanks round it left out; empty where there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        let field = self.fields.iter().find(|field| field.key == key);
        field.map_or("", |field| field.text().trim())
    }

    /// What is wrong with a field, in words.
    #[must_use]
    pub fn problem(&self, field: &Field, model: &Model) -> Option<String> {
        let is_missing = field.needed && field.is_empty();
        match (&field.before, is_missing) {
            _ if field.removed => None,
            (Before::Text(before), _) if field.is_empty() && !before.is_empty() => {
                Some(model.keymap.fill("empty: {form:unset} takes the key away, or type a value"))
            }
            (_, true) => Some(format!("{} is needed", field.label)),
            _ if field.is_empty() => self.missing_sign_in(field, model),
            _ => field.rule.problem(field, self, model),
        }
    }

    /// Where and how to sign in is needed for a session that is not there yet.
    fn missing_sign_in(&self, field: &Field, model: &Model) -> Option<String> {
        let is_new = || {
            let name = self.text("sso_session");
            !name.is_empty() && !model.overview.sso_sessions.iter().any(|known| known == name)
        };
        let asked = matches!(field.key.as_str(), "sso_start_url" | "sso_region");
        let wanted = asked && matches!(self.purpose, Purpose::Add(_)) && is_new();
        wanted
            .then(|| format!("the session `{}` is new: {} is needed", self.text("sso_session"), field.label))
    }

    /// What can be taken over into the field being typed in, best first.
    #[must_use]
    pub fn suggestions(&self, model: &Model) -> Vec<String> {
        self.field().map_or_else(Vec::new, |field| field.rule.suggestions(self, model))
    }

    /// The rest of the suggestion that what is typed begins.
    #[must_use]
    pub fn ghost(&self, model: &Model) -> Option<String> {
        let typed = self.field()?.text();
        let begun = |one: &String| one.len() > typed.len() && one.starts_with(typed);
        let first = self.suggestions(model).into_iter().find(begun).filter(|_| !typed.is_empty());
        first.map(|one| one[typed.len()..].to_owned())
    }

    /// Whether leaving would forget something that was typed.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        self.fields.iter().any(|field| field.removed || field.is_changed())
    }

    /// Removes a key, or takes that back; a key that was only just added goes at once.
    pub fn toggle_removed(&mut self) {
        let Some(field) = self.fields.get_mut(self.at) else { return };
        if field.before == Before::Nothing {
            self.fields.remove(self.at);
        } else {
            field.removed = !field.removed;
        }
    }

    /// Makes a line of the key typed into the last line, and goes there.
    pub fn add_key(&mut self) {
        let Some(field) = self.fields.get_mut(self.at).filter(|field| field.rule == Rule::NewKey) else {
            return;
        };
        let key = field.text().trim().to_ascii_lowercase();
        field.clear();
        if key.is_empty() {
            return;
        }
        match self.fields.iter().position(|field| field.key == key) {
            Some(known) => self.at = known,
            None => self.fields.insert(self.at, Field::of_key(&key)),
        }
    }
}
