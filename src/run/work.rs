//! The jobs as the screen asks for them: typed requests in, typed outcomes out.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;

use super::request::{Given, Request};
use super::settings;
use super::{login, look, portal};
use crate::app::{JobId, Msg, Outcome, Stage, Trouble};
use crate::aws::chain::trace::Region;
use crate::aws::chain::{self, Comparison, Selection};
use crate::aws::change::Change;
use crate::aws::profile::Estate;
use crate::aws::secret::{Secret, Secrets};
use crate::aws::session::FRESH;
use crate::jobs::probe::{Dated, Prober};
use crate::jobs::{
    self, Ask, AssumeRequest, Class, Confirmation, Context, Failure, KeepRequest, Lasting, MetadataRequest,
    RenewRequest, STILL_NAMED, Wanted, Wish,
};

/// A prober for comparisons that keeps what it has parsed, and the load of the files it has parsed.
pub type Comparer = Arc<Mutex<Option<(u64, Prober)>>>;

/// Does one job; `tell` learns its stages.
pub async fn perform(
    context: &Context,
    comparer: &Comparer,
    job: JobId,
    request: Request,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Msg {
    match request {
        Request::Renew { profile, given, into } => {
            Msg::Done { job, outcome: renew(context, profile, given, into, tell).await }
        }
        Request::Assume { profile, given } => {
            Msg::Done { job, outcome: assume(context, profile, given, tell).await }
        }
        Request::Offers { session } => portal::offers(context, job, &session, tell).await,
        Request::Login { profile } => Msg::Done { job, outcome: login::login(context, profile, tell).await },
        Request::Keep(request) => Msg::Done { job, outcome: keep(context, request, tell).await },
        Request::Write { change, secrets, confirmed } => {
            Msg::Done { job, outcome: write(context, change, secrets, confirmed).await }
        }
        Request::Set { setter, confirmed } => {
            Msg::Done { job, outcome: settings::set(context, setter, confirmed) }
        }
        Request::Restrict { modes } => Msg::Done { job, outcome: look::restrict(modes) },
        Request::Devices { keys, region } => look::devices(context, job, &keys, region.as_deref()).await,
        Request::Look(at) => look::look(context, job, &at),
        Request::Identify => identify(context, job).await,
        Request::Trace { profile, explicit, tool } => trace(context, job, profile, explicit, tool).await,
        Request::Compare { profile, explicit, load } => {
            compare(context, comparer, job, profile, (explicit, load)).await
        }
        Request::LookAround { tool } => Msg::LookedAround { region: look_around(context, tool).await },
        Request::Metadata { path, role } => {
            let request = MetadataRequest { path: Some(path), role, v1: false };
            let result = jobs::metadata(context, &request).await;
            Msg::Metadata { job, result: result.map_err(trouble) }
        }
    }
}

async fn identify(context: &Context, job: JobId) -> Msg {
    let result = jobs::whoami(context, &Wish::default()).await;
    Msg::Identified { job, result: result.map_err(trouble) }
}

/// Asks what is missing in a chain, or all of it again if nothing is.
async fn trace(context: &Context, job: JobId, profile: String, explicit: bool, tool: &str) -> Msg {
    let Some(tool) = chain::tool(tool) else { return Msg::Done { job, outcome: Outcome::Cancelled } };
    let dated = Prober::shown(context).again(tool, &selection(&profile, explicit)).await;
    traced(Some(job), profile, explicit, dated)
}

/// Compares the tools on a thread of its own: each may have to parse what it alone reads its way.
async fn compare(
    context: &Context,
    comparer: &Comparer,
    job: JobId,
    profile: String,
    (explicit, load): (bool, u64),
) -> Msg {
    let (context, comparer) = (context.clone(), Arc::clone(comparer));
    let selection = selection(&profile, explicit);
    let work = move || compared(&context, &comparer, load, &selection);
    match tokio::task::spawn_blocking(work).await {
        Ok(comparison) => Msg::Compared { job, profile, explicit, comparison },
        Err(error) => Msg::Failed(broken(&error)),
    }
}

/// The trace that files, environment and earlier answers give: no process, no network. `None` for a tool nobody
/// knows.
pub fn trace_now(prober: &mut Prober, profile: String, explicit: bool, tool: &str) -> Option<Msg> {
    let dated = prober.dated_now(chain::tool(tool)?, &selection(&profile, explicit));
    Some(traced(None, profile, explicit, dated))
}

fn traced(job: Option<JobId>, profile: String, explicit: bool, dated: Dated) -> Msg {
    let Dated { trace, asked_at } = dated;
    Msg::Traced { job, profile, explicit, trace: Box::new(trace), asked_at }
}

/// All tools on one selection, without asking anybody.
fn compared(context: &Context, comparer: &Comparer, load: u64, selection: &Selection) -> Comparison {
    let mut comparer = comparer.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = comparer.take().filter(|(parsed, _)| *parsed == load);
    let (_, prober) = comparer.insert(kept.unwrap_or_else(|| (load, Prober::shown(context))));
    Comparison(chain::tools().iter().map(|tool| prober.dated_now(tool, selection).trace).collect())
}

/// Asks the machine itself, unless it was asked before; answers the region of the default.
async fn look_around(context: &Context, tool: &str) -> Option<Region> {
    let tool = chain::tool(tool)?;
    let mut prober = Prober::shown(context);
    prober.look_around(tool, &Selection::Environment).await;
    prober.dated_now(tool, &Selection::Environment).trace.region
}

fn selection(profile: &str, explicit: bool) -> Selection {
    let name = profile.to_owned();
    if explicit { Selection::Explicit(name) } else { Selection::AsIf(name) }
}

async fn renew(
    context: &Context,
    profile: String,
    given: Given,
    into: Option<String>,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Outcome {
    let request = RenewRequest { profile, into, force: true, ..RenewRequest::default() };
    let by_itself = given.code.is_none();
    let mut codes = typed(given);
    let mut attempt = 0;
    let mut watch = |stage: jobs::Stage| tell(self::stage(context, &stage, &mut attempt));
    match jobs::renew(context, &request, &mut codes, &mut watch).await {
        Ok(renewed) => {
            jobs::used(context, &renewed.profile);
            Outcome::Renewed {
                profile: renewed.profile,
                session_profile: renewed.session_profile,
                expires_at: renewed.expires_at,
            }
        }
        Err(failure) => failed(failure, by_itself, true),
    }
}

async fn assume(
    context: &Context,
    profile: String,
    given: Given,
    tell: &mut (dyn FnMut(Stage) + Send),
) -> Outcome {
    let request = AssumeRequest { profile, force: true, ..AssumeRequest::default() };
    let by_itself = given.code.is_none();
    let mut codes = typed(given);
    let mut attempt = 0;
    let mut watch = |stage: jobs::Stage| tell(self::stage(context, &stage, &mut attempt));
    match jobs::assume(context, &request, Some(&mut codes), &mut watch).await {
        Ok(taken) => {
            jobs::used(context, &taken.profile);
            Outcome::Assumed { profile: taken.profile, expires_at: taken.expires_at }
        }
        Err(failure) => {
            // A code that did its part is not asked for again.
            let overview = jobs::survey(context, &Estate::read(&context.world));
            let rides = overview.rides_free(&request.profile, context.world.now(), FRESH);
            failed(failure, by_itself, !rides)
        }
    }
}

/// Renews because it is time.
async fn keep(context: &Context, request: KeepRequest, tell: &mut (dyn FnMut(Stage) + Send)) -> Outcome {
    let mut attempt = 0;
    let mut watch = |stage: jobs::Stage| tell(self::stage(context, &stage, &mut attempt));
    let kept = jobs::keep(context, &request, &mut watch).await;
    let profile = request.profile;
    match kept {
        Ok(Lasting { renewed, off, .. }) => Outcome::Kept { profile, renewed, off },
        Err(failure) => Outcome::NotKept { profile, fault: jobs::fault(&failure), trouble: trouble(failure) },
    }
}

/// How a session was not made. A code helps on only `while_needed`.
fn failed(failure: Failure, by_itself: bool, while_needed: bool) -> Outcome {
    match failure.code.as_str() {
        "passphrase-needed" => Outcome::Sealed { wrong: false },
        "wrong-passphrase" => Outcome::Sealed { wrong: true },
        _ => {
            let keep_dialog = while_needed && another_may_help(&failure, by_itself);
            Outcome::Failed { trouble: trouble(failure), keep_dialog }
        }
    }
}

/// Whether a code that a person types (now, or again) may lead further.
fn another_may_help(failure: &Failure, by_itself: bool) -> bool {
    match failure.class {
        Class::Refused => true,
        Class::Unreachable => !by_itself,
        Class::Guard => by_itself || failure.code == "code-spent",
        _ => false,
    }
}

/// What was typed, once; nobody is asked from here.
fn typed(given: Given) -> impl FnMut(Wanted<'_>, Ask<'_>) -> Result<Option<Secret>, Failure> + Send {
    let Given { mut code, mut passphrase } = given;
    move |_, ask| match ask {
        Ask::Given => Ok(code.take()),
        Ask::Passphrase => Ok(passphrase.take()),
        Ask::Person { .. } => Ok(None),
    }
}

fn stage(context: &Context, stage: &jobs::Stage, attempt: &mut u32) -> Stage {
    use crate::net::Stage as Net;
    match stage {
        jobs::Stage::Writing => Stage::Writing,
        jobs::Stage::Waiting => Stage::Waiting,
        jobs::Stage::NextCode { at, .. } => Stage::NextCode { at: *at },
        jobs::Stage::CodeFrom(source) => Stage::CodeFrom(source),
        jobs::Stage::Net(Net::Throttled { next_try_in } | Net::Retrying { next_try_in }) => {
            *attempt += 1;
            let at = context.world.now() + SignedDuration::try_from(*next_try_in).unwrap_or_default();
            let throttled = matches!(stage, jobs::Stage::Net(Net::Throttled { .. }));
            Stage::Retrying { attempt: *attempt + 1, at, throttled }
        }
        jobs::Stage::Kept(_)
        | jobs::Stage::Settling
        | jobs::Stage::CodeCorrected { .. }
        | jobs::Stage::Net(_) => Stage::Asking,
    }
}

/// Files are locked, settled and synced: work for a thread of its own, while other jobs go on.
async fn write(context: &Context, change: Change, secrets: Secrets, confirmed: bool) -> Outcome {
    let (context, asked) = (context.clone(), change.clone());
    let write = move || jobs::write_with(&context, &asked, &secrets, confirmed);
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

/// A failure in the core's words; a message has room for the lines of a diff that differ.
pub fn trouble(failure: Failure) -> Trouble {
    let diff = failure.diff.unwrap_or_default();
    let differs =
        |line: &&str| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---");
    let lines: Vec<&str> = diff.lines().filter(differs).take(4).collect();
    let shown = if lines.is_empty() { String::new() } else { format!(": {}", lines.join(" ")) };
    Trouble { message: failure.message + &shown, hint: failure.hint }
}

/// A job that panicked: our own mistake, said as such.
pub fn broken(error: &tokio::task::JoinError) -> Trouble {
    let hint = Some("this is a mistake in awsprof: please report it".to_owned());
    Trouble { message: format!("the job ended without an answer: {error}"), hint }
}
