//! Fixed facts at a fixed moment for pictures of the screen, and a driver that presses keys.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;

use awsprof::app::portal::{Offer, Offers};
use awsprof::app::sign_in::Invitation;
use awsprof::app::{Chord, Effect, Input, Model, Msg, Stage, Tool, update};
use awsprof::aws::chain::trace::{
    Evidence, Identity, Link, LinkReport, ProfileFrom, Region, Trace, Verdict, Warning,
};
use awsprof::aws::chain::{Comparison, tools};
use awsprof::aws::ini::FileKind;
use awsprof::aws::overview::{DefaultState, Kind, Overview, Renewal, Row, SessionRow, SessionState};
use awsprof::aws::sync::{Grant, Rules};
use jiff::{SignedDuration, Timestamp};

pub const TOOLS: [Tool; 2] =
    [Tool { id: "aws-cli-v2", name: "AWS CLI v2" }, Tool { id: "boto3", name: "boto3" }];

pub fn now() -> Timestamp {
    "2026-03-02T09:30:13Z".parse().unwrap()
}

fn row(name: &str, kind: Kind, account: Option<&str>, region: &str, session: SessionState) -> Row {
    Row {
        name: name.to_owned(),
        kind,
        account: account.map(str::to_owned),
        alias: None,
        role: None,
        sso_session: None,
        used: None,
        region: (!region.is_empty()).then(|| region.to_owned()),
        production: awsprof::aws::production::is_called_so(name),
        is_default: false,
        session_of: None,
        session_profile: None,
        session,
        mfa_serial: None,
        code_from: None,
        source_profile: None,
        problems: Vec::new(),
        place: Some((FileKind::Config, 7)),
    }
}

fn until(minutes: i64) -> SessionState {
    SessionState::Until(now() + SignedDuration::from_secs(minutes * 60 + 4))
}

const ACME: Option<&str> = Some("111122223333");
const SAND: Option<&str> = Some("444455556666");

pub fn overview() -> Overview {
    let serial = Some("arn:aws:iam::111122223333:mfa/alice-phone".to_owned());
    let mut rows = vec![
        row("work", Kind::Static, ACME, "eu-west-1", until(692)),
        row("work-mfa", Kind::Session, ACME, "eu-west-1", until(692)),
        row("work-admin", Kind::AssumeRole, ACME, "eu-west-1", until(58)),
        row("deploy-prod", Kind::AssumeRole, ACME, "eu-central-1", SessionState::None),
        row("play-long-term", Kind::Static, SAND, "", until(12)),
        row("play", Kind::Session, SAND, "us-east-1", until(12)),
        row("lab", Kind::Sso, SAND, "us-east-1", SessionState::None),
        row("vendor", Kind::Process, None, "", SessionState::NotNeeded),
        row("old", Kind::Static, None, "us-west-2", until(-200)),
    ];
    rows[0].is_default = true;
    rows[0].session_profile = Some("work-mfa".to_owned());
    rows[0].mfa_serial.clone_from(&serial);
    rows[1].session_of = Some("work".to_owned());
    rows[1].mfa_serial.clone_from(&serial);
    rows[8].problems = vec!["partial-keys".to_owned()];
    let session = |profile: &str, of: &str, minutes: i64, renewal: Renewal| SessionRow {
        profile: profile.to_owned(),
        of: Some(of.to_owned()),
        expires_at: Some(now() + SignedDuration::from_secs(minutes * 60 + 4)),
        lifetime: SignedDuration::from_hours(12),
        access_key_tail: "7Q3F".to_owned(),
        riders: Vec::new(),
        renewal,
        ours: true,
        code_from: None,
        used: false,
    };
    let mut sessions = vec![
        session("work-mfa", "work", 692, Renewal::Code { serial: serial.clone() }),
        session("play", "play-long-term", 12, Renewal::Other { tool: "aws-mfa" }),
        session("old-mfa", "old", -200, Renewal::Code { serial }),
    ];
    sessions[0].riders = vec!["work-admin".to_owned()];
    Overview {
        rows,
        sessions,
        problems: Vec::new(),
        default: DefaultState::Managed { profile: "work".to_owned() },
        sso_sessions: vec!["corp".to_owned()],
        files: vec![
            (PathBuf::from("/home/me/.aws/config"), true),
            (PathBuf::from("/home/me/.aws/credentials"), true),
        ],
    }
}

fn link(link: Link, verdict: Verdict, reason: &str) -> LinkReport {
    LinkReport {
        link,
        verdict,
        reason: reason.to_owned(),
        evidence: None,
        access_key_id: None,
        expires_at: None,
        shadows: Vec::new(),
        hops: Vec::new(),
    }
}

pub fn trace(profile: &str, tool: &'static str) -> Trace {
    let place = |file: &str, line| Some(Evidence::Place { file: PathBuf::from(file), line });
    let mut won = link(Link::CredentialsFile, Verdict::Won, "has both keys and no session token");
    won.access_key_id = Some("AKIAIOSFODNN7Q3F".to_owned());
    won.evidence = place("/home/me/.aws/credentials", 14);
    won.shadows = vec![Link::ConfigFile];
    let mut shadowed =
        link(Link::ConfigFile, Verdict::Shadowed, "has keys too, but the credentials file won");
    shadowed.access_key_id = Some("AKIAIOSFODNN0001".to_owned());
    shadowed.evidence = place("/home/me/.aws/config", 31);
    Trace {
        tool,
        profile: profile.to_owned(),
        profile_from: ProfileFrom::AwsProfile,
        links: vec![
            link(Link::Env, Verdict::Absent, "AWS_ACCESS_KEY_ID is not set"),
            link(Link::AssumeRole, Verdict::Absent, "no role_arn"),
            link(Link::WebIdentity, Verdict::Absent, "no web_identity_token_file"),
            link(Link::Sso, Verdict::Absent, "no sso_session and no sso_start_url"),
            won,
            link(Link::Login, Verdict::Absent, "no login_session"),
            link(Link::CredentialProcess, Verdict::Absent, "no credential_process"),
            shadowed,
            link(Link::Container, Verdict::Absent, "no container variables"),
            link(Link::Imds, Verdict::NotAsked, "a link above won"),
        ],
        winner: Some(Link::CredentialsFile),
        error: None,
        would_ask: None,
        region: Some(Region { value: "eu-west-1".to_owned(), from: "~/.aws/config:12".to_owned() }),
        identity: None,
        warnings: vec![Warning {
            code: "keys-on-instance",
            message: "long-term keys are used on an instance that has a role".to_owned(),
        }],
    }
}

/// All tools on that profile: two use the config file, one stops, one would ask, the others agree.
pub fn comparison(profile: &str) -> Comparison {
    let trace = |id: &'static str| {
        let mut trace = trace(profile, id);
        let file = 4;
        match id {
            "js-v3" | "dotnet-v3" => {
                trace.winner = Some(Link::ConfigFile);
                trace.links[file] = link(Link::CredentialsFile, Verdict::Absent, "no profile work there");
                trace.links[7].verdict = Verdict::Won;
            }
            "rust" => {
                trace.winner = None;
                trace.error = Some("the profile `work` was not defined".to_owned());
                trace.links[file].verdict = Verdict::Incomplete;
                trace.links[7].verdict = Verdict::NotAsked;
            }
            "cpp" => {
                (trace.winner, trace.would_ask) = (None, Some(Link::Imds));
                trace.links.remove(file);
                trace.links[6].verdict = Verdict::Absent;
            }
            _ => {}
        }
        trace
    };
    Comparison(tools().iter().map(|tool| trace(tool.id)).collect())
}

pub fn identity() -> Identity {
    Identity {
        account: "111122223333".to_owned(),
        arn: "arn:aws:iam::111122223333:user/alice".to_owned(),
        user_id: "AIDAEXAMPLE".to_owned(),
        alias: None,
    }
}

/// A model with the facts above, driven by keys.
pub struct Driver {
    pub model: Model,
    pub effects: Vec<Effect>,
    pub now: Timestamp,
}

impl Driver {
    pub fn empty(width: u16, height: u16) -> Self {
        let model = Model::new(now(), TOOLS.to_vec());
        let mut driver = Self { model, effects: Vec::new(), now: now() };
        driver.model.home = Some(PathBuf::from("/home/me"));
        driver.tell(Msg::Input(Input::Resize(width, height)));
        driver
    }

    /// Loaded, traced, identified, and the tools compared.
    pub fn new(width: u16, height: u16) -> Self {
        let mut driver = Self::empty(width, height);
        driver.now = now() - SignedDuration::from_secs(1);
        driver.tell(Msg::Loaded(Box::new(overview())));
        let job = driver.model.jobs[0].id;
        driver.tell(Msg::Identified { job, result: Ok(identity()) });
        driver.now = now();
        driver.tell(Msg::Woke);
        driver.effects.clear();
        driver
    }

    /// One message; a trace that asks nothing is answered at once, as the loop does.
    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        for effect in update(&mut self.model, msg, self.now) {
            if let Effect::Trace { ask: None, profile, explicit, tool } = &effect {
                let (profile, explicit, trace) = (profile.clone(), *explicit, Box::new(trace(profile, tool)));
                let msg = Msg::Traced { job: None, profile, explicit, trace, asked_at: None };
                update(&mut self.model, msg, self.now);
            }
            if let Effect::Compare { job, profile, explicit, .. } = &effect {
                let (job, profile, explicit) = (*job, profile.clone(), *explicit);
                let comparison = comparison(&profile);
                update(&mut self.model, Msg::Compared { job, profile, explicit, comparison }, self.now);
            }
            self.effects.push(effect);
        }
        self
    }

    /// Presses chords separated by blanks: `j r 1 2`.
    pub fn press(&mut self, chords: &str) -> &mut Self {
        for chord in chords.split_whitespace() {
            let chord = Chord::parse(chord).unwrap_or_else(|| panic!("no such key: {chord}"));
            self.tell(Msg::Input(Input::Key(chord)));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.tell(Msg::Input(Input::Paste(text.to_owned())))
    }

    /// Lets the cursor rest until the tools were compared.
    pub fn rest(&mut self) -> &mut Self {
        self.now += SignedDuration::from_millis(250);
        self.tell(Msg::Woke)
    }

    /// What was asked for since the last call, what is worked out from the files left out.
    pub fn asked(&mut self) -> Vec<Effect> {
        let mut effects = std::mem::take(&mut self.effects);
        let quiet = |effect: &Effect| {
            matches!(
                effect,
                Effect::Trace { ask: None, .. } | Effect::Compare { .. } | Effect::LookAround { .. }
            )
        };
        effects.retain(|effect| !quiet(effect));
        effects
    }
}

/// A device code that waits for its person.
pub fn sign_in(driver: &mut Driver) {
    driver.press("j j j j j j l");
    let job = driver.model.jobs[0].id;
    let invitation = Invitation {
        url: "https://acme.awsapps.com/start/#/device?user_code=WDJB-MJHT".to_owned(),
        code: Some("WDJB-MJHT".to_owned()),
        expires_at: Some(now() + SignedDuration::from_mins(10)),
    };
    driver.tell(Msg::Progress { job, stage: Stage::Person(Box::new(invitation)) });
}

/// What Identity Center lists, two of it with profiles.
pub fn offers() -> Offers {
    let role = |account: &str, account_name: &str, role: &str, name: &str, is_there| Offer {
        grant: Grant {
            account: account.to_owned(),
            account_name: account_name.to_owned(),
            email: String::new(),
            role: role.to_owned(),
        },
        name: name.to_owned(),
        is_there,
        settings: vec![("sso_account_id".to_owned(), account.to_owned())],
    };
    let offers = vec![
        role("111122223333", "Acme Production", "ReadOnlyAccess", "acme-production-readonlyaccess", false),
        role("111122223333", "Acme Production", "admin", "acme-production-admin", true),
        role("444455556666", "Acme Lab", "AdministratorAccess", "acme-lab-administratoraccess", false),
        role("444455556666", "Acme Lab", "reader", "lab", true),
        role("777788889999", "Acme Shop (EU)", "SupportUser", "acme-shop-eu-supportuser", false),
    ];
    Offers { offers, rules: Rules::default() }
}

/// The page of Identity Center, answered.
pub fn portal(driver: &mut Driver) {
    driver.press("O");
    let job = driver.model.jobs[0].id;
    driver.tell(Msg::Offered { job, result: Ok(offers()) });
    driver.press("Down Down");
}
