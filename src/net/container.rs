//! The container endpoint.
