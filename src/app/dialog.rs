//! What stands in front of the panes, one at a time: a code being typed, a question, a list to pick from.

use super::browser::Browser;
use super::code::Code;
use super::command::Command;
use super::doctor::{Cure, Doctor};
use super::effect::Copied;
use super::form::{Form, TEMPLATES, Template};
use super::msg::{JobId, Trouble};
use super::past::Past;
use super::portal::Portal;
use super::settings::Page;
use super::sign_in::SignIn;
use super::unlock::Unlock;
use crate::aws::change::{Change, LastKeys, References};
use crate::aws::ini::SectionId;

/// The dialog in front.
#[derive(Debug)]
pub enum Dialog {
    Mfa(Mfa),
    /// The passphrase of the sealed seeds.
    Unlock(Unlock),
    /// Somebody signs in at a browser.
    SignIn(SignIn),
    /// What Identity Center lets one enter.
    Portal(Portal),
    Confirm(Confirm),
    Help(Help),
    Copy(Copying),
    /// A way to go on with.
    Choose(Choose),
    Form(Form),
    Doctor(Doctor),
    Past(Past),
    /// awsprof's own settings.
    Settings(Page),
    Command(Command),
    /// The link under the cursor, explained; lines scrolled.
    Link(usize),
    /// What was said so far; the offset from the newest.
    Messages(usize),
    /// What was done so far; lines back from the newest.
    Log(usize),
    /// Version, folders, terminal, licences; lines scrolled.
    About(usize),
    /// When each session ends.
    Timeline,
    /// Who the default credentials are, in full, or why that is not known; lines scrolled.
    Who(usize),
    /// The warnings about the chain, each with what to do; lines scrolled.
    Warnings(usize),
    /// All tools' chains side by side.
    Compare(Comparison),
    /// Instance metadata.
    Imds(Box<Browser>),
    /// A write is under way: the program ends when it is done.
    Finishing,
}

impl Dialog {
    /// The index of what is chosen, where there is a list to choose from.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        match self {
            Self::Portal(page) => Some(page.selected),
            Self::Help(help) => Some(help.selected),
            Self::Copy(copying) => Some(copying.selected),
            Self::Choose(choose) => Some(choose.selected),
            Self::Doctor(doctor) => Some(doctor.selected),
            Self::Past(past) => Some(past.selected),
            Self::Settings(page) => Some(page.selected),
            Self::Command(command) => Some(command.selected),
            Self::Compare(page) => Some(page.selected),
            Self::Imds(browser) => browser.folder().map(|level| level.cursor),
            _ => None,
        }
    }
}

/// The page that compares the tools.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The chosen tool, in the order of the groups.
    pub selected: usize,
    /// The matrix instead of the list, where only one of them fits.
    pub matrix: bool,
}

/// Six digits being typed.
#[derive(Debug)]
pub struct Mfa {
    pub profile: String,
    /// It is a role: the code makes the session it rests on, then the role is taken.
    pub role: bool,
    /// Where the session will be written, when known before asking.
    pub session_profile: Option<String>,
    pub serial: Option<String>,
    pub code: Code,
    /// The job that is using the code.
    pub job: Option<JobId>,
    pub notice: Option<Notice>,
}

/// What the MFA dialog has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Enter with fewer than six digits, or a paste with another number of them.
    Length(usize),
    Refused(Trouble),
    Cancelled,
}

/// A diff and a question; the answer is No unless something else is chosen.
#[derive(Debug)]
pub struct Confirm {
    pub cure: Cure,
    pub why: String,
    /// Unified, secrets masked.
    pub diff: String,
    /// The name that must be typed: yes alone is not enough.
    pub typing: Option<Typing>,
    pub scroll: usize,
    /// What Enter would answer.
    pub yes: bool,
    /// What the question came from, and No leads back to.
    pub behind: Option<Box<Dialog>>,
}

/// A name being typed in consent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    pub name: String,
    pub text: String,
}

impl Confirm {
    /// Whether a yes may be given: the name is typed, where one must be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.typing.as_ref().is_none_or(|typing| typing.text == typing.name)
    }

    /// How far it is worth scrolling on a screen of this size: up to three lines further than there is something to see,
    /// and more where the reason is long, because only the view knows how that wraps.
    #[must_use]
    pub fn end(&self, (width, height): (u16, u16)) -> usize {
        let columns = usize::from(width.min(96)).saturating_sub(8).max(1);
        let why = self.why.len() * 2 / columns + 1;
        let room = usize::from(height).saturating_sub(14);
        (why + 1 + self.diff.lines().count()).saturating_sub(room)
    }
}

/// A list of ways to go on.
#[derive(Debug, PartialEq, Eq)]
pub struct Choose {
    pub what: Choice,
    pub selected: usize,
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The kind of a new profile, and its name if it is known.
    Kind { name: String },
    /// What becomes of what names a section that is to go.
    Ways { section: SectionId, trouble: Trouble },
}

impl Choose {
    #[must_use]
    pub const fn new(what: Choice) -> Self {
        Self { what, selected: 0 }
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        match self.what {
            Choice::Kind { .. } => TEMPLATES.len(),
            Choice::Ways { .. } => 2,
        }
    }

    /// The kind under the cursor.
    #[must_use]
    pub fn template(&self) -> Option<Template> {
        TEMPLATES.get(self.selected).copied()
    }
}

/// Removing a section; the last copy of long-term keys may go with it, because the name is asked for.
#[must_use]
pub const fn removal(section: SectionId, references: References) -> Change {
    Change::Remove { section, references, last_keys: LastKeys::Delete }
}

/// The page of keys.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Help {
    pub filter: String,
    pub selected: usize,
}

/// The menu of things to copy.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Copying {
    pub items: Vec<(Copied, String)>,
    pub selected: usize,
}

impl Mfa {
    /// Takes every digit of a paste, whatever stands between them. Replaces what was typed.
    pub fn paste(&mut self, text: &str) {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        self.code.clear();
        self.notice = (digits != Code::LEN).then_some(Notice::Length(digits));
        if digits == Code::LEN {
            text.chars().for_each(|c| {
                self.code.push(c);
            });
        }
    }
}
