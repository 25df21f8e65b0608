use super::*;
use crate::charges::InterestLine;
use crate::facts::testing::{day, euro};
use crate::occurrence::Occurrence;
use crate::reason::ReasonKind;
use relance_dsl::checked::Attachment;

fn moment() -> DateTime<Utc> {
    "2026-03-12T08:30:00Z".parse().unwrap()
}

/// The kinds of reasons by name, in a match that a new kind breaks until it is added here.
macro_rules! kinds {
    ($($kind:ident)*) => {
        const KINDS: &[&str] = &[$(stringify!($kind)),*];

        fn name_of(kind: &ReasonKind) -> &'static str {
            match kind {
                $(ReasonKind::$kind { .. } => stringify!($kind),)*
            }
        }
    };
}

kinds! {
    SegmentChosen SegmentByHand NoSegment NoScenario ScoreStart ScoreLine ScoreTotal StepDue StepLater
    MovedToBusinessDay CountsFromLevel ClockStopped CourtesyDropped EnteredAtLevel ConditionNotMet ActLeftOut Held
    CoveredByUnallocated SmallBalance MessageLimit OutsideWindow UnderWay InDoubt NoUsableContact AllLevelsDone
    Grouped ContactChosen LanguageChosen ToneChosen PaidInFull ThankedLately NothingOpen RateMissing Unknown
    PerUnit Settled NoLongerDue ContactUnusable TriedToday CourtesySuperseded MessageUnderWay NoStep
    ApprovalNeeded WaitsForApproval ApprovalExpired Approved ApprovalRefused HandedOver CallAgain Attached
    OpeningAwaited MessageOpened OpeningUnknown PromisesUsedUp PlanMissed BalanceChanged HookGave HookFailed
    HookSkips HookDelays HookJumps HookToneShared Jumped BodyChanged NoticeUnset Happened AnswersFirst Resumed
    InterestOwed MoreInterestOwed FeeOwed ConsumerNotCharged InterestRateMissing SentByHand WebhookUnset WebhookRefused
}

/// One reason of each kind, or more where the words depend on what it holds.
fn every_kind() -> Vec<ReasonKind> {
    let (step, on, level) = (|| "Rappel".to_owned(), day("2026-03-12"), Some(2));
    let segment = || "Petits comptes".to_owned();
    let kinds = vec![
        ReasonKind::SegmentChosen { segment: segment() },
        ReasonKind::SegmentByHand { segment: segment() },
        ReasonKind::NoSegment,
        ReasonKind::NoScenario { segment: segment() },
        ReasonKind::ScoreStart { points: 60 },
        ReasonKind::ScoreLine { points: -15 },
        ReasonKind::ScoreTotal {
            points: 45,
            band: "moyen".into(),
        },
        ReasonKind::PerUnit {
            value: Decimal::new(1234, 2),
            points: -7,
        },
        ReasonKind::StepDue {
            step: step(),
            level,
            on,
        },
        ReasonKind::StepLater {
            step: step(),
            level: None,
            on,
        },
        ReasonKind::MovedToBusinessDay {
            from: on,
            to: day("2026-03-13"),
            calendar: "France".into(),
        },
        ReasonKind::CountsFromLevel { level: 1, on },
        ReasonKind::ClockStopped { days: 14 },
        ReasonKind::CourtesyDropped { step: step(), on },
        ReasonKind::CourtesySuperseded { step: step() },
        ReasonKind::EnteredAtLevel { level: 1 },
        ReasonKind::ConditionNotMet { step: step() },
        ReasonKind::ActLeftOut { step: step() },
        ReasonKind::TriedToday { step: step() },
        ReasonKind::AllLevelsDone,
        ReasonKind::NoStep,
        ReasonKind::Held {
            hold: HoldKind::Disputed,
            from: on,
            to: None,
            note: "prix".into(),
        },
        ReasonKind::Held {
            hold: HoldKind::Promised,
            from: on,
            to: Some(day("2026-04-01")),
            note: String::new(),
        },
        ReasonKind::CoveredByUnallocated {
            unallocated: euro(1500),
        },
        ReasonKind::SmallBalance {
            balance: euro(9),
            limit: euro(15),
        },
        ReasonKind::MessageLimit { until: moment() },
        ReasonKind::MessageUnderWay,
        ReasonKind::OutsideWindow { opens: moment() },
        ReasonKind::UnderWay {
            step: step(),
            since: moment(),
        },
        ReasonKind::InDoubt {
            step: step(),
            since: moment(),
        },
        ReasonKind::NoUsableContact,
        ReasonKind::ContactUnusable,
        ReasonKind::NothingOpen,
        ReasonKind::ThankedLately { on },
        ReasonKind::Settled {
            invoice: "F-12".into(),
        },
        ReasonKind::NoLongerDue {
            invoice: "F-12".into(),
            step: "reminder".into(),
        },
        ReasonKind::Grouped { invoices: 3, level },
        ReasonKind::ContactChosen {
            contact: "Anne Petit".into(),
        },
        ReasonKind::LanguageChosen {
            language: "de".into(),
        },
        ReasonKind::ToneChosen { tone: "firm".into() },
        ReasonKind::PaidInFull { on },
        ReasonKind::RateMissing {
            currency: "USD".into(),
            on,
        },
        ReasonKind::Unknown {
            fact: "customer.credit_limit".into(),
        },
        ReasonKind::ApprovalNeeded {
            step: step(),
            by: "credit_manager".into(),
        },
        ReasonKind::WaitsForApproval {
            step: step(),
            by: "cfo".into(),
            since: moment(),
        },
        ReasonKind::Approved { on },
        ReasonKind::ApprovalRefused {
            step: step(),
            on,
            again: day("2026-04-11"),
        },
        ReasonKind::ApprovalExpired {
            step: step(),
            by: "credit_manager".into(),
            until: on,
        },
        ReasonKind::HandedOver { on },
        ReasonKind::CallAgain { step: step(), on },
        ReasonKind::Attached {
            what: Attachment::Statement,
        },
        ReasonKind::OpeningAwaited {
            template: "reminder".into(),
            until: on,
        },
        ReasonKind::MessageOpened {
            template: "reminder".into(),
            on,
        },
        ReasonKind::OpeningUnknown {
            template: "reminder".into(),
        },
        ReasonKind::PromisesUsedUp { most: 2 },
        ReasonKind::Happened {
            event: Occurrence::PromiseBroken,
            on,
        },
        ReasonKind::AnswersFirst { step: step() },
        ReasonKind::Resumed {
            event: Some(Occurrence::DisputeRejected),
            level: None,
            on,
        },
        ReasonKind::Resumed {
            event: None,
            level: Some(3),
            on,
        },
        ReasonKind::BalanceChanged {
            invoice: "F-12".into(),
        },
        ReasonKind::SentByHand {
            medium: "registered_letter".into(),
        },
        ReasonKind::HookGave {
            hook: "exposure".into(),
            output: "1234.50 EUR".into(),
        },
        ReasonKind::HookFailed(crate::hooks::HookFailure {
            hook: "exposure".into(),
            file: "hooks/a.rhai".into(),
            line: 3,
            message: relance_dsl::text!("more than 40 variables", "plus de 40 variables"),
        }),
        ReasonKind::WebhookUnset {
            medium: "whatsapp".into(),
            webhook: "gateway".into(),
        },
        ReasonKind::WebhookRefused {
            medium: "whatsapp".into(),
        },
        ReasonKind::PlanMissed {
            instalment: 2,
            of: 3,
            amount: euro(400),
            due: on,
        },
        ReasonKind::HookSkips {
            hook: "vip".into(),
            step: step(),
        },
        ReasonKind::HookDelays {
            hook: "courtesy".into(),
            step: step(),
            until: day("2026-03-19"),
        },
        ReasonKind::HookJumps {
            hook: "escalate".into(),
            step: step(),
            level: 4,
            left_out: vec!["Relance ferme".into(), "Appel".into()],
        },
        ReasonKind::HookJumps {
            hook: "escalate".into(),
            step: step(),
            level: 2,
            left_out: vec![],
        },
        ReasonKind::HookToneShared {
            invoice: "F-12".into(),
            tone: "firm".into(),
        },
        ReasonKind::Jumped { level: 4, on },
        ReasonKind::BodyChanged {
            medium: "whatsapp".into(),
        },
        ReasonKind::NoticeUnset {
            webhook: "crm".into(),
        },
        ReasonKind::InterestOwed {
            invoice: "F-12".into(),
            line: InterestLine {
                from: on,
                to: day("2026-04-10"),
                days: 30,
                base: euro(1200),
                rate: Decimal::new(1215, 2),
                amount: Money::new(Decimal::new(1198, 2), Currency::EUR),
            },
        },
        ReasonKind::MoreInterestOwed {
            invoice: "F-12".into(),
            lines: 12,
            amount: euro(7),
        },
        ReasonKind::FeeOwed {
            invoice: "F-12".into(),
            fee: euro(40),
        },
        ReasonKind::ConsumerNotCharged {
            invoice: "F-12".into(),
        },
        ReasonKind::InterestRateMissing {
            step: step(),
            table: "Intérêts légaux".into(),
            from: day("2026-07-01"),
        },
    ];
    for name in KINDS {
        assert!(
            kinds.iter().any(|kind| name_of(kind) == *name),
            "{name} is missing in this test"
        );
    }
    kinds
}

#[test]
fn every_reason_is_said_in_both_languages() {
    let mut page = String::new();
    for kind in every_kind() {
        let r = Reason::plain(kind);
        for language in [Language::Fr, Language::En] {
            let sentence = reason(&r, chrono_tz::Europe::Paris, language);
            assert!(sentence.len() > 5, "{:?} has no words", r.kind);
            page.push_str(&sentence);
            page.push('\n');
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

#[test]
fn every_reason_survives_being_written_and_read() {
    for kind in every_kind() {
        let r = Reason::plain(kind);
        let text = serde_json::to_string(&r).unwrap();
        assert_eq!(serde_json::from_str::<Reason>(&text).unwrap(), r, "{text}");
    }
}

#[test]
fn the_facts_behind_a_reason_are_in_the_readers_language() {
    let read = |fact: &str, value: &str| FactRead {
        fact: fact.into(),
        value: value.into(),
    };
    let r = Reason::plain(ReasonKind::ConditionNotMet { step: "Appel".into() }).with_facts(vec![
        read("account.overdue", "1234.50 EUR"),
        read("customer.kind", "business"),
        read("account.on_time_rate_12m", "unknown"),
        read("today", "2026-03-01"),
    ]);
    assert_eq!(
        reason(&r, chrono_tz::UTC, Language::Fr),
        "L'étape «\u{a0}Appel\u{a0}» attend\u{a0}: sa condition n'est pas remplie (compte.échu = 1\u{202f}234,50\u{a0}€\u{a0}; \
         client.type = entreprise\u{a0}; compte.taux_ponctualité_12m = inconnu\u{a0}; aujourd'hui = 1er mars 2026)"
    );
    assert_eq!(
        reason(&r, chrono_tz::UTC, Language::En),
        "“Appel” waits: its condition does not hold (account.overdue = EUR 1,234.50; customer.kind = business; \
         account.on_time_rate_12m = unknown; today = 1 March 2026)"
    );
}

#[test]
fn amounts_are_written_as_each_language_writes_them() {
    let amount =
        |text: &str, currency: &str| Money::new(text.parse().unwrap(), Currency::new(currency).unwrap());
    for (money_value, fr, en) in [
        (
            amount("1234567.5", "EUR"),
            "1\u{202f}234\u{202f}567,50\u{a0}€",
            "EUR 1,234,567.50",
        ),
        (amount("0", "EUR"), "0,00\u{a0}€", "EUR 0.00"),
        (amount("999.995", "EUR"), "1\u{202f}000,00\u{a0}€", "EUR 1,000.00"),
        (
            amount("-1234.5", "USD"),
            "-1\u{202f}234,50\u{a0}USD",
            "USD -1,234.50",
        ),
        (amount("-0.001", "EUR"), "0,00\u{a0}€", "EUR 0.00"),
        (amount("123456", "JPY"), "123\u{202f}456\u{a0}JPY", "JPY 123,456"),
        (amount("12.5", "TND"), "12,500\u{a0}TND", "TND 12.500"),
    ] {
        assert_eq!(money(money_value, Language::Fr), fr);
        assert_eq!(money(money_value, Language::En), en);
    }
}

#[test]
fn days_and_moments_are_written_as_each_language_writes_them() {
    assert_eq!(date(day("2026-08-01"), Language::Fr), "1er août 2026");
    assert_eq!(date(day("2026-08-01"), Language::En), "1 August 2026");
    let paris = chrono_tz::Europe::Paris;
    assert_eq!(instant(moment(), paris, Language::Fr), "12 mars 2026 à 09:30");
    assert_eq!(
        instant(moment(), Tz::UTC, Language::En),
        "12 March 2026 at 08:30 UTC"
    );
}

#[test]
fn roles_and_tones_have_words() {
    assert_eq!(role("credit_manager", Language::Fr), "responsable crédit");
    assert_eq!(role("credit_manager", Language::En), "credit manager");
    assert_eq!(tone(Tone::Firm, Language::Fr), "ferme");
    assert_eq!(language_name("pt", Language::En), "pt");
}

#[test]
fn what_is_noted_of_a_hold_is_in_the_language() {
    for (hold, note, fr, en) in [
        (HoldKind::Disputed, "price", "prix", "price"),
        (
            HoldKind::Disputed,
            "Chantier Nord",
            "Chantier Nord",
            "Chantier Nord",
        ),
        (HoldKind::Promised, "60.00 EUR", "60,00\u{A0}€", "EUR 60.00"),
        (
            HoldKind::Manual,
            "attend l'avoir",
            "attend l'avoir",
            "attend l'avoir",
        ),
    ] {
        assert_eq!(hold_note(hold, note, Language::Fr), fr);
        assert_eq!(hold_note(hold, note, Language::En), en);
    }
}

#[test]
fn a_priority_is_worked_out_in_both_languages() {
    let worked = crate::priority::Priority {
        value: Decimal::from(9223),
        amount: Decimal::from(2400),
        age: Decimal::new(183, 2),
        risk: Decimal::new(140, 2),
        promise: Decimal::new(15, 1),
    };
    assert_eq!(
        priority(&worked, Currency::EUR, Language::En),
        "9,223 = EUR 2,400.00 × 1.83 (age) × 1.4 (risk) × 1.5 (promises)"
    );
    assert_eq!(
        priority(&worked, Currency::EUR, Language::Fr),
        "9\u{202f}223 = 2\u{202f}400,00\u{a0}€ × 1,83 (ancienneté) × 1,4 (risque) × 1,5 (promesses)"
    );
}
