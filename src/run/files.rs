//! The two files, read on a thread of their own: the screen never waits for them.
//!
//! The thread sleeps until it is told to read. It then tells what the files say, with a prober that has them
//! parsed already, and after that what is wrong with them: looking for problems takes longer than reading. Orders
//! that came meanwhile are one order, and what is told comes in the order in which it was read.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::event::{Event, Farewell};
use super::work;
use crate::app::Msg;
use crate::aws::beside::beside;
use crate::jobs::probe::Prober;
use crate::jobs::{self, Context};

/// The reading thread, from the loop's side.
pub struct Files {
    orders: Sender<&'static str>,
}

impl Files {
    /// # Errors
    /// The thread cannot be made.
    pub fn start(context: Context, events: Sender<Event>) -> io::Result<Self> {
        let (orders, receive) = channel();
        let thread = Thread { context, orders: receive, farewell: Farewell(events) };
        std::thread::Builder::new().name("awsprof-files".to_owned()).spawn(move || thread.run())?;
        Ok(Self { orders })
    }

    /// Has both files read again. `tool` is the one whose chain is on the screen.
    ///
    /// # Errors
    /// The thread is gone.
    pub fn read(&self, tool: &'static str) -> io::Result<()> {
        self.orders.send(tool).map_err(io::Error::other)
    }
}

struct Thread {
    context: Context,
    orders: Receiver<&'static str>,
    farewell: Farewell,
}

impl Thread {
    fn run(self) {
        while let Ok(mut tool) = self.orders.recv() {
            while let Ok(newer) = self.orders.try_recv() {
                tool = newer;
            }
            if !self.read(tool) {
                return;
            }
        }
    }

    /// False: the loop has ended.
    fn read(&self, tool: &'static str) -> bool {
        let events = &self.farewell.0;
        let context = &self.context;
        // Side by side: the tool's own reading of the files takes as long as ours.
        let (prober, (estate, overview)) = beside(|| prober(context, tool), || jobs::survey(context));
        let read = Event::Read { overview: Box::new(overview), prober: Box::new(prober) };
        let linted = || Event::Msg(Msg::Linted(jobs::problems(&self.context, &estate)));
        events.send(read).is_ok() && events.send(linted()).is_ok()
    }
}

/// A prober that has traced a profile, whether there is one of that name or not, and so read what every trace of this
/// tool reads.
fn prober(context: &Context, tool: &str) -> Prober {
    let mut prober = Prober::of(context);
    work::trace_now(&mut prober, "default".to_owned(), false, tool);
    prober
}
