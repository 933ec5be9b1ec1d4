//! Into the calling shell: what a choice leaves for it, the function of `init` in real shells, the prompt's segment.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use crate::demo::Demo;
use crate::pty::Terminal;
use crate::support::Home;

const NAMES: [&str; 3] = ["work", "50%", "a:b@c+d"];
/// No profile is called so; a shell must not care.
const HOSTILE: &str = r#"$(touch pwned)`touch pwned`'"%s \\ ;touch pwned"#;

fn home(mode: &str) -> Home {
    let keys = "aws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake\n\n";
    let credentials: String = NAMES.map(|name| format!("[{name}]\n{keys}")).concat();
    let home = Home::with("", &credentials);
    std::fs::create_dir(home.file(".awsprof")).unwrap();
    home.write(".awsprof/config.toml", &format!("[use]\nmode = \"{mode}\"\n"));
    home
}

#[test]
fn a_choice_is_a_line_of_text_in_the_file_of_the_shell() {
    let mut home = home("shell");
    let before = home.read(".aws/credentials");
    assert_eq!(home.awsprof(&["use", "work", "--json"]).error(7)["code"], "no-shell");
    home.write("out", "");
    home.set("AWSPROF_SHELL_OUT", home.file("out").to_str().unwrap().to_owned().as_str());
    for name in NAMES {
        home.awsprof(&["use", name]).ok();
        assert_eq!(home.read("out"), format!("{name}\n"));
    }
    home.awsprof(&["use", "ghost", "--json"]).error(3);
    home.awsprof(&["use", "-", "--json"]).error(3);
    home.set("AWSPROF_PREVIOUS", "work");
    home.awsprof(&["use", "-"]).ok();
    assert_eq!(home.read("out"), "work\n");
    home.awsprof(&["use", "--clear"]).ok();
    assert_eq!(home.read("out"), "\n");
    assert_eq!(home.read(".aws/credentials"), before, "no default was switched");
    let seen = home.awsprof(&["exec", "work", "--", "sh", "-c", "echo ${AWSPROF_SHELL_OUT-none}"]).ok();
    assert_eq!(seen, "none\n");
}

#[test]
fn the_screen_hands_its_choice_to_the_shell() {
    let mut home = home("shell");
    home.write("out", "");
    home.set("AWSPROF_SHELL_OUT", home.file("out").to_str().unwrap().to_owned().as_str());
    let mut screen = Terminal::start(&home, &[]);
    screen.shows("1 Profiles").shows("credentials file").press("/50\r").shows("▸  50%").press("\r");
    assert_eq!(screen.ends(), 0);
    assert_eq!(home.read("out"), "50%\n");
}

#[test]
fn pick_draws_on_the_terminal_and_prints_a_name() {
    let home = home("default");
    let awsprof = env!("CARGO_BIN_EXE_awsprof");
    home.write("run", &format!("name=$({awsprof} pick); echo \"[$?:$name]\"; exec sleep 30"));
    let mut screen = Terminal::program(&home, "sh", &["run"]);
    screen.shows("1 Profiles").shows("work").press("wor").shows("1 of 3").press("\r").shows("[0:work]");
    let home = self::home("default");
    home.write("run", &format!("name=$({awsprof} pick); echo \"[$?:$name]\"; exec sleep 30"));
    let mut screen = Terminal::program(&home, "sh", &["run"]);
    screen.shows("1 Profiles").shows("work").press("\x03").shows("[130:]");
    assert_eq!(home.awsprof(&["pick", "--json"]).error(7)["code"], "no-terminal");
}

#[test]
fn the_prompt_says_who_and_for_how_long() {
    let mut demo = Demo::new();
    let prompt = |demo: &Demo, args: &[&str]| demo.home.awsprof(&[&["prompt"], args].concat()).ok();
    assert_eq!(prompt(&demo, &[]), "default\n");
    demo.renew("work").ok();
    demo.home.set("AWS_PROFILE", "work");
    assert!(prompt(&demo, &[]).starts_with("work 11h5"), "{}", prompt(&demo, &[]));
    let painted = prompt(&demo, &["--shell", "bash"]);
    assert!(
        painted.starts_with("work \u{1}\u{1b}[32m\u{2}11h") && painted.ends_with("\u{2} "),
        "{painted:?}"
    );
    demo.home.set("NO_COLOR", "1");
    assert!(!prompt(&demo, &["--shell", "bash"]).contains('\u{1b}'));
    demo.home.set("AWS_PROFILE", "deploy-prod");
    assert_eq!(prompt(&demo, &[]), "deploy-prod PROD\n");
    std::fs::create_dir_all(demo.home.file(".awsprof")).unwrap();
    demo.home.write(".awsprof/config.toml", "[prompt]\nformat = \"<{prod }{profile}>\"\n");
    assert_eq!(prompt(&demo, &["--shell", "zsh"]), "<PROD deploy-prod> ");
    demo.home.write(".awsprof/config.toml", "not toml at all");
    assert_eq!(prompt(&demo, &[]), "deploy-prod PROD\n", "a prompt does not complain");
}

/// Runs a script in a shell in which `awsprof` is on the path.
fn run(home: &Home, shell: &[&str], script: &str) -> String {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_awsprof")).parent().unwrap();
    let mut command = home.command(shell[0]);
    command.args(&shell[1..]).arg(script).stdin(Stdio::null());
    command.env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
    let output = command.output().expect(shell[0]);
    assert!(output.status.success(), "{shell:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A program of that name that hands over what no profile is called.
fn stub(home: &Home) {
    std::fs::create_dir(home.file("stub")).unwrap();
    home.write("hostile", &format!("{HOSTILE}\n"));
    home.write("stub/awsprof", "#!/bin/sh\ncat hostile >\"$AWSPROF_SHELL_OUT\"\n");
    std::fs::set_permissions(home.file("stub/awsprof"), PermissionsExt::from_mode(0o700)).unwrap();
}

#[test]
#[ignore = "needs bash, zsh and fish (installed by .ci/run)"]
fn real_shells_take_over_the_choice_and_complete_names() {
    let posix = "awsprof use work && awsprof use 50%; printf '[%s|%s]\\n' \"$AWS_PROFILE\" \"$AWSPROF_PREVIOUS\"\n\
                 awsprof use ghost 2>/dev/null; echo \"rc=$? $AWSPROF_PREVIOUS\"\nawsprof use -; echo \"$AWS_PROFILE\"\n\
                 awsprof use --clear; echo \"${AWS_PROFILE-unset}\"\n\
                 PATH=\"$PWD/stub:$PATH\"\nhash -r\nawsprof use it; printf '%s\\n' \"$AWS_PROFILE\"\n";
    let fish = "awsprof use work; awsprof use 50%; printf '[%s|%s]\\n' \"$AWS_PROFILE\" \"$AWSPROF_PREVIOUS\"\n\
                awsprof use ghost 2>/dev/null; echo \"rc=$status $AWSPROF_PREVIOUS\"\nawsprof use -; echo \"$AWS_PROFILE\"\n\
                awsprof use --clear; set -q AWS_PROFILE; or echo unset\n\
                set -p PATH $PWD/stub\nawsprof use it; printf '%s\\n' \"$AWS_PROFILE\"\n";
    let wanted = format!("[50%|work]\nrc=3 work\nwork\nunset\n{HOSTILE}\n");
    let home = home("shell");
    stub(&home);
    for (shell, init, script) in [
        (&["bash", "--norc", "-c"][..], "eval \"$(awsprof init bash --prompt)\"\n", posix),
        (&["zsh", "-f", "-c"], "eval \"$(awsprof init zsh --prompt)\"\n", posix),
        (&["fish", "--no-config", "-c"], "awsprof init fish --prompt | source\n", fish),
    ] {
        assert_eq!(run(&home, shell, &format!("{init}{script}")), wanted, "{shell:?}");
    }
    assert!(!home.file("pwned").exists(), "a name was run");
    let complete = "eval \"$(awsprof init bash)\"\nCOMP_WORDS=(awsprof use w) COMP_CWORD=2\n_awsprof_profiles awsprof w use\n\
                    echo \"${COMPREPLY[*]}\"\nCOMP_WORDS=(awsprof keys list 5) COMP_CWORD=3\n\
                    _awsprof_profiles awsprof 5 list\necho \"${COMPREPLY[*]}\"\n";
    assert_eq!(run(&home, &["bash", "--norc", "-c"], complete), "work\n50%\n");
    let complete =
        "awsprof init fish | source\ncomplete -C 'awsprof use w'\ncomplete -C 'awsprof keys rotate w'\n";
    assert_eq!(run(&home, &["fish", "--no-config", "-c"], complete), "work\nwork\n");
}
