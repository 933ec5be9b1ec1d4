//! What jobs work with: the world, awsprof's folders, and what the settings say. Made anew when these change.

use crate::aws::production::Production;
use crate::aws::sync::Rules;
use crate::aws::world::World;
use crate::config::{Folders, Settings, TotpStore};
use crate::jobs::probe::Kept;
use crate::jobs::{CodeSettings, Context, Passphrase, Store};

/// For jobs that go by these settings.
#[must_use]
pub fn context(world: World, folders: Folders, settings: &Settings) -> Context {
    Context {
        world,
        state: folders.state,
        cache: folders.cache,
        settings: folders.settings,
        keep: settings.journal.keep,
        duration: settings.session.duration,
        production: Production::new(&settings.guard.production),
        session_profiles: settings.session.profiles.clone(),
        sync: Rules {
            template: settings.sso.template.clone(),
            accounts: settings.sso.accounts.clone(),
            region: settings.sso.region.clone(),
        },
        asked: Kept::default(),
        codes: CodeSettings { store: store(settings.totp.store), ykman: settings.mfa.ykman.clone() },
        passphrase: Passphrase::default(),
    }
}

/// The same by other settings; what was asked and typed in this run is kept.
pub fn renewed(before: Context, settings: &Settings) -> Context {
    let Context { world, state, cache, settings: file, asked, passphrase, .. } = before;
    let folders = Folders { settings: file, state, cache };
    Context { asked, passphrase, ..context(world, folders, settings) }
}

const fn store(store: TotpStore) -> Store {
    match store {
        TotpStore::Auto => Store::Auto,
        TotpStore::Keyring => Store::Keyring,
        TotpStore::File => Store::File,
        TotpStore::Off => Store::Off,
    }
}
