//! Which credentials a tool would pick, and why.
//!
//! A [`Tool`] is data: ordered links, profile variables, file grammar, region rule. [`resolve()`] is pure: it
//! walks the tool's links over [`Facts`] and returns a [`Trace`](trace::Trace), and, when the answer hangs on
//! something outside (a file, a process, a request), the one [`Probe`] that is needed next. Who performs
//! probes and feeds the answers back is not this room's business (`jobs::probe`).
//!
//! | file | holds |
//! |---|---|
//! | [`mod@tool`], `rules`, `tools/` | what a tool is made of; one file of data a tool |
//! | [`facts`], [`probe`] | what is known, and what can be asked |
//! | `files/`, [`view`], [`headings`] | the two AWS files, or one header, as a tool's own parser reads them |
//! | `scene`, `finding`, `links/` | one link looked at: what it sees and what it comes to |
//! | `asking`, [`limits`] | what a role is asked for with, and how long it may last |
//! | [`resolve()`], `region` | the walk over all links, the verdicts, the region |
//! | `warn`, [`mod@advice`] | what will surprise, and what to do about it |
//! | [`text`], [`mod@compare`], [`matrix`] | a trace in words, all tools at once |
//! | [`explain`] | what each link is, what keeps it from winning |

pub mod advice;
mod asking;
pub mod compare;
pub mod explain;
pub mod facts;
mod files;
mod finding;
pub mod headings;
pub mod limits;
mod links;
pub mod matrix;
pub mod moment;
pub mod probe;
mod region;
mod resolve;
mod rule;
mod rules;
mod scene;
pub mod text;
pub mod tool;
mod tools;
pub mod trace;
pub mod view;
mod warn;

pub use advice::advice;
pub use compare::Comparison;
pub use facts::{Answer, Facts};
pub use files::shell_words;
pub use probe::Probe;
pub use resolve::{Resolution, WhoEndpoints, resolve, settle};
pub use tool::{Selection, Tool};
pub use tools::{own, tool, tools};
pub use view::View;
pub use warn::compare;
