//! Keeping sessions alive: what happens to each of them next, when, and why not.
//!
//! [`plan`] is pure: sessions, rules and the time on the wall in, a list of moments out. It is worked out anew whenever
//! anything happens, so a computer that slept, or whose clock was set, is never a special case: what is due is due now.
//! [`pace`] holds the numbers (how early, how long to wait after which failure). [`Keeper`] remembers between two plans
//! what the files cannot say: what failed, whom a person was called for, how wrong the clock is. The screen's model and
//! `awsprof watch` hold one each, and neither sends more than the other would: what both want is made once, under the
//! session's lock.

#[cfg(test)]
mod days;
mod keeper;
pub mod pace;
mod plan;

pub use keeper::Keeper;
pub use pace::Fault;
pub use plan::{Means, Rules, Step, Subject, What, WhyNot, plan};
