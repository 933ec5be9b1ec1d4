//! The command line as types. Every verb's help ends with an example.

mod care;
mod hand;
mod reach;
mod read;
mod session;
mod totp;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::objects::args as objects;
pub use care::*;
pub use hand::*;
pub use reach::*;
pub use session::*;
pub use totp::*;

/// A terminal cockpit for AWS credentials: see why, type a code, keep working.
///
/// Without a verb it opens the screen; without a terminal it prints what `list` prints.
#[derive(Debug, Parser)]
#[command(name = "awsprof", version, disable_help_subcommand = true, arg_required_else_help = false)]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Option<Verb>,
    #[command(flatten)]
    pub global: Global,
}

/// What goes with every verb.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct Global {
    /// Print the answer as JSON; errors too, on stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// When to colour what is printed
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Say nothing but errors on stderr
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more on stderr
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Open the screen without the power to write or to renew
    #[arg(long)]
    pub read_only: bool,
    /// No screen but a conversation, line by line: for screen readers and dumb terminals
    #[arg(long)]
    pub plain: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// The user's own word; `None` leaves it to the environment.
    #[must_use]
    pub const fn asked(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// The screen on a throw-away home and an embedded AWS
    #[command(after_help = "Example: awsprof demo")]
    Demo(Demo),
    /// Profiles: kind, account, region, session, problems
    #[command(visible_alias = "ls", after_help = "Example: awsprof list prod --json")]
    List(List),
    /// Every setting of a profile with its file and line
    #[command(after_help = "Example: awsprof show work")]
    Show(Show),
    /// Which credentials a tool would use, and why
    #[command(after_help = "Example: awsprof chain work --tool boto3")]
    Chain(Chain),
    /// Make a profile the default one
    #[command(
        name = "use",
        after_help = "Examples: awsprof use work\n          awsprof use -        back to the previous one"
    )]
    Use(Use),
    /// A new MFA session, written to its session profile
    #[command(after_help = "Example: awsprof renew work --code 123456")]
    Renew(Renew),
    /// A role's session into the cache: one MFA code serves all roles on a device
    #[command(after_help = "Example: awsprof assume work-admin --duration 2h")]
    Assume(Assume),
    /// Remove the sessions that awsprof wrote, and cached roles
    #[command(after_help = "Examples: awsprof forget work\n          awsprof forget --all")]
    Forget(Forget),
    /// Sign in to IAM Identity Center, for every tool
    #[command(after_help = "Examples: awsprof login lab\n          awsprof login acme-sso --device-code")]
    Login(Login),
    /// Sign out of IAM Identity Center
    #[command(after_help = "Examples: awsprof logout lab\n          awsprof logout")]
    Logout(Logout),
    /// Profiles made from what Identity Center lets you enter
    #[command(
        subcommand_required = true,
        after_help = "Examples: awsprof sso sync\n          awsprof sso sync acme-sso --dry-run\n          awsprof sso list --json"
    )]
    Sso(Sso),
    /// A local ECS-style endpoint, for programs that outlive a session
    #[command(after_help = "Examples: awsprof serve work\n          awsprof serve work work-admin --json")]
    Serve(Serve),
    /// Keeps sessions alive without a screen
    #[command(after_help = "Examples: awsprof watch\n          awsprof watch --install --dry-run")]
    Watch(Watch),
    /// Who AWS says a profile's credentials are
    #[command(after_help = "Example: awsprof whoami work")]
    Whoami(Whoami),
    /// A new profile: asked for on the terminal, or given with --set
    #[command(after_help = objects::ADD_EXAMPLE)]
    Add(objects::Add),
    /// Set or remove keys of a profile
    #[command(after_help = "Example: awsprof edit work --set region=eu-west-1 --unset output")]
    Edit(objects::Edit),
    /// Give a profile another name; what names it follows
    #[command(after_help = "Example: awsprof rename work job")]
    Rename(objects::Rename),
    /// A second profile with the same keys
    #[command(after_help = "Example: awsprof copy work work-us")]
    Copy(objects::Copy),
    /// Remove a profile from both files
    #[command(visible_alias = "rm", after_help = "Example: awsprof remove old --retarget new")]
    Remove(objects::Remove),
    /// Take over profiles from other tools' files
    #[command(after_help = objects::IMPORT_EXAMPLE)]
    Import(objects::Import),
    /// Credentials for a shell or for another program, on stdout
    ///
    /// An IAM user's profile gives its MFA session (renewed first when it is over: the code is asked for on the
    /// terminal itself, so `$(…)` and `credential_process` work); any other what AWS CLI v2's chain yields.
    #[command(
        after_help = "Examples: eval \"$(awsprof export work)\"\n          awsprof export work --format fish | source\n          awsprof export work --format process      for credential_process: see `awsprof setup process`"
    )]
    Export(Export),
    /// Run a program with a profile's credentials in a clean environment
    #[command(after_help = "Example: awsprof exec work -- aws s3 ls")]
    Exec(Exec),
    /// The AWS console in a browser, signed in as a profile
    ///
    /// A role, or a role of Identity Center, signs in with its session; an IAM user with a federated session made of its
    /// long-term keys, which knows no MFA.
    #[command(
        after_help = "Examples: awsprof console work-admin\n          awsprof console lab --service ec2 --print"
    )]
    Console(Console),
    /// Access keys of an IAM user: how old, when used, and a new one for an old one
    #[command(
        subcommand_required = true,
        after_help = "Examples: awsprof keys list work\n          awsprof keys rotate work\n          awsprof keys rotate work --finish"
    )]
    Keys(Keys),
    /// A signed URL that proves to another system who the profile is
    #[command(after_help = "Example: awsprof presign work --expires 5m")]
    Presign(Presign),
    /// A token for a Kubernetes cluster on EKS, as kubectl's exec plugins print it
    #[command(name = "eks-token", after_help = "Example: awsprof eks-token work --cluster prod")]
    EksToken(EksToken),
    /// Browse the metadata of the instance this runs on, credentials masked
    #[command(
        after_help = "Examples: awsprof imds\n          awsprof imds placement/region\n          awsprof imds dynamic/instance-identity/document"
    )]
    Imds(Imds),
    /// Make other programs use awsprof
    #[command(subcommand_required = true, after_help = "Example: awsprof setup process work")]
    Setup(Setup),
    /// Kept seeds: codes without a phone, renewals without typing
    #[command(subcommand_required = true, after_help = "Example: awsprof totp add work")]
    Totp(Totp),
    /// Asks the keyring, as a child of awsprof
    #[command(name = crate::vault::keyring::VERB, hide = true)]
    Keyring { ask: String },
    /// Take back the last user write
    #[command(after_help = "Examples: awsprof undo\n          awsprof undo --list")]
    Undo(super::undo::Undo),
    /// Reverse the last undo
    #[command(after_help = "Example: awsprof redo")]
    Redo(super::undo::Redo),
    /// What is wrong with the files and the environment, and what can be mended
    #[command(after_help = "Examples: awsprof doctor\n          awsprof doctor --fix --dry-run")]
    Doctor(Doctor),
    /// Choose a profile on the terminal; its name goes to stdout
    #[command(after_help = "Example: aws s3 ls --profile \"$(awsprof pick)\"")]
    Pick,
    /// What makes a shell work with awsprof: a function, completions, a prompt segment
    ///
    /// With `use.mode = "shell"` in awsprof's settings the function sets `AWS_PROFILE` in the calling shell when a profile
    /// is chosen, by `use` or on the screen.
    #[command(
        after_help = "Examples: eval \"$(awsprof init bash --prompt)\"      in ~/.bashrc\n          awsprof init fish --prompt | source     in ~/.config/fish/config.fish"
    )]
    Init(Init),
    /// The segment for a shell's prompt: the profile and what is left of its session
    #[command(after_help = "Example: PS1='$(awsprof prompt) \\$ '")]
    Prompt(Prompt),
    /// The names of the profiles, for completions
    #[command(name = super::names::VERB, hide = true)]
    Names,
    /// Completions for a shell, on stdout
    #[command(after_help = "Example: awsprof completions fish > ~/.config/fish/completions/awsprof.fish")]
    Completions { shell: clap_complete::Shell },
    /// The manual page, on stdout
    #[command(after_help = "Example: awsprof man | man -l -")]
    Man,
}

#[derive(Debug, Default, Args)]
pub struct List {
    /// Only profiles whose name, account or region contains this
    pub filter: Option<String>,
}

#[derive(Debug, Args)]
pub struct Show {
    /// The profile
    #[arg(required_unless_present = "all")]
    pub profile: Option<String>,
    /// Everything in both files, merged as the SDKs merge (JSON only)
    #[arg(long, conflicts_with = "profile", requires = "json")]
    pub all: bool,
    /// Read the files as this tool reads them
    #[arg(long)]
    pub tool: Option<String>,
}

#[derive(Debug, Args)]
pub struct Chain {
    /// What `--profile` would name; without it the environment decides
    pub profile: Option<String>,
    /// The tool whose chain it is
    #[arg(long, default_value = "aws-cli-v2", conflicts_with = "all_tools")]
    pub tool: String,
    /// Every tool awsprof knows
    #[arg(long)]
    pub all_tools: bool,
    /// Ask no network and run no process
    #[arg(long)]
    pub no_probe: bool,
}

#[derive(Debug, Args)]
pub struct Use {
    /// The profile, or `-` for the previous one
    #[arg(required_unless_present = "clear")]
    pub profile: Option<String>,
    /// Give back the default profile that was there before awsprof
    #[arg(long, conflicts_with = "profile")]
    pub clear: bool,
    #[command(flatten)]
    pub consent: Consent,
}

/// How a writing verb gets its consent.
#[derive(Clone, Copy, Debug, Args)]
pub struct Consent {
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
    /// Print the diff and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Whoami {
    /// The profile; without it what the environment decides
    pub profile: Option<String>,
    /// Ask with the long-term keys instead of the MFA session
    #[arg(long)]
    pub no_session: bool,
}
