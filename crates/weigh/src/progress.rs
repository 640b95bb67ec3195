//! How far a run is, on standard error: a bar in a terminal, else a plain line now and then.

use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use weigh_runner::Progress;

use crate::output::Output;

/// Time between two lines when there is no terminal.
const PACE: Duration = Duration::from_secs(10);

/// How much of the work in hand is done, in whatever its requests are weighed by.
#[derive(Debug, Default)]
pub struct Share {
    done: Cell<u64>,
    of: Cell<u64>,
}

impl Share {
    /// Work of so much is in hand, and nothing of it is done.
    pub fn begin(&self, of: u64) {
        self.done.set(0);
        self.of.set(of);
    }

    /// So much more is done.
    pub fn add(&self, done: u64) {
        self.done.set(self.done.get().saturating_add(done));
    }
}

/// Tells how far a run is.
pub struct Teller<'a> {
    output: Output,
    /// What is counted.
    what: &'static str,
    /// The work, where it is weighed; else all that is counted takes as long.
    share: Option<&'a Share>,
    bar: Option<ProgressBar>,
    start: Option<Start>,
}

/// Where and when this stretch of work began, and when it was told of last.
#[derive(Clone, Copy)]
struct Start {
    answered: u64,
    at: Instant,
    told: Instant,
}

impl<'a> Teller<'a> {
    /// A bar if standard error is a terminal. `what` is counted: trials, judgements.
    pub fn new(output: Output, what: &'static str, share: Option<&'a Share>) -> Self {
        let bar = io::stderr()
            .is_terminal()
            .then(|| bar(output.colour(), what));
        Self {
            output,
            what,
            share,
            bar,
            start: None,
        }
    }

    /// Takes note of how far the run is. The first call says where it begins.
    pub fn tell(&mut self, progress: Progress) {
        let now = Instant::now();
        let Some(start) = &mut self.start else {
            self.start = Some(Start {
                answered: progress.answered,
                at: now,
                told: now,
            });
            if let Some(bar) = &self.bar {
                bar.set_length(progress.planned);
                bar.set_position(progress.answered);
            }
            return;
        };
        let Progress { planned, answered } = progress;
        let (done, of) = match self.share {
            Some(share) => (share.done.get(), share.of.get()),
            None => (
                answered.saturating_sub(start.answered),
                planned.saturating_sub(start.answered),
            ),
        };
        let rest = rest(now.duration_since(start.at), done, of.saturating_sub(done));
        if let Some(bar) = &self.bar {
            bar.set_position(answered);
            bar.set_message(rest);
        } else if now.duration_since(start.told) >= PACE {
            start.told = now;
            let line = line(self.what, progress);
            self.output.note(&format!("{line}{rest}"));
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(colour: bool, what: &str) -> ProgressBar {
    let bar = if colour { "{bar:32.green}" } else { "{bar:32}" };
    let template = format!("{{elapsed_precise}} [{bar}] {{pos}}/{{len}} {what}{{msg}}");
    let style = ProgressStyle::with_template(&template);
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(
        style
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("=> "),
    );
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

/// How many of what is counted are done.
fn line(what: &str, Progress { planned, answered }: Progress) -> String {
    let percent = 100 * answered / planned.max(1);
    format!("{answered}/{planned} {what} ({percent} %)")
}

/// How long the rest takes at the pace of what is `done`; nothing before anything is.
fn rest(elapsed: Duration, done: u64, left: u64) -> String {
    let seconds = (elapsed.as_millis() * u128::from(left) / 1000).checked_div(u128::from(done));
    seconds.map_or_else(String::new, |seconds| {
        let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        format!(", about {} left", duration(seconds))
    })
}

/// Seconds as people say them.
pub fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_how_much_is_done() {
        let check = |planned, answered, expect: &str| {
            assert_eq!(line("trials", Progress { planned, answered }), expect);
        };
        check(100, 25, "25/100 trials (25 %)");
        check(10_000, 1, "1/10000 trials (0 %)");
        check(0, 0, "0/0 trials (0 %)");
    }

    #[test]
    fn the_rest_takes_as_long_as_what_is_done() {
        let check = |seconds, done, left, expect: &str| {
            assert_eq!(rest(Duration::from_secs(seconds), done, left), expect);
        };
        check(10, 25, 75, ", about 30 s left");
        check(10, 5, 75, ", about 2 min 30 s left");
        check(10, 1, 9999, ", about 27 h 46 min left");
        check(10, 0, 75, "");
        check(10, 25, 0, ", about 0 s left");
    }
}
