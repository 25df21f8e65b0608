//! Who answers a dispute, and by when.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod simulator;

use relance_rules::disputes::{answer, late, late_on, title};
use relance_rules::facts::{HoldKind, HoldSpan};
use relance_rules::rulebook::Rulebook;
use simulator::{STANDARD, day, rulebook};

fn rules() -> std::sync::Arc<Rulebook> {
    rulebook(&format!(
        "{STANDARD}\ndisputes {{
           quality \"Quality\" owner production answer within 5 business days
           price owner sales answer within 2 business days
         }}\n"
    ))
}

fn dispute(category: &str, from: &str, to: Option<&str>) -> HoldSpan {
    HoldSpan {
        kind: HoldKind::Disputed,
        from: day(from),
        to: to.map(day),
        note: category.to_owned(),
        id: 1,
        ending: None,
    }
}

#[test]
fn a_category_has_an_owner_and_a_last_day_in_business_days() {
    let rules = rules();
    let quality = answer(&rules, "quality", day("2026-04-01")).unwrap();
    assert_eq!(
        (quality.owner.as_str(), quality.by),
        ("production", day("2026-04-09")),
        "over Easter"
    );
    assert_eq!(answer(&rules, "colour", day("2026-04-01")), None);
    assert_eq!(title(&rules, "quality"), "Quality");
    assert_eq!(title(&rules, "price"), "price");
    assert_eq!(title(&rules, "colour"), "colour");
}

#[test]
fn an_answer_is_late_on_the_day_after_its_last_one_while_the_dispute_is_open() {
    let rules = rules();
    let open = dispute("price", "2026-03-02", None);
    assert_eq!(late_on(&rules, &open), Some(day("2026-03-05")));
    assert_eq!(late(&rules, &open, day("2026-03-04")), None);
    assert_eq!(late(&rules, &open, day("2026-03-05")), Some(day("2026-03-05")));
    let closed = dispute("price", "2026-03-02", Some("2026-03-06"));
    assert_eq!(late(&rules, &closed, day("2026-03-05")), Some(day("2026-03-05")));
    assert_eq!(late(&rules, &closed, day("2026-03-06")), None);
    assert_eq!(
        late(&rules, &dispute("colour", "2026-03-02", None), day("2026-09-01")),
        None
    );
    let hold = HoldSpan {
        kind: HoldKind::Manual,
        ..open
    };
    assert_eq!(late_on(&rules, &hold), None);
}
