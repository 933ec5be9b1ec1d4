//! What stands above an indented line. Ruby's parser asks the line above for its value without looking whether there is
//! one (`ini_parser.rb`: `previous_item[2]`): an indented key that hangs in the air makes it raise, and the file is lost.
//! Headers change nothing about what stood above, so that a key of another section will do.

/// What the lines so far say.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about the lines above")]
pub(super) struct Above {
    /// The last line was a key with a value.
    key: bool,
    /// The last key had none: what is indented belongs to it.
    block: bool,
    /// Of this section something was seen.
    here: bool,
    /// Something hung on what stands in other sections.
    pub unknown: bool,
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
        let in_the_air = hung && !self.block && !self.key;
        self.unknown |= hung && !self.here;
        self.block = value == Some(false) || self.block && (indented || value.is_none());
        self.key = value == Some(true);
        self.here |= value.is_some();
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
