//! `doctor --fix`: problems of the two files mended.
//!
//! What is to be mended is named by code and place. The places are looked up in the files as they are now, by
//! the same lint that found them, and turned into sections and keys before anything changes, so that one
//! repair cannot move another one's line. A repair that the two readers do not believe is left out and said.

use std::collections::HashSet;

use jiff::Timestamp;

use super::draft::{BOTH, Draft};
use super::journal::{List, Turn};
use super::plan::{Ground, Plan};
use super::{StoreError, keep, managed, objects};
use crate::aws::change::Spot;
use crate::aws::ini::{Document, FileKind, SectionId};
use crate::aws::lint;
use crate::aws::overview::Problem;
use crate::aws::profile::Estate;
use crate::aws::session;

/// Where a repair is done.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Target {
    file: FileKind,
    section: SectionId,
    /// The section's header has a prefix.
    prefixed: bool,
    /// The profile such a header should name.
    meant: Option<SectionId>,
    /// Its header line.
    header: String,
    key: String,
}

type Repair = fn(&mut Draft, &Target) -> Mended;
type Mended = Result<(), StoreError>;

/// How each problem is mended. Sections that stand twice come first: every other repair sees one.
const REPAIRS: [(&str, Repair); 19] = [
    ("byte-order-mark", |draft, at| whole(draft, at, Document::strip_bom)),
    ("header-read-otherwise", straighten),
    ("invalid-section-name", straighten),
    ("unclosed-header", straighten),
    ("no-equals-sign", equate),
    ("invalid-key", equate),
    ("duplicate-section", |draft, at| whole(draft, at, |doc| doc.gather(&at.section, at.prefixed))),
    ("duplicate-key", |draft, at| whole(draft, at, |doc| doc.drop_repeats(&at.section, at.prefixed))),
    ("profile-prefix-missing", retitle),
    ("profile-prefix-in-credentials", retitle),
    ("unknown-key", rename_key),
    ("inline-comment-in-value", lift_comment),
    ("stale-security-token", |draft, at| unset(draft, at, &["aws_security_token"])),
    ("stale-session-token", |draft, at| unset(draft, at, &TOKENS)),
    ("sso-leftovers", |draft, at| unset(draft, at, &[&at.key])),
    ("expired-session-blocks", drop_session),
    ("keys-in-config", move_keys),
    ("missing-final-newline", |draft, at| whole(draft, at, Document::end_last_line)),
    ("mixed-line-ends", |draft, at| whole(draft, at, Document::unify_line_ends)),
];

const TOKENS: [&str; 2] = ["aws_session_token", "aws_security_token"];
const KEYS: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];

/// How often what a repair has brought to light is mended too.
const ROUNDS: usize = 8;

/// Mends those of the problems that are still there. Whoever asks for all of them also gets those mended that
/// show only then: a header put right can make a section the second of its name.
pub(super) fn plan(ground: &Ground<'_>, spots: &[Spot]) -> Result<Plan, StoreError> {
    let wanted: HashSet<&Spot> = spots.iter().collect();
    let there = fixable(&ground.estate, ground.now);
    let all = there.len();
    let mut chosen: Vec<Problem> = there;
    chosen.retain(|problem| Spot::of(problem).is_some_and(|spot| wanted.contains(&spot)));
    let rounds = if chosen.len() == all { ROUNDS } else { 1 };
    let mut mending =
        Mending { draft: Draft::of(&ground.estate), count: 0, left: Vec::new(), kept: Vec::new() };
    for _ in 0..rounds {
        let before = mending.draft.texts();
        mending.round(&ground.estate, &chosen);
        mending.kept.extend(keep::long_term_keys(&mut mending.draft, &ground.estate)?);
        chosen = fixable(&mending.draft.estate(&ground.estate), ground.now);
        if chosen.is_empty() || mending.draft.texts() == before {
            break;
        }
    }
    let default = copied_again(ground, &mut mending, &wanted)?;
    let mut plan = mending.finish(&ground.estate);
    plan.default = default;
    Ok(plan)
}

/// An old copy of its profile is no fault of the text: the state of `use` changes with it.
fn copied_again(
    ground: &Ground<'_>,
    mending: &mut Mending,
    wanted: &HashSet<&Spot>,
) -> Result<Option<Turn>, StoreError> {
    let stale = managed::stale(&ground.estate, ground.managed.as_ref());
    let chosen = stale.filter(|stale| Spot::of(stale).is_some_and(|spot| wanted.contains(&spot)));
    let Some(profile) = chosen.and_then(|stale| stale.profile) else { return Ok(None) };
    mending.count += 1;
    objects::managed::follow(ground, &mut mending.draft, &SectionId::profile(profile), false)
}

fn fixable(estate: &Estate, now: Timestamp) -> Vec<Problem> {
    let mut problems = lint::lint_at(estate, now);
    problems.retain(|problem| problem.fixable);
    problems
}

/// The repairs done so far.
struct Mending {
    draft: Draft,
    count: usize,
    /// What had to be left, in words.
    left: Vec<String>,
    /// Which keys were saved, in words.
    kept: Vec<String>,
}

impl Mending {
    /// Mends these; if the two readers do not believe the outcome, one by one.
    fn round(&mut self, before: &Estate, problems: &[Problem]) {
        let estate = self.draft.estate(before);
        self.left.clear();
        let mut draft = self.draft.clone();
        let mended = repairs(&estate, problems).try_for_each(|(repair, at, _)| repair(&mut draft, &at));
        if mended.is_ok() && draft.is_sound(before) {
            self.draft = draft;
            self.count += problems.len();
        } else {
            repairs(&estate, problems).for_each(|repair| self.carefully(before, repair));
        }
    }

    /// A repair that the two readers do not believe is taken back and named.
    fn carefully(&mut self, before: &Estate, (repair, at, problem): (Repair, Target, &Problem)) {
        let draft = self.draft.clone();
        if repair(&mut self.draft, &at).is_ok() && self.draft.is_sound(before) {
            self.count += 1;
        } else {
            self.draft = draft;
            self.left.push(problem.message.clone());
        }
    }

    fn finish(self, before: &Estate) -> Plan {
        let changes = self.draft.texts() != BOTH.map(|file| before.document(file).bytes());
        let what = if self.count == 1 { "problem is" } else { "problems are" };
        let mut plan = Plan::new("doctor --fix", "", List::User, self.draft);
        plan.confirm.extend(changes.then(|| format!("{} {what} mended", self.count)));
        let left = self.left.into_iter();
        plan.notes = left.map(|what| format!("not mended, it has to be done by hand: {what}")).collect();
        plan.notes.extend(self.kept);
        plan
    }
}

/// Every repair with its place, in the order in which they are done; what is mended in one go only once.
fn repairs<'a>(
    estate: &'a Estate,
    problems: &'a [Problem],
) -> impl Iterator<Item = (Repair, Target, &'a Problem)> {
    REPAIRS.into_iter().flat_map(move |(code, repair)| {
        let same = problems.iter().filter(move |problem| problem.code == code);
        let mut done = HashSet::new();
        let places = same.filter_map(move |problem| Some((repair, target(estate, problem)?, problem)));
        places.filter(move |(_, at, _)| done.insert(at.clone()))
    })
}

fn target(estate: &Estate, problem: &Problem) -> Option<Target> {
    let file = BOTH.into_iter().find(|file| problem.file.as_deref() == Some(estate.path(*file)))?;
    let line = problem.line.unwrap_or(1);
    let section = estate.document(file).sections().take_while(|section| section.line() <= line).last();
    let key = section.and_then(|section| section.entries().find(|entry| entry.line() == line));
    let colon = || {
        let mut colons = estate.document(file).colons().into_iter();
        colons.find(|colon| colon.line == line).map(|colon| colon.key)
    };
    Some(Target {
        file,
        section: section.map_or_else(|| SectionId::profile(""), |section| section.id()),
        prefixed: section.is_some_and(|section| section.is_prefixed()),
        meant: section.and_then(|section| lint::meant(&section)),
        header: section.map(|section| section.header()).unwrap_or_default(),
        key: key.map(|entry| entry.key().into_owned()).or_else(colon).unwrap_or_default(),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every repair")]
fn whole(draft: &mut Draft, at: &Target, edit: impl FnOnce(&mut Document)) -> Mended {
    draft.rewrite(at.file, edit);
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every repair")]
fn retitle(draft: &mut Draft, at: &Target) -> Mended {
    if let Some(to) = at.meant.as_ref().filter(|to| !draft.doc(at.file).contains(to)) {
        draft.retitle(at.file, &at.section, to);
    }
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every repair")]
fn straighten(draft: &mut Draft, at: &Target) -> Mended {
    draft.straighten(at.file, &at.section, &at.header);
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every repair")]
fn equate(draft: &mut Draft, at: &Target) -> Mended {
    draft.equate(at.file, &at.section, &at.key);
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every repair")]
fn rename_key(draft: &mut Draft, at: &Target) -> Mended {
    let to = lint::likely(at.section.kind, &at.key);
    if let Some(to) = to.filter(|to| draft.doc(at.file).get(&at.section, to).is_none()) {
        draft.rename_key(at.file, &at.section, &at.key, to);
    }
    Ok(())
}

/// Setting a credential key moves its comment to a line of its own above.
fn lift_comment(draft: &mut Draft, at: &Target) -> Mended {
    let value = draft.doc(at.file).get(&at.section, &at.key).map(|value| value.text.into_owned());
    value.map_or(Ok(()), |value| draft.set(at.file, &at.section, &at.key, &value))
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every repair")]
fn unset(draft: &mut Draft, at: &Target, keys: &[&str]) -> Mended {
    for key in keys {
        draft.unset(at.file, &at.section, key);
    }
    Ok(())
}

/// The session and every mark of when it ends.
fn drop_session(draft: &mut Draft, at: &Target) -> Mended {
    let marks = [session::NATIVE_EXPIRY, session::AWS_MFA_EXPIRY, "aws_credential_expiration"];
    unset(draft, at, &[&KEYS[..], &TOKENS, &marks, &["aws_session_expiration_timestamp"]].concat())
}

/// Not over keys that another repair has just brought to light there.
fn move_keys(draft: &mut Draft, at: &Target) -> Mended {
    if draft.doc(FileKind::Credentials).get(&at.section, KEYS[0]).is_some() {
        return Ok(());
    }
    for key in KEYS.into_iter().chain(TOKENS) {
        let value = draft.doc(at.file).get(&at.section, key).map(|value| value.text.into_owned());
        let Some(value) = value else { continue };
        draft.set(FileKind::Credentials, &at.section, key, &value)?;
        draft.unset(at.file, &at.section, key);
    }
    Ok(())
}
