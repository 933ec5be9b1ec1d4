//! The pointer on the real binary: what is clicked is what stands there.

use crate::pty::Terminal;
use crate::support::Home;

const CONFIG: &str = "[default]\nregion = eu-west-1\n\n[profile old]\nregion = us-east-1\n\n[profile work]\nregion = eu-west-1\n";

/// Presses the left button on the first cell of `text`, as terminals tell it.
fn click(terminal: &mut Terminal, text: &str) {
    terminal.shows(text);
    let screen = terminal.text();
    let mut lines = screen.lines().enumerate();
    let found = lines.find_map(|(row, line)| Some((row, line[..line.find(text)?].chars().count())));
    let (row, column) = found.unwrap_or_default();
    terminal.press(&format!("\x1b[<0;{};{}M", column + 1, row + 1));
}

#[test]
fn a_profile_is_removed_by_clicks_and_kept_by_a_click_on_no() {
    let home = Home::with(CONFIG, "");
    let mut terminal = Terminal::start(&home, &[]);
    click(&mut terminal, "old ");
    // The footer is what a frame writes last: with it the dialog stands whole, or is gone.
    terminal.shows("▸  old").press("dd").shows("n no");
    click(&mut terminal, "No (");
    terminal.shows("p probe").press("dd").shows("n no");
    click(&mut terminal, "Yes (");
    terminal.shows("▸  work");
    terminal.press("q");
    assert_eq!(terminal.ends(), 0);
    let left = home.read(".aws/config");
    assert!(!left.contains("old") && left.contains("[profile work]"), "{left}");
}
