//! `awsprof totp add`: a seed on its way to where it is kept. It comes from the terminal or from standard input, never
//! from an argument, and is kept only after the person has been told what that means.

use std::io::Read;

use super::serial;
use crate::aws::secret::Secret;
use crate::cli::args::{KeepIn, TotpAdd};
use crate::cli::out::Out;
use crate::cli::tty::Tty;
use crate::cli::{Done, Verbs, block_on, code};
use crate::jobs::source::{self, vault};
use crate::jobs::{Class, Context, Failure, Store};
use crate::vault::keyring::KeyringError;
use crate::vault::seeds::{Place, VaultError};
use crate::vault::totp::Device;

/// No seed is as long as this.
const LONGEST: u64 = 4096;
/// A shorter passphrase can be guessed.
const SHORTEST: usize = 8;

/// Said before a seed is kept.
const WEAKER: &str = "A kept seed makes codes without your phone: whoever gets at this account of this computer has \
                      keys and codes, so the second factor is worth less.";

/// Reads, checks, asks, keeps.
///
/// # Errors
/// No device, a text that is no seed, a code that does not match, a person who says no, a place that cannot be used.
pub fn run(verbs: &Verbs, args: TotpAdd) -> Done {
    let (context, out) = (&verbs.context, verbs.out);
    let serial = serial(verbs, &args.profile, args.serial.as_deref())?;
    let store = wanted(context, args.store)?;
    let device = Device::parse(&secret(args.secret_stdin, &serial)?);
    let device = device.map_err(|error| source::failure(VaultError::Seed(error)))?;
    if let Some(code) = args.verify {
        verify(context, &device, &code::given(code)?)?;
    }
    if args.yes {
        out.say(&format!("note: {WEAKER}"));
    } else {
        agree(context, &device)?;
    }
    let place = place(context, store, out)?;
    if place == Place::File && context.passphrase.get().is_none() {
        context.passphrase.set(Some(passphrase(context)?));
    }
    let phrase = context.passphrase.get();
    let keeping =
        async { vault(context).keep(&serial, &device, place, phrase.as_ref(), context.world.now()).await };
    block_on(keeping)?.map_err(source::failure)?;
    out.say(&format!("kept the seed of {serial} in the {}", place.word()));
    if device.digits() != 6 {
        out.say(&format!(
            "note: AWS takes six digits, and this seed makes {}: no renewal uses it",
            device.digits()
        ));
    }
    Ok(())
}

/// Where the seed shall be: the user's word, else the setting.
fn wanted(context: &Context, asked: Option<KeepIn>) -> Done<Store> {
    match (asked, context.codes.store) {
        (Some(KeepIn::Keyring), _) => Ok(Store::Keyring),
        (Some(KeepIn::File), _) => Ok(Store::File),
        (None, Store::Off) => {
            Err(Failure::new(Class::Guard, "totp-off", "the setting totp.store is off: no seed is kept")
                .hint("set totp.store in awsprof's config.toml, or name a place with --store"))
        }
        (None, store) => Ok(store),
    }
}

fn secret(from_stdin: bool, serial: &str) -> Done<Secret> {
    if !from_stdin {
        let hint = "give the seed on standard input with --secret-stdin";
        return Tty::open("the seed of the device", hint)?
            .ask_secret(&format!("seed of {serial} (not shown): "));
    }
    let mut text = String::with_capacity(usize::try_from(LONGEST).unwrap_or_default());
    std::io::stdin().lock().take(LONGEST).read_to_string(&mut text)?;
    Ok(Secret::new(text))
}

/// Another device with the same seed shows the same code.
fn verify(context: &Context, device: &Device, code: &Secret) -> Done {
    if device.step_of(code.expose(), context.world.now()).is_some() {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "wrong-code", "the seed does not make this code now: nothing was kept")
        .hint("look at the code and at this computer's clock again, or read the seed once more"))
}

fn agree(context: &Context, device: &Device) -> Done {
    let mut tty = Tty::open("your consent", "add --yes to keep it without being asked")?;
    let code = device.code(context.world.now());
    let (digits, left) = (code.digits.expose(), code.seconds_left);
    tty.say(&format!("{WEAKER}\nThe seed makes the code {digits} (for {left} s more): another device with it shows the same.\n"))?;
    if tty.agrees("Keep this seed?")? {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "declined", "nothing was kept: you said no"))
}

/// The keyring where it can be reached, else the file; which, and why, is said.
fn place(context: &Context, store: Store, out: Out) -> Done<Place> {
    match store {
        Store::File | Store::Off => Ok(Place::File),
        Store::Keyring => Ok(Place::Keyring),
        Store::Auto => Ok(match block_on(vault(context).keyring().check())? {
            Ok(()) => Place::Keyring,
            Err(why) => fallen_back(&why, out),
        }),
    }
}

fn fallen_back(why: &KeyringError, out: Out) -> Place {
    out.say(&format!("note: {why}; the seed goes into a file sealed with a passphrase"));
    Place::File
}

/// The passphrase of the file that is there, or a new one, typed twice.
fn passphrase(context: &Context) -> Done<Secret> {
    if vault(context).is_sealed().map_err(source::failure)? {
        return code::passphrase(code::SEALED);
    }
    let chosen = code::passphrase("a new passphrase for the sealed seeds: ")?;
    if chosen.expose().chars().count() < SHORTEST {
        let message = format!("a passphrase has at least {SHORTEST} characters: nothing was kept");
        return Err(
            Failure::new(Class::Guard, "short-passphrase", message).hint("four random words are a good one")
        );
    }
    if code::passphrase("the same once more: ")?.expose() != chosen.expose() {
        return Err(Failure::new(
            Class::Guard,
            "passphrases-differ",
            "the two passphrases differ: nothing was kept",
        ));
    }
    Ok(chosen)
}
