//! Reasons in English.

use chrono::Datelike;
use chrono_tz::Tz;
use relance_dsl::checked::Attachment;

use super::{
    Language, date, fact_value, hold_kind, hold_note, instant, language_name, medium, money, number,
    occurrence, role, tone_by_name,
};
use crate::reason::ReasonKind;

/// The months.
pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const EN: Language = Language::En;

fn step_with_level(step: &str, level: Option<u8>) -> String {
    match level {
        Some(level) => format!("Level {level}, “{step}”,"),
        None => format!("“{step}”"),
    }
}

fn points(points: i32) -> String {
    let s = if points.unsigned_abs() == 1 { "" } else { "s" };
    format!("{points:+} point{s}")
}

fn days(count: i64) -> String {
    if count == 1 {
        "1 day".to_owned()
    } else {
        format!("{count} days")
    }
}

/// The sentence for a reason.
pub(super) fn sentence(kind: &ReasonKind, zone: Tz) -> String {
    match kind {
        ReasonKind::SegmentChosen { .. }
        | ReasonKind::SegmentByHand { .. }
        | ReasonKind::NoSegment
        | ReasonKind::NoScenario { .. }
        | ReasonKind::ScoreStart { .. }
        | ReasonKind::ScoreLine { .. }
        | ReasonKind::ScoreTotal { .. }
        | ReasonKind::PerUnit { .. } => who(kind),
        ReasonKind::StepDue { .. }
        | ReasonKind::StepLater { .. }
        | ReasonKind::MovedToBusinessDay { .. }
        | ReasonKind::CountsFromLevel { .. }
        | ReasonKind::ClockStopped { .. }
        | ReasonKind::CourtesyDropped { .. }
        | ReasonKind::CourtesySuperseded { .. }
        | ReasonKind::EnteredAtLevel { .. }
        | ReasonKind::ConditionNotMet { .. }
        | ReasonKind::ActLeftOut { .. }
        | ReasonKind::TriedToday { .. }
        | ReasonKind::AllLevelsDone
        | ReasonKind::CallAgain { .. }
        | ReasonKind::Attached { .. }
        | ReasonKind::OpeningAwaited { .. }
        | ReasonKind::MessageOpened { .. }
        | ReasonKind::OpeningUnknown { .. }
        | ReasonKind::NoStep => timing(kind),
        ReasonKind::Held { .. }
        | ReasonKind::CoveredByUnallocated { .. }
        | ReasonKind::SmallBalance { .. }
        | ReasonKind::MessageLimit { .. }
        | ReasonKind::MessageUnderWay
        | ReasonKind::OutsideWindow { .. }
        | ReasonKind::UnderWay { .. }
        | ReasonKind::InDoubt { .. }
        | ReasonKind::NoUsableContact
        | ReasonKind::ContactUnusable
        | ReasonKind::NothingOpen
        | ReasonKind::ThankedLately { .. }
        | ReasonKind::Settled { .. }
        | ReasonKind::WaitsForApproval { .. }
        | ReasonKind::ApprovalRefused { .. }
        | ReasonKind::ApprovalExpired { .. }
        | ReasonKind::HandedOver { .. }
        | ReasonKind::BalanceChanged { .. }
        | ReasonKind::HookGave { .. }
        | ReasonKind::HookFailed(_)
        | ReasonKind::HookSkips { .. }
        | ReasonKind::HookDelays { .. }
        | ReasonKind::HookJumps { .. }
        | ReasonKind::PromisesUsedUp { .. }
        | ReasonKind::PlanMissed { .. }
        | ReasonKind::NoLongerDue { .. } => against(kind, zone),
        ReasonKind::InterestOwed { .. }
        | ReasonKind::MoreInterestOwed { .. }
        | ReasonKind::FeeOwed { .. }
        | ReasonKind::ConsumerNotCharged { .. }
        | ReasonKind::InterestRateMissing { .. } => charges(kind),
        ReasonKind::Grouped { .. }
        | ReasonKind::ContactChosen { .. }
        | ReasonKind::LanguageChosen { .. }
        | ReasonKind::ToneChosen { .. }
        | ReasonKind::PaidInFull { .. }
        | ReasonKind::ApprovalNeeded { .. }
        | ReasonKind::Approved { .. }
        | ReasonKind::SentByHand { .. }
        | ReasonKind::Happened { .. }
        | ReasonKind::AnswersFirst { .. }
        | ReasonKind::Resumed { .. }
        | ReasonKind::Jumped { .. }
        | ReasonKind::HookToneShared { .. }
        | ReasonKind::NoticeUnset { .. }
        | ReasonKind::BodyChanged { .. }
        | ReasonKind::WebhookUnset { .. }
        | ReasonKind::WebhookRefused { .. }
        | ReasonKind::RateMissing { .. }
        | ReasonKind::Unknown { .. } => message(kind),
    }
}

fn who(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::SegmentChosen { segment } => format!("The customer is in the segment “{segment}”"),
        ReasonKind::SegmentByHand { segment } => {
            format!("Somebody put the customer in the segment “{segment}”")
        }
        ReasonKind::NoSegment => "No segment fits this customer, so no scenario serves it".to_owned(),
        ReasonKind::NoScenario { segment } => format!("No scenario serves the segment “{segment}”"),
        ReasonKind::ScoreStart { points } => format!("The score starts at {points}"),
        ReasonKind::ScoreLine { points: n } => format!("{} for the score", points(*n)),
        ReasonKind::ScoreTotal { points, band } => format!("The score is {points}: “{band}”"),
        ReasonKind::PerUnit { value, points: n } => {
            format!(
                "{} for the score, for a value of {}",
                points(*n),
                number(*value, EN)
            )
        }
        _ => String::new(),
    }
}

fn timing(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::StepDue { step, level, on } => {
            format!(
                "{} has been due since {}",
                step_with_level(step, *level),
                date(*on, EN)
            )
        }
        ReasonKind::StepLater { step, level, on } => {
            format!("{} comes on {}", step_with_level(step, *level), date(*on, EN))
        }
        ReasonKind::MovedToBusinessDay { from, to, calendar } => {
            let calendar = if calendar.is_empty() {
                String::new()
            } else {
                format!(" ({calendar})")
            };
            format!(
                "{} is not a business day{calendar}: moved to {}",
                date(*from, EN),
                date(*to, EN)
            )
        }
        ReasonKind::CountsFromLevel { level, on } => {
            format!("Counted from level {level}, carried out on {}", date(*on, EN))
        }
        ReasonKind::ClockStopped { days: count } => format!("{} on hold are not counted", days(*count)),
        ReasonKind::CourtesyDropped { step, on } => {
            format!("“{step}” is left out: its day was {}", date(*on, EN))
        }
        ReasonKind::CourtesySuperseded { step } => {
            format!("“{step}” is left out: a later step has taken its place")
        }
        ReasonKind::EnteredAtLevel { level } => {
            format!("The invoice was already overdue when it became known: it starts at level {level}")
        }
        ReasonKind::ConditionNotMet { step } => format!("“{step}” waits: its condition does not hold"),
        ReasonKind::ActLeftOut { step } => {
            format!("One thing of “{step}” is left out: its condition does not hold")
        }
        ReasonKind::TriedToday { step } => {
            format!("“{step}” could not be carried out today; it is tried again on another day")
        }
        ReasonKind::AllLevelsDone => "The last level has been carried out".to_owned(),
        ReasonKind::CallAgain { step, on } => {
            format!(
                "Nobody answered “{step}”: the call is made again on {}",
                date(*on, EN)
            )
        }
        ReasonKind::Attached { what } => match what {
            Attachment::Statement => "With a statement of the account".to_owned(),
            Attachment::Invoices => "With the documents of the invoices".to_owned(),
        },
        ReasonKind::OpeningAwaited { template, until } => format!(
            "The message “{template}” has not been opened: if it stays so, what stands after `else` is done on {}",
            date(*until, EN)
        ),
        ReasonKind::MessageOpened { template, on } => format!(
            "The message “{template}” was opened on {}: what stands after `else` is not done",
            date(*on, EN)
        ),
        ReasonKind::OpeningUnknown { template } => format!(
            "Nobody can tell whether the message “{template}” was opened: what stands after `else` is not done"
        ),
        ReasonKind::NoStep => "The scenario has no further step for this invoice".to_owned(),
        _ => String::new(),
    }
}

fn against(kind: &ReasonKind, zone: Tz) -> String {
    match kind {
        ReasonKind::Held { hold, from, to, note } => {
            let until = to.map_or_else(String::new, |to| {
                format!(", to {}", date(crate::days::plus_days(to, -1), EN))
            });
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(": {}", hold_note(*hold, note, EN))
            };
            format!(
                "On hold ({}) since {}{until}{note}",
                hold_kind(*hold, EN),
                date(*from, EN)
            )
        }
        ReasonKind::CoveredByUnallocated { unallocated } => {
            format!("Covered by {} that is not allocated yet", money(*unallocated, EN))
        }
        ReasonKind::SmallBalance { balance, limit } => format!(
            "A balance of {} is left alone: it is under {}",
            money(*balance, EN),
            money(*limit, EN)
        ),
        ReasonKind::MessageLimit { until } => format!(
            "The limit on messages is reached: the next may leave on {}",
            instant(*until, zone, EN)
        ),
        ReasonKind::MessageUnderWay => "Waits until the message that is under way has left".to_owned(),
        ReasonKind::OutsideWindow { opens } => {
            format!(
                "Outside of the sending hours, which begin on {}",
                instant(*opens, zone, EN)
            )
        }
        ReasonKind::UnderWay { step, since } => {
            format!("“{step}” has been under way since {}", instant(*since, zone, EN))
        }
        ReasonKind::InDoubt { step, since } => format!(
            "Nobody knows whether “{step}” left on {}: somebody must settle it",
            instant(*since, zone, EN)
        ),
        ReasonKind::NoUsableContact => "Nobody at the customer can be written to".to_owned(),
        ReasonKind::ContactUnusable => "The contact cannot be written to any more".to_owned(),
        ReasonKind::NothingOpen => "Nothing is open".to_owned(),
        ReasonKind::ThankedLately { on } => format!("Thanks were already sent on {}", date(*on, EN)),
        ReasonKind::Settled { invoice } => format!("{invoice} has been settled"),
        ReasonKind::WaitsForApproval { step, by, since } => format!(
            "“{step}” waits for approval by {}, asked for on {}",
            role(by, EN),
            instant(*since, zone, EN)
        ),
        ReasonKind::ApprovalExpired { step, by, until } => format!(
            "Approval of “{step}” by {} expired: nobody answered by {}. It is not carried out before somebody gives it, \
             refuses it, or has it asked for again",
            role(by, EN),
            date(*until, EN)
        ),
        ReasonKind::ApprovalRefused { step, on, again } => format!(
            "“{step}” was refused on {}; approval is asked for again on {}",
            date(*on, EN),
            date(*again, EN)
        ),
        ReasonKind::HandedOver { on } => {
            format!(
                "Handed over to the legal department on {}: nothing more is sent",
                date(*on, EN)
            )
        }
        ReasonKind::PromisesUsedUp { most: 1 } => {
            "The promise does not stop the clock: only the first one of an invoice does".to_owned()
        }
        ReasonKind::PromisesUsedUp { most } => {
            format!("The promise does not stop the clock: only the first {most} of an invoice do")
        }
        ReasonKind::PlanMissed {
            instalment,
            of,
            amount,
            due,
        } => format!(
            "The payment plan is missed: instalment {instalment} of {of}, {} on {}, was not paid in time",
            money(*amount, EN),
            date(*due, EN)
        ),
        ReasonKind::HookGave { hook, output } => format!("Hook “{hook}” gave {}", fact_value(output, EN)),
        ReasonKind::HookFailed(failure) => format!(
            "Hook “{}” failed ({}:{}): {}; nothing is sent",
            failure.hook, failure.file, failure.line, failure.message.en
        ),
        ReasonKind::HookSkips { hook, step } => format!("Hook “{hook}”: “{step}” is left out"),
        ReasonKind::HookDelays { hook, step, until } => format!(
            "Hook “{hook}”: “{step}” comes by {} at the latest, and is asked for again each day",
            date(*until, EN)
        ),
        ReasonKind::HookJumps {
            hook,
            step,
            level,
            left_out,
        } => {
            let between: String = left_out
                .iter()
                .map(|title| format!(", and “{title}” with it"))
                .collect();
            format!("Hook “{hook}”: “{step}” is left out{between}; dunning goes on at level {level}")
        }
        ReasonKind::BalanceChanged { invoice } => {
            format!("The balance of {invoice} has changed since this was written")
        }
        ReasonKind::NoLongerDue { invoice, step } => format!("{invoice} is no longer due for “{step}”"),
        _ => String::new(),
    }
}

fn charges(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::InterestOwed { invoice, line } => format!(
            "Interest on {invoice} from {} to {}: {} x {} % x {} / 365 = {}",
            date(line.from, EN),
            date(line.to, EN),
            money(line.base, EN),
            number(line.rate, EN),
            days(line.days.into()),
            money(line.amount, EN)
        ),
        ReasonKind::MoreInterestOwed {
            invoice,
            lines,
            amount,
        } => format!(
            "Interest on {invoice} for {lines} other periods: {}",
            money(*amount, EN)
        ),
        ReasonKind::FeeOwed { invoice, fee } => {
            format!("Recovery fee for {invoice}: {}", money(*fee, EN))
        }
        ReasonKind::ConsumerNotCharged { invoice } => {
            format!("Nothing is charged for {invoice}: the customer is a consumer")
        }
        ReasonKind::InterestRateMissing { step, table, from } => {
            let half = if from.month0() < 6 { "first" } else { "second" };
            format!(
                "“{step}” waits: nobody entered the rate of interest of “{table}” for the {half} half of {}; write it into the \
                 table, or into one of your own where this one is the library's, from {} on",
                from.year(),
                date(*from, EN)
            )
        }
        _ => String::new(),
    }
}

fn message(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::Grouped { invoices, level } => match level {
            Some(level) => format!("{invoices} invoices share the message; level {level} speaks"),
            None => format!("{invoices} invoices share the message"),
        },
        ReasonKind::ContactChosen { contact } => format!("To {contact}"),
        ReasonKind::LanguageChosen { language } => format!("In {}", language_name(language, EN)),
        ReasonKind::ToneChosen { tone } => format!("Tone: {}", tone_by_name(tone, EN)),
        ReasonKind::ApprovalNeeded { step, by } => {
            format!("“{step}” needs approval by {} first", role(by, EN))
        }
        ReasonKind::Approved { on } => format!("Approved on {}", date(*on, EN)),
        ReasonKind::Happened { event, on } => {
            format!(
                "Answers to what happened on {}: {}",
                date(*on, EN),
                occurrence(*event, EN)
            )
        }
        ReasonKind::AnswersFirst { step } => {
            format!("“{step}” waits: the answer to an event goes first")
        }
        ReasonKind::Resumed { event, level, on } => {
            let event = event.map_or("an order", |event| occurrence(event, EN));
            let place = level.map_or("where it stopped".to_owned(), |level| format!("at level {level}"));
            format!(
                "Resumed after {event}: goes on {place}, not before {}",
                date(*on, EN)
            )
        }
        ReasonKind::Jumped { level, on } => {
            format!(
                "A hook said to go on at level {level}, not before {}",
                date(*on, EN)
            )
        }
        ReasonKind::HookToneShared { invoice, tone } => format!(
            "A hook asked for the tone “{tone}” for {invoice}; the invoice that speaks decides the tone of the message"
        ),
        ReasonKind::BodyChanged { medium } => {
            format!("The hook of {medium} says something else now: the message is decided anew")
        }
        ReasonKind::NoticeUnset { webhook } => {
            format!("Told by a person: the settings have no address for the webhook “{webhook}”")
        }
        ReasonKind::SentByHand { medium: name } => format!("Sent by hand: {}", medium(name, EN)),
        ReasonKind::WebhookUnset { medium, webhook } => {
            format!(
                "Nothing leads out for {medium}: the settings have no address for the webhook “{webhook}”"
            )
        }
        ReasonKind::WebhookRefused { medium } => {
            format!("Sent by a person: the receiver of {medium} refused the message")
        }
        ReasonKind::PaidInFull { on } => format!("Paid in full on {}", date(*on, EN)),
        ReasonKind::RateMissing { currency, on } => {
            format!(
                "There is no exchange rate for {currency} on {}: enter one",
                date(*on, EN)
            )
        }
        ReasonKind::Unknown { fact } => format!("`{fact}` is not known"),
        _ => String::new(),
    }
}
