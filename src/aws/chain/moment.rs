//! Moments as the tools around AWS write them.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

/// RFC 3339; the same with `UTC` for an offset (older AWS CLIs' caches); `%Y-%m-%d %H:%M:%S` in UTC (aws-mfa).
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let zoned = text.strip_suffix("UTC").map_or_else(|| text.to_owned(), |bare| format!("{bare}Z"));
    zoned.parse().ok().or_else(|| format!("{}Z", text.replacen(' ', "T", 1)).parse().ok())
}

/// A moment in JSON.
pub(super) fn in_json<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    parse(&text).ok_or_else(|| serde::de::Error::custom("no moment"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_spellings_of_a_moment() {
        let moment = parse("2030-01-02T03:04:05Z");
        assert!(moment.is_some());
        let same = [
            "2030-01-02 03:04:05",
            "2030-01-02T03:04:05UTC",
            "2030-01-02T03:04:05+00:00",
            " 2030-01-02T05:04:05+02:00",
        ];
        assert!(same.iter().all(|text| parse(text) == moment));
        assert!(parse("soon").is_none());
        assert!(parse("").is_none());
    }
}
