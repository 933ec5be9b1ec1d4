//! The pure core of the screen: everything that can happen, and what it leads to.
//!
//! [`update`] takes a [`Model`] and a [`Msg`] and answers with [`Effect`]s: plain data that can be listed,
//! refused and asserted on. It never blocks, never reads a clock and never fails. There is no tick: the model
//! says in [`next_wake`] when time alone would change the picture. What keys mean stands in one table,
//! [`bindings::BINDINGS`], which feeds the key handling, the footer, the help page and the docs.
//!
//! Nothing of the files that could sign a request ever enters a model. What is typed out of sight passes through: the
//! MFA code, in a [`Code`], and the hidden fields of a form, each in a [`Hidden`]. Both forget themselves, show nothing
//! but how long they are, and are moved out, whole, in the effect that uses them.

pub mod about;
pub mod binding;
pub mod bindings;
pub mod browser;
pub mod code;
pub mod command;
pub mod comparing;
pub mod dialog;
pub mod docs;
pub mod doctor;
pub mod effect;
pub mod enabled;
pub mod equivalent;
pub mod filter;
pub mod form;
pub mod hidden;
pub mod input;
pub mod intent;
pub mod job;
pub mod keeping;
pub mod keymap;
pub mod list;
pub mod log;
pub mod marks;
pub mod model;
pub mod msg;
pub mod names;
pub mod order;
pub mod past;
pub mod portal;
pub mod rebind;
pub mod said;
pub mod settings;
pub mod sign_in;
pub mod unlock;
mod update;
pub mod wake;

pub use code::Code;
pub use dialog::{Choice, Choose, Confirm, Copying, Dialog, Help, Mfa, Typing};
pub use doctor::{Cure, Doctor, Findings};
pub use effect::{Copied, Effect, Given, Leaving, Look, Theme};
pub use form::Form;
pub use hidden::{Hidden, Typed};
pub use input::{Chord, Input, Key, Mouse, Spot};
pub use intent::{Chooses, Intent};
pub use keeping::{Desktop, Notify};
pub use keymap::Keymap;
pub use model::{Authenticator, Job, JobKind, Model, Pane, Toast, Tool};
pub use msg::{JobId, Msg, Outcome, Seen, Signal, Stage, Trouble};
pub use order::{Group, Order};
pub use past::Past;
pub use rebind::Rebinding;
pub use said::{Level, Said, Why};
pub use update::update;
pub use wake::next_wake;
