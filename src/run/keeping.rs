//! The settings of what keeps sessions alive, as the core takes them.

use jiff::Timestamp;

use crate::app::{self, Notify};
use crate::aws::keep::Rules;
use crate::config::{Desktop, Settings};

/// What a keeper goes by, and how it calls. The moment of the start and the process make the jitter: two awsprofs on
/// one computer choose other moments.
pub fn rules(settings: &Settings, start: Timestamp) -> (Rules, Notify) {
    let seed = start.as_microsecond().unsigned_abs().rotate_left(20) ^ u64::from(std::process::id());
    let (auto, call, duration) = (settings.renew.auto, settings.notify.before, settings.session.duration);
    let notify = &settings.notify;
    let desktop = match notify.desktop {
        Desktop::Off => None,
        Desktop::Osc9 => Some(app::Desktop::Osc9),
        Desktop::Osc777 => Some(app::Desktop::Osc777),
    };
    let (toast, mark, bell, title) = (notify.toast, notify.mark, notify.bell, notify.title);
    (Rules { auto, call, duration, seed }, Notify { toast, mark, bell, title, desktop })
}
