//! The two files, read on a thread of their own: the screen never waits for them.
//!
//! The thread sleeps until it is told to read. It then tells what the files say, with a prober of the same bytes. What
//! is wrong with them it looks for when it is told to: that takes longer than reading, and the picture comes first.
//! Orders that came meanwhile are one order, and what is told comes in the order in which it was read.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::event::{Event, Farewell};
use super::work;
use crate::app::Msg;
use crate::aws::beside::both;
use crate::aws::profile::Estate;
use crate::jobs::probe::Prober;
use crate::jobs::{self, Context};

/// The reading thread, from the loop's side.
pub struct Files {
    orders: Sender<Order>,
}

enum Order {
    /// Read both files; the tool whose chain is on the screen.
    Read(Box<Context>, &'static str),
    /// Look for problems in what was read last.
    Lint,
}

impl Files {
    /// # Errors
    /// The thread cannot be made.
    pub fn start(events: Sender<Event>) -> io::Result<Self> {
        let (orders, receive) = channel();
        let thread = Thread { orders: receive, farewell: Farewell(events), read: None };
        std::thread::Builder::new().name("awsprof-files".to_owned()).spawn(move || thread.run())?;
        Ok(Self { orders })
    }

    /// Has both files read again. `tool` is the one whose chain is on the screen.
    ///
    /// # Errors
    /// The thread is gone.
    pub fn read(&self, context: &Context, tool: &'static str) -> io::Result<()> {
        self.orders.send(Order::Read(Box::new(context.clone()), tool)).map_err(io::Error::other)
    }

    /// Has problems looked for in what was read last, once.
    ///
    /// # Errors
    /// The thread is gone.
    pub fn lint(&self) -> io::Result<()> {
        self.orders.send(Order::Lint).map_err(io::Error::other)
    }
}

/// From this many profiles on a trace beside the survey is sooner than one before it.
const SIDE_BY_SIDE: usize = 1000;

struct Thread {
    orders: Receiver<Order>,
    farewell: Farewell,
    /// What was read last, until its problems are told.
    read: Option<(Box<Context>, Estate)>,
}

impl Thread {
    fn run(mut self) {
        while let Ok(mut order) = self.orders.recv() {
            while let Ok(newer) = self.orders.try_recv() {
                order = order.or(newer);
            }
            let told = match order {
                Order::Read(context, tool) => self.read(context, tool),
                Order::Lint => self.lint(),
            };
            if !told {
                return;
            }
        }
    }

    /// False: the loop has ended.
    fn read(&mut self, context: Box<Context>, tool: &'static str) -> bool {
        let estate = Estate::read(&context.world);
        context.last.set(Some(estate.clone()));
        let (prober, overview) = both(
            estate.count() >= SIDE_BY_SIDE,
            || prober(&context, &estate, tool),
            || jobs::survey(&context, &estate),
        );
        self.read = Some((context, estate));
        self.tell(Event::Read { overview: Box::new(overview), prober: Box::new(prober) })
    }

    fn lint(&mut self) -> bool {
        let problems = self.read.take().map(|(context, estate)| jobs::problems(&context, &estate));
        problems.is_none_or(|problems| self.tell(Event::Msg(Msg::Linted(problems))))
    }

    fn tell(&self, event: Event) -> bool {
        self.farewell.0.send(event).is_ok()
    }
}

impl Order {
    /// Both as one: problems are looked for once what is read now has been shown.
    fn or(self, newer: Self) -> Self {
        match (self, newer) {
            (read @ Self::Read(..), Self::Lint) => read,
            (_, newer) => newer,
        }
    }
}

/// A prober that has traced a profile, whether there is one of that name or not, and so read what every trace of this
/// tool reads.
fn prober(context: &Context, estate: &Estate, tool: &str) -> Prober {
    let mut prober = Prober::over(context, estate);
    work::trace_now(&mut prober, "default".to_owned(), false, tool);
    prober
}
