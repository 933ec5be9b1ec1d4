//! What a key means: the step between a key and its effect.

use super::model::Pane;

/// Something the user can want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intent {
    Use,
    Previous,
    Renew,
    /// Sign in to Identity Center.
    Login,
    /// What Identity Center lets one enter.
    Portal,
    Forget,
    Undo,
    Redo,
    Filter,
    NextMatch,
    PreviousMatch,
    NextTool,
    Explicit,
    /// All tools side by side.
    Compare,
    /// Who the default credentials are.
    Who,
    Warnings,
    /// Instance metadata.
    Imds,
    /// Ask for the same again.
    Again,
    Probe,
    /// A new profile.
    Add,
    /// The keys of the profile in a form.
    Settings,
    /// awsprof's own settings.
    Preferences,
    Rename,
    /// A second profile with the same keys.
    Duplicate,
    Remove,
    Doctor,
    /// What is wrong with the profile.
    Problems,
    /// The writes that can be taken back.
    Past,
    Mend,
    MendAll,
    /// Ask AWS for the devices of the keys that were typed.
    LookUp,
    /// Take the next or the previous suggestion.
    Suggest,
    SuggestBefore,
    /// Take a key away, or keep it after all.
    Unset,
    /// The form is complete.
    Finish,
    Explain,
    Mouse,
    Reload,
    Copy,
    Edit,
    Group,
    /// The next order of the profiles.
    Order,
    Mark,
    MarkAll,
    Zoom,
    Unzoom,
    NextPane,
    PreviousPane,
    Pane(Pane),
    Up,
    Down,
    Top,
    Bottom,
    HalfUp,
    HalfDown,
    PageUp,
    PageDown,
    /// One step out: never quits.
    Back,
    Messages,
    Log,
    Timeline,
    /// Version, folders, terminal, licences.
    About,
    Command,
    /// Take the marked completion into the line.
    Complete,
    Help,
    Quit,
    Interrupt,
    Redraw,
    Suspend,
    /// Do what is chosen in the dialog.
    Accept,
    Yes,
    No,
    /// Move between the dialog's answers.
    Toggle,
    Erase,
    EraseAll,
    Close,
}

/// What choosing a profile does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chooses {
    /// It becomes the default profile.
    #[default]
    Default,
    /// The calling shell gets its name, and the screen ends.
    Shell,
    /// So does whoever asked for a name and nothing else.
    Name,
}

/// What choosing a profile does, and the one that was chosen for whoever called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choosing {
    pub does: Chooses,
    pub chosen: Option<String>,
}
