//! Where a code comes from without a person: a kept seed, the profile's `mfa_process`, a YubiKey. The first that is
//! configured is asked, and no other: a code of another device would only be refused.

mod command;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::code::{self, Ask, Codes, Wanted};
use super::{Class, Context, Failure, Stage, turn};
use crate::aws::ini::KeySet;
use crate::aws::overview::{Kind, Overview, Problem, Renewal, Severity};
use crate::aws::profile::Estate;
use crate::aws::secret::Secret;
use crate::vault::keyring::KeyringError;
use crate::vault::sealed::SealError;
use crate::vault::seeds::{Kept, Place, Vault, VaultError};
use crate::vault::totp::Device;

type List = BTreeMap<String, Kept>;

/// What the user set about codes.
#[derive(Clone, Debug, Default)]
pub struct CodeSettings {
    /// Where new seeds are kept.
    pub store: Store,
    /// The name of a profile's credential on the YubiKey.
    pub ykman: BTreeMap<String, String>,
}

/// Where seeds are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Store {
    /// In the keyring; in the file where no keyring can be reached.
    #[default]
    Auto,
    Keyring,
    File,
    /// Nowhere, and those that are there are not used.
    Off,
}

/// One source of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Seed(Place),
    /// The command.
    Process(String),
    /// The credential's name on the key, and which key if there are several.
    Yubikey {
        name: String,
        device: Option<String>,
    },
}

impl Source {
    /// The source configured for a profile and its device.
    ///
    /// # Errors
    /// A list of seeds that cannot be read.
    pub fn of(context: &Context, estate: &Estate, wanted: Wanted<'_>) -> Result<Option<Self>, Failure> {
        Ok(Self::among(&seeds(context)?, context, estate, wanted))
    }

    fn among(seeds: &List, context: &Context, estate: &Estate, wanted: Wanted<'_>) -> Option<Self> {
        match wanted.serial.and_then(|serial| seeds.get(serial)) {
            Some(kept) => Some(Self::Seed(kept.place)),
            None => Self::beside_seeds(context, estate, wanted.profile),
        }
    }

    /// The source without looking for a seed.
    fn beside_seeds(context: &Context, estate: &Estate, profile: &str) -> Option<Self> {
        let process = estate.profile(profile).and_then(|found| Some(found.text("mfa_process")?.into_owned()));
        if let Some(command) = process {
            return Some(Self::Process(command));
        }
        let env = |name| context.world.env.non_empty(name).map(str::to_owned);
        let name = context.codes.ykman.get(profile).cloned().or_else(|| env("YKMAN_OATH_CREDENTIAL_NAME"))?;
        Some(Self::Yubikey { name, device: env("YKMAN_OATH_DEVICE_SERIAL") })
    }

    /// Whether it gives a code without being asked for a passphrase.
    fn is_open(&self, context: &Context) -> bool {
        *self != Self::Seed(Place::File) || context.passphrase.get().is_some()
    }

    /// In words.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Seed(place) => place.word(),
            Self::Process(_) => "mfa_process",
            Self::Yubikey { .. } => "YubiKey",
        }
    }

    /// A code, claimed; waits for the next one where this one was sent.
    pub(super) async fn code(
        &self,
        context: &Context,
        wanted: Wanted<'_>,
        codes: Codes<'_>,
        watch: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Secret, Failure> {
        watch(Stage::CodeFrom(self.word()));
        let serial = wanted.device();
        match self {
            Self::Seed(_) => {
                let device = device(context, wanted, codes).await?;
                if device.digits() != 6 {
                    return Err(too_long(&device));
                }
                of_seed(context, serial, &device, watch).await
            }
            Self::Process(_) | Self::Yubikey { .. } => {
                let printed = command::code(context, self, wanted.profile).await?;
                if turn::is_ours(context, serial, &printed)? {
                    return Ok(printed);
                }
                // Commands print the codes of half minutes, like every device that AWS takes.
                turn::until(context, next_step(context.world.now(), 30), watch).await;
                turn::claimed(context, serial, command::code(context, self, wanted.profile).await?)
            }
        }
    }
}

/// Whether any profile may have a source that is no seed: a no is certain, and spares a look at each.
fn beside_seeds_at_all(context: &Context, estate: &Estate) -> bool {
    let yubikey = context.world.env.non_empty("YKMAN_OATH_CREDENTIAL_NAME").is_some();
    yubikey || !context.codes.ykman.is_empty() || estate.may_have(KeySet::of(b"mfa_process"))
}

/// The seeds that may be used.
fn seeds(context: &Context) -> Result<List, Failure> {
    if context.codes.store == Store::Off {
        return Ok(List::new());
    }
    vault(context).list().map_err(failure)
}

/// Says on the rows of users and of sessions where a code comes from without a person.
pub(super) fn mark(context: &Context, estate: &Estate, overview: &mut Overview) {
    // A list that cannot be read is told when a code is wanted.
    let seeds = seeds(context).unwrap_or_default();
    if seeds.is_empty() && !beside_seeds_at_all(context, estate) {
        return;
    }
    for row in &mut overview.rows {
        let user = match row.kind {
            Kind::Static => &row.name,
            Kind::Session => row.session_of.as_ref().unwrap_or(&row.name),
            Kind::AssumeRole if row.mfa_serial.is_some() => row.source_profile.as_ref().unwrap_or(&row.name),
            _ => continue,
        };
        let wanted = Wanted { profile: user, serial: row.mfa_serial.as_deref() };
        row.code_from = Source::among(&seeds, context, estate, wanted).map(|source| source.word());
    }
    for session in &mut overview.sessions {
        let (Renewal::Code { serial }, Some(user)) = (&session.renewal, &session.of) else { continue };
        let wanted = Wanted { profile: user, serial: serial.as_deref() };
        let source = Source::among(&seeds, context, estate, wanted);
        session.code_from = source.filter(|source| source.is_open(context)).map(|source| source.word());
    }
}

/// The first code of a seed that nobody has sent, by AWS's clock as far as it is known.
async fn of_seed(
    context: &Context,
    serial: &str,
    device: &Device,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Secret, Failure> {
    loop {
        let (now, off) = (context.world.now(), context.skew.get());
        let theirs = now + off;
        let code = device.code(theirs);
        if turn::is_ours(context, serial, &code.digits)? {
            return code::six_digits(code.digits);
        }
        turn::until(context, now + next_step(theirs, device.period()).duration_since(theirs), watch).await;
    }
}

/// When the code changes.
#[must_use]
pub fn next_step(now: Timestamp, period: u64) -> Timestamp {
    let period = i64::try_from(period).unwrap_or(30).max(1);
    let second = now.as_second();
    let next = second + period - second.rem_euclid(period);
    Timestamp::from_second(next).unwrap_or(now + SignedDuration::from_secs(period))
}

/// The kept seed of a device; asks for the passphrase where one is needed, once per run.
///
/// # Errors
/// The exact reason why there is none.
pub async fn device(context: &Context, wanted: Wanted<'_>, codes: Codes<'_>) -> Result<Device, Failure> {
    let (vault, serial) = (vault(context), wanted.device());
    let found = match vault.device(serial, context.passphrase.get().as_ref()).await {
        Err(VaultError::NeedsPassphrase) => {
            let passphrase =
                codes(wanted, Ask::Passphrase)?.ok_or_else(|| failure(VaultError::NeedsPassphrase))?;
            let opened = vault.device(serial, Some(&passphrase)).await;
            if opened.is_ok() {
                context.passphrase.set(Some(passphrase));
            }
            opened
        }
        found => found,
    };
    found.map_err(failure)
}

/// The seeds of this context.
#[must_use]
pub fn vault(context: &Context) -> Vault {
    Vault::at(&context.state, &context.world.env)
}

/// Whether the keyring can be reached.
///
/// # Errors
/// The exact reason why not.
pub async fn keyring(context: &Context) -> Result<(), KeyringError> {
    vault(context).keyring().check().await
}

/// A keyring that cannot be reached is worth a note to those who keep seeds in it, or want to.
#[must_use]
pub fn keyring_note(context: &Context, keyring: &Result<(), KeyringError>) -> Option<Problem> {
    let why = keyring.as_ref().err()?;
    let kept = seeds(context).unwrap_or_default().values().any(|kept| kept.place == Place::Keyring);
    (kept || context.codes.store == Store::Keyring).then(|| Problem {
        code: why.code(),
        severity: Severity::Info,
        message: format!("{why}: {}", why.hint()),
        file: None,
        line: None,
        fixable: false,
        profile: None,
    })
}

fn too_long(device: &Device) -> Failure {
    let message = format!(
        "the kept seed makes codes of {} digits, and AWS takes six: nothing was sent",
        device.digits()
    );
    Failure::new(Class::Guard, "bad-code", message)
        .hint("`awsprof totp add` keeps another seed for this device")
}

/// What the vault could not do, in the contract's terms.
#[must_use]
pub fn failure(error: VaultError) -> Failure {
    let message = error.to_string();
    let new = |class, code: &str, hint: &str| Failure::new(class, code, message.clone()).hint(hint);
    match error {
        VaultError::NoSeed(_) => new(Class::NotFound, "no-seed", "`awsprof totp add PROFILE` keeps one"),
        VaultError::NeedsPassphrase => new(
            Class::Guard,
            "passphrase-needed",
            "run it on a terminal, where the passphrase can be asked for",
        ),
        VaultError::Keyring(error) => new(Class::Guard, error.code(), error.hint()),
        VaultError::Sealed(SealError::WrongPassphrase) => {
            new(Class::Guard, "wrong-passphrase", "it is the one you chose when the first seed was added")
        }
        VaultError::Sealed(_) => new(
            Class::File,
            "seeds-damaged",
            "move seeds.sealed and seeds.json in awsprof's state folder away, then add the seeds anew",
        ),
        VaultError::Seed(error) => new(Class::Usage, "bad-seed", &error.hint().unwrap_or_default()),
        VaultError::Store(error) => error.into(),
    }
}
