//! A home of its own for every test, and the built program run in it with a cleared environment.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A throw-away home directory.
pub struct Home {
    dir: tempfile::TempDir,
    env: Vec<(String, String)>,
}

impl Home {
    /// A home whose two AWS files hold these texts.
    pub fn with(config: &str, credentials: &str) -> Self {
        let home = Self::empty();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        home.write(".aws/config", config);
        home.write(".aws/credentials", credentials);
        home
    }

    /// A home without anything in it.
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let env = vec![
            ("HOME".to_owned(), text(dir.path())),
            ("AWSPROF_HOME".to_owned(), text(&dir.path().join(".awsprof"))),
            ("PATH".to_owned(), std::env::var("PATH").unwrap()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned()),
        ];
        Self { dir, env }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.file(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// Sets a variable for every program run from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.env.push((name.to_owned(), value.to_owned()));
    }

    /// The environment of the programs run in this home.
    pub fn env(&self) -> impl Iterator<Item = (&str, &str)> {
        self.env.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Another program in this home.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.env()).current_dir(self.path());
        command
    }

    /// Runs awsprof without a terminal and waits for it.
    pub fn awsprof(&self, args: &[&str]) -> Answer {
        self.awsprof_fed(args, "")
    }

    /// Runs awsprof without a terminal and with this standard input.
    pub fn awsprof_fed(&self, args: &[&str], input: &str) -> Answer {
        // A session of its own has no controlling terminal, so a prompt would have nowhere to go.
        let mut command = self.command("setsid");
        command.arg("--wait").arg(env!("CARGO_BIN_EXE_awsprof")).args(args);
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, input.as_bytes()).unwrap();
        std::io::Seek::rewind(&mut file).unwrap();
        Answer::from(command.stdin(file).output().unwrap())
    }
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Answer {
    /// The answer of a run that must have succeeded.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self.stdout
    }

    /// The answer as JSON.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    /// The JSON error of a run that must have failed with `code`.
    #[track_caller]
    pub fn error(self, code: i32) -> serde_json::Value {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "", "a failure prints nothing on stdout");
        serde_json::from_str::<serde_json::Value>(&self.stderr).unwrap()["error"].clone()
    }
}

/// Every file below a folder; none if it does not exist. Links are not followed.
pub fn below(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let deeper = |entry: std::fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => below(&entry.path()),
        _ => vec![entry.path()],
    };
    entries.flat_map(deeper).collect()
}
