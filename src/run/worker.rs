//! The worker: one thread with an async runtime, started when the first job is asked for.
//!
//! Each job is a task of its own that can be aborted while it waits; a stage that writes does not wait, so an
//! abort never cuts a write in two. What comes of a job is told exactly once, also when it was aborted or panicked.

use std::collections::HashMap;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{AbortHandle, JoinError, LocalSet};

use super::event::{Event, Farewell};
use super::request::Request;
use super::work::{self, Comparer};
use crate::app::{JobId, Msg, Outcome};
use crate::jobs::Context;

/// How long a write under way is waited for at the end: the lock's limit and a little.
const PATIENCE: Duration = Duration::from_secs(12);

/// How long a thread that has done its work waits for more: an idle screen has none.
const IDLE: Duration = Duration::from_millis(100);

enum Order {
    Start(Box<Context>, JobId, Request),
    Cancel(JobId),
}

/// The worker, from the loop's side.
pub struct Worker {
    context: Context,
    events: Sender<Event>,
    running: Option<Running>,
    /// Jobs that nobody was given yet.
    waiting: Vec<(JobId, Request)>,
}

struct Running {
    orders: UnboundedSender<Order>,
    ended: Receiver<()>,
}

impl Worker {
    pub fn new(context: Context, events: Sender<Event>) -> Self {
        Self { context, events, running: None, waiting: Vec::new() }
    }

    /// Jobs from now on have another context.
    pub fn obey(&mut self, context: Context) {
        self.context = context;
    }

    /// Takes a job in: [`Worker::go`] starts it.
    pub fn take(&mut self, job: JobId, request: Request) {
        self.waiting.push((job, request));
    }

    /// Starts the jobs taken in since. The loop does so once a frame is drawn: the picture comes first.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn go(&mut self) -> io::Result<()> {
        std::mem::take(&mut self.waiting).into_iter().try_for_each(|(job, request)| self.start(job, request))
    }

    /// Hands a job over.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn start(&mut self, job: JobId, request: Request) -> io::Result<()> {
        let running = match self.running.take() {
            Some(running) => running,
            None => launch(self.events.clone())?,
        };
        let sent = running.orders.send(Order::Start(Box::new(self.context.clone()), job, request));
        self.running = Some(running);
        sent.map_err(|_| io::Error::other("the worker is gone"))
    }

    /// Aborts a job, if it waits for something.
    ///
    /// # Errors
    /// The thread is gone.
    pub fn cancel(&mut self, job: JobId) -> io::Result<()> {
        self.go()?;
        let Some(running) = &self.running else { return Ok(()) };
        running.orders.send(Order::Cancel(job)).map_err(|_| io::Error::other("the worker is gone"))
    }

    /// Aborts what waits, lets what writes finish.
    pub fn stop(self) {
        if let Some(Running { orders, ended }) = self.running {
            drop(orders);
            let _ = ended.recv_timeout(PATIENCE);
        }
    }
}

fn launch(events: Sender<Event>) -> io::Result<Running> {
    let (orders, receive) = unbounded_channel();
    let (ending, ended) = channel();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().thread_keep_alive(IDLE).build()?;
    let thread = move || {
        let farewell = Farewell(events);
        LocalSet::new().block_on(&runtime, serve(receive, farewell.0.clone()));
        drop(runtime);
        drop(ending);
    };
    std::thread::Builder::new().name("awsprof-worker".to_owned()).spawn(thread)?;
    Ok(Running { orders, ended })
}

async fn serve(mut orders: UnboundedReceiver<Order>, events: Sender<Event>) {
    let mut running: HashMap<JobId, AbortHandle> = HashMap::new();
    let comparer = Comparer::default();
    while let Some(order) = orders.recv().await {
        match order {
            Order::Start(context, job, request) => {
                running.retain(|_, handle| !handle.is_finished());
                running.insert(job, start(*context, comparer.clone(), job, request, &events));
            }
            Order::Cancel(job) => {
                if let Some(handle) = running.remove(&job) {
                    handle.abort();
                }
            }
        }
    }
}

/// One task that works and one that tells what came of it.
fn start(
    context: Context,
    comparer: Comparer,
    job: JobId,
    request: Request,
    events: &Sender<Event>,
) -> AbortHandle {
    let (events, stages) = (events.clone(), events.clone());
    let task = tokio::task::spawn_local(async move {
        let mut tell = |stage| drop(stages.send(Event::Msg(Msg::Progress { job, stage })));
        work::perform(&context, &comparer, job, request, &mut tell).await
    });
    let handle = task.abort_handle();
    tokio::task::spawn_local(async move {
        let msg = task.await.unwrap_or_else(|error| ended(job, &error));
        let _ = events.send(Event::Msg(msg));
    });
    handle
}

fn ended(job: JobId, error: &JoinError) -> Msg {
    let outcome = if error.is_cancelled() {
        Outcome::Cancelled
    } else {
        Outcome::Failed { trouble: work::broken(error), keep_dialog: false }
    };
    Msg::Done { job, outcome }
}
