//! awsprof: a terminal cockpit for AWS credentials. This page is the map.
//!
//! | room | what it is for |
//! |---|---|
//! | [`aws`] | what AWS's files and rules mean: pure, no terminal, no network, no globals |
//! | [`net`] | talking to AWS over HTTP: sign, retry, skew; one file a service |
//! | [`vault`] | secrets at rest and one-time codes |
//! | [`config`] | awsprof's own settings and folders |
//! | [`jobs`] | what awsprof does with both: renew, probe, who am I. The worker and the verbs share them |
//! | [`app`] | the pure core of the screen: model, messages, effects, bindings |
//! | [`ui`] | draws a model: reads everything, changes nothing |
//! | [`run`] | the edge: event loop, worker, terminal modes, signals, file watch |
//! | [`sandbox`] | an embedded AWS on 127.0.0.1 for `demo` and for the tests |
//! | [`cli`] | one file a verb: the headless twin of the screen |
//!
//! Arrows point down only: `cli, run → ui → app → aws`; `cli, run → jobs → net, vault → aws`;
//! `cli, run → sandbox → aws, vault`; `config` is read by `cli` and `run` alone. `tests/it/arrows.rs` checks it.

pub mod app;
pub mod aws;
pub mod cli;
pub mod config;
pub mod jobs;
pub mod net;
pub mod run;
pub mod sandbox;
pub mod ui;
pub mod vault;
