//! `awsprof sso`: what Identity Center lets somebody enter, as a list and as profiles.

use std::io::Write as _;

use serde_json::json;

use super::args::{Format, SsoEnv, SsoList, SsoSync, SsoWhat};
use super::obtain::Obtained;
use super::{Done, Verbs, consent, formats, out};
use crate::aws::change::Change;
use crate::aws::profile::Estate;
use crate::aws::sign_in::Place;
use crate::aws::sync::Grant;
use crate::jobs::portal::{self, Progress};
use crate::jobs::{Class, Failure};

/// Does what was asked for.
///
/// # Errors
/// No such session, nobody signed in, a refusal, a person who says no.
pub fn run(verbs: &Verbs, what: SsoWhat) -> Done {
    match what {
        SsoWhat::Sync(args) => sync(verbs, args),
        SsoWhat::List(args) => list(verbs, &args),
        SsoWhat::Env(args) => env(verbs, &args),
    }
}

fn sync(verbs: &Verbs, args: SsoSync) -> Done {
    let place = place(verbs, args.session.as_deref())?;
    let session = place.session.clone().unwrap_or_default();
    let grants = ask(verbs, &place)?;
    let rules = portal::rules(&verbs.context, &place, args.template);
    let count = grants.len();
    let change = Change::Sync { session: session.clone(), grants, rules };
    let Some(written) = consent::write(verbs, &change, args.consent)? else { return Ok(()) };
    for note in &written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    if verbs.out.json {
        return verbs.out.answer_json(&json!({"session": session, "roles": count, "changed": written.files}));
    }
    let done = if written.files.is_empty() { "have their profiles already" } else { "have their profiles" };
    verbs.out.say(&format!("{count} roles of {session} {done}"));
    Ok(())
}

fn list(verbs: &Verbs, args: &SsoList) -> Done {
    let grants = ask(verbs, &place(verbs, args.session.as_deref())?)?;
    if verbs.out.json {
        let row = |grant: &Grant| json!({"account": grant.account, "account_name": grant.account_name, "email": grant.email, "role": grant.role});
        return verbs.out.answer_json(&grants.iter().map(row).collect::<Vec<_>>());
    }
    let head = vec!["ACCOUNT".to_owned(), "NAME".to_owned(), "ROLE".to_owned()];
    let rows = grants.into_iter().map(|grant| vec![grant.account, grant.account_name, grant.role]);
    verbs.out.answer(&out::columns(&std::iter::once(head).chain(rows).collect::<Vec<_>>()))
}

/// A role used at once, without a profile of it.
fn env(verbs: &Verbs, args: &SsoEnv) -> Done {
    let place = place(verbs, Some(&args.session))?;
    let mut watch = verbs.out.watch();
    let job = portal::credentials(&verbs.context, &place, &args.account, &args.role, &mut watch);
    let credentials = super::block_on(job)??;
    let region = portal::rules(&verbs.context, &place, None).region;
    let profile = format!("{}-{}", args.account, args.role);
    let obtained = Obtained { profile, credentials, region: Some(region) };
    let usual = if verbs.out.json { Format::Json } else { Format::Env };
    verbs.out.answer(&formats::write(&obtained, args.format.unwrap_or(usual))?)
}

/// The session that is meant: the named one, or the only one.
fn place(verbs: &Verbs, name: Option<&str>) -> Done<Place> {
    let estate = Estate::read(&verbs.context.world);
    if let Some(name) = name {
        let place = Place::of(&estate, name)?;
        return if place.session.is_some() { Ok(place) } else { Err(no_session(name)) };
    }
    let mut sessions = Place::all(&estate).into_iter().filter(|place| place.session.is_some());
    match (sessions.next(), sessions.next()) {
        (Some(only), None) => Ok(only),
        (Some(one), Some(two)) => {
            let message = format!("there are several sso-sessions: {}, {}, …", one.name(), two.name());
            Err(Failure::new(Class::Usage, "several-sessions", message).hint("name the one that is meant"))
        }
        _ => Err(Failure::new(Class::NotFound, "no-session", "there is no [sso-session] in the config file")
            .hint("`awsprof add NAME` makes one with a profile of Identity Center")),
    }
}

fn no_session(name: &str) -> Failure {
    Failure::new(Class::Usage, "no-session", format!("`{name}` names no sso-session: it is an old profile"))
        .hint("give it an [sso-session] first: `awsprof edit` and `aws configure sso-session` do")
}

/// Asks, with a line that counts where somebody looks.
fn ask(verbs: &Verbs, place: &Place) -> Done<Vec<Grant>> {
    let (mut watch, counts) = (verbs.out.watch(), verbs.out.counts());
    let mut told = |progress| match progress {
        Progress::Stage(stage) => watch(stage),
        Progress::Accounts { done, of } if counts => count(done, of),
        Progress::Accounts { .. } => {}
    };
    let grants = super::block_on(portal::grants(&verbs.context, place, &mut told));
    if counts {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    grants?
}

/// A bar of twenty cells and the count.
fn count(done: usize, of: usize) {
    let full = (done * 20).checked_div(of).unwrap_or(20);
    let bar = format!("{}{}", "#".repeat(full), ".".repeat(20 - full.min(20)));
    let _ = write!(std::io::stderr(), "\r[{bar}] {done} of {of} accounts");
}
