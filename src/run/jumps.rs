//! Notices when the clock on the wall moves otherwise than time goes by: the computer slept, or somebody set the clock.
//!
//! A wait counts time that goes by, and a sleeping computer's does not. On Linux the kernel tells (a timer on the wall's
//! clock that is cancelled when that clock is set, as it is on waking up), which costs nothing while nothing happens.
//! Elsewhere, and while a plan depends on it, waits are cut into naps.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::event::Event;
use crate::aws::world::Clock;

/// Where nobody tells, a look at the clock at least this often.
const NAP: SignedDuration = SignedDuration::from_secs(60);
/// Clocks are steered by less than this all the time.
const STEERED: SignedDuration = SignedDuration::from_secs(5);

/// The last look at both clocks.
pub struct Jumps {
    /// `None`: the clock of this world does not go by itself.
    last: Option<(Timestamp, Instant)>,
    told: bool,
}

impl Jumps {
    /// Starts to look; the kernel's word comes as an event.
    pub fn listen(clock: &Clock, events: Sender<Event>) -> Self {
        let last = matches!(clock, Clock::System).then(|| (clock.now(), Instant::now()));
        Self { last, told: kernel::listen(events) }
    }

    /// The longest wait, when something is planned by the clock on the wall.
    pub fn nap(&self, planned: bool) -> Option<SignedDuration> {
        (planned && !self.told).then_some(NAP)
    }

    /// How far the clock was set back since the last look.
    pub fn set_back(&mut self, now: Timestamp) -> Option<SignedDuration> {
        let last = self.last.as_mut()?;
        let (wall, steady) = std::mem::replace(last, (now, Instant::now()));
        lost(now.duration_since(wall), last.1.duration_since(steady))
    }
}

/// What the wall lost against the time that went by.
fn lost(wall: SignedDuration, steady: Duration) -> Option<SignedDuration> {
    let back = SignedDuration::try_from(steady).ok()?.checked_sub(wall)?;
    (back > STEERED).then_some(back)
}

#[cfg(target_os = "linux")]
mod kernel {
    use std::os::fd::{AsFd, OwnedFd};
    use std::sync::mpsc::Sender;

    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };

    use super::super::event::Event;
    use crate::app::Msg;

    /// Whether the kernel will tell.
    pub fn listen(events: Sender<Event>) -> bool {
        let Ok(timer) = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::CLOEXEC) else { return false };
        let wait =
            move || while armed(&timer) && is_set(&timer) && events.send(Event::Msg(Msg::Woke)).is_ok() {};
        let thread = std::thread::Builder::new().name("awsprof-clock".to_owned()).spawn(wait);
        thread.is_ok()
    }

    /// A moment that never comes; what counts is that the clock being set cancels it (`timerfd_create(2)`).
    fn armed(timer: &OwnedFd) -> bool {
        let never = Timespec { tv_sec: i64::MAX / 4_000_000_000, tv_nsec: 0 };
        let once = Itimerspec { it_interval: Timespec { tv_sec: 0, tv_nsec: 0 }, it_value: never };
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        timerfd_settime(timer.as_fd(), flags, &once).is_ok()
    }

    /// Sleeps until the clock is set.
    fn is_set(timer: &OwnedFd) -> bool {
        loop {
            match rustix::io::read(timer, &mut [0_u8; 8]) {
                Err(Errno::INTR) => {}
                Err(Errno::CANCELED) | Ok(_) => return true,
                Err(_) => return false,
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod kernel {
    use std::sync::mpsc::Sender;

    use super::super::event::Event;

    /// Nobody tells.
    pub fn listen(_: Sender<Event>) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_is_no_jump_back_and_a_clock_set_back_is() {
        let hour = SignedDuration::from_hours(1);
        assert_eq!(lost(hour * 8, Duration::from_secs(2)), None, "slept");
        assert_eq!(lost(SignedDuration::from_secs(59), Duration::from_mins(1)), None, "steered");
        assert_eq!(lost(-hour, Duration::from_mins(1)), Some(hour + SignedDuration::from_secs(60)));
    }

    #[test]
    fn a_clock_that_stands_still_is_not_looked_at() {
        let (send, _events) = std::sync::mpsc::channel();
        let now = Timestamp::UNIX_EPOCH;
        let mut jumps = Jumps::listen(&Clock::Fixed(now), send);
        assert_eq!(jumps.set_back(now - SignedDuration::from_hours(9)), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_kernel_tells_so_nobody_naps() {
        let (send, events) = std::sync::mpsc::channel();
        let jumps = Jumps::listen(&Clock::System, send);
        assert_eq!(jumps.nap(true), None);
        assert!(events.try_recv().is_err(), "nothing was set");
    }
}
