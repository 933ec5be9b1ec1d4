//! What the worker can be asked to do, as the edge has it: the core's effects with their secrets taken out of them.

use std::path::PathBuf;

use crate::app::settings::Setter;
use crate::app::{self, Effect, JobId, Look};
use crate::aws::change::Change;
use crate::aws::secret::{Credentials, Secret, Secrets};
use crate::jobs::KeepRequest;

/// What the worker can be asked to do.
#[derive(Debug)]
pub enum Request {
    Renew { profile: String, given: Given, into: Option<String> },
    Assume { profile: String, given: Given },
    Login { profile: String },
    Offers { session: String },
    Keep(KeepRequest),
    Write { change: Change, secrets: Secrets, confirmed: bool },
    Restrict { modes: Vec<(PathBuf, u32)> },
    Set { setter: Setter, confirmed: bool },
    Devices { keys: Credentials, region: Option<String> },
    Look(Look),
    Identify,
    Trace { profile: String, explicit: bool, tool: &'static str },
    Compare { profile: String, explicit: bool, load: u64 },
    LookAround { tool: &'static str },
    Metadata { path: String, role: bool },
}

/// What a person typed for a renewal. Without a code the profile's own source makes one.
#[derive(Debug, Default)]
pub struct Given {
    pub code: Option<Secret>,
    pub passphrase: Option<Secret>,
}

impl Given {
    pub fn of(given: &app::effect::Given) -> Self {
        match given {
            app::effect::Given::Code(code) => Self { code: Some(code.secret()), passphrase: None },
            app::effect::Given::Passphrase(typed) => Self { code: None, passphrase: Some(typed.secret()) },
            app::effect::Given::Nothing => Self::default(),
        }
    }
}

impl Request {
    /// What an effect asks of the worker; `None` for one that is done elsewhere.
    pub fn of(effect: Effect) -> Option<(JobId, Self)> {
        Some(match effect {
            Effect::Trace { ask: Some(job), profile, explicit, tool } => {
                (job, Self::Trace { profile, explicit, tool })
            }
            Effect::Identify { job } => (job, Self::Identify),
            Effect::Compare { job, profile, explicit, load } => {
                (job, Self::Compare { profile, explicit, load })
            }
            Effect::LookAround { tool } => (JobId::AROUND, Self::LookAround { tool }),
            Effect::Metadata { job, path, role } => (job, Self::Metadata { path, role }),
            Effect::Renew { job, profile, given, into } => {
                (job, Self::Renew { profile, given: Given::of(&given), into })
            }
            Effect::Assume { job, profile, given } => {
                (job, Self::Assume { profile, given: Given::of(&given) })
            }
            Effect::Offers { job, session } => (job, Self::Offers { session }),
            Effect::Login { job, profile } => (job, Self::Login { profile }),
            Effect::Keep { job, profile, role, beyond } => {
                (job, Self::Keep(KeepRequest { profile, role, beyond }))
            }
            Effect::Write { job, change, typed, confirmed } => {
                (job, Self::Write { change, secrets: typed.secrets(), confirmed })
            }
            Effect::Set { job, setter, confirmed } => (job, Self::Set { setter, confirmed }),
            Effect::Restrict { job, modes } => (job, Self::Restrict { modes }),
            Effect::Devices { job, access_key_id, secret, region } => {
                let long_term = Credentials::long_term(access_key_id, "");
                let keys = Credentials { secret_access_key: secret.secret(), ..long_term };
                (job, Self::Devices { keys, region })
            }
            Effect::Look { job, at } => (job, Self::Look(at)),
            _ => return None,
        })
    }
}
