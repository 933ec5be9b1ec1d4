//! What begins before there is a terminal: both files are being read while it is made ready.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::event::Event;
use super::files::Files;
use super::looks;
use super::watch::Watch;
use crate::jobs::Context;

/// The files under way, and where they will arrive.
pub struct Reading {
    pub events: Receiver<Event>,
    pub send: Sender<Event>,
    pub files: Files,
    pub watch: Watch,
}

impl Reading {
    /// # Errors
    /// A thread cannot be made.
    pub fn begin(context: &Context) -> io::Result<Self> {
        let (send, events) = channel();
        let mut watch = Watch::new(&context.world.aws_files());
        watch.remember();
        let files = Files::start(send.clone())?;
        files.read(context, looks::tool())?;
        Ok(Self { events, send, files, watch })
    }
}
