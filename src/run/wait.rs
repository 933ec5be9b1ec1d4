//! The loop: wait for one thing, take in everything that is queued, perform the effects, draw once.
//!
//! It sleeps without a limit unless the model names a moment (`next_wake`) or a touched file is about to be looked
//! at. The two files are read on a thread of their own (`files`); traces are answered here and now from what it read,
//! so that a moved cursor never shows old facts.

mod lend;
mod prefer;

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::event::{Ended, Event};
use super::files::Files;
use super::input::Reader;
use super::jumps::Jumps;
use super::reading::Reading;
use super::request::Request;
use super::screen::Screen;
use super::watch::Watch;
use super::work;
use super::worker::Worker;
use super::{Authenticator, Setup, clipboard, looks, signals, terminal, translate};
use crate::app::{self, Desktop, Effect, Input, Model, Msg, Said, Trouble, update};
use crate::config::Settings;
use crate::jobs::Context;
use crate::jobs::probe::Prober;
use crate::ui;

/// A touched file is looked at this much later: writers touch it several times.
const SETTLE: SignedDuration = SignedDuration::from_millis(60);

pub struct Loop {
    context: Context,
    model: Model,
    screen: Screen,
    events: Receiver<Event>,
    send: Sender<Event>,
    reader: Reader,
    worker: Worker,
    files: Files,
    watch: Watch,
    prober: Prober,
    authenticator: Option<Authenticator>,
    color: Option<bool>,
    /// Those that are gone by.
    settings: Settings,
    jumps: Jumps,
    /// The problems of what was read last were not asked for yet.
    unlinted: bool,
    /// When a touched file is looked at.
    look_at: Option<Timestamp>,
    ended: Option<Ended>,
}

impl Loop {
    /// Starts all else. The terminal is ready.
    pub fn start(reading: Reading, setup: Setup) -> io::Result<Self> {
        let Reading { events, send, files, watch } = reading;
        let mut model = looks::model(&setup)?;
        let now = model.now;
        let (look, word) = looks::dressed(&setup.settings.ui, setup.color, &setup.context.world);
        let screen = Screen::new(look)?;
        if let Some(message) = word {
            update(&mut model, Msg::Failed(Trouble { message, hint: None }), now);
        }
        signals::listen(send.clone())?;
        let reader = Reader::start(send.clone())?;
        let worker = Worker::new(setup.context.clone(), send.clone());
        let prober = Prober::of(&setup.context);
        let authenticator = setup.authenticator;
        let jumps = Jumps::listen(&setup.context.world.clock, send.clone());
        let context = setup.context;
        let state = Self {
            context,
            model,
            screen,
            events,
            send,
            reader,
            worker,
            files,
            watch,
            prober,
            authenticator,
            color: setup.color,
            settings: setup.settings,
            jumps,
            unlinted: false,
            look_at: None,
            ended: None,
        };
        Ok(state)
    }

    /// Until somebody ends it.
    pub fn run(mut self) -> anyhow::Result<(Ended, Option<String>)> {
        // A short read is in already: then the first frame is whole.
        self.take_queued()?;
        self.draw()?;
        loop {
            if let Some(ended) = self.ended {
                self.worker.stop();
                return Ok((ended, self.model.choosing.chosen));
            }
            self.go()?;
            self.wait()?;
            self.draw()?;
        }
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        if self.ended.is_some() {
            return Ok(());
        }
        self.show_code()?;
        self.screen.title(&self.model)?;
        Ok(self.screen.draw(&self.model)?)
    }

    /// What can wait until the frame is drawn.
    fn go(&mut self) -> anyhow::Result<()> {
        self.worker.go()?;
        if !std::mem::take(&mut self.unlinted) {
            return Ok(());
        }
        self.files.lint()?;
        if self.watch.starts(&self.send) {
            // What was written between the reading and the watching.
            self.perform(Effect::Check)?;
        }
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.context.world.now()
    }

    /// Sleeps until something happens, then takes in all of it.
    fn wait(&mut self) -> anyhow::Result<()> {
        let now = self.now();
        let nap = self.jumps.nap(self.model.next_step(now).is_some()).map(|nap| now + nap);
        let wake = app::next_wake(&self.model, now).into_iter().chain(self.look_at).chain(nap).min();
        let first = match wake {
            None => Some(self.events.recv()?),
            Some(wake) => match self.events.recv_timeout(span(now, wake)) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(error) => return Err(error.into()),
            },
        };
        if let Some(by) = self.jumps.set_back(self.now()) {
            self.tell(Msg::SetBack(by))?;
        }
        match first {
            Some(event) => self.take(event)?,
            None => self.woke()?,
        }
        self.take_queued()
    }

    fn take_queued(&mut self) -> anyhow::Result<()> {
        while self.ended.is_none()
            && let Ok(event) = self.events.try_recv()
        {
            self.take(event)?;
        }
        Ok(())
    }

    fn woke(&mut self) -> anyhow::Result<()> {
        if self.look_at.is_some_and(|at| at <= self.now()) {
            self.look_at = None;
            if self.watch.differs() {
                return self.tell(Msg::Changed);
            }
        }
        self.tell(Msg::Woke)
    }

    fn take(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Msg(msg) => self.tell(msg),
            Event::Read { overview, prober } => {
                self.prober = *prober;
                self.unlinted = true;
                self.tell(Msg::Loaded(overview))
            }
            Event::Terminal(event) => match translate::input(event, &self.model, &mut self.screen) {
                Some(input) => self.tell(Msg::Input(input)),
                None => Ok(()),
            },
            Event::Resized => {
                let (width, height) = crossterm::terminal::size()?;
                self.tell(Msg::Input(Input::Resize(width, height)))
            }
            Event::Touched => {
                self.look_at = Some(self.now() + SETTLE);
                Ok(())
            }
            Event::Stop => self.suspend(),
            Event::Continued => self.return_to_screen(),
            Event::Died => anyhow::bail!("a thread of awsprof ended unexpectedly"),
        }
    }

    /// One message in, its effects out.
    fn tell(&mut self, msg: Msg) -> anyhow::Result<()> {
        let now = self.now();
        for effect in update(&mut self.model, msg, now) {
            self.perform(effect)?;
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Load => self.load(),
            Effect::Check if self.watch.differs() => self.load(),
            Effect::Check => Ok(()),
            Effect::Trace { ask: None, profile, explicit, tool } => {
                let traced = work::trace_now(&mut self.prober, profile, explicit, tool);
                traced.map_or(Ok(()), |traced| self.tell(traced))
            }
            Effect::Cancel(job) => Ok(self.worker.cancel(job)?),
            Effect::Copy { text, .. } => self.try_or_say(|_| clipboard::copy(&text)),
            Effect::Edit { path, line } => self.edit(&path, line),
            Effect::Theme(theme) => self.wear(theme),
            Effect::Alert { bell, desktop, said } => self.call(bell, desktop, &said),
            Effect::Mouse(ours) => self.try_or_say(|_| terminal::mouse(ours)),
            Effect::Prefer => self.prefer(),
            Effect::Suspend => self.suspend(),
            Effect::Redraw => Ok(self.screen.forget()?),
            Effect::Quit(leaving) => {
                self.ended = Some(Ended(leaving));
                Ok(())
            }
            other => {
                if let Some((job, request)) = Request::of(other) {
                    self.worker.take(job, request);
                }
                Ok(())
            }
        }
    }

    fn load(&mut self) -> anyhow::Result<()> {
        self.watch.remember();
        Ok(self.files.read(&self.context, self.model.tool().map_or("", |tool| tool.id))?)
    }

    /// The demo's authenticator, when it shows something else.
    fn show_code(&mut self) -> anyhow::Result<()> {
        let Some(authenticator) = &self.authenticator else { return Ok(()) };
        let shown = authenticator(self.now());
        if shown == self.model.authenticator { Ok(()) } else { self.tell(Msg::Authenticator(shown)) }
    }

    /// A failure of the edge is a message, not the end.
    fn try_or_say(&mut self, attempt: impl FnOnce(&mut Self) -> io::Result<()>) -> anyhow::Result<()> {
        match attempt(self) {
            Ok(()) => Ok(()),
            Err(error) => self.tell(Msg::Failed(Trouble { message: error.to_string(), hint: None })),
        }
    }

    /// Calls a person who may not be looking.
    fn call(&mut self, bell: bool, desktop: Option<Desktop>, said: &Said) -> anyhow::Result<()> {
        let (what, _) = ui::words::said(said);
        self.try_or_say(|_| terminal::alert(bell, desktop, &what))
    }
}

/// From now until then, never negative.
pub fn span(now: Timestamp, then: Timestamp) -> Duration {
    then.duration_since(now).try_into().unwrap_or(Duration::ZERO)
}
