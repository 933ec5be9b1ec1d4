//! The state of the screen: facts as they were last told, and what the user is doing with them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::about::About;
pub use super::about::Authenticator;
use super::comparing::Comparing;
use super::dialog::Dialog;
use super::filter::Filter;
use super::input::Chord;
use super::intent::Choosing;
pub use super::job::{Job, JobKind};
use super::keeping::Kept;
use super::keymap::Keymap;
use super::list::List;
use super::log::Log;
use super::marks::Several;
use super::msg::{JobId, Signal, Stage, Trouble};
use super::said::Said;
use crate::aws::chain::trace::{Evidence, Identity, Region, Trace};
use crate::aws::overview::{DefaultState, Kind, Overview, Row, SessionRow};

/// One of the three panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    Profiles,
    Chain,
    Sessions,
}

impl Pane {
    pub const ALL: [Self; 3] = [Self::Profiles, Self::Chain, Self::Sessions];
}

/// A tool whose chain can be shown: its id and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    pub id: &'static str,
    pub name: &'static str,
}

/// A trace and the question it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced {
    pub profile: String,
    pub explicit: bool,
    /// When the oldest answer in it was asked for; `None` if nothing was.
    pub asked_at: Option<Timestamp>,
    pub trace: Trace,
}

/// A message that goes by itself, unless it is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub said: Said,
    /// Shown until then; an error until a key is pressed.
    pub until: Option<Timestamp>,
}

/// Everything the screen knows.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of one screen")]
pub struct Model {
    pub now: Timestamp,
    pub size: (u16, u16),
    /// The terminal window has the focus.
    pub focused: bool,
    pub home: Option<PathBuf>,
    pub about: About,
    pub tools: Vec<Tool>,
    pub read_only: bool,
    /// What keys mean.
    pub keymap: Keymap,
    pub choosing: Choosing,
    /// Spinners turn and seconds tick.
    pub motion: bool,
    /// Clicks and the wheel come to us.
    pub mouse: bool,

    /// The files were read at least once.
    pub loaded: bool,
    pub overview: Overview,
    pub trace: Option<Traced>,
    pub comparing: Comparing,
    /// What keeps the sessions alive, and calls for a person.
    pub kept: Kept,
    /// Who the default credentials are, or why that is not known.
    pub identity: Option<Result<Identity, Trouble>>,
    /// The region of the default credentials, and where it comes from.
    pub region: Option<Region>,
    pub authenticator: Option<Authenticator>,

    pub pane: Pane,
    pub zoomed: bool,
    /// What is done to several profiles at once.
    pub several: Several,
    pub filter: Filter,
    /// What the filter leaves, as it stands on the screen.
    pub list: List,
    /// The selected line of each pane.
    pub cursors: [usize; 3],
    pub tool: usize,
    /// The chain of `--profile P` instead of `AWS_PROFILE=P`.
    pub explicit: bool,
    /// The first chord of a sequence, and since when it waits for the second.
    pub pending: Option<(Chord, Timestamp)>,
    pub dialog: Option<Dialog>,

    pub jobs: Vec<Job>,
    pub next_job: u64,
    pub toasts: Vec<Toast>,
    /// Everything said, oldest first.
    pub history: Vec<(Timestamp, Said)>,
    /// Everything done, oldest first.
    pub log: Log,
    /// The profile the cursor goes to once the files are read again.
    pub wanted: Option<String>,
    /// Ends when the last write is done.
    pub leaving: Option<Option<Signal>>,
}

impl Model {
    /// The model before anything is known. `tools` must not be empty for the chain to be shown.
    #[must_use]
    pub fn new(now: Timestamp, tools: Vec<Tool>) -> Self {
        Self {
            now,
            size: (0, 0),
            focused: true,
            home: None,
            about: About::default(),
            tools,
            read_only: false,
            keymap: Keymap::default(),
            choosing: Choosing::default(),
            motion: true,
            mouse: true,
            loaded: false,
            overview: Overview::default(),
            trace: None,
            comparing: Comparing::default(),
            kept: Kept::default(),
            identity: None,
            region: None,
            authenticator: None,
            pane: Pane::Profiles,
            zoomed: false,
            several: Several::default(),
            filter: Filter::default(),
            list: List::default(),
            cursors: [0; 3],
            tool: 0,
            explicit: false,
            pending: None,
            dialog: None,
            jobs: Vec::new(),
            next_job: 1,
            toasts: Vec::new(),
            history: Vec::new(),
            log: Log::default(),
            wanted: None,
            leaving: None,
        }
    }

    /// The row under the cursor of the profiles pane.
    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        let hit = self.list.hits.get(self.cursors[Pane::Profiles as usize])?;
        self.overview.rows.get(hit.row)
    }

    #[must_use]
    pub fn selected_name(&self) -> Option<&str> {
        self.selected().map(|row| row.name.as_str())
    }

    /// Whether a row is what tools use without being told a profile: the one `use` made the default, else a
    /// `[default]` of somebody's own.
    #[must_use]
    pub fn is_default(&self, row: &Row) -> bool {
        row.is_default || (row.name == "default" && self.overview.default == DefaultState::Unmanaged)
    }

    /// The session under the cursor of the sessions pane.
    #[must_use]
    pub fn session(&self) -> Option<&SessionRow> {
        self.overview.sessions.get(self.cursors[Pane::Sessions as usize])
    }

    /// The profile a key acts on: that of the session while the sessions pane has the focus.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self.pane {
            Pane::Sessions => self.session().map(|session| session.profile.as_str()),
            _ => self.selected_name(),
        }
    }

    /// Its row.
    #[must_use]
    pub fn subject_row(&self) -> Option<&Row> {
        self.overview.row(self.subject()?)
    }

    /// Where the session is that a profile acts with: its own, for a role that of the profile it rests on.
    #[must_use]
    pub fn session_profile_of(&self, row: &Row) -> Option<String> {
        let held = |row: &Row| row.session_of.as_ref().map(|_| row.name.clone());
        let source = row.source_profile.as_deref().filter(|_| row.kind == Kind::AssumeRole);
        let source = source.and_then(|name| self.overview.row(name));
        let row = source.unwrap_or(row);
        row.session_profile.clone().or_else(|| held(row))
    }

    /// The selected profile's trace, if it is the one last told.
    #[must_use]
    pub fn shown_trace(&self) -> Option<&Traced> {
        let name = self.selected_name()?;
        let tool = self.tool().map(|tool| tool.id);
        self.trace.as_ref().filter(|traced| {
            traced.profile == name && traced.explicit == self.explicit && Some(traced.trace.tool) == tool
        })
    }

    /// The tool whose chain is shown.
    #[must_use]
    pub fn tool(&self) -> Option<Tool> {
        self.tools.get(self.tool).copied()
    }

    /// File and line of what is selected: the link's evidence in the chain, else the profile's header.
    #[must_use]
    pub fn place(&self) -> Option<(&Path, u32)> {
        let link = || self.shown_trace()?.trace.links.get(self.cursors[Pane::Chain as usize]);
        match link().and_then(|link| link.evidence.as_ref()) {
            Some(Evidence::Place { file, line }) if self.pane == Pane::Chain => Some((file, *line)),
            _ => {
                let (file, number) = self.subject_row()?.place?;
                Some((self.overview.path(file)?, number))
            }
        }
    }

    /// Whether a job that changes or asks this profile is under way.
    #[must_use]
    pub fn is_busy(&self, profile: &str) -> bool {
        self.jobs.iter().any(|job| job.profile == profile)
    }

    /// Whether a file is being written.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.jobs.iter().any(|job| !job.stage.cancellable())
    }

    /// How many lines a pane has.
    #[must_use]
    pub fn lines(&self, pane: Pane) -> usize {
        match pane {
            Pane::Profiles => self.list.hits.len(),
            Pane::Chain => self.shown_trace().map_or(0, |traced| traced.trace.links.len()),
            Pane::Sessions => self.overview.sessions.len(),
        }
    }

    /// Says something: now as a toast, later in the history. At most three stand at a time, the newest last.
    pub fn say(&mut self, said: Said) {
        const STANDING: usize = 3;
        const KEPT: usize = 200;
        let until = said.seconds().map(|seconds| self.now + jiff::SignedDuration::from_secs(seconds));
        self.toasts.retain(|toast| !said.replaces(&toast.said));
        self.toasts.push(Toast { said: said.clone(), until });
        if self.toasts.len() > STANDING {
            let quiet = self.toasts.iter().position(|toast| !toast.said.level().stays());
            self.toasts.remove(quiet.unwrap_or(0));
        }
        self.history.push((self.now, said));
        let surplus = self.history.len().saturating_sub(KEPT);
        self.history.drain(..surplus);
    }

    /// Registers work and gives it its number.
    pub fn start(&mut self, kind: JobKind, profile: &str) -> JobId {
        let id = JobId(self.next_job);
        self.next_job += 1;
        let stage = if kind == JobKind::Write { Stage::Writing } else { Stage::Asking };
        self.jobs.push(Job { id, kind, profile: profile.to_owned(), stage });
        id
    }
}
