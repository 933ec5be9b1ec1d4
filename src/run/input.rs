//! What the terminal says, read on a thread that sleeps in the kernel until there is something.
//!
//! The thread waits on two descriptors, the terminal and a pipe of ours, so that it can be told to keep its
//! hands off the terminal while an editor has it. A terminal that ends or fails ends the program.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};

use super::event::{Event, Farewell};
use crate::app::{Msg, Signal};

/// Readable this often in a row without a single event: it is an end of file in disguise.
const PATIENCE: u8 = 16;

/// How long the library may wait for the rest of a sequence. It reads nothing at all when given no time.
const MOMENT: Duration = Duration::from_millis(1);

/// The reading thread, from the loop's side.
pub struct Reader {
    pipe: std::fs::File,
    /// The thread says that it has let go of the terminal.
    paused: Receiver<()>,
    resume: SyncSender<()>,
}

impl Reader {
    /// # Errors
    /// The pipe or the thread cannot be made.
    pub fn start(send: Sender<Event>) -> io::Result<Self> {
        let (ours, theirs) = rustix::pipe::pipe()?;
        let (tell_paused, paused) = mpsc::channel();
        let (resume, resumed) = mpsc::sync_channel(1);
        let thread = Thread { farewell: Farewell(send), pipe: ours, tell_paused, resumed, empty: 0 };
        std::thread::Builder::new().name("awsprof-input".to_owned()).spawn(move || thread.run())?;
        Ok(Self { pipe: theirs.into(), paused, resume })
    }

    /// Waits until the thread has let go of the terminal.
    ///
    /// # Errors
    /// The thread is gone.
    pub fn pause(&mut self) -> io::Result<()> {
        self.pipe.write_all(b"p")?;
        self.paused.recv().map_err(io::Error::other)
    }

    /// Lets it read on.
    pub fn resume(&self) {
        let _ = self.resume.send(());
    }
}

struct Thread {
    farewell: Farewell,
    pipe: OwnedFd,
    tell_paused: Sender<()>,
    resumed: Receiver<()>,
    /// Wake-ups in a row that brought no event.
    empty: u8,
}

impl Thread {
    fn run(mut self) {
        while let Ok(true) = self.turn() {}
        let _ = self.farewell.0.send(Event::Msg(Msg::Terminate(Signal::HangUp)));
    }

    /// One wait; false when the terminal has ended.
    fn turn(&mut self) -> io::Result<bool> {
        let stdin = io::stdin();
        let (terminal, pipe) = (stdin.as_fd(), self.pipe.as_fd());
        let mut fds = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&pipe, PollFlags::IN)];
        match poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => return Ok(true),
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        let [terminal, pipe] = fds.map(|fd| fd.revents());
        if !pipe.is_empty() {
            return self.wait_for_resume();
        }
        if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(false);
        }
        self.read()
    }

    /// Reads everything there is.
    fn read(&mut self) -> io::Result<bool> {
        self.empty += 1;
        while crossterm::event::poll(MOMENT)? {
            self.empty = 0;
            let event = crossterm::event::read()?;
            if self.farewell.0.send(Event::Terminal(event)).is_err() {
                return Ok(false);
            }
        }
        Ok(self.empty < PATIENCE)
    }

    fn wait_for_resume(&mut self) -> io::Result<bool> {
        let mut pipe = std::fs::File::from(self.pipe.try_clone()?);
        let read = pipe.read(&mut [0; 1])?;
        Ok(read > 0 && self.tell_paused.send(()).is_ok() && self.resumed.recv().is_ok())
    }
}
