//! The rules of sessions.
