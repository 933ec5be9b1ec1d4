//! `awsprof --plain`: the screen's work as a conversation, for screen readers, dumb terminals and pipes.
//!
//! No alternate screen, no colour, no line that is drawn over: profiles are numbered, a command is a letter or a word
//! and a number or a name, and whatever changes is told once, in one line. What is done is what the verbs do, with
//! their questions and their refusals.

mod spoken;

use std::cell::RefCell;
use std::io::BufRead;

use super::args::{Consent, Renew, Use};
use super::undo::{self, Redo, Undo};
use super::{Done, Verbs, renew, switch};
use crate::aws::chain::{self, Selection};
use crate::aws::overview::{Overview, Row};
use crate::aws::text::clean;
use crate::jobs::probe::Asking;
use crate::jobs::{self, Class, Failure, TraceRequest};
use crate::run::Authenticator;

/// The tool whose chain is told.
const TOOL: &str = "aws-cli-v2";

/// What can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    List,
    Show,
    Use,
    Renew,
    Chain,
    Sessions,
    Undo,
    Redo,
    Help,
    Quit,
}

/// Each word with its letter, and what it does.
const WORDS: &[(Word, &str, &str, &str)] = &[
    (Word::List, "l", "list", "the profiles; with a text those that contain it"),
    (Word::Show, "p", "show", "one profile; its number alone does the same"),
    (Word::Use, "u", "use", "make a profile the default"),
    (Word::Renew, "r", "renew", "renew a profile's session; asks for the code if it must"),
    (Word::Chain, "c", "chain", "which credentials AWS CLI v2 would use, and why"),
    (Word::Sessions, "s", "sessions", "when each session ends"),
    (Word::Undo, "z", "undo", "take back the last write"),
    (Word::Redo, "y", "redo", "put back what was taken back"),
    (Word::Help, "h", "help", "these commands"),
    (Word::Quit, "q", "quit", "leave"),
];

/// Talks until somebody quits or the input ends.
///
/// # Errors
/// A stdout that cannot be written to, an input that cannot be read.
pub fn run(verbs: &Verbs, read_only: bool, authenticator: Option<Authenticator>) -> Done {
    let plain = Plain { verbs, read_only, authenticator, about: RefCell::default() };
    plain.greet()?;
    for line in std::io::stdin().lock().lines() {
        if !plain.answer(line?.trim())? {
            return Ok(());
        }
        verbs.out.answer("> ")?;
    }
    Ok(())
}

struct Plain<'a> {
    verbs: &'a Verbs,
    read_only: bool,
    /// What the demo shows in place of a phone.
    authenticator: Option<Authenticator>,
    /// The profile that was named last: a command without one means it.
    about: RefCell<String>,
}

impl Plain<'_> {
    fn say(&self, text: &str) -> Done {
        self.verbs.out.answer(&format!("{}\n", clean(text)))
    }

    fn greet(&self) -> Done {
        let overview = jobs::load(&self.verbs.context);
        self.say(&spoken::greeting(&overview, self.read_only))?;
        self.list(&overview, "")?;
        self.say("type a number, or h for help, q to quit")?;
        self.verbs.out.answer("> ")
    }

    /// Does what a line says; false when it says to leave. A refusal is told like everything else.
    fn answer(&self, line: &str) -> Done<bool> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let known = WORDS.iter().find(|(_, letter, name, _)| *letter == word || *name == word);
        let done = match known.map(|(word, ..)| *word) {
            Some(Word::Quit) => return Ok(false),
            Some(word) => self.act(word, rest.trim()),
            None if line.is_empty() => Ok(()),
            None if word.parse::<usize>().is_ok() => self.act(Word::Show, line),
            None => self.say(&format!("no such command: {word}; h tells what there is")),
        };
        if let Err(failure) = done {
            let hint = failure.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            self.say(&format!("refused: {}{hint}", failure.message))?;
        }
        Ok(true)
    }

    fn act(&self, word: Word, rest: &str) -> Done {
        let overview = jobs::load(&self.verbs.context);
        let writes = matches!(word, Word::Use | Word::Renew | Word::Undo | Word::Redo);
        if writes && self.read_only {
            return self.say("read-only: nothing is written in this run");
        }
        let consent = Consent { yes: false, dry_run: false };
        match word {
            Word::List => self.list(&overview, rest),
            Word::Show => self.say(&spoken::profile(
                &overview,
                self.named(&overview, rest)?,
                self.verbs.context.world.now(),
            )),
            Word::Use => {
                let profile = Some(self.named(&overview, rest)?.name.clone());
                switch::run(self.verbs, &Use { profile, clear: false, consent })
            }
            Word::Renew => {
                self.show_code()?;
                renew::run(self.verbs, request(&self.named(&overview, rest)?.name))
            }
            Word::Chain => self.chain(&self.named(&overview, rest)?.name),
            Word::Sessions => self.sessions(&overview),
            Word::Undo => undo::run(self.verbs, &Undo { id: None, list: false, forget: false, consent }),
            Word::Redo => undo::redo(self.verbs, &Redo { id: None, consent }),
            Word::Help => WORDS
                .iter()
                .try_for_each(|(_, letter, name, what)| self.say(&format!("{letter} or {name}: {what}"))),
            Word::Quit => Ok(()),
        }
    }

    /// The profile that is meant: the one given, else the one named last.
    fn named<'a>(&self, overview: &'a Overview, given: &str) -> Done<&'a Row> {
        let last = self.about.borrow().clone();
        let row = named(overview, if given.is_empty() { &last } else { given })?;
        row.name.clone_into(&mut self.about.borrow_mut());
        Ok(row)
    }

    fn show_code(&self) -> Done {
        let shown = self.authenticator.as_ref().and_then(|shows| shows(self.verbs.context.world.now()));
        shown.map_or(Ok(()), |shown| {
            let used = if shown.used { ", used already" } else { "" };
            self.say(&format!(
                "demo authenticator: {}, good for {} seconds{used}",
                shown.digits, shown.seconds_left
            ))
        })
    }

    fn list(&self, overview: &Overview, filter: &str) -> Done {
        let now = self.verbs.context.world.now();
        let wanted = filter.to_lowercase();
        let numbered = overview.rows.iter().enumerate();
        let mut shown = numbered.filter(|(_, row)| row.name.to_lowercase().contains(&wanted)).peekable();
        if shown.peek().is_none() {
            return self.say(if wanted.is_empty() {
                "there are no profiles yet"
            } else {
                "no profile contains that"
            });
        }
        shown.try_for_each(|(at, row)| self.say(&format!("{}. {}", at + 1, spoken::row(row, now))))
    }

    fn sessions(&self, overview: &Overview) -> Done {
        let now = self.verbs.context.world.now();
        if overview.sessions.is_empty() {
            return self.say("no session yet; r and the number of an IAM user make one");
        }
        overview.sessions.iter().try_for_each(|session| self.say(&spoken::session(session, now)))
    }

    fn chain(&self, profile: &str) -> Done {
        let tool = chain::tool(TOOL).ok_or_else(|| super::chain::unknown(TOOL))?;
        let selection = Selection::AsIf(profile.to_owned());
        let request = TraceRequest { selection, asking: Asking::Nothing };
        let trace = super::block_on(jobs::trace(&self.verbs.context, tool, &request))?;
        spoken::chain(&trace).iter().try_for_each(|line| self.say(line))
    }
}

fn request(profile: &str) -> Renew {
    Renew { profile: profile.to_owned(), code: None, duration: None, serial: None, into: None, force: true }
}

/// The profile that a number or a name means.
fn named<'a>(overview: &'a Overview, given: &str) -> Done<&'a Row> {
    let by_number = given.parse::<usize>().ok().and_then(|number| overview.rows.get(number.checked_sub(1)?));
    let by_name = || overview.row(given);
    let hint = format!("give a number from 1 to {}, or a name", overview.rows.len());
    let what = if given.is_empty() { "which profile?".to_owned() } else { format!("no profile `{given}`") };
    by_number
        .or_else(by_name)
        .ok_or_else(|| Failure::new(Class::NotFound, "profile-missing", what).hint(hint))
}
