//! Bytes of a file in a state file: text where it is UTF-8, a list of numbers where it is not.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A piece of a file. `Debug` shows its length only: it may hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Raw(pub Vec<u8>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    Text(String),
    Bytes(Vec<u8>),
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => to.serialize_str(text),
            Err(_) => self.0.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(match Form::deserialize(from)? {
            Form::Text(text) => text.into_bytes(),
            Form::Bytes(bytes) => bytes,
        }))
    }
}

impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_come_back_as_they_were() {
        for bytes in [b"[a]\nx = 1\n".to_vec(), b"caf\xe9".to_vec(), Vec::new()] {
            let json = serde_json::to_string(&Raw(bytes.clone())).unwrap();
            assert_eq!(serde_json::from_str::<Raw>(&json).unwrap(), Raw(bytes));
        }
    }

    #[test]
    fn debug_shows_a_length() {
        assert_eq!(format!("{:?}", Raw(b"hush".to_vec())), "4 bytes");
    }
}
