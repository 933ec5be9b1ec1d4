//! What stands above an indented line. Ruby's parser asks the line above for its value without looking whether there is
//! one (`ini_parser.rb`: `previous_item[2]`): an indented key that hangs in the air makes it raise, and the file is lost.
//! Headers change nothing about what stood above, so that a key of another section will do.

/// What the lines so far say.
#[derive(Default)]
pub(super) struct Above {
    last: Last,
    /// Of this section something was seen.
    here: bool,
    /// Something hung on what stands in other sections.
    pub unknown: bool,
}

/// What an indented line would hang on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    /// A key with a value.
    Key,
    /// A key without one, whose block goes on until the next key of the section.
    Block,
}

impl Above {
    /// A section begins.
    pub const fn section(&mut self) {
        self.here = false;
    }

    /// Takes one more line that is no header; whether it is a key that nothing stands above.
    pub fn hangs_in_the_air(&mut self, indented: bool, text: &str) -> bool {
        let parts = text.split_once('=').filter(|(key, _)| !key.trim().is_empty());
        let value = parts.map(|(_, value)| !value.trim().is_empty());
        let hung = indented && value == Some(true);
        let in_the_air = hung && self.last == Last::Nothing;
        self.unknown |= hung && !self.here;
        self.here |= value.is_some();
        self.last = match (value, self.last) {
            (Some(false), _) | (None, Last::Block) => Last::Block,
            (Some(true), Last::Block) if indented => Last::Block,
            (Some(true), _) => Last::Key,
            (None, _) => Last::Nothing,
        };
        in_the_air
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indented_key_wants_a_key_above() {
        let raises = |lines: &[&str]| {
            let mut above = Above::default();
            lines.iter().any(|line| match line.strip_prefix('[') {
                Some(_) => {
                    above.section();
                    false
                }
                None => above.hangs_in_the_air(line.starts_with(' '), line.trim()),
            })
        };
        for lines in [&["[a]", " k = v"][..], &["[a]", "k = v", "", " j = x"], &["[a]", "junk", " j = x"]] {
            assert!(raises(lines), "{lines:?}");
        }
        for lines in [
            &["[a]", "k = v", " j = x"][..],
            &["[a]", "k = v", "[b]", " j = x"],
            &["[a]", "s3 =", " j = x", "", " i = y"],
            &["[a]", " k"],
        ] {
            assert!(!raises(lines), "{lines:?}");
        }
    }
}
