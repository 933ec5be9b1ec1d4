//! A QR code in half blocks: two rows of it in one line of text.

use qrcode::{Color, EcLevel, QrCode};

/// Quiet modules round it: the standard wants four, every camera is content with two.
const QUIET: usize = 2;

/// The lines of a picture of `text`, all as wide; `None` for a text that is too long for one. What is dark in it is
/// left blank, so that it reads on a dark terminal; cameras take both.
#[must_use]
pub fn lines(text: &str) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let light = |x: usize, y: usize| {
        let inside = (QUIET..QUIET + width).contains(&x) && (QUIET..QUIET + width).contains(&y);
        y < side && !(inside && code[(x - QUIET, y - QUIET)] == Color::Dark)
    };
    let cell = |x, y| match (light(x, y), light(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    Some((0..side).step_by(2).map(|y| (0..side).map(|x| cell(x, y)).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_a_line_and_a_quiet_edge() {
        let lines = lines("http://127.0.0.1/device?user_code=ABCD-EFGH").unwrap();
        let width = lines[0].chars().count();
        assert_eq!(lines.len(), width.div_ceil(2));
        assert!(lines.iter().all(|line| line.chars().count() == width));
        assert!(lines[..width / 2].iter().all(|line| line.starts_with("██") && line.ends_with("██")));
        assert!(lines[0].chars().all(|c| c == '█'));
        assert!(super::lines(&"x".repeat(8000)).is_none());
    }
}
