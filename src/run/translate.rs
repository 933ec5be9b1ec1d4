//! From the terminal library's events to the core's.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use super::screen::Screen;
use crate::app::{Chord, Input, Key, Model, Mouse};

/// The event as the core knows it; `None` for what it does not care about.
pub fn input(event: Event, model: &Model, screen: &mut Screen) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => Some(Input::Key(chord(key))),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        Event::FocusGained => Some(Input::Focus(true)),
        Event::FocusLost => Some(Input::Focus(false)),
        Event::Mouse(mouse) => {
            let mut spot = || screen.spot(model, mouse.column, mouse.row);
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Input::Mouse(Mouse::Click(spot()))),
                MouseEventKind::ScrollUp => Some(Input::Mouse(Mouse::WheelUp(spot()))),
                MouseEventKind::ScrollDown => Some(Input::Mouse(Mouse::WheelDown(spot()))),
                _ => None,
            }
        }
    }
}

fn chord(event: KeyEvent) -> Chord {
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab | KeyCode::BackTab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Delete => Key::Delete,
        KeyCode::F(number) => Key::F(number),
        _ => Key::Other,
    };
    let alt = event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::META | KeyModifiers::SUPER);
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    Chord { key: if alt { Key::Other } else { key }, ctrl, shift: event.code == KeyCode::BackTab }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_chords_of_the_table() {
        let press = |code, modifiers| chord(KeyEvent::new(code, modifiers));
        assert_eq!(Some(press(KeyCode::Char('d'), KeyModifiers::CONTROL)), Chord::parse("C-d"));
        assert_eq!(Some(press(KeyCode::BackTab, KeyModifiers::SHIFT)), Chord::parse("S-Tab"));
        assert_eq!(Some(press(KeyCode::Char('G'), KeyModifiers::SHIFT)), Chord::parse("G"));
        assert_eq!(press(KeyCode::Char('x'), KeyModifiers::ALT).key, Key::Other);
    }
}
