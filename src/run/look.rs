//! What forms and pages ask for: the keys of a section, what is wrong, what can be taken back, the devices of keys
//! that were only just typed.

use super::settings;
use super::work::trouble;
use crate::app::{Findings, JobId, Look, Msg, Outcome, Seen};
use crate::aws::secret::Credentials;
use crate::jobs::{self, Context, Failure};
use std::path::PathBuf;

/// Looks at the files.
pub fn look(context: &Context, job: JobId, at: &Look) -> Msg {
    Msg::Seen { job, seen: seen(context, at).map_err(trouble) }
}

fn seen(context: &Context, at: &Look) -> Result<Seen, Failure> {
    Ok(match at {
        Look::Settings(section) => Seen::Settings(jobs::settings(context, section)?),
        Look::Problems => {
            let jobs::Diagnosis { problems, modes } = jobs::diagnose(context);
            Seen::Problems(Findings { problems, modes })
        }
        Look::Past => Seen::Past(jobs::history(context)?),
        Look::Preferences => Seen::Preferences(settings::listing(context)),
    })
}

/// Asks AWS which devices the user of these keys has.
pub async fn devices(context: &Context, job: JobId, keys: &Credentials, region: Option<&str>) -> Msg {
    let result = jobs::mfa_devices(context, keys, region).await;
    Msg::Devices { job, result: result.map_err(trouble) }
}

/// Sets modes.
pub fn restrict(modes: Vec<(PathBuf, u32)>) -> Outcome {
    match jobs::restrict(&modes) {
        Ok(()) => Outcome::Restricted(modes),
        Err(failure) => Outcome::Failed { trouble: trouble(failure), keep_dialog: false },
    }
}
