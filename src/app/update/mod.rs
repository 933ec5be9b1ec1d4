//! What a message does to the model, and what it asks for. One file a subject.

mod asking;
mod browsing;
mod command;
mod comparing;
mod doctor;
mod doing;
mod facts;
mod forms;
mod jobs;
mod keeping;
mod keys;
mod marking;
mod moving;
mod objects;
mod pages;
mod picking;
mod pointing;
mod portal;
mod settings;
mod signing;
mod unlocking;

use jiff::Timestamp;
use secrecy::zeroize::Zeroize;

use super::effect::{Effect, Leaving};
use super::input::Input;
use super::model::{Model, Traced};
use super::msg::{Msg, Signal};
use super::said::Said;
use super::{Dialog, Why, log};

type Effects = Vec<Effect>;

/// Takes one message in. Never blocks, never fails, reads no clock.
pub fn update(model: &mut Model, msg: Msg, now: Timestamp) -> Vec<Effect> {
    model.now = now;
    model.toasts.retain(|toast| toast.until.is_none_or(|end| end > now));
    let ended = log::ending(&msg);
    let mut effects = match msg {
        Msg::Input(input) => on_input(model, input),
        Msg::Woke => Vec::new(),
        Msg::Loaded(overview) => facts::loaded(model, *overview),
        Msg::Linted(problems) => facts::linted(model, problems),
        Msg::Traced { job, profile, explicit, trace, asked_at } => {
            facts::traced(model, job, Traced { profile, explicit, asked_at, trace: *trace })
        }
        Msg::Compared { job, profile, explicit, comparison } => {
            comparing::compared(model, job, profile, explicit, comparison)
        }
        Msg::LookedAround { region } => facts::looked_around(model, region),
        Msg::Offered { job, result } => portal::seen(model, job, result),
        Msg::Metadata { job, result } => browsing::seen(model, job, result),
        Msg::Identified { job, result } => facts::identified(model, job, result),
        Msg::Seen { job, seen } => doctor::seen(model, job, seen),
        Msg::Devices { job, result } => forms::devices(model, job, result),
        Msg::Progress { job, stage } => jobs::progress(model, job, stage),
        Msg::Done { job, outcome } => jobs::done(model, job, outcome),
        Msg::Prefer(preferences) => settings::prefer(model, *preferences),
        Msg::Changed => vec![Effect::Load],
        Msg::SetBack(by) => keeping::set_back(model, by),
        Msg::Authenticator(shown) => facts::authenticator(model, shown),
        Msg::Failed(trouble) => say(model, Said::Trouble(trouble)),
        Msg::Terminate(signal) => leave(model, Some(signal)),
    };
    effects.extend(comparing::due(model));
    effects.extend(keeping::due(model));
    if model.read_only {
        effects.retain(|effect| !effect.writes());
    }
    model.log.end(ended);
    model.log.begin(&effects, now);
    effects
}

fn on_input(model: &mut Model, input: Input) -> Effects {
    match input {
        Input::Key(chord) => {
            model.toasts.retain(|toast| !toast.said.level().stays());
            keys::press(model, chord)
        }
        Input::Paste(mut text) => {
            let effects = picking::paste(model, &text);
            text.zeroize();
            effects
        }
        Input::Mouse(mouse) => moving::mouse(model, mouse),
        Input::Resize(width, height) => {
            model.size = (width, height);
            Vec::new()
        }
        Input::Focus(focused) => {
            model.focused = focused;
            if focused { vec![Effect::Check] } else { Vec::new() }
        }
    }
}

fn say(model: &mut Model, said: Said) -> Effects {
    model.say(said);
    Vec::new()
}

fn refuse(model: &mut Model, why: Why) -> Effects {
    say(model, Said::Disabled(why))
}

/// Ends the program now, or when the write under way is done.
fn leave(model: &mut Model, signal: Option<Signal>) -> Effects {
    if !model.is_writing() {
        return vec![Effect::Quit(signal.map_or(Leaving::Asked, Leaving::Signal))];
    }
    model.leaving = Some(signal);
    model.dialog = Some(Dialog::Finishing);
    say(model, Said::Finishing)
}
