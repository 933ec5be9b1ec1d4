//! `awsprof totp`: seeds that are kept, and the codes they make. A seed belongs to a device, which several profiles
//! may share, so everything is found by the device's serial.

mod add;

use std::io::IsTerminal;
use std::process::ExitCode;

use serde_json::json;

use super::args::{TotpCode, TotpRemove, TotpWhat};
use super::out::columns;
use super::{Done, Verbs, block_on, code};
use crate::aws::profile::Estate;
use crate::aws::session::{self, Target};
use crate::aws::text::clean;
use crate::jobs::source::{self, vault};
use crate::jobs::{self, Class, Failure, Wanted};
use crate::vault::keyring::{Ask, child};
use crate::vault::seeds::VaultError;

/// Runs one of them.
///
/// # Errors
/// No device, no seed, a keyring or file that does not give it.
pub fn run(verbs: &Verbs, what: TotpWhat) -> Done {
    match what {
        TotpWhat::Add(args) => add::run(verbs, args),
        TotpWhat::Code(args) => show(verbs, &args),
        TotpWhat::List => list(verbs),
        TotpWhat::Remove(args) => remove(verbs, &args),
    }
}

/// The child that asks the keyring for its parent: nothing of it is for a person to see.
///
/// # Errors
/// A terminal, or a word it does not know.
pub fn keyring(word: &str) -> Done<ExitCode> {
    let ask = Ask::ALL.into_iter().find(|ask| ask.word() == word);
    let (stdin, stdout) = (std::io::stdin(), std::io::stdout());
    match ask {
        Some(ask) if !stdout.is_terminal() => child::run(ask, stdin.lock(), stdout.lock())?,
        _ => return Err(Failure::new(Class::Usage, "internal", "this verb is for awsprof itself")),
    }
    Ok(ExitCode::SUCCESS)
}

/// The device of a profile: the one named, else its own, else that of its user.
fn serial(verbs: &Verbs, profile: &str, named: Option<&str>) -> Done<String> {
    let estate = Estate::read(&verbs.context.world);
    let found = estate.profile(profile);
    let own = || found.as_ref().and_then(session::serial).map(std::borrow::Cow::into_owned);
    let of_user = || Target::plan(&estate, profile, None, None).ok().and_then(|target| target.serial);
    if let Some(serial) = named.map(str::to_owned).or_else(own).or_else(of_user) {
        let odd = serial.chars().any(char::is_control);
        let refused =
            || Failure::new(Class::Usage, "bad-serial", "the device's name holds control characters");
        return if odd { Err(refused()) } else { Ok(serial) };
    }
    if found.is_none() {
        return Err(Failure::no_profile(profile));
    }
    Err(Failure::new(Class::NotFound, "no-device", format!("no MFA device is known for `{profile}`"))
        .hint("name it with --serial ARN, or with mfa_serial in the profile"))
}

fn show(verbs: &Verbs, args: &TotpCode) -> Done {
    let (context, out) = (&verbs.context, verbs.out);
    let serial = serial(verbs, &args.profile, args.serial.as_deref())?;
    let wanted = Wanted { profile: &args.profile, serial: Some(&serial) };
    let device = block_on(source::device(context, wanted, &mut code::source(None)))??;
    let mut shown = device.code(context.world.now());
    if jobs::was_sent(context, &serial, &shown.digits)? {
        let next = source::next_step(context.world.now(), device.period());
        if args.wait {
            block_on(jobs::until(context, next, &mut out.watch()))?;
            shown = device.code(context.world.now());
        } else {
            out.say(&format!("note: AWS was sent this code; the next one in {} s", shown.seconds_left));
        }
    }
    if device.digits() != 6 {
        out.say(&format!("note: AWS takes six digits, and this seed makes {}", device.digits()));
    }
    let (code, left) = (shown.digits.expose(), shown.seconds_left);
    if out.json {
        return out.answer_json(&json!({"code": code, "seconds_left": left, "period": device.period()}));
    }
    out.answer(&format!("{code}\n"))
}

fn list(verbs: &Verbs) -> Done {
    let kept = vault(&verbs.context).list().map_err(source::failure)?;
    let estate = Estate::read(&verbs.context.world);
    let profiles = |serial: &str| -> Vec<String> {
        let names = |profile: &crate::aws::profile::Profile<'_>| {
            session::serial(profile).is_some_and(|own| own == serial)
        };
        estate.profiles().filter(names).map(|profile| profile.name().to_owned()).collect()
    };
    if verbs.out.json {
        let row = |(serial, kept): (&String, &crate::vault::seeds::Kept)| {
            let (place, added) = (kept.place, kept.added);
            json!({"serial": serial, "profiles": profiles(serial), "store": place,
                   "digits": kept.digits, "period": kept.period, "added": added})
        };
        return verbs.out.answer_json(&kept.iter().map(row).collect::<Vec<_>>());
    }
    let row = |(serial, kept): (&String, &crate::vault::seeds::Kept)| {
        let code = format!("{} digits, {} s", kept.digits, kept.period);
        vec![clean(serial), kept.place.word().to_owned(), code, clean(&profiles(serial).join(", "))]
    };
    verbs.out.answer(&columns(&kept.iter().map(row).collect::<Vec<_>>()))
}

fn remove(verbs: &Verbs, args: &TotpRemove) -> Done {
    let context = &verbs.context;
    let serial = serial(verbs, &args.profile, args.serial.as_deref())?;
    let forget = || block_on(vault(context).forget(&serial, context.passphrase.get().as_ref()));
    let forgotten = match forget()? {
        Err(VaultError::NeedsPassphrase) => {
            context.passphrase.set(Some(code::passphrase(code::SEALED)?));
            forget()?
        }
        forgotten => forgotten,
    };
    let gone = forgotten.map_err(source::failure)?;
    let place = gone.place.word();
    verbs.out.say(&match gone.unseen {
        None => format!("removed the seed of {serial} from the {place}"),
        Some(why) => format!("forgot the seed of {serial}; {why}: look there yourself"),
    });
    Ok(())
}
