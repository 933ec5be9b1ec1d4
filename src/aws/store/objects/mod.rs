//! Profiles as objects: made, edited, renamed, copied, removed, imported, always in both files at once.
//!
//! Each planner is a pure function of the ground. Keys and tokens go to credentials, everything else to config
//! ([`fill`]); what names a section follows it or keeps it from going ([`references`]); a managed `[default]` stays
//! a copy of its profile ([`managed`]). All of them are asked about: a person sees the diff first.

pub(super) mod add;
pub(super) mod check;
pub(super) mod copy;
pub(super) mod edit;
mod fill;
pub(super) mod forget;
pub(super) mod import;
pub(super) mod managed;
mod process_line;
mod references;
pub(super) mod remove;
pub(super) mod rename;
pub(super) mod rotate;
