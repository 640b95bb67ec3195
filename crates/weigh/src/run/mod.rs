//! `weigh run`: plan, weigh, record, derive the report, sign it.

mod args;
mod cards;
mod dry;
mod end;
mod extend;
mod fault;
mod inputs;
pub mod judges;
mod model;
mod paced;
mod place;
mod record;
mod shard;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use weigh_attest::keys::PrivateKey;
use weigh_core::model::{Model, Work};
use weigh_core::plan::{Plan, Shard};
use weigh_core::text::visible_line;
use weigh_runner::directory::Lock;
use weigh_runner::energy::resumed;
use weigh_runner::{
    COMMIT, Control, Finished, Meter, Progress, RunDir, SystemChance, SystemClock, SystemMeter,
    carry, same_subject,
};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::Home;
use crate::interrupt;
use crate::output::Output;
use crate::progress::{Share, Teller};

pub use self::args::{RunArgs, TierArg};
pub use self::end::{unjudged, verdict, weighed};
use self::extend::Earlier;
pub use self::fault::run as run_failed;
pub use self::inputs::{Inputs, chosen_profile, laboratory, profile_of};
use self::judges::Opener;
pub use self::model::{open_engine, opening_failed, options};
use self::paced::Paced;
pub use self::place::{quoted, refuse_full};
pub use self::record::{derived, files_of, keep_inputs, sign, signing_key};

/// Carries out `weigh run`.
pub fn command(args: &RunArgs, output: &Output) -> Result<Exit, Failure> {
    let run = Run {
        args,
        output,
        home: Home::find()?,
        key: &|| signing_key(output),
        open: &|| model::open(args, output),
        judges: &|plan| judges::find(args, plan.judging.judges(), output),
        meter: &SystemMeter::default(),
        stop: &*interrupt::watch(*output)?,
    };
    match &args.out {
        Some(out) if args.resume => run.resume(out),
        Some(_) | None => run.start(),
    }
}

/// One call of `weigh run`, with what it takes from the world, so that a test can give its own.
struct Run<'a> {
    args: &'a RunArgs,
    output: &'a Output,
    home: Home,
    key: &'a dyn Fn() -> Result<PrivateKey, Failure>,
    open: &'a dyn Fn() -> Result<Box<dyn Model>, Failure>,
    judges: &'a dyn Fn(&Plan) -> Result<Opener<'a>, Failure>,
    meter: &'a dyn Meter,
    stop: &'a AtomicBool,
}

/// What a run ends in.
enum Goal {
    /// A report, signed with this key.
    Report(Box<PrivateKey>),
    /// A share of the plan, which is merged with the others.
    Share(Shard),
}

impl Run<'_> {
    fn start(&self) -> Result<Exit, Failure> {
        let variable = |name: &str| std::env::var(name).ok();
        let shard = self.args.shard.map(|shard| shard.chosen(&variable));
        let shard = shard.transpose()?;
        let (inputs, earlier) = match &self.args.extend {
            Some(record) => {
                let (inputs, earlier) = extend::inputs(record, self.output)?;
                (inputs, Some(earlier))
            }
            None => (Inputs::chosen(self.args, &self.home, self.output)?, None),
        };
        let inputs = inputs.share(shard);
        if self.args.dry_run {
            let plan = match &earlier {
                Some(earlier) => earlier.rest(inputs.plan),
                None => inputs.plan,
            };
            return dry::command(self.args, plan, self.output);
        }
        if let Some(named) = &self.args.out {
            refuse_full(named)?;
        }
        // Nothing is written before key and model are there: a second try finds no remains, and
        // hours of work do not end at a forgotten passphrase.
        let goal = self.goal(&inputs)?;
        let judges = (self.judges)(&inputs.plan)?;
        let model = (self.open)()?;
        let before = earlier.as_ref().map(|earlier| &earlier.subject);
        let same = before.map_or(Ok(()), |began| same_subject(began, model.subject()));
        same.map_err(|fault| self.fault(fault, Path::new("")))?;
        let out = place::choose(self.args.out.as_deref(), &self.args.model, shard)?;
        let dir = RunDir::create(&out, &inputs.plan).map_err(|fault| self.fault(fault, &out))?;
        keep_inputs(&out, &inputs)?;
        let dir = match &earlier {
            Some(Earlier { journal, .. }) => {
                carry(&dir, &inputs.plan, journal).map_err(|fault| self.fault(fault, &out))?
            }
            None => dir,
        };
        self.output.note(&end::beginning(&inputs.plan, &out));
        let lock = dir.lock();
        let ended = self.weigh(model, dir, &inputs)?;
        let ended = self.judge(ended, judges, (&out, &lock), &inputs)?;
        self.finish(&out, &inputs, &goal, (ended, lock))
    }

    fn resume(&self, out: &Path) -> Result<Exit, Failure> {
        let inputs = Inputs::recorded(out)?;
        let shard = inputs.shard;
        let inputs = inputs.share(shard);
        let dir = RunDir::resume(out, &inputs.plan).map_err(|fault| self.fault(fault, out))?;
        if let Some(torn) = dir.torn() {
            let bytes = torn.bytes;
            self.output.note(&format!(
                "the journal ends in an incomplete line of {bytes} bytes, as a crash leaves it: \
                 it is cut off"
            ));
        }
        let goal = self.goal(&inputs)?;
        let lock = dir.lock();
        let ended = if dir.is_sealed() {
            if shard.is_none() {
                self.output
                    .note("this run is complete; its report is derived again");
            }
            let planned = inputs.plan.trials.len() as u64;
            let answered = planned;
            let finished = Finished::AlreadySealed(Progress { planned, answered });
            (finished, None)
        } else {
            let judges = (self.judges)(&inputs.plan)?;
            let ended = if dir.is_answered() && !inputs.plan.judging.is_empty() {
                let planned = inputs.plan.trials.len() as u64;
                let answered = planned;
                drop(dir);
                let progress = Progress { planned, answered };
                (Finished::Answered(progress, resumed()), None)
            } else {
                self.weigh((self.open)()?, dir, &inputs)?
            };
            self.judge(ended, judges, (out, &lock), &inputs)?
        };
        self.finish(out, &inputs, &goal, (ended, lock))
    }

    /// Lets the model answer what is missing, and says what that was for the model.
    fn weigh(
        &self,
        mut model: Box<dyn Model>,
        dir: RunDir,
        inputs: &Inputs,
    ) -> Result<(Finished, Option<Work>), Failure> {
        let out = dir.path().to_owned();
        let control = self.control();
        let share = Share::default();
        let mut teller = Teller::new(*self.output, "trials", Some(&share));
        let mut tell = |progress| teller.tell(progress);
        let mut paced = Paced {
            model: &mut *model,
            share: &share,
        };
        let finished = weigh_runner::run(&inputs.plan, &mut paced, dir, control, &mut tell);
        teller.end();
        let finished = finished.map_err(|fault| self.fault(fault, &out))?;
        Ok((finished, model.work()))
    }

    /// Lets judges read the replies, once all of them are there. The model is closed by then.
    fn judge(
        &self,
        (finished, work): (Finished, Option<Work>),
        mut judges: Opener<'_>,
        (out, lock): (&Path, &Lock),
        inputs: &Inputs,
    ) -> Result<(Finished, Option<Work>), Failure> {
        let Finished::Answered(all, energy) = finished else {
            return Ok((finished, work));
        };
        let fault = |fault| self.fault(fault, out);
        let dir = RunDir::again(out, &inputs.plan, lock.clone()).map_err(fault)?;
        let note = format!(
            "all trials are answered; replies are judged by {}",
            judges::names(&inputs.plan)
        );
        self.output.note(&visible_line(&note));
        let mut teller = Teller::new(*self.output, "judgements", None);
        let mut last = None;
        let mut tell = |progress| {
            last = Some(progress);
            teller.tell(progress);
        };
        let control = self.control();
        let ended =
            weigh_runner::judge(&inputs.plan, dir, energy, &mut *judges, control, &mut tell);
        teller.end();
        let ended = ended.map_err(fault)?;
        if let (Finished::Interrupted(_), Some(Progress { planned, answered })) = (&ended, last) {
            let note = format!("{answered} of {planned} replies are judged, and that is kept");
            self.output.note(&note);
            return Ok((Finished::Interrupted(all), work));
        }
        Ok((ended, work))
    }

    fn control(&self) -> Control<'_> {
        Control {
            clock: &SystemClock,
            chance: &SystemChance,
            meter: self.meter,
            stop: self.stop,
            commit: COMMIT,
        }
    }

    /// What the run ends in. A shard has no report, so its machine needs no key.
    fn goal(&self, inputs: &Inputs) -> Result<Goal, Failure> {
        match inputs.shard {
            Some(shard) => Ok(Goal::Share(shard)),
            None => (self.key)().map(|key| Goal::Report(Box::new(key))),
        }
    }

    /// Derives and signs the report of a sealed run. The lock is held until it is written.
    fn finish(
        &self,
        out: &Path,
        inputs: &Inputs,
        goal: &Goal,
        ((finished, work), _lock): ((Finished, Option<Work>), Lock),
    ) -> Result<Exit, Failure> {
        let progress = match finished {
            Finished::Interrupted(progress) | Finished::Answered(progress, _) => {
                let ended = (progress, work);
                return Ok(end::interrupted(self.args, out, ended, self.output));
            }
            Finished::Sealed(progress) | Finished::AlreadySealed(progress) => progress,
        };
        match goal {
            Goal::Share(shard) => {
                let shard = (*shard, record::fell_back(out)?);
                let ended = (progress, work);
                Ok(end::shard_complete(shard, out, ended, self.output))
            }
            Goal::Report(key) => {
                let report = sign(out, inputs, key)?;
                let told = (self.args.gate, self.args.model.as_str());
                Ok(weighed(told, out, (&report, work), self.output))
            }
        }
    }

    fn fault(&self, fault: weigh_runner::RunFault, out: &Path) -> Failure {
        fault::run(fault, out, self.args)
    }
}
