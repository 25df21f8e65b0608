//! Histories made up from a seed: many customers, rules and accidents, the usual ones more often than the odd ones.

use chrono::NaiveDate;

use super::history::{
    Act, Choice, Clock, Event, History, Instead, Mail, Period, Person, Revision, Scenario, Step, Timing,
    Unit, What, When, days_on,
};
use super::random::Random;

/// So many histories have the same rules, which take longer to build than a history to play.
pub const WITH_THE_SAME_RULES: u64 = 64;

/// The history of a seed.
pub fn history(seed: u64) -> History {
    let mut rules = Random::new(seed / WITH_THE_SAME_RULES);
    let clock = rules.one_of(&[Clock::Company, Clock::Company, Clock::Customer, Clock::Tokyo]);
    let revisions = revisions(&mut rules);
    let mut r = Random::new(seed ^ 0xA5A5_0000_0000);
    let zones = [
        None,
        Some(chrono_tz::Europe::Paris),
        Some(chrono_tz::Europe::London),
        Some(chrono_tz::America::New_York),
        Some(chrono_tz::Asia::Tokyo),
        Some(chrono_tz::Asia::Kolkata),
    ];
    let people = people(&mut r);
    let mut events = events(&mut r, revisions.len());
    events.sort_by_key(|event| (event.day, event.noon));
    let last = events.last().map_or(0, |event| event.day);
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    History {
        seed,
        revisions,
        start: days_on(first, r.between(0, 700)),
        days: last + r.between(20, 110),
        clock,
        zone: r.one_of(&zones),
        language: r.one_of(&[None, Some("fr"), Some("de")]),
        people,
        events,
        trouble: r.one_of(&[0, 0, 10, 35]),
    }
}

fn people(r: &mut Random) -> Vec<Person> {
    let count = r.between(1, 3);
    (1..=count)
        .map(|id| Person {
            id,
            role: r.one_of(&[None, Some("accounts_payable"), Some("buyer")]),
            main: r.percent(50),
            language: r.one_of(&[None, Some("fr"), Some("de"), Some("en")]),
            mail: r.one_of(&[
                Mail::Usable,
                Mail::Usable,
                Mail::Usable,
                Mail::Absent,
                Mail::OptedOut,
            ]),
        })
        .collect()
}

// --- rules --------------------------------------------------------------------------------------------------------------

fn revisions(r: &mut Random) -> Vec<Revision> {
    let mut revisions = vec![Revision {
        small: scenario(r, "s"),
        key: r.percent(40).then(|| scenario(r, "k")),
        grace: r.percent(40).then(|| (r.between(1, 4), r.percent(50))),
        promises: r.percent(30).then(|| usize::try_from(r.between(1, 2)).unwrap()),
    }];
    for n in 1..=r.below(3) {
        let mut next = revisions.last().unwrap().clone();
        changed(r, &mut next.small, n);
        revisions.push(next);
    }
    revisions
}

/// Names change, levels come and go, delays grow.
fn changed(r: &mut Random, scenario: &mut Scenario, n: u64) {
    let at = usize::try_from(r.below(scenario.levels.len() as u64)).unwrap();
    match r.below(5) {
        0 => {
            let step = &mut scenario.levels[at];
            step.was
                .push(std::mem::replace(&mut step.name, format!("renamed_{n}")));
        }
        1 if scenario.levels.len() > 1 => {
            scenario.levels.remove(at);
            relink(scenario);
        }
        2 if scenario.levels.len() < 5 => {
            let timing = Timing::AfterLevel(period(r, 1), 1);
            let new = step(r, format!("new_{n}"), timing, at > 0);
            scenario.levels.insert(at, new);
            relink(scenario);
        }
        3 => {
            scenario.levels[at].timing = match scenario.levels[at].timing {
                Timing::AfterLevel(p, from) => Timing::AfterLevel(longer(p), from),
                Timing::AfterDue(p) => Timing::AfterDue(longer(p)),
                other => other,
            };
        }
        _ => scenario.limit = limit(r),
    }
    if !scenario.business {
        without_a_calendar(scenario);
    }
}

/// After a level was put in or taken away, each one counts from the one before it.
fn relink(scenario: &mut Scenario) {
    for (step, n) in scenario.levels.iter_mut().zip(0..) {
        step.timing = match (n, step.timing) {
            (0, Timing::AfterLevel(p, _)) => Timing::AfterDue(p),
            (0, other) => other,
            (n, Timing::AfterLevel(p, _)) => Timing::AfterLevel(p, n),
            (n, _) => Timing::AfterLevel(
                Period {
                    count: 9,
                    unit: Unit::Days,
                },
                n,
            ),
        };
    }
    scenario.entry = scenario.entry.min(scenario.levels.len());
    // What follows the last level counts from the last one there is.
    if let Some(then) = &mut scenario.then
        && let Timing::AfterLevel(p, _) = then.timing
    {
        then.timing = Timing::AfterLevel(p, scenario.levels.len());
    }
}

fn longer(p: Period) -> Period {
    Period {
        count: p.count + 3,
        ..p
    }
}

fn scenario(r: &mut Random, letter: &str) -> Scenario {
    let mut scenario = with_a_calendar(r, letter);
    if r.percent(30) {
        without_a_calendar(&mut scenario);
    }
    scenario
}

/// Business days are those of a calendar: without one there are none.
fn without_a_calendar(scenario: &mut Scenario) {
    let days = |p: &mut Period| {
        if p.unit == Unit::BusinessDays {
            p.unit = Unit::Days;
        }
    };
    scenario.business = false;
    if let Some((_, period)) = &mut scenario.limit {
        days(period);
    }
    for step in scenario
        .courtesy
        .iter_mut()
        .chain(&mut scenario.levels)
        .chain(&mut scenario.then)
    {
        let (Timing::BeforeDue(p) | Timing::AfterDue(p) | Timing::AfterIssue(p) | Timing::AfterLevel(p, _)) =
            &mut step.timing;
        days(p);
        for act in &mut step.acts {
            if let Act::Call {
                again: Some(((_, business), _)),
            } = act
            {
                *business = false;
            }
        }
    }
}

fn with_a_calendar(r: &mut Random, letter: &str) -> Scenario {
    let count = r.between(1, 4);
    let levels: Vec<Step> = (1..=count)
        .map(|n| {
            let timing = match (n, r.below(8)) {
                (1, 0) => Timing::AfterIssue(Period {
                    count: r.between(20, 45),
                    unit: Unit::Days,
                }),
                (1, 1) => Timing::AfterDue(Period {
                    count: 0,
                    unit: Unit::Days,
                }),
                (1, _) => Timing::AfterDue(period(r, 1)),
                (2, 0) => Timing::AfterDue(Period {
                    count: r.between(40, 50),
                    unit: Unit::Days,
                }),
                (n, _) => Timing::AfterLevel(period(r, 1), usize::try_from(n - 1).unwrap()),
            };
            step(r, format!("{letter}{n}"), timing, true)
        })
        .collect();
    let last = levels.len();
    let courtesy = (1..=r.below(3))
        .map(|n| {
            let unit = r.one_of(&[Unit::Days, Unit::BusinessDays, Unit::Weeks]);
            let count = if unit == Unit::Weeks {
                r.between(1, 2)
            } else {
                r.between(0, 14)
            };
            step(
                r,
                format!("{letter}_ahead_{n}"),
                Timing::BeforeDue(Period {
                    count: count.max(1),
                    unit,
                }),
                false,
            )
        })
        .collect();
    let then = r.percent(30).then(|| {
        let mut acts = vec![Act::HandOver];
        if r.percent(30) {
            acts.insert(0, Act::Approve);
        }
        Step {
            name: format!("{letter}_then"),
            was: vec![],
            timing: Timing::AfterLevel(period(r, 1), last),
            when: None,
            acts,
        }
    });
    let holds = r.percent(70);
    let [disputed, promised, on_plan, cash] = std::array::from_fn(|_| holds || r.percent(30));
    // Nothing can be named to stop nothing at all.
    let disputed = disputed || !(promised || on_plan || cash);
    Scenario {
        business: true,
        chain: r.one_of(&[
            vec![Choice::Main],
            vec![Choice::Role("buyer"), Choice::Main],
            vec![
                Choice::Role("accounts_payable"),
                Choice::Role("buyer"),
                Choice::Main,
            ],
            vec![Choice::Main, Choice::Role("buyer")],
        ]),
        by_invoice: r.percent(30),
        ignore: r.percent(50).then(|| r.between(5, 60)),
        limit: limit(r),
        entry: usize::try_from(r.between(1, count)).unwrap(),
        disputed,
        promised,
        on_plan,
        cash,
        courtesy,
        levels,
        then,
        thanks: r.percent(60).then(|| {
            r.percent(60).then(|| Period {
                count: r.between(5, 60),
                unit: Unit::Days,
            })
        }),
    }
}

fn limit(r: &mut Random) -> Option<(usize, Period)> {
    let messages = r.one_of(&[1, 1, 2, 3]);
    let unit = r.one_of(&[Unit::Days, Unit::Days, Unit::BusinessDays, Unit::Weeks]);
    let count = if unit == Unit::Weeks { 1 } else { r.between(1, 9) };
    r.percent(60).then_some((messages, Period { count, unit }))
}

/// At least one day; `parts` makes it longer.
fn period(r: &mut Random, parts: i64) -> Period {
    let unit = r.one_of(&[
        Unit::Days,
        Unit::Days,
        Unit::Days,
        Unit::BusinessDays,
        Unit::Weeks,
        Unit::Months,
    ]);
    let count = match unit {
        Unit::Days | Unit::BusinessDays => r.between(1, 15) * parts,
        Unit::Weeks => r.between(1, 2),
        Unit::Months => 1,
    };
    Period { count, unit }
}

fn step(r: &mut Random, name: String, timing: Timing, dunning: bool) -> Step {
    let when = match r.below(8) {
        0 if dunning => Some(When::OverdueAtLeast(r.between(10, 900))),
        1 => Some(When::BalanceAtLeast(r.between(10, 900))),
        2 => Some(When::OpenInvoicesAbove(r.between(0, 2))),
        3 if dunning => Some(When::DaysOverdueAbove(r.between(0, 20))),
        _ => None,
    };
    Step {
        name,
        was: vec![],
        timing,
        when,
        acts: acts(r, dunning),
    }
}

fn acts(r: &mut Random, dunning: bool) -> Vec<Act> {
    let mail = Act::Mail { instead: vec![] };
    let again = |r: &mut Random| {
        let most = usize::try_from(r.between(1, 3)).unwrap();
        r.percent(50).then(|| ((r.between(1, 4), r.percent(50)), most))
    };
    match r.below(14) {
        0 => vec![Act::Call { again: again(r) }],
        1 => vec![mail, Act::Call { again: again(r) }],
        2 => vec![Act::Letter],
        3 => vec![mail, Act::Letter],
        4 => vec![mail, Act::Task],
        5 => vec![Act::Mail {
            instead: vec![Instead::Sms],
        }],
        6 => vec![
            Act::Mail {
                instead: vec![Instead::Call],
            },
            Act::Task,
        ],
        7 if dunning => vec![Act::Approve, Act::Letter],
        8 if dunning => vec![mail, Act::Approve],
        9 => vec![Act::Task],
        _ => vec![mail],
    }
}

// --- what happens -------------------------------------------------------------------------------------------------------

fn events(r: &mut Random, revisions: usize) -> Vec<Event> {
    let mut events = Vec::new();
    let invoices = r.between(1, 5);
    for invoice in 1..=invoices {
        let due = if r.percent(25) {
            r.between(-60, 0)
        } else {
            r.between(1, 45)
        };
        // An instalment is an invoice with a due date of its own.
        let what = What::Book {
            invoice,
            amount: r.one_of(&[500, 1_200, 4_000, 10_000, 33_333, 150_000]) + r.between(0, 99),
            dollars: r.percent(15),
            issued: (due - 30).min(0),
            due,
        };
        events.push(Event {
            day: r.between(0, 25),
            noon: r.percent(20),
            what,
        });
    }
    for _ in 0..r.below(11) {
        let invoice = r.between(1, invoices);
        let what = what(r, invoice, revisions);
        events.push(Event {
            day: r.between(1, 90),
            noon: r.percent(30),
            what,
        });
    }
    if revisions > 1 {
        for n in 1..revisions {
            let day = 20 * i64::try_from(n).unwrap() + r.between(0, 19);
            events.push(Event {
                day,
                noon: r.percent(30),
                what: What::Revision(n),
            });
        }
    }
    events
}

fn what(r: &mut Random, invoice: i64, revisions: usize) -> What {
    let days = |r: &mut Random| r.percent(60).then(|| r.between(1, 25));
    match r.below(24) {
        0..4 => What::Pay {
            invoice,
            all: r.percent(60),
        },
        4 => What::Credit {
            invoice,
            all: r.percent(50),
        },
        5 => What::Reopen(invoice),
        6 => What::Cash(r.one_of(&[0, 40, 85, 100, 390, 400, 2_000])),
        7 | 8 => What::Dispute(invoice),
        9 => What::Settle(invoice),
        10 | 11 => What::Promise {
            invoice,
            days: r.between(0, 20),
        },
        12 => What::TakeBack(invoice),
        13 => What::Plan {
            invoice,
            days: r.between(5, 40),
        },
        14 => What::Hold {
            invoice,
            days: days(r),
        },
        15 => What::Release(invoice),
        16 => What::HoldAccount(days(r)),
        17 => {
            if r.percent(20) {
                What::Insolvency
            } else {
                What::ReleaseAccount
            }
        }
        18 => What::OptOut(r.between(1, 2)),
        19 => What::Newcomer(r.one_of(&["buyer", "accounts_payable"])),
        20 => {
            if r.percent(50) {
                What::Segment(r.one_of(&[None, Some("key"), Some("small")]))
            } else {
                What::Tag(r.percent(50))
            }
        }
        21 => What::Rate(r.between(80, 120)),
        22 => What::Sleep(r.between(1, 12)),
        _ => {
            if revisions > 1 && r.percent(20) {
                What::Revision(0)
            } else {
                What::ReleaseAccount
            }
        }
    }
}
