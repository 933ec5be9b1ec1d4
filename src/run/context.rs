//! What jobs work with: the world, awsprof's folders, and what the settings say. Made anew when these change.

use crate::aws::production::Production;
use crate::aws::sync::Rules;
use crate::aws::world::World;
use crate::config::{Folders, Settings, TotpStore};
use crate::jobs::probe::Kept;
use crate::jobs::{CodeSettings, Context, Shared, Store};

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
        last: Shared::default(),
        codes: CodeSettings { store: store(settings.totp.store), ykman: settings.mfa.ykman.clone() },
        passphrase: Shared::default(),
        skew: Shared::default(),
    }
}

/// The same by other settings; what was asked and typed in this run is kept.
pub fn renewed(before: Context, settings: &Settings) -> Context {
    let Context { world, state, cache, settings: file, asked, last, passphrase, skew, .. } = before;
    let folders = Folders { settings: file, state, cache };
    Context { asked, last, passphrase, skew, ..context(world, folders, settings) }
}

const fn store(store: TotpStore) -> Store {
    match store {
        TotpStore::Auto => Store::Auto,
        TotpStore::Keyring => Store::Keyring,
        TotpStore::File => Store::File,
        TotpStore::Off => Store::Off,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;
    use crate::aws::secret::Secret;
    use crate::aws::world::Env;

    #[test]
    fn jobs_go_by_changed_settings_and_keep_what_was_asked() {
        let env: Env = [("AWSPROF_HOME".to_owned(), "/h".to_owned())].into_iter().collect();
        let world = World::in_memory(env, BTreeMap::new(), jiff::Timestamp::UNIX_EPOCH);
        let folders = Folders::of(&world).unwrap();
        let before = context(world, folders, &Settings::default());
        before.passphrase.set(Some(Secret::new("open")));
        let text = "session = { duration = \"1h\", profiles = { a = \"b\" } }\njournal.keep = \"1d\"\ntotp.store = \"off\"\n\
                    mfa.ykman = { a = \"k\" }\nguard.production = [\"*\"]\n\
                    sso = { template = \"t\", accounts = { \"1\" = \"n\" }, region = \"r\" }\n";
        let after = renewed(before.clone(), &Settings::parse(text, Path::new("c")).unwrap());
        let told = format!("{:?} {:?} {:?}", after.session_profiles, after.codes, after.sync);
        for value in ["\"a\": \"b\"", "Off", "\"a\": \"k\"", "\"t\"", "\"1\": \"n\"", "\"r\""] {
            assert!(told.contains(value), "{value}: {told}");
        }
        assert_eq!((after.duration.as_hours(), after.keep.as_hours()), (1, 24));
        assert!(after.production.asks() && !before.production.asks());
        assert_eq!((&after.state, &after.settings), (&before.state, &before.settings));
        assert!(after.passphrase.get().is_some(), "nobody types it twice");
    }
}
