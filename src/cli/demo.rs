//! `awsprof demo`: the screen on a throw-away home and the embedded AWS.
//!
//! Nothing outside that home is read or written: the world handed to the screen has an environment made here, so the
//! caller's `AWS_*`, proxy and CA variables do not exist in it. Leaving the screen drops the folder and the server.
