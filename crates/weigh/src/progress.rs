//! How far a run is, on standard error: a bar in a terminal, else a plain line now and then.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use weigh_runner::Progress;

use crate::output::Output;

/// Time between two lines when there is no terminal.
const PACE: Duration = Duration::from_secs(10);

/// Tells how far a run is.
pub struct Teller {
    output: Output,
    /// What is counted.
    what: &'static str,
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

impl Teller {
    /// A bar if standard error is a terminal. `what` is counted: trials, judgements.
    pub fn new(output: Output, what: &'static str) -> Self {
        let bar = io::stderr()
            .is_terminal()
            .then(|| bar(output.colour(), what));
        Self {
            output,
            what,
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
                bar.reset_eta();
            }
            return;
        };
        if let Some(bar) = &self.bar {
            bar.set_position(progress.answered);
        } else if now.duration_since(start.told) >= PACE {
            start.told = now;
            let elapsed = now.duration_since(start.at);
            let line = line(self.what, progress, start.answered, elapsed);
            self.output.note(&line);
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
    let template = format!("{{elapsed_precise}} [{bar}] {{pos}}/{{len}} {what}, {{eta}} left");
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

/// One plain line: how many trials are done, and how long the rest takes at this pace.
fn line(what: &str, progress: Progress, before: u64, elapsed: Duration) -> String {
    let Progress { planned, answered } = progress;
    let percent = 100 * answered / planned.max(1);
    let done = answered.saturating_sub(before);
    let left = planned.saturating_sub(answered);
    let rest = match u32::try_from(done) {
        Ok(done) if done > 0 => {
            let seconds = elapsed.as_secs().saturating_mul(left) / u64::from(done);
            format!(", about {} left", duration(seconds))
        }
        Ok(_) | Err(_) => String::new(),
    };
    format!("{answered}/{planned} {what} ({percent} %){rest}")
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
    fn lines_say_how_much_is_left() {
        let check = |planned, answered, before, seconds| {
            line(
                "trials",
                Progress { planned, answered },
                before,
                Duration::from_secs(seconds),
            )
        };
        assert_eq!(
            check(100, 25, 0, 10),
            "25/100 trials (25 %), about 30 s left"
        );
        assert_eq!(
            check(100, 25, 20, 10),
            "25/100 trials (25 %), about 2 min 30 s left"
        );
        assert_eq!(check(100, 25, 25, 10), "25/100 trials (25 %)");
        assert_eq!(
            check(10_000, 1, 0, 10),
            "1/10000 trials (0 %), about 27 h 46 min left"
        );
    }
}
