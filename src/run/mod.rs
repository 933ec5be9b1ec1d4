//! The edge of the screen: the only place that touches the terminal, signals, threads and the worker.
//!
//! [`screen`] has the files read, enters the terminal meanwhile and draws a first frame with what is there by then. It
//! then waits for one of {signal, terminal input, worker message, file change, next wake}; takes in everything that is
//! queued, performs the effects, and draws once. Nothing here decides anything: that is [`crate::app`]'s.

mod clipboard;
mod context;
mod editor;
mod event;
mod files;
mod headless;
mod input;
mod jumps;
mod keeping;
mod keymap;
mod login;
mod look;
mod looks;
mod portal;
mod reading;
mod request;
mod screen;
mod settings;
mod signals;
pub mod terminal;
mod theme;
mod translate;
mod wait;
mod watch;
mod work;
mod worker;

use std::process::ExitCode;

use jiff::Timestamp;

pub use context::context;
pub use event::Ended;
pub use headless::{Headless, watch};
pub use looks::speaks_unicode;
pub use settings::preferences;

use crate::app;
use crate::config::Settings;
use crate::jobs::Context;

/// What the demo shows in place of a phone, at a moment.
pub type Authenticator = Box<dyn Fn(Timestamp) -> Option<app::Authenticator>>;

/// What the screen needs to know.
pub struct Setup {
    pub context: Context,
    pub settings: Settings,
    /// What the model goes by, of the settings.
    pub preferences: app::settings::Preferences,
    /// Nothing is written, whatever is pressed.
    pub read_only: bool,
    /// Colour as the user asked for it; `None` leaves it to the environment.
    pub color: Option<bool>,
    pub authenticator: Option<Authenticator>,
    pub chooses: app::Chooses,
}

/// How the screen was left.
#[derive(Clone, Debug)]
pub struct Left {
    pub code: ExitCode,
    pub chosen: Option<String>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup")
            .field("context", &self.context)
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

/// Runs the screen until it is left. The terminal is as it was, also after an error or a panic.
///
/// # Errors
/// The terminal, signals or threads cannot be had, or the terminal is gone.
pub fn screen(setup: Setup) -> anyhow::Result<Left> {
    let reading = reading::Reading::begin(&setup.context)?;
    let guard = terminal::Guard::enter(setup.settings.ui.mouse, setup.settings.notify.title)?;
    let ended = wait::Loop::start(reading, setup)?.run();
    drop(guard);
    let (ended, chosen) = ended?;
    Ok(Left { code: ended.exit_code(), chosen })
}
