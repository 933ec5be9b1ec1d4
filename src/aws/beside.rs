//! Two pieces of work side by side, for what a file of thousands of profiles makes long.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Does `far` on a thread of its own while this one does `near`; a panic there is a panic here.
fn beside<F: Send, N>(far: impl FnOnce() -> F + Send, near: impl FnOnce() -> N) -> (F, N) {
    std::thread::scope(|scope| {
        let far = scope.spawn(far);
        let near = near();
        (far.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), near)
    })
}

/// [`beside`] if it is `worth` a thread, one after the other if not.
pub fn both<F: Send, N>(worth: bool, far: impl FnOnce() -> F + Send, near: impl FnOnce() -> N) -> (F, N) {
    if worth { beside(far, near) } else { (far(), near()) }
}

/// So many items are made at a time.
const PART: usize = 256;

/// `all` items in order, made by two threads that begin at both ends and meet where they meet: one that gets a
/// processor late has less to do. A few are made by this thread alone.
pub fn from_both_ends<T: Send>(all: usize, one: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if all < 4 * PART {
        return (0..all).map(one).collect();
    }
    let left = Mutex::new(0..all);
    let mut items = Vec::with_capacity(all);
    let from_behind = || {
        let take = || take(&left, |left| left.end.saturating_sub(PART).max(left.start)..left.end);
        std::iter::from_fn(|| Some(take()?.map(&one).collect::<Vec<T>>())).collect::<Vec<_>>()
    };
    let from_before = || {
        while let Some(part) = take(&left, |left| left.start..left.end.min(left.start + PART)) {
            items.extend(part.map(&one));
        }
    };
    let (behind, ()) = beside(from_behind, from_before);
    items.extend(behind.into_iter().rev().flatten());
    items
}

/// Takes a part off one of the ends.
fn take(left: &Mutex<Range<usize>>, part: impl Fn(&Range<usize>) -> Range<usize>) -> Option<Range<usize>> {
    let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
    let part = part(&left);
    *left = if part.start == left.start { part.end..left.end } else { left.start..part.start };
    (!part.is_empty()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_meet() {
        for all in [0, 1, 1023, 1024, 1025, 5000] {
            assert_eq!(from_both_ends(all, |at| at), (0..all).collect::<Vec<_>>(), "{all}");
        }
    }
}
