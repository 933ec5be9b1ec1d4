//! The pure core of the screen: everything that can happen, and what it leads to.
//!
//! [`update`] takes a [`Model`] and a [`Msg`] and answers with [`Effect`]s: plain data that can be listed,
//! refused and asserted on. It never blocks, never reads a clock and never fails. There is no tick: the model
//! says in [`next_wake`] when time alone would change the picture. What keys mean stands in one table,
//! [`bindings::BINDINGS`], which feeds the key handling, the footer, the help page and the docs.
//!
//! Nothing that could sign a request ever enters a model. The one secret that passes through is the MFA code,
//! in a [`Code`] that forgets itself and is moved out, whole, in [`Effect::Renew`].

pub mod bindings;
pub mod browser;
pub mod command;
pub mod comparing;
pub mod dialog;
pub mod docs;
pub mod effect;
pub mod enabled;
pub mod filter;
pub mod input;
pub mod intent;
pub mod keymap;
pub mod log;
pub mod model;
pub mod msg;
pub mod said;
pub mod unlock;
mod update;
pub mod wake;

pub use dialog::{Code, Confirm, Copying, Dialog, Help, Mfa};
pub use effect::{Copied, Effect, Given, Leaving, Theme};
pub use input::{Chord, Input, Key, Mouse, Spot};
pub use intent::Intent;
pub use model::{Authenticator, Job, JobKind, Model, Pane, Toast, Tool};
pub use msg::{JobId, Msg, Outcome, Signal, Stage, Trouble};
pub use said::{Level, Said, Why};
pub use update::update;
pub use wake::next_wake;
