//! The dialog for six digits.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::header::spinner;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, keeping, put};
use crate::app::Code;
use crate::app::dialog::Notice;
use crate::app::{Mfa, Model, Stage};

/// Columns from the left edge of the inside to the first box.
const INDENT: usize = 8;
/// Below this many rows there is only room for the boxes and the answer.
const LOW: u16 = 7;

/// Draws the dialog; answers the place of the box that takes the next digit.
pub fn draw(model: &Model, dialog: &Mfa, look: &Look, area: Rect, buf: &mut Buffer) -> (u16, u16) {
    let tall = area.height >= 15;
    let width = area.width.min(58);
    let columns = usize::from(width.saturating_sub(4));
    let mut lines = about(dialog, look, columns);
    if !tall {
        // What must be read comes first where there is little room: the device, the boxes, the answer.
        lines = lines.into_iter().skip(1).step_by(2).collect();
    }
    if area.height < LOW {
        lines.clear();
    }
    let first = lines.len();
    lines.extend(boxes(dialog, look, tall));
    if area.height >= LOW {
        lines.push(Line::default());
    }
    lines.extend(status(model, dialog, look, columns));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).max(if tall { 13 } else { 9 });
    let title = format!("MFA code for {}", dialog.profile);
    let inside = frame::popup(&title, (width, height), look, area, buf);
    for (row, line) in lines.into_iter().enumerate() {
        put(buf, inside, row, line);
    }
    let at = dialog.code.len().min(Code::LEN - 1);
    let step = if tall { 6 } else { 4 };
    let column = INDENT + usize::from(tall) + 1 + at * step + usize::from(at >= 3) * 2;
    let row = first + usize::from(tall);
    let column = inside.x.saturating_add(u16::try_from(column).unwrap_or(0));
    let row = inside.y.saturating_add(u16::try_from(row).unwrap_or(0));
    (column.min(area.right().saturating_sub(1)), row.min(area.bottom().saturating_sub(1)))
}

/// The device, and where the session goes.
fn about(dialog: &Mfa, look: &Look, width: usize) -> Vec<Line<'static>> {
    let device = dialog.serial.as_deref().unwrap_or("will be asked for (iam:ListMFADevices)");
    let device =
        device.rsplit_once(":mfa/").map_or_else(|| device.to_owned(), |(arn, name)| named(arn, name));
    let into = dialog
        .session_profile
        .as_deref()
        .map_or_else(|| "a new profile".to_owned(), |name| format!("[{name}]"));
    let row = |label: &'static str, value: &str| {
        let value = text::cut(value, width.saturating_sub(11), look);
        Pieces::default().add(format!(" {label:<9} "), Role::Quiet, look).add(value, Role::Plain, look).line()
    };
    vec![Line::default(), row("device", &device), row("saved in", &into), Line::default()]
}

/// `iPhone · 1111-2222-3333` from the two halves of a device's ARN.
fn named(arn: &str, name: &str) -> String {
    let account = arn.rsplit(':').next().unwrap_or("");
    if account.is_empty() { name.to_owned() } else { format!("{name} of {}", super::words::account(account)) }
}

/// Six boxes, in two groups as authenticators show them; only the digit typed last is echoed.
fn boxes(dialog: &Mfa, look: &Look, tall: bool) -> Vec<Line<'static>> {
    let code = &dialog.code;
    let full = if dialog.job.is_some() { Code::LEN } else { code.len() };
    let digit = |at: usize| match code.last() {
        Some(last) if at + 1 == code.len() => last.to_string(),
        _ if at < full => look.glyphs.hidden.to_owned(),
        _ => " ".to_owned(),
    };
    let [top_left, top_right, low_left, low_right, flat, upright] = look.glyphs.frame;
    let row = |left: &str, middle: &dyn Fn(usize) -> String, right: &str| {
        (0..Code::LEN).fold(Pieces::default().add(" ".repeat(INDENT), Role::Plain, look), |line, at| {
            let role = if at == code.len() && dialog.job.is_none() { Role::Accent } else { Role::Plain };
            let gap = match (at, tall) {
                (3, _) => "   ",
                (0, _) => "",
                _ => " ",
            };
            line.add(gap, Role::Plain, look).add(format!("{left}{}{right}", middle(at)), role, look)
        })
    };
    if !tall {
        return vec![row("[", &digit, "]").line()];
    }
    let edge = |_: usize| flat.repeat(3);
    let middle = |at: usize| format!(" {} ", digit(at));
    vec![
        row(top_left, &edge, top_right).line(),
        row(upright, &middle, upright).line(),
        row(low_left, &edge, low_right).line(),
    ]
}

/// What the dialog has to say: a refusal, the state of the request, or how long the code is good.
fn status(model: &Model, dialog: &Mfa, look: &Look, width: usize) -> Vec<Line<'static>> {
    if let Some(id) = dialog.job {
        let stage = model.jobs.iter().find(|job| job.id == id).map(|job| &job.stage);
        let text = under_way(model, stage);
        return told(spinner(model, look), Role::Accent, &text, look, width);
    }
    match &dialog.notice {
        Some(Notice::Length(0)) => {
            told(look.glyphs.problem, Role::Soon, "type the six digits your device shows", look, width)
        }
        Some(Notice::Length(digits)) => told(
            look.glyphs.problem,
            Role::Soon,
            &format!("a code has six digits; this has {digits}"),
            look,
            width,
        ),
        Some(Notice::Refused(trouble)) => {
            let hint = trouble.hint.as_deref().unwrap_or_default();
            let mut lines = told(look.glyphs.expired, Role::Bad, &trouble.message, look, width);
            lines.extend(told(" ", Role::Plain, hint, look, width));
            lines
        }
        Some(Notice::Cancelled) => told(
            look.glyphs.problem,
            Role::Soon,
            "cancelled; AWS may have used the code up: take the next",
            look,
            width,
        ),
        None => told(" ", Role::Quiet, &step(model), look, width),
    }
}

/// How far the request is, and how it is cancelled while it can be.
fn under_way(model: &Model, stage: Option<&Stage>) -> String {
    let cancels = model.keymap.fill("{mfa:close} cancels");
    match stage {
        Some(Stage::Writing) => "writing the session: this part cannot be cancelled".to_owned(),
        Some(Stage::NextCode { at }) => format!("{}; {cancels}", next_code(model, *at)),
        Some(Stage::CodeFrom(source)) => format!("code from {source}; {cancels}"),
        Some(Stage::Waiting) => format!("another awsprof is renewing this session; {cancels}"),
        Some(Stage::Retrying { attempt, at, throttled }) => {
            let waits = keeping::retrying(*at, *throttled, model.now);
            format!("{waits}; attempt {attempt}, {cancels}")
        }
        _ => format!("asking AWS; {cancels}"),
    }
}

/// The code of this moment was sent already.
fn next_code(model: &Model, at: Timestamp) -> String {
    let left = at.duration_since(model.now).as_secs().max(0) + 1;
    format!("this code was sent already; next code in {left} s, sent then")
}

/// Time-based codes change at each half minute (RFC 6238, as AWS uses it).
fn step(model: &Model) -> String {
    let left = 30 - model.now.as_second().rem_euclid(30);
    match (model.motion, left) {
        (true, ..=5) => format!("the code changes in {left:>2} s: better wait for the next"),
        (true, _) => format!("the code changes in {left:>2} s"),
        (false, _) => "the code changes every 30 s".to_owned(),
    }
}

fn told(glyph: &'static str, role: Role, text: &str, look: &Look, width: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(text, width.saturating_sub(4), look).into_iter().enumerate();
    let face = |at| if at == 0 { format!(" {glyph} ") } else { "   ".to_owned() };
    lines
        .map(|(at, line)| Pieces::default().add(face(at), role, look).add(line, Role::Plain, look).line())
        .collect()
}
