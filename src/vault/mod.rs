//! Secrets at rest, and the one-time codes made of them.
//!
//! [`totp`] makes codes of a seed. Seeds are kept by the serial of their device: in the operating system's [`keyring`],
//! or [`sealed`] in a file that a passphrase opens; [`seeds`] knows which is where. [`spent`] remembers the codes that
//! were sent, because AWS takes each once.

pub mod keyring;
pub mod sealed;
pub mod seeds;
pub mod spent;
pub mod totp;
