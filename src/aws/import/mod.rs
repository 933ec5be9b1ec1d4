//! Profiles in other tools' files: read, recognised, put into AWS's own keys.
//!
//! Pure: a text goes in, profiles come out, and nothing is written. What a file is is seen from what it holds, not
//! from its name (`csv` for the AWS console, `aws` for files in the form of AWS's own two, `foreign` for s3cmd,
//! boto and rclone, which are read by `configparser` with inline comments off: an rclone secret may hold `#` and `;`).

mod aws;
mod csv;
mod foreign;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::change::Settings;
use super::ini::is_identifier;
use super::secret::{Secret, is_secret_key};

/// One profile found in a file.
#[derive(Clone, Debug)]
pub struct Found {
    /// A name that a profile can have.
    pub name: String,
    /// Whose file it is: `AWS console CSV`, `rclone`, …
    pub from: &'static str,
    pub settings: Settings,
    pub secrets: Vec<(String, Secret)>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// The moment and the place a file is read in: naive local times are in this zone.
#[derive(Clone, Debug)]
pub struct Here {
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("it is not UTF-8 text")]
    NotText,
    #[error("it is an encrypted rclone configuration")]
    Encrypted,
    #[error("line {line}: {what}")]
    Malformed { line: usize, what: &'static str },
    #[error("no form that awsprof knows")]
    Unknown,
    #[error("it holds no access key")]
    Nothing,
}

impl ImportError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotText => "save it as UTF-8",
            Self::Encrypted => "`rclone config show > FILE` prints it decrypted; import that and delete it",
            Self::Malformed { .. } => "download it again, or correct the line",
            Self::Unknown | Self::Nothing => {
                "known are the AWS console's CSV, files like ~/.aws/credentials, .s3cfg, .boto and rclone.conf"
            }
        };
        Some(hint.to_owned())
    }
}

/// Finds the profiles in a file. `stem` is its name without directory and extension, for files that name nobody.
///
/// # Errors
/// [`ImportError`], when there is nothing to take over.
pub fn read(stem: &str, bytes: &[u8], here: &Here) -> Result<Vec<Found>, ImportError> {
    let text =
        std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or(ImportError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start_matches(['\r', '\n']);
    let found = match () {
        () if text.contains("RCLONE_ENCRYPT_V") => return Err(ImportError::Encrypted),
        () if csv::is(text) => csv::read(stem, text)?,
        () => match foreign::read(text) {
            Some(found) => found,
            None => aws::read(text, here)?,
        },
    };
    if found.is_empty() { Err(ImportError::Nothing) } else { Ok(found) }
}

impl Found {
    fn new(name: &str, from: &'static str) -> Self {
        let (settings, secrets, notes) = (Vec::new(), Vec::new(), Vec::new());
        Self { name: profile_name(name), from, settings, secrets, notes }
    }

    /// Takes a value, unless it is empty.
    fn put(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if is_secret_key(key) {
            self.secrets.push((key.to_owned(), Secret::new(value)));
        } else {
            self.settings.push((key.to_owned(), value.to_owned()));
        }
    }

    /// The value of a key that is no secret.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// The nearest name that every SDK reads.
fn profile_name(text: &str) -> String {
    let fit = |c: char| if c.is_ascii() && is_identifier(&[c as u8]) { c } else { '-' };
    let name: String = text.trim().chars().map(fit).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "imported".to_owned() } else { name.to_owned() }
}
