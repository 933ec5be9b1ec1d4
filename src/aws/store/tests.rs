//! The protocol on real files.
