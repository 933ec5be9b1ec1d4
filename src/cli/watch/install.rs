//! `watch --install`: writes the service file. Starting the service is the person's own command, which is printed.

use serde_json::json;

use super::service::{Keeper, Service};
use crate::aws::store::{own, unified_diff};
use crate::aws::text::clean_lines;
use crate::cli::args::Consent;
use crate::cli::tty::Tty;
use crate::cli::{Done, Verbs};
use crate::jobs::{Class, Failure};

/// Writes the service file; one that is another than ours would be is asked about.
///
/// # Errors
/// A system without a keeper of services, a folder that cannot be written, a person who says no.
pub fn install(verbs: &Verbs, consent: Consent) -> Done {
    let program = std::env::current_exe()?;
    let service = Keeper::here().and_then(|keeper| keeper.service(&verbs.context.world, &program));
    let service = service.ok_or_else(|| {
        Failure::new(Class::General, "no-services", "awsprof knows no keeper of services on this system")
            .hint("have `awsprof watch` started at login by other means")
    })?;
    if consent.dry_run {
        verbs.out.say(&format!("would write {}", service.path.display()));
        return answer(verbs, &service, false);
    }
    let there = own::load_bytes(&service.path)?;
    let same = there.as_deref() == Some(service.text.as_bytes());
    if let Some(there) = there.filter(|_| !same && !consent.yes) {
        agree(&String::from_utf8_lossy(&there), &service)?;
    }
    if !same {
        own::save_bytes(&service.path, service.text.as_bytes())?;
    }
    let done = if same { "is there already" } else { "is written" };
    verbs.out.say(&format!("{} {done}; next: {}", service.path.display(), service.start));
    if verbs.out.json { answer(verbs, &service, !same) } else { Ok(()) }
}

/// The file itself, or where it is and what comes next.
fn answer(verbs: &Verbs, service: &Service, changed: bool) -> Done {
    if !verbs.out.json {
        return verbs.out.answer(&service.text);
    }
    let Service { path, text, start } = service;
    verbs.out.answer_json(&json!({"file": path, "text": text, "changed": changed, "start": start}))
}

fn agree(there: &str, service: &Service) -> Done {
    let name = service.path.display().to_string();
    let diff = unified_diff(&name, there, &service.text, clean_lines);
    let hint = "add --yes to write over it, or --dry-run to only look";
    let mut tty = Tty::open("your consent", hint)?;
    if tty.agrees(&format!("{diff}{name} is another than awsprof would write. Write over it?"))? {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "declined", "nothing was written: you said no"))
}
