//! `awsprof keys`: how old an IAM user's access keys are, and a new one for an old one.

use jiff::Timestamp;
use serde_json::json;

use super::args::{KeysList, KeysWhat, Rotate};
use super::out::columns;
use super::tty::Tty;
use super::{Done, Verbs, block_on, code, words};
use crate::jobs::keys::{self, Key};
use crate::jobs::{Class, Failure};

/// Does what was asked about keys.
///
/// # Errors
/// A profile without an IAM user behind it, a code that cannot be had, a refusal by AWS, a person who says no.
pub fn run(verbs: &Verbs, what: KeysWhat) -> Done {
    match what {
        KeysWhat::List(args) => list(verbs, args),
        KeysWhat::Rotate(args) if args.finish => finish(verbs, args),
        KeysWhat::Rotate(args) => rotate(verbs, args),
    }
}

fn list(verbs: &Verbs, args: KeysList) -> Done {
    let (mut codes, mut watch) = (code::source(args.code), verbs.out.watch());
    let keys = block_on(keys::keys(&verbs.context, &args.profile, &mut codes, &mut watch))??;
    if verbs.out.json {
        return verbs.out.answer_json(&keys);
    }
    let now = verbs.context.world.now();
    let head = ["", "ACCESS KEY", "STATUS", "AGE", "LAST USED"].map(str::to_owned).to_vec();
    let rows: Vec<_> = std::iter::once(head).chain(keys.iter().map(|key| cells(key, now))).collect();
    verbs.out.answer_lines(&columns(&rows), |at, _| at == 0)?;
    let free = keys::SLOTS.saturating_sub(keys.len());
    verbs.out.say(&format!("{} of {} slots taken, {free} free; * is the profile's", keys.len(), keys::SLOTS));
    Ok(())
}

fn cells(key: &Key, now: Timestamp) -> Vec<String> {
    let age = |at: Timestamp| words::remaining(now.duration_since(at).as_secs().max(0));
    vec![
        if key.in_profile { "*" } else { "" }.to_owned(),
        key.access_key_id.clone(),
        key.status.to_lowercase(),
        age(key.created),
        key.last_used.map_or_else(|| "never, or not told".to_owned(), |at| format!("{} ago", age(at))),
    ]
}

fn rotate(verbs: &Verbs, args: Rotate) -> Done {
    let Rotate { profile, code, yes, .. } = args;
    let question = format!(
        "A new access key for the user of `{profile}` is made, written and tried; then the old one is made inactive, and \
         whatever else uses it fails. Go on?"
    );
    agree(&question, yes)?;
    let (mut codes, mut watch) = (code::source(code), verbs.out.watch());
    let done = block_on(keys::rotate(&verbs.context, &profile, &mut codes, &mut watch))??;
    for note in &done.written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    if verbs.out.json {
        return verbs.out.answer_json(&json!({
            "profile": done.profile, "access_key_id": done.new, "inactive": done.old, "deleted": null,
            "files": done.written.files,
        }));
    }
    verbs.out.say(&format!(
        "`{}` has the new key {}; the old one, {}, is inactive",
        done.profile, done.new, done.old
    ));
    verbs.out.say(&format!(
        "hint: once nothing misses it, `awsprof keys rotate {} --finish` deletes it; until then `aws iam \
         update-access-key --status Active --access-key-id {}` and `awsprof undo` bring it back",
        done.profile, done.old
    ));
    Ok(())
}

fn finish(verbs: &Verbs, args: Rotate) -> Done {
    let Rotate { profile, code, yes, .. } = args;
    agree(&format!("The inactive access key of the user of `{profile}` is deleted for good. Go on?"), yes)?;
    let (mut codes, mut watch) = (code::source(code), verbs.out.watch());
    let done = block_on(keys::finish(&verbs.context, &profile, &mut codes, &mut watch))??;
    if verbs.out.json {
        return verbs.out.answer_json(&json!({
            "profile": done.profile, "access_key_id": null, "inactive": null, "deleted": done.deleted, "files": [],
        }));
    }
    verbs.out.say(&format!("the key {} is deleted", done.deleted));
    Ok(())
}

fn agree(question: &str, yes: bool) -> Done {
    if yes || Tty::open("your consent", "add --yes to go on without being asked")?.agrees(question)? {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "declined", "nothing was done: you said no"))
}
