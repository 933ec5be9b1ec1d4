//! `awsprof import`: profiles out of other tools' files.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use jiff::tz::TimeZone;

use super::objects::args::Import;
use super::objects::{self, check_name};
use super::{Done, Verbs};
use crate::aws::change::Change;
use crate::aws::import::{self, Found, Here, ImportError};
use crate::aws::profile::Estate;
use crate::aws::secret::{Secrets, masked};
use crate::jobs::{Class, Failure};

/// More than any such file has; a pipe that never ends is not read to its end.
const LIMIT: u64 = 16 << 20;

/// Shows what it found, asks, writes.
///
/// # Errors
/// A file that cannot be read or holds nothing known; a person who says no.
pub fn run(verbs: &Verbs, args: &Import) -> Done {
    let mut all = Vec::new();
    for file in &args.files {
        let found = read(verbs, file)?;
        for one in &found {
            show(verbs, file, one);
        }
        all.extend(found);
    }
    named(verbs, &mut all, args.name.as_deref())?;
    let mut secrets = Secrets::default();
    let mut profiles = Vec::new();
    for found in all {
        let Found { name, settings, secrets: values, .. } = found;
        for (key, value) in values {
            secrets.insert(&name, &key, value);
        }
        profiles.push((name, settings));
    }
    let said = format!("{} taken over", profiles.len());
    objects::write(verbs, &Change::Import { profiles }, &secrets, args.consent, &said)
}

fn read(verbs: &Verbs, file: &Path) -> Done<Vec<Found>> {
    let unreadable = |error: std::io::Error| {
        Failure::new(Class::File, "unreadable", format!("{}: {error}", file.display()))
    };
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(LIMIT).read_to_end(&mut bytes).map_err(unreadable)?;
        bytes
    } else {
        verbs.context.world.fs.read_at_most(file, LIMIT).map_err(unreadable)?
    };
    if bytes.len() as u64 == LIMIT {
        let message = format!("{}: it is larger than {} MB", file.display(), LIMIT >> 20);
        return Err(Failure::new(Class::File, "not-importable", message));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.trim_start_matches('.').split('.').next().unwrap_or_default().to_owned();
    let here = Here { now: verbs.context.world.now(), zone: TimeZone::system() };
    import::read(&stem, &bytes, &here).map_err(|error| {
        let (class, code) = match error {
            ImportError::Nothing => (Class::NotFound, "nothing-found"),
            _ => (Class::File, "not-importable"),
        };
        let failure = Failure::new(class, code, format!("{}: {error}", file.display()));
        Failure { hint: error.hint(), ..failure }
    })
}

fn show(verbs: &Verbs, file: &Path, found: &Found) {
    let key = masked(found.get("aws_access_key_id").unwrap_or_default());
    verbs.out.say(&format!("{}: {} ({key}, {})", file.display(), found.name, found.from));
    found.notes.iter().for_each(|note| verbs.out.say(&format!("note: {}: {note}", found.name)));
}

/// Gives every profile a name of its own: the one asked for, and never that of a `[default]` that is there.
fn named(verbs: &Verbs, all: &mut Vec<Found>, name: Option<&str>) -> Done {
    if let Some(name) = name {
        check_name(name)?;
        let [only] = &mut all[..] else {
            return Err(Failure::new(
                Class::Usage,
                "many-found",
                format!("--as names one profile, {} were found", all.len()),
            )
            .hint("leave --as out, or import the files one by one"));
        };
        name.clone_into(&mut only.name);
        return Ok(());
    }
    let estate = Estate::read(&verbs.context.world);
    let has_default = estate.profile("default").is_some();
    for found in all.iter_mut().filter(|found| has_default && found.name == "default") {
        "default-imported".clone_into(&mut found.name);
        verbs.out.say("note: [default] exists: what was found under that name is called [default-imported]");
    }
    numbered(verbs, all, &estate);
    Ok(())
}

/// What is found a second time under a name gets a free one; the very same keys count once.
fn numbered(verbs: &Verbs, all: &mut Vec<Found>, estate: &Estate) {
    let mut taken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    all.retain_mut(|found| {
        let key = found.get("aws_access_key_id").unwrap_or_default().to_owned();
        let name = found.name.clone();
        if taken.get(&name).is_some_and(|keys| keys.contains(&key)) {
            return false;
        }
        if taken.contains_key(&name) {
            let free = |name: &String| !taken.contains_key(name) && estate.profile(name).is_none();
            found.name = (2..=u32::MAX).map(|at| format!("{name}-{at}")).find(free).unwrap_or_default();
            verbs.out.say(&format!("note: `{name}` was found more than once: this one is [{}]", found.name));
        }
        taken.entry(found.name.clone()).or_default();
        taken.entry(name).or_default().push(key);
        true
    });
}
