//! One question for many processes: who renews holds the session's lock, the others find what came of it.

use std::io::{Read, Write};
use std::process::{Child, Stdio};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::demo::Demo;
use crate::support::Home;

const AWSPROF: &str = env!("CARGO_BIN_EXE_awsprof");
const PROMPT: &str = "MFA code for arn:aws:iam::111122223333:mfa/alice: ";

/// A script on a terminal of its own, driven by what it shows.
struct Terminal {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    shown: Vec<u8>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn run(home: &Home, script: &str) -> Self {
        let size = PtySize { rows: 24, cols: 200, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        command.env_clear();
        home.env().for_each(|(name, value)| command.env(name, value));
        command.env("AWSPROF", AWSPROF);
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (reader, writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        Self { child, reader, writer, shown: Vec::new(), _master: pair.master }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }

    fn read(&mut self) -> bool {
        let mut chunk = [0; 4096];
        let read = self.reader.read(&mut chunk).unwrap_or(0);
        self.shown.extend_from_slice(&chunk[..read]);
        read > 0
    }

    /// Until this was shown so many times.
    fn wait_for(&mut self, text: &str, times: usize) {
        while self.text().matches(text).count() < times {
            assert!(self.read(), "`{text}` never came: {}", self.text());
        }
    }

    fn answer(&mut self, line: &str) {
        writeln!(self.writer, "{line}").unwrap();
    }

    /// Until it ends; all it showed.
    fn finish(mut self) -> String {
        while self.read() {}
        self.child.wait().unwrap();
        self.text()
    }
}

/// Twenty exports at once, what each answered in `out.N`, how each ended in `code.N`.
fn twenty(profile: &str) -> String {
    format!(
        "for n in $(seq 20); do ($AWSPROF export {profile} --format process >out.$n 2>err.$n; echo $? >code.$n) & done; wait"
    )
}

fn answers(demo: &Demo) -> Vec<String> {
    let answer = |n: usize| {
        assert_eq!(
            demo.home.read(&format!("code.{n}")).trim(),
            "0",
            "{}",
            demo.home.read(&format!("err.{n}"))
        );
        let keys: serde_json::Value = serde_json::from_str(&demo.home.read(&format!("out.{n}"))).unwrap();
        keys["AccessKeyId"].as_str().unwrap().to_owned()
    };
    (1..=20).map(answer).collect()
}

#[test]
fn twenty_processes_ask_once_and_all_answer() {
    let demo = Demo::new();
    let mut terminal = Terminal::run(&demo.home, &twenty("work"));
    terminal.wait_for(PROMPT, 1);
    terminal.answer(&demo.code("alice"));
    let shown = terminal.finish();
    assert_eq!(shown.matches("MFA code").count(), 1, "{shown}");
    assert_eq!(demo.actions(), ["GetSessionToken"]);
    let ids = answers(&demo);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[test]
fn twenty_processes_take_a_role_once() {
    let demo = Demo::new();
    let mut terminal = Terminal::run(&demo.home, &twenty("work-admin"));
    terminal.wait_for(PROMPT, 1);
    terminal.answer(&demo.code("alice"));
    let shown = terminal.finish();
    assert_eq!(shown.matches("MFA code").count(), 1, "{shown}");
    assert_eq!(demo.actions(), ["GetSessionToken", "AssumeRole"]);
    let ids = answers(&demo);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[test]
fn who_fails_or_dies_lets_the_next_one_try() {
    let demo = Demo::new();
    let script = "for n in 1 2 3; do sh -c 'echo $$ >pid.'$n'; exec $AWSPROF export work --format process >out.'$n' 2>err.'$n & done; wait; echo over";
    let mut terminal = Terminal::run(&demo.home, script);
    terminal.wait_for(PROMPT, 1);
    terminal.answer("12345");
    terminal.wait_for(PROMPT, 2);
    kill_the_holder(&demo);
    terminal.wait_for(PROMPT, 3);
    terminal.answer(&demo.code("alice"));
    terminal.finish();
    assert_eq!(demo.actions(), ["GetSessionToken"], "the short code was never sent");
    let outs: Vec<String> = (1..=3).map(|n| demo.home.read(&format!("out.{n}"))).collect();
    assert_eq!(outs.iter().filter(|out| out.contains("AccessKeyId")).count(), 1, "{outs:?}");
}

/// Kills the process that has the lock, found in the kernel's own list.
fn kill_the_holder(demo: &Demo) {
    use std::os::unix::fs::MetadataExt;
    let folder = demo.home.file(".awsprof/state/asking");
    let lock = std::fs::read_dir(folder).unwrap().flatten().next().unwrap();
    let inode = format!(":{}", lock.metadata().unwrap().ino());
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let held = locks.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut held = held.filter(|words| words.get(1) == Some(&"FLOCK"));
    let words = held.find(|words| words[5].ends_with(&inode)).expect("somebody holds it");
    let pid = rustix::process::Pid::from_raw(words[4].parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

/// An export without a terminal.
fn apart(demo: &Demo) -> Child {
    let mut command = demo.home.command("setsid");
    command.args(["--wait", AWSPROF, "export", "work", "--format", "process"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_process_without_a_terminal_waits_and_says_so() {
    let demo = Demo::new();
    let mut terminal = Terminal::run(&demo.home, "$AWSPROF export work --format process >out.json");
    terminal.wait_for(PROMPT, 1);
    let mut waiting = apart(&demo);
    let mut said = [0; 20];
    waiting.stderr.as_mut().unwrap().read_exact(&mut said).unwrap();
    assert_eq!(String::from_utf8_lossy(&said), "note: another awspro");
    terminal.answer(&demo.code("alice"));
    terminal.finish();
    let output = waiting.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), demo.home.read("out.json"));
    assert_eq!(demo.actions(), ["GetSessionToken"]);
}
