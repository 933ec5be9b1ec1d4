//! Renewing a session because it is time: nobody has asked, so nobody is asked.
//!
//! What another awsprof has renewed meanwhile is as good, and costs no request. The session's lock decides who renews,
//! as for every other renewal.

use jiff::{SignedDuration, Timestamp};

use super::renew::RenewRequest;
use super::{AssumeRequest, Class, Context, Failure, Stage, assume, nobody, renew};
use crate::aws::keep::Fault;
use crate::net;

/// Which session to keep alive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepRequest {
    /// Its profile.
    pub profile: String,
    /// It is a role's: in the cache, not in a section.
    pub role: bool,
    /// When the session that is known ends: only one that lasts longer will do.
    pub beyond: Timestamp,
}

/// A session that lasts longer now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasting {
    pub expires_at: Option<Timestamp>,
    /// `false`: somebody else had renewed it.
    pub renewed: bool,
    /// How far AWS's clock was ahead of this computer's.
    pub off: SignedDuration,
}

/// Sees to it that a session lasts.
///
/// # Errors
/// As [`renew`] and [`assume`]; a code that only a person has.
pub async fn keep(
    context: &Context,
    request: &KeepRequest,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Lasting, Failure> {
    let mut off = SignedDuration::ZERO;
    let mut watch = |stage: Stage| {
        if let Stage::Net(net::Stage::ClockCorrected { by }) | Stage::CodeCorrected { by } = &stage {
            off = *by;
        }
        watch(stage);
    };
    let longer = request.beyond.duration_since(context.world.now()) + SignedDuration::from_secs(60);
    let min_ttl = longer.max(SignedDuration::from_secs(1));
    let (expires_at, renewed) = if request.role {
        let role =
            AssumeRequest { profile: request.profile.clone(), ahead: Some(min_ttl), ..Default::default() };
        let taken = assume(context, &role, Some(&mut nobody), &mut watch).await?;
        (taken.expires_at, taken.renewed)
    } else {
        let profile = request.profile.clone();
        let session = RenewRequest { profile, min_ttl: Some(min_ttl), ..RenewRequest::default() };
        let made = renew(context, &session, &mut nobody, &mut watch).await?;
        (made.expires_at, made.renewed)
    };
    Ok(Lasting { expires_at, renewed, off })
}

/// What a failure means for the next try.
#[must_use]
pub fn fault(failure: &Failure) -> Fault {
    match failure.class {
        Class::Unreachable => Fault::Passing,
        Class::Refused => Fault::Refused,
        Class::Interrupted => Fault::Cancelled,
        // Another awsprof is at it.
        Class::Guard if failure.code == "busy" => Fault::Passing,
        _ => Fault::Local,
    }
}
