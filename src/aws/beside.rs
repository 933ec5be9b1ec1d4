//! Two pieces of work side by side, for what a file of thousands of profiles makes long.

/// Does `far` on a thread of its own while this one does `near`; a panic there is a panic here.
pub fn beside<F: Send, N>(far: impl FnOnce() -> F + Send, near: impl FnOnce() -> N) -> (F, N) {
    std::thread::scope(|scope| {
        let far = scope.spawn(far);
        let near = near();
        (far.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), near)
    })
}
