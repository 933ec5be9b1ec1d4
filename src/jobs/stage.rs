//! What a job is doing, so that a person who waits can see it.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::net;

/// A moment in the life of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Another awsprof makes the same session: its end is waited for.
    Waiting,
    /// A code comes from here, without a person.
    CodeFrom(&'static str),
    /// The code of this moment was sent already: the next one is waited for, so many seconds.
    NextCode { at: Timestamp, left: i64 },
    /// A code that was made by a wrong clock was refused: the next is made by AWS's, which is so far ahead of ours.
    CodeCorrected { by: SignedDuration },
    /// Talking to AWS.
    Net(net::Stage),
    /// A new key is not known in all of AWS yet.
    Settling,
    /// Writing the files: from here on the job is not cancelled.
    Writing,
    /// A session that still lives was not renewed, and why.
    Kept(String),
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(net::Stage::Connecting) => f.write_str("connecting to AWS"),
            Self::Net(net::Stage::Sent) => f.write_str("waiting for AWS"),
            Self::Net(net::Stage::Throttled { next_try_in }) => {
                write!(f, "AWS is throttling, next try in {:.1} s", next_try_in.as_secs_f64())
            }
            Self::Net(net::Stage::Retrying { next_try_in }) => {
                write!(f, "AWS could not be reached, next try in {:.1} s", next_try_in.as_secs_f64())
            }
            Self::Net(net::Stage::ClockCorrected { by }) => {
                write!(f, "this computer's clock is {} s off, signing again", by.as_secs().abs())
            }
            Self::CodeFrom(source) => write!(f, "code from {source}"),
            Self::CodeCorrected { by } => {
                write!(f, "this computer's clock is {} s off: another code, by AWS's", by.as_secs().abs())
            }
            Self::NextCode { left, .. } => write!(f, "next code in {left} s"),
            Self::Settling => f.write_str("AWS does not know the new key everywhere yet: trying again"),
            Self::Writing => f.write_str("writing the files"),
            Self::Waiting => f.write_str("another awsprof is renewing this session: waiting for it"),
            Self::Kept(why) => f.write_str(why),
        }
    }
}
