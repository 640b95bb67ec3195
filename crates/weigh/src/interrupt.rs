//! Ctrl-C: once ends the run after the batch that is being computed, twice ends it at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// A flag that is set by the first Ctrl-C, hang-up or request to terminate.
pub fn watch(output: Output) -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            // Whatever was told of is on the disk already.
            process::exit(i32::from(Exit::Interrupted.code()));
        }
        output
            .note("finishing the batch that is being computed; press Ctrl-C again to stop at once");
    };
    ctrlc::set_handler(handler).map_err(|error| {
        Failure::new(
            Exit::Machine,
            format!("cannot watch for Ctrl-C: {error}"),
            "this is a fault of the system; try again",
        )
    })?;
    Ok(stop)
}
