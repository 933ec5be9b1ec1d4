//! Tests from outside, in one binary so that it is linked once.

mod chain;
mod net;
mod probe;
