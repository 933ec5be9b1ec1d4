//! What a link's rule sees: the tool, the environment, the chosen profile in both files, the answers so far.

use std::path::Path;
use std::sync::Arc;

use super::facts::{Answer, Facts};
use super::files::{FileKind, LazyFile, Reading, Section, locate};
use super::finding::{Finding, State};
use super::probe::{EndpointSettings, Probe};
use super::tool::{Dropped, OnError, PathRule, Selection, Step, Tool, ToolError};
use super::trace::{Evidence, ProfileFrom};
use crate::aws::world::Env;

/// What can be wrong with a profile as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Check(pub(super) fn(&Scene<'_>) -> Option<ToolError>);

/// One tool at work on one profile.
pub(super) struct Scene<'a> {
    pub facts: &'a Facts,
    pub tool: &'a Tool,
    pub env: Env,
    pub profile: String,
    pub profile_from: ProfileFrom,
    config: Option<Arc<LazyFile>>,
    credentials: Option<Arc<LazyFile>>,
    /// The profile whose region and endpoints requests go by: the one that was chosen, also for its sources.
    root: String,
    /// The profiles a role chain came through, this one last.
    pub visited: Vec<String>,
}

/// Why no link is looked at.
pub(super) enum Closed {
    /// A file has to be read first.
    Unread(Probe),
    /// The tool stops before its first link.
    Stopped(ToolError),
}

/// The text of a key, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    pub text: &'a str,
    /// The file it is from; `None` for a variable.
    pub file: Option<FileKind>,
    pub place: Evidence,
}

impl<'a> Scene<'a> {
    /// Chooses the profile and reads both files.
    pub fn open(facts: &'a Facts, tool: &'a Tool, selection: &Selection) -> (Self, Result<(), Closed>) {
        let env = match selection {
            Selection::AsIf(name) => facts.env.with("AWS_PROFILE", name),
            _ => facts.env.clone(),
        };
        let tool = tool.variant.filter(|(when, _)| when(&env)).map_or(tool, |(_, variant)| variant);
        let (profile, profile_from) = chosen(&env, tool, selection);
        let visited = vec![profile.clone()];
        let root = profile.clone();
        let mut scene =
            Self { facts, tool, env, profile, profile_from, config: None, credentials: None, root, visited };
        let opened = scene.read().and_then(|()| scene.check());
        (scene, opened)
    }

    /// The same tool at work on another profile, as the source of a role.
    pub fn on(&self, profile: &str) -> Self {
        let mut visited = self.visited.clone();
        visited.push(profile.to_owned());
        Self {
            facts: self.facts,
            tool: self.tool,
            env: self.env.clone(),
            profile: profile.to_owned(),
            profile_from: ProfileFrom::Explicit,
            config: self.config.clone(),
            credentials: self.credentials.clone(),
            root: self.root.clone(),
            visited,
        }
    }

    fn read(&mut self) -> Result<(), Closed> {
        self.config = self.half(FileKind::Config)?;
        self.credentials = self.half(FileKind::Credentials)?;
        Ok(())
    }

    fn half(&self, kind: FileKind) -> Result<Option<Arc<LazyFile>>, Closed> {
        let rule = &self.tool.files;
        for path in locate(rule, kind, &self.env, &self.facts.home) {
            let Some(file) = self.facts.parsed(&path, kind, rule.grammar) else {
                return Err(Closed::Unread(Probe::File(path)));
            };
            if !file.is_gone() || rule.paths != PathRule::IfThere {
                return Ok(Some(Arc::new(file)));
            }
        }
        Ok(None)
    }

    /// The same scene with only one of the two files.
    pub fn only(&self, kind: FileKind) -> Self {
        let (visited, profile_from) = (self.visited.clone(), self.profile_from);
        let scene = Self { profile_from, visited, ..self.on(&self.profile) };
        match kind {
            FileKind::Config => Self { credentials: None, ..scene },
            FileKind::Credentials => Self { config: None, ..scene },
        }
    }

    /// The tool's links in the order they are tried here.
    pub fn chain(&self) -> &'static [Step] {
        let explicit = self.tool.explicit_chain.filter(|_| self.profile_from == ProfileFrom::Explicit);
        explicit.unwrap_or(self.tool.chain)
    }

    /// Looks at one link.
    pub fn look(&self, step: &Step) -> Finding {
        let dropped = match step.dropped {
            Dropped::Never => false,
            Dropped::ByExplicit => self.profile_from == ProfileFrom::Explicit,
            Dropped::ByAnyName => self.profile_from != ProfileFrom::Default,
        };
        if dropped {
            let how = if self.profile_from == ProfileFrom::Explicit { "given explicitly" } else { "named" };
            return Finding::removed(format!(
                "the profile {} was {how}, which takes this link out",
                self.profile
            ));
        }
        let mut finding = step.rule.look(self);
        finding.state = match (finding.state, step.on_error) {
            (State::Stopped(verdict, _), OnError::GoesOn) => State::Passed(verdict),
            (State::Stopped(verdict, _), OnError::LeavesProfile) => State::Left(verdict),
            (state, _) => state,
        };
        finding
    }

    /// What stops a tool before its first link: a file it cannot read, a profile that is not there.
    fn check(&self) -> Result<(), Closed> {
        for file in
            [FileKind::Config, FileKind::Credentials].into_iter().filter_map(|kind| self.file_of(kind))
        {
            if let (Reading::Folder, Some(error)) = (file.reading(), self.tool.files.folder) {
                return Err(Closed::Stopped(error(file.path())));
            }
            if let (Reading::Broken(broken), Some(error)) = (file.reading(), self.tool.files.unreadable) {
                let mut error = error(file.path());
                error.message.extend([" (line ", &broken.line.to_string(), ": ", &broken.reason, ")"]);
                return Err(Closed::Stopped(error));
            }
        }
        match self.tool.profile.missing {
            Some(error)
                if self.tool.profile.missing_stops.contains(&self.profile_from)
                    && !self.exists(&self.profile) =>
            {
                Err(Closed::Stopped(error(&self.profile)))
            }
            _ => Ok(()),
        }?;
        let wrong = self.tool.loads.and_then(|check| (check.0)(self));
        wrong.map_or(Ok(()), |error| Err(Closed::Stopped(error)))
    }

    /// One of the two files, unless the environment says that there is none.
    pub fn file_of(&self, kind: FileKind) -> Option<&LazyFile> {
        match kind {
            FileKind::Config => self.config.as_deref(),
            FileKind::Credentials => self.credentials.as_deref(),
        }
    }

    fn section(&self, kind: FileKind) -> Option<(&LazyFile, &Section)> {
        let file = self.file_of(kind)?;
        Some((file, file.profile(&self.profile)?))
    }

    /// Whether either file has a section for this profile.
    pub fn exists(&self, profile: &str) -> bool {
        let has = |kind| self.file_of(kind).is_some_and(|file| file.profile(profile).is_some());
        has(FileKind::Config) || has(FileKind::Credentials)
    }

    /// A key of the profile in one file.
    pub fn get_in(&self, kind: FileKind, key: &str) -> Option<Setting<'_>> {
        let (file, section) = self.section(kind)?;
        section.get(key).map(|entry| Setting {
            text: &entry.value,
            file: Some(kind),
            place: place(file.path(), entry.line),
        })
    }

    /// A key of the profile: credentials before config.
    pub fn get(&self, key: &str) -> Option<Setting<'_>> {
        self.get_in(FileKind::Credentials, key).or_else(|| self.get_in(FileKind::Config, key))
    }

    /// The profile that was chosen, seen from one of its sources.
    pub fn root(&self) -> Self {
        Self { visited: Vec::new(), ..self.on(&self.root) }
    }

    /// What the chosen profile says about where `service` answers.
    pub fn endpoint(&self, service: &str) -> EndpointSettings {
        let root = self.root();
        let text = |key: &str| root.get(key).map(|setting| setting.text.to_owned());
        let named = text("services");
        let section = named.and_then(|name| root.file_of(FileKind::Config)?.service(&name));
        EndpointSettings {
            region: super::region::settled(&root)
                .map(|region| region.value)
                .filter(|value| !value.is_empty()),
            endpoint_url: text("endpoint_url"),
            service_url: section.and_then(|section| section.nested(service, "endpoint_url")),
            ignore_configured: text("ignore_configured_endpoint_urls"),
            use_fips: text("use_fips_endpoint"),
            use_dual_stack: text("use_dualstack_endpoint"),
        }
    }

    /// A key of an `[sso-session]` section.
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        self.file_of(FileKind::Config)?.sso_session(name)
    }

    /// A key of the profile whose value has ` #` or ` ;` in it.
    pub fn commented(&self) -> Option<(&str, Evidence)> {
        [FileKind::Credentials, FileKind::Config].into_iter().filter_map(|kind| self.section(kind)).find_map(
            |(file, section)| {
                let looks = |text: &str| text.contains(" #") || text.contains(" ;") || text.contains("\t#");
                let entry = section.entries.iter().find(|entry| !entry.nested && looks(&entry.value))?;
                Some((entry.key.as_str(), place(file.path(), entry.line)))
            },
        )
    }

    /// The answer to a probe, or the link waits for it.
    pub fn ask(&self, probe: Probe, would: impl Into<String>) -> Result<&'a Answer, Box<Finding>> {
        match self.facts.answer(&probe) {
            Some(answer) => Ok(answer),
            None => Finding::asks(probe, would).early(),
        }
    }

    /// A local file's bytes, `None` if there is no such file.
    pub fn file(&self, path: &Path) -> Result<Option<&'a [u8]>, Box<Finding>> {
        match self.facts.file(path) {
            Some(bytes) => Ok(bytes),
            None => Finding::asks(Probe::File(path.to_owned()), "a file is read first").early(),
        }
    }
}

/// `file:line` as evidence.
pub(super) fn place(file: &Path, line: u32) -> Evidence {
    Evidence::Place { file: file.to_owned(), line }
}

/// A variable as evidence.
pub(super) fn variable(name: &str) -> Evidence {
    Evidence::Variable { variable: name.to_owned() }
}

fn chosen(env: &Env, tool: &Tool, selection: &Selection) -> (String, ProfileFrom) {
    let rule = &tool.profile;
    if let Selection::Explicit(name) = selection
        && (rule.empty_explicit_is_given || !name.is_empty())
    {
        return (name.clone(), ProfileFrom::Explicit);
    }
    let named = |(variable, from): &(&str, ProfileFrom)| {
        let name = if rule.empty_is_a_name { env.get(variable) } else { env.non_empty(variable) };
        name.map(|name| (name.to_owned(), *from))
    };
    rule.variables.iter().find_map(named).unwrap_or_else(|| ("default".to_owned(), ProfileFrom::Default))
}
