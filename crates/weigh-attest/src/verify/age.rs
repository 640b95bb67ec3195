//! How old a report is, and whether the run was made for whoever asks.

use weigh_core::report::Report;

use super::{Fault, Kind, Wanted};
use crate::record;

const DAY: i64 = 86_400;

/// Holds the report's date and nonce to what is wanted.
pub(super) fn check_age(report: &Report, wanted: &Wanted<'_>, faults: &mut Vec<Fault>) {
    let mut add = |kind, message: String| faults.push(Fault::new(kind, record::JOURNAL, message));
    if let Some((most, now)) = wanted.most_days {
        let sealed = &report.record.sealed;
        match (sealed.seconds(), now.seconds()) {
            (Some(then), Some(now)) if then > now => {
                add(
                    Kind::Age,
                    format!("the report is dated in the future: {}", sealed.0),
                );
            }
            (Some(then), Some(now)) if now - then > i64::from(most) * DAY => {
                let (sealed, ago) = (&sealed.0, now - then);
                let (days, hours, minutes) = (ago / DAY, ago % DAY / 3600, ago % 3600 / 60);
                add(
                    Kind::Age,
                    format!(
                        "the report was sealed {sealed}, {days} days {hours} h {minutes} min ago, \
                         and at most {most} days are wanted"
                    ),
                );
            }
            (Some(_), Some(_)) => {}
            (None, _) | (_, None) => {
                add(Kind::Age, format!("`{}` is no date of a report", sealed.0));
            }
        }
    }
    if let Some(nonce) = wanted.nonce
        && report.plan.nonce.as_deref() != Some(nonce)
    {
        let found = match &report.plan.nonce {
            Some(found) => format!("with the nonce `{found}`"),
            None => "without a nonce".to_owned(),
        };
        let message = format!("the run was made {found}, and `{nonce}` is wanted");
        add(Kind::Nonce, message);
    }
}
