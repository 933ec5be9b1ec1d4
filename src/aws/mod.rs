//! What AWS's files and rules **mean**. No terminal, no async runtime, no network, no globals.
//!
//! [`world`] is the only reader of the environment and the file system. [`ini`] is the lossless document,
//! [`profile`] the estate both files make together, [`overview`] what a list or a screen shows of it,
//! [`chain`] which credentials a tool would pick and why, [`session`] the rules of MFA sessions, [`keep`] when each is renewed and by what,
//! [`sign_in`] a cached sign-in to Identity Center, [`lint`] what is wrong with the files, [`change`] an edit as data, [`import`] other tools' files, [`metadata`] the tree an instance tells about itself, [`store`] the only writer of the two AWS files, [`secret`] what must not be seen,
//! [`text`] what a person may safely be shown, [`beside`] work for two threads.

pub mod beside;
pub mod chain;
pub mod change;
pub mod import;
pub mod ini;
pub mod keep;
pub mod lint;
pub mod login;
pub mod metadata;
pub mod overview;
pub mod production;
pub mod profile;
pub mod secret;
pub mod session;
pub mod sign_in;
pub mod store;
pub mod sync;
pub mod text;
pub mod world;
