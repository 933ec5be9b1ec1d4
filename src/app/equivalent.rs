//! The command line that does the same as a change on the screen. No secret is in it: those are read from the terminal.

use super::log::quoted;
use crate::aws::change::{Change, References, Settings};
use crate::aws::ini::{SectionId, SectionKind};
use crate::aws::secret::masked;

/// What to type in a shell.
#[must_use]
pub fn command(change: &Change) -> String {
    match change {
        Change::Use { profile } => format!("awsprof use {}", quoted(profile)),
        Change::UsePrevious => "awsprof use -".to_owned(),
        Change::UseClear => "awsprof use --clear".to_owned(),
        Change::Undo { id: Some(id) } => format!("awsprof undo {id}"),
        Change::Undo { id: None } => "awsprof undo".to_owned(),
        Change::Redo { id: Some(id) } => format!("awsprof redo {id}"),
        Change::Redo { id: None } => "awsprof redo".to_owned(),
        Change::SetupProcess { profile, .. } => format!("awsprof setup process {}", quoted(profile)),
        Change::Add { profile, settings, sso_session } => {
            let session = sso_session.iter().flat_map(|(_, settings)| settings);
            format!("awsprof add {}{}", quoted(profile), set(settings.iter().chain(session)))
        }
        Change::Edit { section, settings, unset } => {
            let unset: Vec<String> = unset.iter().map(|key| format!(" --unset {}", quoted(key))).collect();
            format!("awsprof edit {}{}{}", which(section), set(settings.iter()), unset.concat())
        }
        Change::Rename { section, to } => format!("awsprof rename {} {}", which(section), quoted(to)),
        Change::Copy { section, to } => format!("awsprof copy {} {}", which(section), quoted(to)),
        Change::Remove { section, references, .. } => {
            let references = match references {
                References::Refuse => String::new(),
                References::Leave => " --leave-references".to_owned(),
                References::Retarget(to) => format!(" --retarget {}", quoted(to)),
            };
            format!("awsprof remove {}{references}", which(section))
        }
        Change::Forget { profile: Some(profile) } => format!("awsprof forget {}", quoted(profile)),
        Change::Forget { profile: None } => "awsprof forget --all".to_owned(),
        Change::Rotate { profile, .. } => format!("awsprof keys rotate {}", quoted(profile)),
        Change::Import { .. } => "awsprof import".to_owned(),
        Change::Sync { session, .. } => format!("awsprof sso sync {}", quoted(session)),
        Change::Mend { .. } => "awsprof doctor --fix".to_owned(),
    }
}

/// A section as the verbs take it.
fn which(section: &SectionId) -> String {
    let name = quoted(&section.name);
    match section.kind {
        SectionKind::SsoSession => format!("{name} --sso-session"),
        SectionKind::Services => format!("{name} --services"),
        SectionKind::Profile | SectionKind::Other => name,
    }
}

/// Of an access key id the end is enough to know it again, as everywhere on the screen.
fn set<'a>(settings: impl Iterator<Item = &'a <Settings as IntoIterator>::Item>) -> String {
    let one = |(key, value): &(String, String)| {
        let value = if key == "aws_access_key_id" { masked(value) } else { value.clone() };
        format!(" --set {}", quoted(&format!("{key}={value}")))
    };
    settings.map(one).collect()
}
