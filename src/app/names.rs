//! What intents and scopes are called where they are written: on the command line and in `[keys]` of `config.toml`.
//!
//! A word is that of the verb which does the same, where there is one.

use super::binding::Scope;
use super::intent::Intent as I;
use super::model::Pane;

/// Every intent with its word.
static INTENTS: &[(I, &str)] = &[
    (I::Use, "use"),
    (I::Previous, "previous"),
    (I::Renew, "renew"),
    (I::Login, "login"),
    (I::Portal, "sso"),
    (I::Forget, "forget"),
    (I::Undo, "undo"),
    (I::Redo, "redo"),
    (I::Filter, "filter"),
    (I::NextMatch, "next-match"),
    (I::PreviousMatch, "previous-match"),
    (I::NextTool, "tool"),
    (I::Explicit, "explicit"),
    (I::Compare, "compare"),
    (I::Who, "whoami"),
    (I::Warnings, "warnings"),
    (I::Imds, "imds"),
    (I::Again, "again"),
    (I::Probe, "probe"),
    (I::Add, "add"),
    (I::Settings, "edit"),
    (I::Preferences, "settings"),
    (I::Rename, "rename"),
    (I::Duplicate, "copy-profile"),
    (I::Remove, "remove"),
    (I::Doctor, "doctor"),
    (I::Problems, "problems"),
    (I::Past, "history"),
    (I::Mend, "fix"),
    (I::MendAll, "fix-all"),
    (I::LookUp, "find-device"),
    (I::Suggest, "suggest"),
    (I::SuggestBefore, "suggest-before"),
    (I::Unset, "unset"),
    (I::Finish, "finish"),
    (I::Explain, "explain"),
    (I::Mouse, "mouse"),
    (I::Reload, "reload"),
    (I::Copy, "copy"),
    (I::Edit, "editor"),
    (I::Group, "group"),
    (I::Order, "order"),
    (I::Mark, "mark"),
    (I::MarkAll, "mark-all"),
    (I::Zoom, "zoom"),
    (I::Unzoom, "unzoom"),
    (I::NextPane, "next-pane"),
    (I::PreviousPane, "previous-pane"),
    (I::Pane(Pane::Profiles), "show"),
    (I::Pane(Pane::Chain), "chain"),
    (I::Pane(Pane::Sessions), "sessions"),
    (I::Up, "up"),
    (I::Down, "down"),
    (I::Top, "top"),
    (I::Bottom, "bottom"),
    (I::HalfUp, "half-up"),
    (I::HalfDown, "half-down"),
    (I::PageUp, "page-up"),
    (I::PageDown, "page-down"),
    (I::Back, "back"),
    (I::Messages, "messages"),
    (I::Log, "log"),
    (I::Timeline, "timeline"),
    (I::About, "about"),
    (I::Command, "command"),
    (I::Complete, "complete"),
    (I::Help, "help"),
    (I::Quit, "quit"),
    (I::Interrupt, "interrupt"),
    (I::Redraw, "redraw"),
    (I::Suspend, "suspend"),
    (I::Accept, "accept"),
    (I::Yes, "yes"),
    (I::No, "no"),
    (I::Toggle, "toggle"),
    (I::Erase, "erase"),
    (I::EraseAll, "erase-all"),
    (I::Close, "close"),
];

impl I {
    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        INTENTS.iter().find(|(intent, _)| *intent == self).map_or("", |(_, name)| *name)
    }
}

impl Scope {
    /// Its word in `[keys.in.SCOPE]`; `None` for the panes, whose keys stand in `[keys]` itself.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Always | Self::Main | Self::Links => return None,
            Self::Filter => "filter",
            Self::Mfa => "mfa",
            Self::Unlock => "passphrase",
            Self::SignIn => "sign-in",
            Self::Portal => "portal",
            Self::Confirm => "question",
            Self::Naming => "naming",
            Self::Form => "form",
            Self::Doctor => "doctor",
            Self::Past => "history",
            Self::Help => "help",
            Self::Command => "command",
            Self::List => "list",
            Self::Reading => "page",
            Self::Page => "link",
            Self::Compare => "compare",
            Self::Imds => "imds",
            Self::Settings => "settings",
            Self::Value => "value",
        })
    }

    /// Whether letters are text in it.
    #[must_use]
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Filter
                | Self::Mfa
                | Self::Unlock
                | Self::Naming
                | Self::Form
                | Self::Help
                | Self::Command
                | Self::Value
                | Self::Portal
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::app::bindings::BINDINGS;

    #[test]
    fn every_binding_has_a_name_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for binding in BINDINGS {
            let name = binding.intent.name();
            assert!(!name.is_empty(), "{:?} has no name", binding.intent);
            assert!(seen.insert((binding.scope.name(), name)), "{name} twice in {:?}", binding.scope);
        }
    }
}
