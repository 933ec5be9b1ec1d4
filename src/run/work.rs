//! The jobs as the screen asks for them: typed requests in, typed outcomes out.

use std::path::PathBuf;

use super::look;
use crate::app::{Effect, JobId, Look, Msg, Outcome, Stage, Trouble};
use crate::aws::chain::trace::Trace;
use crate::aws::chain::{self, Selection};
use crate::aws::change::{Change, References};
use crate::aws::secret::{Credentials, Secret, Secrets};
use crate::jobs::probe::{Asking, Prober};
use crate::jobs::{self, Class, Confirmation, Context, Failure, RenewRequest, STILL_NAMED, Wanted, Wish};

/// What the worker can be asked to do.
#[derive(Debug)]
pub enum Request {
    Renew { profile: String, code: Secret, into: Option<String> },
    Write { change: Change, secrets: Secrets, confirmed: bool },
    Restrict { modes: Vec<(PathBuf, u32)> },
    Devices { keys: Credentials, region: Option<String> },
    Look(Look),
    Identify,
    Trace { profile: String, explicit: bool, tool: &'static str },
}

impl Request {
    /// What an effect asks of the worker; `None` for one that is done elsewhere.
    pub fn of(effect: Effect) -> Option<(JobId, Self)> {
        Some(match effect {
            Effect::Trace { ask: Some(job), profile, explicit, tool } => {
                (job, Self::Trace { profile, explicit, tool })
            }
            Effect::Identify { job } => (job, Self::Identify),
            Effect::Renew { job, profile, code, into } => {
                (job, Self::Renew { profile, code: code.secret(), into })
            }
            Effect::Write { job, change, typed, confirmed } => {
                (job, Self::Write { change, secrets: typed.secrets(), confirmed })
            }
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

/// Does one job; `tell` learns its stages.
pub async fn perform(
    context: &Context,
    job: JobId,
    request: Request,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Msg {
    match request {
        Request::Renew { profile, code, into } => {
            Msg::Done { job, outcome: renew(context, profile, code, into, tell).await }
        }
        Request::Write { change, secrets, confirmed } => {
            Msg::Done { job, outcome: write(context, change, secrets, confirmed).await }
        }
        Request::Restrict { modes } => Msg::Done { job, outcome: look::restrict(modes) },
        Request::Devices { keys, region } => look::devices(context, job, &keys, region.as_deref()).await,
        Request::Look(at) => look::look(context, job, &at),
        Request::Identify => {
            let result = jobs::whoami(context, &Wish::default()).await;
            Msg::Identified { job, result: result.map_err(trouble) }
        }
        Request::Trace { profile, explicit, tool } => {
            let mut prober = Prober::new(&context.world);
            match chain::tool(tool) {
                Some(tool) => {
                    let trace = prober.trace(tool, &selection(&profile, explicit), Asking::Links).await;
                    Msg::Traced { job: Some(job), profile, explicit, trace: Box::new(trace) }
                }
                None => Msg::Done { job, outcome: Outcome::Cancelled },
            }
        }
    }
}

/// The trace that files and environment alone give: no process, no network. `None` for a tool nobody knows.
pub fn trace_now(prober: &mut Prober, profile: &str, explicit: bool, tool: &str) -> Option<Trace> {
    Some(prober.resolve_now(chain::tool(tool)?, &selection(profile, explicit)).trace)
}

fn selection(profile: &str, explicit: bool) -> Selection {
    let name = profile.to_owned();
    if explicit { Selection::Explicit(name) } else { Selection::AsIf(name) }
}

async fn renew(
    context: &Context,
    profile: String,
    code: Secret,
    into: Option<String>,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Outcome {
    let request = RenewRequest { profile, into, force: true, ..RenewRequest::default() };
    let mut codes = typed(code);
    let mut attempt = 0;
    let mut watch = |stage: jobs::Stage| tell(self::stage(stage, &mut attempt));
    match jobs::renew(context, &request, &mut codes, &mut watch).await {
        Ok(renewed) => Outcome::Renewed {
            profile: renewed.profile,
            session_profile: renewed.session_profile,
            expires_at: renewed.expires_at,
        },
        Err(failure) => {
            let keep_dialog = matches!(failure.class, Class::Refused | Class::Unreachable);
            Outcome::Failed { trouble: trouble(failure), keep_dialog }
        }
    }
}

/// The code that was typed, once.
fn typed(code: Secret) -> impl FnMut(Wanted<'_>) -> Result<Secret, Failure> + Send {
    let mut code = Some(code);
    move |wanted| code.take().map_or_else(|| jobs::nobody(wanted), Ok)
}

fn stage(stage: jobs::Stage, attempt: &mut u32) -> Stage {
    use crate::net::Stage as Net;
    match stage {
        jobs::Stage::Writing => Stage::Writing,
        jobs::Stage::Waiting => Stage::Waiting,
        jobs::Stage::Kept(_) | jobs::Stage::Net(Net::Connecting | Net::Sent) => Stage::Asking,
        jobs::Stage::Net(_) => {
            *attempt += 1;
            Stage::Retrying { attempt: *attempt + 1, reason: stage.to_string() }
        }
    }
}

/// Files are locked, settled and synced: work for a thread of its own, while other jobs go on.
async fn write(context: &Context, change: Change, secrets: Secrets, confirmed: bool) -> Outcome {
    let (context, asked) = (context.clone(), change.clone());
    let write = move || {
        free_of_settings(&context, &asked)?;
        jobs::write_with(&context, &asked, &secrets, confirmed)
    };
    match tokio::task::spawn_blocking(write).await {
        Ok(Ok(written)) => Outcome::Written { change, written },
        Ok(Err(Failure { confirm: Some(asked), .. })) => {
            let Confirmation { why, diff, typed } = *asked;
            Outcome::NeedsConfirmation { change, why, diff, typed }
        }
        Ok(Err(failure)) if failure.code == STILL_NAMED => {
            Outcome::StillNamed { change, trouble: trouble(failure) }
        }
        Ok(Err(failure)) => Outcome::Failed { trouble: trouble(failure), keep_dialog: false },
        Err(error) => Outcome::Failed { trouble: broken(&error), keep_dialog: false },
    }
}

/// As the verbs refuse it: a name that awsprof's own settings use does not go.
fn free_of_settings(context: &Context, change: &Change) -> Result<(), Failure> {
    match change {
        Change::Remove { references: References::Leave, .. } => Ok(()),
        Change::Rename { section, .. } | Change::Remove { section, .. } => {
            jobs::free_of_settings(context, &section.name)
        }
        _ => Ok(()),
    }
}

/// A failure in the core's words.
pub fn trouble(failure: Failure) -> Trouble {
    Trouble { message: failure.message, hint: failure.hint }
}

/// A job that panicked: our own mistake, said as such.
pub fn broken(error: &tokio::task::JoinError) -> Trouble {
    let hint = Some("this is a mistake in awsprof: please report it".to_owned());
    Trouble { message: format!("the job ended without an answer: {error}"), hint }
}
