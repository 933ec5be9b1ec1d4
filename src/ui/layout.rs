//! Where everything stands, by the size of the terminal; and what lies under the pointer.

use ratatui::layout::{Constraint, Layout, Margin, Rect};

use super::{chain, footer, header, profiles, scroll};
use crate::app::{Model, Pane, Spot};

/// From here the panes stand side by side.
const WIDE: u16 = 90;
/// From here they stand above each other; below there is one, with tabs.
const MEDIUM: u16 = 45;
/// What the chain keeps beside profiles that want more than their share: a reason is still read in it.
const CHAIN: u16 = 60;
/// Below this many rows there is no room for frames.
const LOW: u16 = 8;

/// The places of a frame.
#[derive(Clone, Debug, Default)]
pub struct Areas {
    pub header: Rect,
    /// The names of the panes, where only one fits.
    pub tabs: Option<Rect>,
    pub panes: Vec<(Pane, Rect)>,
    /// Too low for frames and tabs: the rows themselves.
    pub bare: bool,
    pub body: Rect,
    pub authenticator: Rect,
    pub toasts: Rect,
    pub footer: Rect,
}

/// Too small for anything but a line of text.
#[must_use]
pub const fn is_tiny(area: Rect) -> bool {
    area.width < 20 || area.height < 4
}

/// Divides `area`.
#[must_use]
pub fn areas(model: &Model, area: Rect) -> Areas {
    let toasts = u16::try_from(model.toasts.len()).unwrap_or(3).max(u16::from(area.height >= 12));
    let authenticator = u16::from(model.authenticator.is_some());
    let [header, authenticator, toasts, footer] =
        [1, authenticator, toasts.min(area.height / 4), 1].map(Constraint::Length);
    let [header, body, authenticator, toasts, footer] =
        Layout::vertical([header, Constraint::Min(0), authenticator, toasts, footer]).areas(area);
    let bare = area.height < LOW;
    let (tabs, panes) = if bare { (None, vec![(model.pane, body)]) } else { panes(model, body) };
    Areas { header, tabs, panes, bare, body, authenticator, toasts, footer }
}

impl Areas {
    /// Where a pane's lines stand.
    #[must_use]
    pub fn inside(&self, model: &Model, pane: Pane, area: Rect) -> Rect {
        if !self.bare {
            return area.inner(Margin::new(1, 1));
        }
        let filter = u16::from(pane == Pane::Profiles && model.filter.is_shown() && area.height > 1);
        Rect { height: area.height - filter, ..area }
    }
}

fn panes(model: &Model, body: Rect) -> (Option<Rect>, Vec<(Pane, Rect)>) {
    let sessions = u16::try_from(model.overview.sessions.len()).unwrap_or(u16::MAX).saturating_add(2);
    let [first, second, third] = Pane::ALL;
    if model.zoomed || body.width < MEDIUM || body.height < 12 {
        let [tabs, pane] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(body);
        return (Some(tabs), vec![(model.pane, pane)]);
    }
    if body.width < WIDE {
        let third_rows = sessions.clamp(3, body.height / 5 + 1);
        let split = [Constraint::Fill(3), Constraint::Fill(4), Constraint::Length(third_rows)];
        let [a, b, c] = Layout::vertical(split).areas(body);
        return (None, vec![(first, a), (second, b), (third, c)]);
    }
    let wanted = u16::try_from(profiles::wanted(model)).unwrap_or(u16::MAX);
    let most = (body.width * 46 / 100).max(body.width.saturating_sub(CHAIN));
    let left = wanted.clamp(38, most.max(38));
    let [left, right] = Layout::horizontal([Constraint::Length(left), Constraint::Min(0)]).areas(body);
    let rows = sessions.clamp(4, (body.height / 3).max(4));
    let [b, c] = Layout::vertical([Constraint::Min(0), Constraint::Length(rows)]).areas(right);
    (None, vec![(first, left), (second, b), (third, c)])
}

/// What lies under a cell.
#[must_use]
pub fn spot(model: &Model, area: Rect, column: u16, row: u16) -> Spot {
    if is_tiny(area) {
        return Spot::Nothing;
    }
    let at = ratatui::layout::Position { x: column, y: row };
    let areas = areas(model, area);
    if areas.footer.contains(at) {
        return footer::hint_at(model, areas.footer, column).map_or(Spot::Nothing, Spot::Hint);
    }
    if let Some(tabs) = areas.tabs.filter(|tabs| tabs.contains(at)) {
        let tab = header::tab_at(model, usize::from(column - tabs.x));
        return tab.map_or(Spot::Nothing, |pane| Spot::Pane(pane, None));
    }
    let hit = areas.panes.iter().find(|(_, area)| area.contains(at));
    hit.map_or(Spot::Nothing, |(pane, area)| {
        Spot::Pane(*pane, line_at(model, *pane, areas.inside(model, *pane, *area), row))
    })
}

/// The cell where the selected line of the focused pane starts.
#[must_use]
pub fn selected(model: &Model, area: Rect) -> Option<(u16, u16)> {
    if is_tiny(area) {
        return None;
    }
    let areas = areas(model, area);
    let (pane, area) = areas.panes.iter().find(|(pane, _)| *pane == model.pane)?;
    let inside = areas.inside(model, *pane, *area);
    let chosen = Some(model.cursors[*pane as usize]);
    let row = (inside.top()..inside.bottom()).find(|row| line_at(model, *pane, inside, *row) == chosen)?;
    Some((inside.x, row))
}

fn line_at(model: &Model, pane: Pane, inside: Rect, row: u16) -> Option<usize> {
    let line = usize::from(row.checked_sub(inside.y)?);
    let height = usize::from(inside.height);
    let room = if pane == Pane::Chain { chain::room(model, height) } else { height };
    match pane {
        _ if line >= room => None,
        Pane::Profiles => profiles::hit_at(model, height, line),
        _ => Some(scroll(model.cursors[pane as usize], model.lines(pane), room) + line),
    }
}
