//! The one table of keys: it feeds the key handling, the footer, the help page and the docs.
//!
//! A key that does nothing now is shown and says why. A binding with two chords (`g g`) waits for the second.

pub use super::binding::{Binding, Heading, Scope};
use super::binding::{dialog, does, key, looks, moves, program};
use super::enabled as when;
use super::intent::Intent as I;
use super::marks;
use super::model::Pane;
use super::settings;

/// Every key of the screen.
pub static BINDINGS: &[Binding] = &[
    does(I::Use, &["Enter"], "make the profile the default").footer(2, "use").when(when::can_use),
    does(I::Renew, &["r"], "renew the MFA session, or take the role; asks for a code if it must")
        .footer(1, "renew")
        .when(marks::can_renew),
    does(I::Login, &["l"], "sign in to Identity Center, for every tool").when(when::can_sign_in),
    does(I::Forget, &["X"], "forget the session, and the roles that rest on it").when(when::can_forget),
    does(I::Previous, &["-"], "back to the previous default").when(when::can_write),
    does(I::Undo, &["u"], "undo the last write").when(when::can_write),
    does(I::Redo, &["U", "C-r"], "redo what was undone").when(when::can_write),
    does(I::Add, &["A"], "add a profile: choose its kind, fill in the form")
        .footer(13, "add")
        .when(when::can_write),
    does(I::Settings, &["E"], "edit the keys of the profile in a form")
        .footer(14, "settings")
        .when(when::can_change),
    does(I::Rename, &["W"], "write the profile under another name; what names it follows")
        .when(when::can_change),
    does(I::Duplicate, &["C"], "copy the profile under a second name").when(when::can_change),
    does(I::Remove, &["d d"], "remove the profile from both files").when(marks::can_remove),
    looks(I::Mark, &["Space"], "mark the profile: renew, remove and copy then do it to all that are marked")
        .when(when::has_profile),
    looks(I::MarkAll, &["*"], "mark all profiles shown, or none").when(when::has_profile),
    looks(I::Filter, &["/"], "filter profiles; /! shows what does not match").footer(4, "filter"),
    looks(I::NextMatch, &["n"], "next match").when(when::has_filter),
    looks(I::PreviousMatch, &["N"], "previous match").when(when::has_filter),
    looks(I::NextTool, &["t"], "see the chain as the next tool does").footer(6, "tool").when(when::has_tools),
    looks(I::Explicit, &["P"], "switch between AWS_PROFILE and --profile").footer(12, "--profile"),
    looks(I::Probe, &["p"], "ask the links that need the network or a process")
        .footer(5, "probe")
        .when(when::can_probe),
    looks(I::Compare, &["="], "compare the tools: which agree, and why the others do not")
        .footer(9, "compare")
        .when(when::has_profile),
    looks(I::Warnings, &["w"], "warnings about the chain, each with what to do").when(when::has_warnings),
    looks(I::Who, &["i"], "who you are: account, ARN, region, or why that is not known"),
    looks(I::Portal, &["O"], "Identity Center: the accounts and roles you may enter, and their profiles")
        .when(when::has_portal),
    looks(I::Imds, &["I"], "browse instance metadata (IMDS): asks with each key"),
    key(
        Scope::Links,
        Heading::Looking,
        I::Explain,
        &["Enter"],
        "explain the link: its rule, what makes it win",
    )
    .footer(2, "explain")
    .when(when::has_link),
    looks(I::Copy, &["y"], "copy a name, an account, an ARN or an export line")
        .footer(8, "copy")
        .when(when::has_profile),
    looks(I::Edit, &["e"], "edit the file at this line in $EDITOR").footer(7, "edit").when(when::has_place),
    looks(I::Doctor, &["D"], "the doctor: what is wrong, and what mends it"),
    looks(I::Problems, &["!"], "what is wrong with this profile").when(when::has_problem),
    looks(I::Past, &["H"], "the writes that can be taken back, with their diffs").when(when::is_loaded),
    looks(I::Timeline, &["T"], "when each session ends, over the next 12 hours"),
    looks(I::Group, &["a"], "group profiles by account, by sso-session, or not"),
    looks(
        I::Order,
        &["o"],
        "order profiles as in the files, by name, or by how often and lately they are used",
    ),
    looks(I::Reload, &["R"], "read the files again"),
    looks(I::Zoom, &["+"], "give the whole screen to this pane"),
    looks(I::Unzoom, &["_"], "show all panes again"),
    moves(I::Down, &["j", "Down"], "down"),
    moves(I::Up, &["k", "Up"], "up"),
    moves(I::Top, &["g g", "Home"], "to the first line"),
    moves(I::Bottom, &["G", "End"], "to the last line"),
    moves(I::HalfDown, &["C-d"], "half a page down"),
    moves(I::HalfUp, &["C-u"], "half a page up"),
    moves(I::PageDown, &["PgDn", "C-f"], "a page down"),
    moves(I::PageUp, &["PgUp", "C-b"], "a page up"),
    moves(I::NextPane, &["Tab", "Right"], "next pane").footer(10, "pane"),
    moves(I::PreviousPane, &["S-Tab", "h", "Left"], "previous pane"),
    moves(I::Pane(Pane::Profiles), &["1"], "to the profiles"),
    moves(I::Pane(Pane::Chain), &["2"], "to the chain"),
    moves(I::Pane(Pane::Sessions), &["3"], "to the sessions"),
    moves(I::Back, &["Esc"], "one step out: cancel a job, clear the filter, leave the zoom"),
    program(Scope::Main, I::Mouse, &["m"], "leave the mouse to the terminal, or take it back"),
    program(Scope::Main, I::Command, &[":"], "type a command: what a verb does, by its name")
        .footer(9, "command"),
    program(Scope::Main, I::Preferences, &["S"], "awsprof's own settings: what each does, and changing it"),
    program(Scope::Main, I::Messages, &["M"], "what was said so far"),
    program(Scope::Main, I::Log, &["L"], "what was done so far, and the commands that do the same"),
    program(Scope::Main, I::About, &["V"], "version, folders, what is known of the terminal, licences"),
    program(Scope::Main, I::Help, &["?"], "this page").footer(3, "help"),
    program(Scope::Main, I::Quit, &["q"], "quit").footer(11, "quit"),
    program(Scope::Always, I::Interrupt, &["C-c"], "quit from anywhere; waits for a write under way"),
    program(Scope::Always, I::Redraw, &["C-l"], "draw everything anew"),
    program(Scope::Always, I::Suspend, &["C-z"], "suspend; fg comes back"),
    dialog(Scope::Filter, I::Accept, &["Enter"], "keep the filter").footer(1, "keep"),
    dialog(Scope::Filter, I::Close, &["Esc"], "clear the filter").footer(2, "clear"),
    dialog(Scope::Filter, I::Down, &["Down"], "next match").footer(3, "next"),
    dialog(Scope::Filter, I::Up, &["Up"], "previous match").footer(4, "previous"),
    dialog(Scope::Filter, I::Erase, &["Backspace"], "erase a character"),
    dialog(Scope::Filter, I::EraseAll, &["C-u"], "erase everything"),
    dialog(Scope::Mfa, I::Accept, &["Enter"], "send the code")
        .footer(1, "send")
        .danger()
        .when(when::can_submit),
    dialog(Scope::Mfa, I::Close, &["Esc"], "cancel the request, or leave").footer(2, "leave"),
    dialog(Scope::Mfa, I::Erase, &["Backspace"], "erase a digit").footer(3, "erase"),
    dialog(Scope::Mfa, I::EraseAll, &["C-u"], "erase all digits"),
    dialog(Scope::Unlock, I::Accept, &["Enter"], "open the seeds")
        .footer(1, "open")
        .danger()
        .when(when::can_write),
    dialog(Scope::Unlock, I::Close, &["Esc"], "cancel the renewal, or leave").footer(2, "leave"),
    dialog(Scope::Unlock, I::Erase, &["Backspace"], "erase a character").footer(3, "erase"),
    dialog(Scope::Unlock, I::EraseAll, &["C-u"], "erase all characters"),
    dialog(Scope::SignIn, I::Close, &["Esc"], "cancel the sign-in").footer(1, "cancel"),
    dialog(Scope::SignIn, I::Copy, &["y"], "copy the address").footer(2, "copy address"),
    dialog(Scope::Portal, I::Accept, &["Enter"], "to the profile of the role; one that is missing is made")
        .footer(1, "profile"),
    dialog(Scope::Portal, I::Finish, &["C-s"], "profiles for everything listed: shows the diff first")
        .footer(2, "sync all"),
    dialog(
        Scope::Portal,
        I::Copy,
        &["C-y"],
        "copy the command that uses the role at once, without a profile",
    )
    .footer(3, "copy command"),
    dialog(Scope::Portal, I::Toggle, &["Tab"], "the next sso-session").footer(4, "next session"),
    dialog(Scope::Portal, I::Again, &["C-r"], "ask again"),
    dialog(Scope::Portal, I::Close, &["Esc"], "cancel the question, or leave").footer(5, "leave"),
    dialog(Scope::Portal, I::Down, &["Down"], "next role"),
    dialog(Scope::Portal, I::Up, &["Up"], "previous role"),
    dialog(Scope::Portal, I::PageDown, &["PgDn"], "ten roles on"),
    dialog(Scope::Portal, I::PageUp, &["PgUp"], "ten roles back"),
    dialog(Scope::Portal, I::Erase, &["Backspace"], "erase a character of the filter"),
    dialog(Scope::Portal, I::EraseAll, &["C-u"], "erase the filter"),
    dialog(Scope::Confirm, I::Yes, &["y"], "yes, write it").footer(1, "yes").danger().when(when::can_write),
    dialog(Scope::Confirm, I::No, &["n", "Esc"], "no").footer(2, "no"),
    dialog(Scope::Confirm, I::Toggle, &["Tab", "S-Tab", "Left", "Right", "h", "l"], "other answer"),
    dialog(Scope::Confirm, I::Accept, &["Enter"], "give the marked answer (no, unless moved)")
        .footer(3, "answer"),
    dialog(Scope::Confirm, I::Down, &["j", "Down"], "scroll down").footer(4, "scroll"),
    dialog(Scope::Confirm, I::Up, &["k", "Up"], "scroll up"),
    dialog(Scope::Confirm, I::PageDown, &["PgDn", "C-d", "C-f"], "ten lines down"),
    dialog(Scope::Confirm, I::PageUp, &["PgUp", "C-u", "C-b"], "ten lines up"),
    dialog(Scope::Naming, I::Accept, &["Enter"], "write it, once the name is typed")
        .footer(1, "write it")
        .danger()
        .when(when::can_agree),
    dialog(Scope::Naming, I::No, &["Esc"], "no").footer(2, "no"),
    dialog(Scope::Naming, I::Down, &["Down"], "scroll down").footer(3, "scroll"),
    dialog(Scope::Naming, I::Up, &["Up"], "scroll up"),
    dialog(Scope::Naming, I::PageDown, &["PgDn"], "ten lines down"),
    dialog(Scope::Naming, I::PageUp, &["PgUp"], "ten lines up"),
    dialog(Scope::Naming, I::Erase, &["Backspace"], "erase a character"),
    dialog(Scope::Naming, I::EraseAll, &["C-u"], "erase the name"),
    dialog(Scope::Form, I::Accept, &["Enter"], "next field; after the last one see what will be written")
        .footer(1, "next"),
    dialog(Scope::Form, I::Finish, &["C-s"], "see what will be written").footer(2, "done"),
    dialog(Scope::Form, I::Close, &["Esc"], "one step out").footer(3, "back"),
    dialog(Scope::Form, I::Down, &["Tab", "Down"], "next field"),
    dialog(Scope::Form, I::Up, &["S-Tab", "Up"], "previous field"),
    dialog(Scope::Form, I::Suggest, &["Right"], "take the suggestion, or the next one").footer(4, "take"),
    dialog(Scope::Form, I::SuggestBefore, &["Left"], "the suggestion before"),
    dialog(Scope::Form, I::LookUp, &["C-f"], "ask AWS for the MFA devices of these keys")
        .footer(5, "find MFA device")
        .when(when::can_look_up),
    dialog(Scope::Form, I::Unset, &["C-x"], "take the key away, or keep it after all")
        .footer(6, "remove key")
        .when(when::can_unset),
    dialog(Scope::Form, I::Erase, &["Backspace"], "erase a character"),
    dialog(Scope::Form, I::EraseAll, &["C-u"], "erase the field"),
    dialog(Scope::Doctor, I::Accept, &["Enter"], "the problem in full, or the list").footer(1, "explain"),
    dialog(Scope::Doctor, I::Mend, &["f"], "mend this one, after showing how")
        .footer(2, "fix")
        .danger()
        .when(when::can_mend),
    dialog(Scope::Doctor, I::MendAll, &["F"], "mend all that can be mended, after showing how")
        .footer(3, "fix all")
        .danger()
        .when(when::can_mend_all),
    dialog(Scope::Doctor, I::Edit, &["e"], "edit the file at this line")
        .footer(4, "edit")
        .when(when::can_open),
    dialog(Scope::Doctor, I::Close, &["Esc", "q"], "one step out").footer(5, "close"),
    dialog(Scope::Doctor, I::Down, &["j", "Down"], "down").footer(6, "down"),
    dialog(Scope::Doctor, I::Up, &["k", "Up"], "up"),
    dialog(Scope::Doctor, I::Top, &["g g", "Home"], "to the first problem"),
    dialog(Scope::Doctor, I::Bottom, &["G", "End"], "to the last problem"),
    dialog(Scope::Doctor, I::PageDown, &["PgDn", "C-d", "C-f"], "ten lines down"),
    dialog(Scope::Doctor, I::PageUp, &["PgUp", "C-u", "C-b"], "ten lines up"),
    dialog(Scope::Past, I::Accept, &["Enter"], "take this write back, after showing how")
        .footer(1, "undo")
        .danger()
        .when(when::can_take_back),
    dialog(Scope::Past, I::Close, &["Esc", "q"], "close").footer(2, "close"),
    dialog(Scope::Past, I::Down, &["j", "Down"], "the write before").footer(3, "down"),
    dialog(Scope::Past, I::Up, &["k", "Up"], "the write after").footer(4, "up"),
    dialog(Scope::Past, I::PageDown, &["PgDn", "C-d"], "scroll the diff down").footer(5, "scroll"),
    dialog(Scope::Past, I::PageUp, &["PgUp", "C-u"], "scroll the diff up"),
    dialog(Scope::Help, I::Accept, &["Enter"], "do what is chosen").footer(1, "do it"),
    dialog(Scope::Help, I::Close, &["Esc"], "close").footer(2, "close"),
    dialog(Scope::Help, I::Down, &["Down"], "down").footer(3, "down"),
    dialog(Scope::Help, I::Up, &["Up"], "up").footer(4, "up"),
    dialog(Scope::Help, I::PageDown, &["PgDn"], "ten lines down"),
    dialog(Scope::Help, I::PageUp, &["PgUp"], "ten lines up"),
    dialog(Scope::Help, I::Erase, &["Backspace"], "erase a character"),
    dialog(Scope::Help, I::EraseAll, &["C-u"], "erase the filter"),
    dialog(Scope::Command, I::Accept, &["Enter"], "do what is typed or marked").footer(1, "do it"),
    dialog(Scope::Command, I::Complete, &["Tab"], "complete").footer(2, "complete"),
    dialog(Scope::Command, I::Close, &["Esc"], "close").footer(3, "close"),
    dialog(Scope::Command, I::Down, &["Down"], "next completion").footer(4, "next"),
    dialog(Scope::Command, I::Up, &["Up"], "completion before"),
    dialog(Scope::Command, I::Erase, &["Backspace"], "erase a character"),
    dialog(Scope::Command, I::EraseAll, &["C-u"], "erase the line"),
    dialog(Scope::List, I::Accept, &["Enter"], "take what is chosen").footer(1, "take"),
    dialog(Scope::List, I::Close, &["Esc", "q"], "close").footer(2, "close"),
    dialog(Scope::List, I::Down, &["j", "Down"], "down").footer(3, "down"),
    dialog(Scope::List, I::Up, &["k", "Up"], "up").footer(4, "up"),
    dialog(Scope::Reading, I::Close, &["Esc", "q", "Enter"], "close").footer(1, "close"),
    dialog(Scope::Reading, I::Down, &["j", "Down"], "down").footer(2, "down"),
    dialog(Scope::Reading, I::Up, &["k", "Up"], "up").footer(3, "up"),
    dialog(Scope::Reading, I::PageDown, &["PgDn", "C-d", "C-f"], "ten lines down"),
    dialog(Scope::Reading, I::PageUp, &["PgUp", "C-u", "C-b"], "ten lines up"),
    dialog(Scope::Page, I::Close, &["Esc", "q", "Enter"], "close").footer(1, "close"),
    dialog(Scope::Page, I::NextPane, &["Tab", "l", "Right"], "the next link").footer(2, "next"),
    dialog(Scope::Page, I::PreviousPane, &["S-Tab", "h", "Left"], "the link before").footer(3, "previous"),
    dialog(Scope::Page, I::Edit, &["e"], "edit the file at this line")
        .footer(4, "edit")
        .when(when::has_place),
    dialog(Scope::Page, I::Down, &["j", "Down"], "scroll down").footer(5, "scroll"),
    dialog(Scope::Page, I::Up, &["k", "Up"], "scroll up"),
    dialog(Scope::Page, I::PageDown, &["PgDn", "C-d", "C-f"], "ten lines down"),
    dialog(Scope::Page, I::PageUp, &["PgUp", "C-u", "C-b"], "ten lines up"),
    dialog(Scope::Compare, I::Accept, &["Enter"], "see the chain as this tool does").footer(1, "this tool"),
    dialog(Scope::Compare, I::Close, &["Esc", "q", "="], "close").footer(2, "close"),
    dialog(Scope::Compare, I::Down, &["j", "Down"], "next tool").footer(3, "next"),
    dialog(Scope::Compare, I::Up, &["k", "Up"], "tool before").footer(4, "previous"),
    dialog(Scope::Compare, I::Top, &["g g", "Home"], "to the first tool"),
    dialog(Scope::Compare, I::Bottom, &["G", "End"], "to the last tool"),
    dialog(Scope::Compare, I::PageDown, &["PgDn", "C-d", "C-f"], "ten lines down"),
    dialog(Scope::Compare, I::PageUp, &["PgUp", "C-u", "C-b"], "ten lines up"),
    dialog(Scope::Compare, I::Toggle, &["Tab"], "the list or the matrix, where one fits").footer(5, "matrix"),
    dialog(Scope::Imds, I::Accept, &["Enter", "l", "Right"], "open the folder, read the value")
        .footer(1, "open"),
    dialog(Scope::Imds, I::Erase, &["Backspace", "h", "Left"], "to the folder above").footer(2, "up"),
    dialog(Scope::Imds, I::Close, &["Esc", "q"], "cancel the request, or close").footer(3, "close"),
    dialog(Scope::Imds, I::Down, &["j", "Down"], "down").footer(4, "down"),
    dialog(Scope::Imds, I::Up, &["k", "Up"], "up"),
    dialog(Scope::Imds, I::Top, &["g g", "Home"], "to the first entry"),
    dialog(Scope::Imds, I::Bottom, &["G", "End"], "to the last entry"),
    dialog(Scope::Imds, I::PageDown, &["PgDn", "C-d", "C-f"], "scroll the value down").footer(6, "scroll"),
    dialog(Scope::Imds, I::PageUp, &["PgUp", "C-u", "C-b"], "scroll the value up"),
    dialog(Scope::Imds, I::Again, &["r"], "ask for it again").footer(5, "again"),
    dialog(Scope::Settings, I::Accept, &["Enter"], "change it: the next choice, or type a value")
        .footer(1, "change")
        .danger()
        .when(settings::can_set),
    dialog(Scope::Settings, I::Suggest, &["Right", "l"], "the next choice").danger().when(settings::can_set),
    dialog(Scope::Settings, I::SuggestBefore, &["Left", "h"], "the choice before")
        .danger()
        .when(settings::can_set),
    dialog(Scope::Settings, I::Unset, &["x"], "back to its default")
        .footer(2, "default")
        .danger()
        .when(settings::is_set),
    dialog(Scope::Settings, I::Edit, &["e"], "edit the file at this line").footer(3, "edit"),
    dialog(Scope::Settings, I::Close, &["Esc", "q"], "close").footer(4, "close"),
    dialog(Scope::Settings, I::Down, &["j", "Down"], "down").footer(5, "down"),
    dialog(Scope::Settings, I::Up, &["k", "Up"], "up"),
    dialog(Scope::Settings, I::Top, &["g g", "Home"], "to the first setting"),
    dialog(Scope::Settings, I::Bottom, &["G", "End"], "to the last setting"),
    dialog(Scope::Settings, I::PageDown, &["PgDn", "C-d", "C-f"], "ten lines down"),
    dialog(Scope::Settings, I::PageUp, &["PgUp", "C-u", "C-b"], "ten lines up"),
    dialog(Scope::Value, I::Accept, &["Enter"], "see what will be written")
        .footer(1, "write")
        .danger()
        .when(settings::can_set),
    dialog(Scope::Value, I::Close, &["Esc"], "leave the value as it is").footer(2, "leave"),
    dialog(Scope::Value, I::Erase, &["Backspace"], "erase a character").footer(3, "erase"),
    dialog(Scope::Value, I::EraseAll, &["C-u"], "erase the value"),
];
