//! Reading both files: awsprof against the SDKs' own loader, in one run.
//!
//! `cargo bench --bench parse`. Ten thousand profiles in both files are about 2 MB; a hundred thousand show
//! whether the cost stays linear. `list` is what the screen's first page needs of every profile.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a bench makes its own files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_runtime::env_config::section::EnvConfigSections;
use aws_runtime::env_config::source;
use aws_types::os_shim_internal as sdk;
use awsprof::aws::ini::{Document, FileKind};
use awsprof::aws::overview::{DefaultState, Overview};
use awsprof::aws::profile::Estate;
use awsprof::aws::world::{Env, World};
use divan::{Bencher, black_box};
use jiff::Timestamp;

const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

/// Both files in a folder of their own.
struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    fn with(profiles: usize) -> Self {
        let (mut config, mut credentials) = (String::new(), String::new());
        for n in 0..profiles {
            writeln!(config, "[profile team-{n}]\nregion = eu-west-1\noutput = json").unwrap();
            writeln!(config, "mfa_serial = arn:aws:iam::{n:012}:mfa/alice # device\n").unwrap();
            writeln!(credentials, "[team-{n}]\naws_access_key_id = AKIA{n:016}").unwrap();
            writeln!(credentials, "aws_secret_access_key = {n:040}\n").unwrap();
        }
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config"), config).unwrap();
        std::fs::write(dir.path().join("credentials"), credentials).unwrap();
        Self { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn world(&self) -> World {
        let set = |name: &str, file| (name.to_owned(), self.path(file).display().to_string());
        let env: Env = [set("AWS_CONFIG_FILE", "config"), set("AWS_SHARED_CREDENTIALS_FILE", "credentials")]
            .into_iter()
            .collect();
        World { env, ..World::real() }
    }
}

/// Spans of both files.
#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher, profiles: usize) {
    let home = Home::with(profiles);
    let fs = home.world().fs;
    let texts = ["config", "credentials"].map(|name| fs.read(&home.path(name)).unwrap());
    bencher.with_inputs(|| texts.clone()).bench_values(|[config, credentials]| {
        (Document::parse(FileKind::Config, config), Document::parse(FileKind::Credentials, credentials))
    });
}

/// Read, parse, merge and list: every profile's name, kind and region.
#[divan::bench(args = SIZES)]
fn list(bencher: Bencher, profiles: usize) {
    let home = Home::with(profiles);
    let world = home.world();
    bencher.bench(|| {
        let estate = Estate::read(black_box(&world));
        let rows = estate.names().filter_map(|name| estate.profile(name));
        rows.filter(|profile| black_box((profile.kind(), profile.get("region"))).1.is_some()).count()
    });
}

/// All that the screen shows, problems and sessions included.
#[divan::bench(args = SIZES)]
fn overview(bencher: Bencher, profiles: usize) {
    let home = Home::with(profiles);
    let world = home.world();
    bencher.bench(|| {
        Overview::of(&Estate::read(black_box(&world)), &DefaultState::Absent, Timestamp::UNIX_EPOCH)
    });
}

/// What `aws_config::profile::load` does: read, parse and merge.
#[divan::bench(args = SIZES)]
fn aws_runtime(bencher: Bencher, profiles: usize) {
    let home = Home::with(profiles);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let files = EnvConfigFiles::builder()
        .with_file(EnvConfigFileKind::Config, home.path("config"))
        .with_file(EnvConfigFileKind::Credentials, home.path("credentials"))
        .build();
    let (env, fs) = (sdk::Env::from_slice(&[]), sdk::Fs::real());
    bencher.bench(|| {
        let source = runtime.block_on(source::load(&env, &fs, black_box(&files))).unwrap();
        let sections = EnvConfigSections::parse(source).unwrap();
        let found: BTreeMap<&str, Option<&str>> = sections
            .profiles()
            .map(|name| (name, sections.get_profile(name).and_then(|p| p.get("region"))))
            .collect();
        found.len()
    });
}
