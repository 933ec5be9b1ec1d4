//! The real program in a real (pseudo) terminal: it starts, works, ends, and leaves the terminal as it was.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::support::Home;

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

const CONFIG: &str = "[default]\nregion = eu-west-1\n\n[profile work]\nregion = eu-west-1\n\
                      mfa_serial = arn:aws:iam::111122223333:mfa/alice\n\n[profile play]\nregion = us-east-1\n";
const CREDENTIALS: &str = "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                           aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n";

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// Everything the program wrote.
    pub raw: Vec<u8>,
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    pub fn start(home: &Home, args: &[&str]) -> Self {
        Self::program(home, env!("CARGO_BIN_EXE_awsprof"), args)
    }

    /// Another program in it.
    pub fn program(home: &Home, program: &str, args: &[&str]) -> Self {
        let pair = native_pty_system().openpty(size(32, 120)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        home.env().for_each(|(name, value)| command.env(name, value));
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(32), cells(120), 0);
        Self { master: pair.master, keys, child, output, parser, raw: Vec::new() }
    }

    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    /// Reads on until the screen is as wanted.
    fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !wanted(self.parser.screen()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("no {what} ({error}):\n{}", self.text()),
            }
        }
        self
    }

    pub fn shows(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// Reads on until these bytes were written, seen or not.
    pub fn writes(&mut self, sequence: &str) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !String::from_utf8_lossy(&self.raw).contains(sequence) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("no {sequence:?} ({error}):\n{}", self.text()),
            }
        }
        self
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).unwrap();
        self
    }

    /// Waits for the end, and takes in what was still written.
    pub fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap().exit_code(),
            }
            assert!(Instant::now() < end, "does not end:\n{}", self.text());
        }
    }

    fn is_raw(&self) -> bool {
        let flags = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        !flags.contains("ICANON")
    }

    /// It takes lines and echoes them, as a shell leaves it.
    pub fn assert_restored_to_lines(&self) {
        let flags = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        assert!(flags.contains("ICANON") && flags.contains("ECHO"), "{flags}");
    }

    /// Every mode is as it was before the start.
    fn assert_restored(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        for mode in ["?1004", "?7", "?2026"] {
            let last = |end: &str| String::from_utf8_lossy(&self.raw).rfind(&format!("\x1b[{mode}{end}"));
            let (on, off) = if mode == "?7" { (last("l"), last("h")) } else { (last("h"), last("l")) };
            assert!(off > on, "{mode} was not taken back");
        }
        assert!(!self.is_raw(), "raw mode is on");
    }
}

fn home() -> Home {
    Home::with(CONFIG, CREDENTIALS)
}

fn started(home: &Home) -> Terminal {
    let mut terminal = Terminal::start(home, &[]);
    terminal.shows("1 Profiles").shows("play").shows("credentials file");
    terminal
}

#[test]
fn starts_moves_and_quits_leaving_no_trace() {
    let home = home();
    let mut terminal = started(&home);
    assert!(terminal.is_raw());
    terminal.press("gg").shows("▸◆ default").press("jj").shows("▸  play");
    // The unseen cursor stands there too: a braille display follows it.
    let on_its_line = |screen: &vt100::Screen| {
        let row = usize::from(screen.cursor_position().0);
        screen.contents().lines().nth(row).is_some_and(|line| line.contains("▸  play"))
    };
    terminal.until("cursor on the line", on_its_line).press("q");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
}

#[test]
fn signals_end_it_in_order() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let home = home();
        let mut terminal = started(&home);
        terminal.signal(signal);
        assert_eq!(terminal.ends(), code);
        terminal.assert_restored();
    }
}

#[test]
fn ctrl_c_always_works() {
    let home = home();
    let mut terminal = started(&home);
    terminal.press("?").shows("Keys").press("\x03");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
}

#[test]
fn suspends_and_comes_back() {
    let home = home();
    let mut terminal = started(&home);
    for how in ["key", "signal"] {
        match how {
            "key" => terminal.press("\x1a"),
            _ => terminal.signal(Signal::TSTP),
        };
        terminal.until("shell", |screen| !screen.alternate_screen());
        terminal.until_stopped();
        assert!(!terminal.is_raw(), "{how}");
        terminal.signal(Signal::CONT).until("screen", vt100::Screen::alternate_screen).shows("1 Profiles");
    }
    terminal.press("q");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
}

impl Terminal {
    fn until_stopped(&mut self) {
        let stat = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        let end = Instant::now() + PATIENCE;
        while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
            assert!(Instant::now() < end, "does not stop");
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(10)) {
                self.take(&bytes);
            }
        }
    }
}

#[test]
fn survives_a_storm_of_sizes() {
    let home = home();
    let mut terminal = started(&home);
    for (rows, cols) in [(1, 1), (3, 200), (50, 20), (4, 19), (10, 40), (2, 2), (60, 180), (24, 80)] {
        terminal.master.resize(size(rows, cols)).unwrap();
    }
    terminal.parser.screen_mut().set_size(cells(24), cells(80));
    terminal.press("?").shows("make the profile the default").press("\x1b");
    // Sent together, Esc and a letter would be Alt and the letter.
    terminal.until("panes", |screen| !screen.contents().contains("make the profile the default")).press("q");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
}

#[test]
fn ends_with_its_terminal() {
    let home = home();
    let terminal = started(&home);
    let Terminal { master, keys, mut child, output, .. } = terminal;
    drop((master, keys, output));
    let (send, ended) = channel();
    std::thread::spawn(move || send.send(child.wait().is_ok()));
    assert_eq!(ended.recv_timeout(PATIENCE), Ok(true), "spins without a terminal");
}

#[test]
fn no_color_means_none() {
    let mut home = home();
    home.set("NO_COLOR", "1");
    let mut terminal = started(&home);
    terminal.press("?").shows("Keys").press("\x03");
    terminal.ends();
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    for color in ["\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m", "\x1b[38;"] {
        assert!(!raw.contains(color), "{color:?}");
    }
    assert!(raw.contains("\x1b[7m") || raw.contains(";7m"), "the selection is reversed");
}

#[test]
fn the_colour_flag_reaches_the_screen() {
    let home = home();
    let mut terminal = Terminal::start(&home, &["--color", "never"]);
    terminal.shows("credentials file").press("\x03");
    terminal.ends();
    assert!(!String::from_utf8_lossy(&terminal.raw).contains("\x1b[36m"));
    let mut home = self::home();
    home.set("NO_COLOR", "1");
    let mut terminal = Terminal::start(&home, &["--color", "always"]);
    let cyan = vt100::Color::Idx(6);
    terminal.until("colour", |screen| screen.cell(1, 0).is_some_and(|cell| cell.fgcolor() == cyan));
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn m_gives_the_mouse_back_and_colon_takes_commands() {
    let home = home();
    let mut terminal = started(&home);
    let mode = vt100::MouseProtocolMode::None;
    terminal.until("mouse", |screen| screen.mouse_protocol_mode() != mode);
    terminal.press("m").until("no mouse", |screen| screen.mouse_protocol_mode() == mode);
    terminal.press(":them\t").shows(":theme ").press("asc\r").shows("+- 2 Chain").press(":q\r");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
}

#[test]
fn notices_a_file_that_somebody_else_writes() {
    let home = home();
    let mut terminal = started(&home);
    home.write(".aws/config", &format!("{CONFIG}[profile fresh-one]\nregion = eu-west-1\n"));
    terminal.shows("fresh-one").press("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn the_editor_gets_the_terminal_and_gives_it_back() {
    let mut home = home();
    home.write("edit", "#!/bin/sh\nread -r line </dev/tty\nprintf '\\n[typed-%s]\\n' \"$line\" >>\"$2\"\n");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(home.file("edit"), mode).unwrap();
    let editor = home.file("edit").to_str().unwrap().to_owned();
    home.set("EDITOR", &format!("{editor} +1"));
    let mut terminal = started(&home);
    terminal.press("gge").until("editor", |screen| !screen.alternate_screen());
    terminal
        .press("there\n")
        .until("screen", vt100::Screen::alternate_screen)
        .shows("typed-there")
        .press("q");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
}

#[test]
fn a_panic_leaves_the_terminal_first() {
    let home = home();
    let this = std::env::current_exe().unwrap();
    let args = ["--exact", "pty::panics_in_the_screen", "--ignored", "--nocapture", "--test-threads=1"];
    let mut terminal = Terminal::program(&home, this.to_str().unwrap(), &args);
    assert_ne!(terminal.ends(), 0);
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(raw.find("\x1b[?1049l") < raw.find("the panic of the test"), "said before the terminal was left");
    terminal.assert_restored();
}

#[test]
#[ignore = "run in a terminal by the test above"]
fn panics_in_the_screen() {
    let _guard = awsprof::run::terminal::Guard::enter(true, false).unwrap();
    panic!("the panic of the test");
}

/// The whole job: open, see, type a code, keep working; nothing of it is left.
#[test]
fn the_demo_renews_a_session() {
    let mut home = Home::empty();
    let tmp = home.path().to_str().unwrap().to_owned();
    home.set("TMPDIR", &tmp);
    let mut terminal = Terminal::start(&home, &["demo"]);
    terminal
        .shows("demo authenticator")
        .shows("1 Profiles")
        .shows("work-admin")
        .press("gg")
        .shows("▸  work ");
    let demo = std::fs::read_dir(home.path()).unwrap().flatten();
    let demo = demo.map(|entry| entry.path()).find(|path| path.join(".aws/credentials").exists()).unwrap();
    let files = || {
        let read = |name: &str| std::fs::read_to_string(demo.join(".aws").join(name)).unwrap();
        [read("config"), read("credentials")]
    };
    let before = files();
    terminal.press("r").shows("MFA code for work");
    let code = shown_code(&terminal.text());
    terminal.press(&code).shows("renewed work, saved in [work-mfa]").shows("work-mfa  ━");
    let after = files();
    assert_only_new(&before[0], &after[0], "[profile work-mfa]\n");
    assert_only_new(&before[1], &after[1], "[work-mfa]\n");
    terminal.press("q");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored();
    assert!(!demo.exists(), "the demo's home is still there");
}

/// Byte for byte what was there before, but for one new section and the empty line that sets it off.
fn assert_only_new(before: &str, after: &str, header: &str) {
    assert!(!before.contains(header), "the session is not new");
    let at = after.find(header).expect("the session has a section");
    let lines = after[at..].split_inclusive('\n').take_while(|line| *line == header || line.contains(" = "));
    let end = at + lines.map(str::len).sum::<usize>();
    let (top, rest) = (&after[..at], &after[end..]);
    let sets_off = |top: &str, rest: &str| format!("{top}{rest}") == before;
    let above = top.strip_suffix('\n').is_some_and(|top| sets_off(top, rest));
    let below = rest.strip_prefix('\n').is_some_and(|rest| sets_off(top, rest));
    assert!(above || below, "a byte outside {header:?} changed:\n{before}\n=>\n{after}");
}

/// The six digits after the words `demo authenticator`.
pub fn shown_code(text: &str) -> String {
    let line = text.lines().find(|line| line.contains("demo authenticator")).unwrap();
    line.chars().filter(char::is_ascii_digit).take(6).collect()
}

#[test]
fn an_idle_screen_sleeps() {
    let home = Home::empty();
    let mut terminal = Terminal::start(&home, &["demo", "--no-authenticator"]);
    terminal.shows("1 Profiles").shows("you are");
    // What the start has set in motion comes to rest first.
    while let Ok(bytes) = terminal.output.recv_timeout(Duration::from_secs(2)) {
        terminal.take(&bytes);
    }
    let before = wake_ups(terminal.pid());
    let written = terminal.output.recv_timeout(Duration::from_secs(10));
    let after = wake_ups(terminal.pid());
    assert_eq!(written, Err(RecvTimeoutError::Timeout), "bytes were written");
    assert_eq!(after, before, "threads woke up");
    terminal.press("q");
    assert_eq!(terminal.ends(), 0);
}

/// Voluntary context switches of every thread, by its number and name.
fn wake_ups(pid: Pid) -> Vec<(String, String)> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap().flatten();
    let mut counts: Vec<_> = tasks
        .map(|task| {
            let status = std::fs::read_to_string(task.path().join("status")).unwrap();
            let line = |start: &str| status.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
            (format!("{} {}", task.path().display(), line("Name:")), line("voluntary_ctxt_switches"))
        })
        .collect();
    counts.sort();
    counts
}

#[test]
fn the_metadata_of_the_demo_is_walked_and_the_tools_are_compared() {
    let home = Home::empty();
    let mut terminal = Terminal::start(&home, &["demo", "--no-authenticator"]);
    terminal.shows("1 Profiles").shows("you are").shows("all 17 agree");
    terminal.press("I").shows("latest/").shows("role demo-instance").shows("cannot be read here");
    terminal.press("j\r").shows("latest/meta-data/").shows("instance-type");
    terminal.press("G").shows("▸  tags/").press("\r").shows("latest/meta-data/tags/").shows("instance/");
    terminal.press("\r").shows("▸  Name").press("\r").shows("demo-web-1");
    terminal.press("hhh").shows("▸  meta-data/").press("k\r").shows("instance-identity/");
    terminal.press("\r").shows("document").press("\r").shows("\"instanceType\": \"t4g.small\"");
    terminal.press("hhjj\r").shows("DB_PASSWORD=****").press("q");
    terminal.shows("3 Sessions").press(":compare ci\r").shows("Tools ─ AWS_PROFILE=ci").shows("WON");
    terminal.press("\x03");
    assert_eq!(terminal.ends(), 0);
    assert!(!String::from_utf8_lossy(&terminal.raw).contains("not-for-your-eyes"));
}
