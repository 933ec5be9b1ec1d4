//! What a dialog draws on: the cells, and which of them are a line or an answer that a click can mean.
//!
//! What can be pointed at is noted where it is drawn, so what is seen and what is hit cannot differ.

use std::ops::{Deref, DerefMut};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::{put, scroll};
use crate::app::Spot;

/// A line of a list, and the index of what it stands for; a heading stands for nothing.
pub type Entry = (Option<usize>, Line<'static>);

/// A buffer with notes of what lies where.
pub struct Canvas<'a> {
    buf: &'a mut Buffer,
    targets: Vec<(Rect, Spot)>,
}

impl<'a> Canvas<'a> {
    pub const fn new(buf: &'a mut Buffer) -> Self {
        Self { buf, targets: Vec::new() }
    }

    /// Notes what a place means.
    pub fn note(&mut self, place: Rect, spot: Spot) {
        self.targets.push((place.intersection(self.buf.area), spot));
    }

    /// Puts a line on row `row` of `area`: the one of `at`, if it can be chosen.
    pub fn entry(&mut self, area: Rect, row: usize, (at, line): Entry) {
        put(self, area, row, line);
        let row = u16::try_from(row).unwrap_or(u16::MAX);
        if let Some(at) = at.filter(|_| row < area.height) {
            self.note(Rect { y: area.y + row, height: 1, ..area }, Spot::Line(at));
        }
    }

    /// Puts as many lines as `area` has rows, the chosen one among them.
    pub fn list(&mut self, area: Rect, entries: Vec<Entry>, chosen: usize) {
        let height = usize::from(area.height);
        let cursor = entries.iter().position(|(at, _)| *at == Some(chosen)).unwrap_or(0);
        let top = scroll(cursor, entries.len(), height);
        for (row, entry) in entries.into_iter().skip(top).take(height).enumerate() {
            self.entry(area, row, entry);
        }
    }

    /// What was noted.
    pub fn targets(self) -> Targets {
        Targets(self.targets)
    }
}

impl Deref for Canvas<'_> {
    type Target = Buffer;

    fn deref(&self) -> &Buffer {
        self.buf
    }
}

impl DerefMut for Canvas<'_> {
    fn deref_mut(&mut self) -> &mut Buffer {
        self.buf
    }
}

/// The lines and answers of the dialog in a frame, where they stand.
#[derive(Clone, Debug, Default)]
pub struct Targets(Vec<(Rect, Spot)>);

impl Targets {
    /// What was drawn at a cell.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<Spot> {
        let here = Position { x: column, y: row };
        self.0.iter().find(|(place, _)| place.contains(here)).map(|(_, spot)| *spot)
    }
}
