//! What people do: tasks, letters, approvals, handing over.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decision::{Action, ActionKind, Decision};
use relance_rules::dsl::checked::CallOutcome;
use relance_rules::facts::{HoldKind, ProgressState, Reach, Work};
use relance_rules::reason::{Reason, ReasonKind};
use relance_rules::rulebook::{Rulebook, Ways};
use relance_rules::{decide, recheck};
use simulator::{STANDARD, Simulator, day, rulebook, rulebook_with};

/// The standard scenario, in which level 1 does something else.
fn with_level_1(acts: &str) -> String {
    STANDARD.replace("{ email template statement }", acts)
}

/// An invoice of 1000 EUR whose level 1 is due on this Friday, 2026-03-13.
fn on_the_day(rules: &str) -> Simulator {
    let mut s = Simulator::new(rulebook(rules), "2026-03-13");
    s.invoice("F1", 1000, "2026-03-10");
    s.now += TimeDelta::hours(10);
    s
}

fn look(s: &Simulator) -> Decision {
    decide(&s.rulebook, &s.facts, s.now)
}

/// The one thing to do now, which is then under way.
fn begin(s: &mut Simulator) -> Action {
    let [action] = look(s).actions.try_into().unwrap();
    s.mark(&action, ProgressState::Pending);
    assert_eq!(recheck(&s.rulebook, &s.facts, &action, s.now), Ok(()));
    action
}

fn says(decision: &Decision, is: impl Fn(&ReasonKind) -> bool) -> bool {
    decision
        .outlook
        .iter()
        .flat_map(|o| &o.reasons)
        .any(|r| is(&r.kind))
}

#[test]
fn a_task_of_a_step_is_done_when_it_is_closed() {
    let rules =
        with_level_1(r#"{ task look_into "Look into it" assign credit_manager within 1 business day }"#);
    let mut s = on_the_day(&rules);
    let task = begin(&mut s);
    let ActionKind::Task {
        name,
        title,
        script,
        assign,
        due,
        ..
    } = &task.kind
    else {
        panic!("{task:?}")
    };
    assert_eq!(
        (name.as_str(), title.as_deref(), assign.as_str()),
        ("look_into", Some("Look into it"), "credit_manager")
    );
    assert_eq!((script.as_deref(), *due), (None, day("2026-03-16")));
    s.now += TimeDelta::days(30);
    assert!(look(&s).actions.is_empty(), "nobody has closed it");
    s.mark(&task, ProgressState::Done);
    s.now += TimeDelta::days(8);
    assert_eq!(look(&s).actions[0].step.step, "reminder");
}

#[test]
fn a_task_shows_the_template_of_its_name() {
    let rules = with_level_1("{ task look_into assign collector }");
    let mut s = on_the_day(&rules);
    s.rulebook = rulebook_with(&rules, &["look_into.fr.md"]);
    let task = begin(&mut s);
    assert!(
        matches!(&task.kind, ActionKind::Task { script: Some(name), language, .. } if name == "look_into" && language == "fr")
    );
}

#[test]
fn a_letter_needs_no_address_and_counts_as_a_message() {
    let rules = with_level_1("{ registered letter template statement tone formal }");
    let mut s = on_the_day(&rules);
    s.facts.contacts.clear();
    s.invoice("F2", 500, "2026-03-10");
    let letter = begin(&mut s);
    assert!(
        matches!(&letter.kind, ActionKind::ByHand { medium, contact: None, due, .. }
        if medium == "registered_letter" && *due == day("2026-03-13"))
    );
    assert_eq!(letter.items.len(), 2, "one letter for both");
    assert_eq!(letter.kind.work(), Some(Work::MessageByHand));
    assert_eq!(letter.not_after, None, "it waits for a person");
    let mut s = on_the_day(&rules.replace("{ email template courtesy }", "{ sms template courtesy }"));
    begin(&mut s);
    s.invoice("F2", 500, "2026-03-20");
    let waits = look(&s);
    assert!(
        waits.actions.is_empty(),
        "the limit counts the letter: {:?}",
        waits.actions
    );
    assert!(says(&waits, |r| matches!(r, ReasonKind::MessageUnderWay)));
}

#[test]
fn a_letter_that_lies_about_is_called_off_when_its_words_are_no_longer_true() {
    let mut s = on_the_day(&with_level_1("{ letter template statement }"));
    let letter = begin(&mut s);
    s.now += TimeDelta::days(1);
    assert_eq!(
        recheck(&s.rulebook, &s.facts, &letter, s.now),
        Ok(()),
        "on a Saturday, too"
    );
    s.pay("F1", 400);
    let off = recheck(&s.rulebook, &s.facts, &letter, s.now).unwrap_err();
    assert!(
        matches!(off.reasons[0].kind, ReasonKind::BalanceChanged { .. }),
        "{off:?}"
    );
    s.hold("F1", HoldKind::Disputed, None);
    assert!(recheck(&s.rulebook, &s.facts, &letter, s.now).is_err());
    s.pay("F1", 600);
    let off = recheck(&s.rulebook, &s.facts, &letter, s.now).unwrap_err();
    assert!(matches!(off.reasons[0].kind, ReasonKind::Settled { .. }));
}

#[test]
fn a_step_is_carried_out_only_after_it_was_approved() {
    let mut s = on_the_day(&with_level_1(
        "{ email template statement; approve by cfo within 3 days }",
    ));
    let approval = begin(&mut s);
    assert!(
        matches!(&approval.kind, ActionKind::Approval { assign, due, until }
            if assign == "cfo" && *due == day("2026-03-16") && until == due)
    );
    assert!(
        approval
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::ApprovalNeeded { .. }))
    );
    s.now += TimeDelta::days(3);
    let waits = look(&s);
    assert!(waits.actions.is_empty());
    assert_eq!(waits.outlook[0].next.as_ref().unwrap().step, "statement");
    assert!(says(
        &waits,
        |r| matches!(r, ReasonKind::WaitsForApproval { by, .. } if by == "cfo")
    ));
    let over = waits.next_review_at.unwrap();
    assert_eq!(
        over.to_rfc3339(),
        "2026-03-16T23:00:00+00:00",
        "midnight in Paris"
    );
    s.now = over;
    let expired = look(&s);
    assert!(expired.actions.is_empty(), "silence is no agreement");
    assert!(says(
        &expired,
        |r| matches!(r, ReasonKind::ApprovalExpired { until, .. } if *until == day("2026-03-16"))
    ));
    s.now += TimeDelta::days(20);
    assert!(look(&s).actions.is_empty());
    assert_eq!(
        recheck(&s.rulebook, &s.facts, &approval, s.now),
        Ok(()),
        "it can be given late"
    );
    s.mark(&approval, ProgressState::Done);
    assert_eq!(look(&s).outlook[0].last_step, None, "an approval is no step");
    s.now = "2026-04-07T10:00:00Z".parse().unwrap();
    let mail = begin(&mut s);
    assert!(matches!(mail.kind, ActionKind::Email { .. }));
    assert!(
        mail.reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::Approved { .. }))
    );
    s.mark(&mail, ProgressState::Cancelled);
    assert!(
        matches!(begin(&mut s).kind, ActionKind::Email { .. }),
        "it is not asked for twice"
    );
}

#[test]
fn what_was_refused_is_asked_for_again_after_thirty_days() {
    let mut s = on_the_day(&with_level_1(
        "{ approve by credit_manager; email template statement }",
    ));
    let approval = begin(&mut s);
    s.mark(&approval, ProgressState::Failed);
    let refused = look(&s);
    assert!(refused.actions.is_empty());
    assert!(says(
        &refused,
        |r| matches!(r, ReasonKind::ApprovalRefused { again, .. } if *again == day("2026-04-12"))
    ));
    let again = refused.next_review_at.unwrap();
    s.now = again - TimeDelta::minutes(1);
    assert!(look(&s).actions.is_empty());
    s.now = again;
    let approval = begin(&mut s);
    assert_eq!(s.today(), day("2026-04-13"), "the 12th is a Sunday");
    s.mark(&approval, ProgressState::Done);
    assert!(matches!(begin(&mut s).kind, ActionKind::Email { .. }));
}

#[test]
fn an_approval_is_called_off_when_the_invoice_is_paid() {
    let mut s = on_the_day(&with_level_1("{ approve by cfo; email template statement }"));
    let approval = begin(&mut s);
    s.pay("F1", 1000);
    assert!(recheck(&s.rulebook, &s.facts, &approval, s.now).is_err());
}

#[test]
fn after_the_last_level_the_case_is_handed_over_once_it_is_approved() {
    let rules = STANDARD.replace(
        "email template last tone firm }",
        "email template last tone firm }\n    then legal \"Legal\" after 15 days { hand over to legal; approve by cfo }",
    );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-02");
    s.invoice("F1", 1000, "2026-03-31");
    s.until("2026-05-10").outlook().until("2026-06-10").outlook();
    s.pay("F1", 1000);
    s.until("2026-06-20").outlook();
    insta::assert_snapshot!(s.transcript);
}

#[test]
fn no_level_follows_while_the_case_is_being_handed_over() {
    let mut s = on_the_day(&with_level_1("{ hand over to legal }"));
    let over = begin(&mut s);
    s.now += TimeDelta::days(60);
    assert!(look(&s).actions.is_empty());
    s.mark(&over, ProgressState::Done);
    s.now += TimeDelta::days(60);
    let after = look(&s);
    assert!(after.actions.is_empty());
    assert_eq!(after.outlook[0].next, None);
    assert!(says(&after, |r| matches!(r, ReasonKind::HandedOver { .. })));
}

#[test]
fn a_step_without_its_approval_is_not_carried_out_when_acts_change_places() {
    let mut s = on_the_day(&with_level_1("{ email template statement; approve by cfo }"));
    let approval = begin(&mut s);
    s.mark(&approval, ProgressState::Done);
    s.rulebook = rulebook(&with_level_1("{ approve by cfo; email template statement }"));
    assert!(
        matches!(begin(&mut s).kind, ActionKind::Approval { .. }),
        "what stands at its place was not approved"
    );
}

#[test]
fn a_call_that_nobody_answers_is_made_again_as_often_as_the_rules_say() {
    let call = "{ call script script on no_answer retry after 1 business day, at most 2 times }";
    let mut s = on_the_day(&with_level_1(call));
    for expected in ["2026-03-13", "2026-03-16", "2026-03-17"] {
        assert_eq!(s.today(), day(expected));
        let call = begin(&mut s);
        assert!(matches!(call.kind, ActionKind::Call { retries: 2, .. }));
        assert!(look(&s).actions.is_empty(), "it is to be made");
        s.mark(&call, ProgressState::Done);
        s.facts.invoices[0].progress.last_mut().unwrap().outcome = Some(CallOutcome::NoAnswer);
        let after = look(&s);
        assert!(after.actions.is_empty());
        s.now = after.next_review_at.unwrap();
    }
    assert_eq!(
        s.today(),
        day("2026-03-25"),
        "level 2, 8 days after the last call"
    );
    assert_eq!(look(&s).actions[0].step.step, "reminder");
}

#[test]
fn a_call_that_is_to_be_made_again_says_so() {
    let call = "{ email template statement; call script script on no_answer retry after 3 days }";
    let mut s = on_the_day(&with_level_1(call));
    for action in look(&s).actions {
        s.mark(&action, ProgressState::Done);
    }
    let made = s.facts.invoices[0]
        .progress
        .iter_mut()
        .find(|p| p.work == Work::Call);
    made.unwrap().outcome = Some(CallOutcome::NoAnswer);
    assert!(says(
        &look(&s),
        |r| matches!(r, ReasonKind::CallAgain { on, .. } if *on == day("2026-03-16"))
    ));
    s.now += TimeDelta::days(3);
    let again = begin(&mut s);
    assert!(
        matches!(again.kind, ActionKind::Call { .. }),
        "the mail is not sent again"
    );
    s.mark(&again, ProgressState::Done);
    assert!(look(&s).actions.is_empty(), "somebody answered");
}

#[test]
fn the_rules_name_the_dispute_that_a_call_opens() {
    let mut s = on_the_day(&with_level_1(
        "{ call script script on dispute open dispute quality }",
    ));
    assert!(
        matches!(begin(&mut s).kind, ActionKind::Call { dispute: Some(category), .. } if category == "quality")
    );
}

#[test]
fn what_cannot_be_carried_out_is_refused_before_deployment() {
    let refused = |acts: &str| {
        let mut files = relance_rules::rulebook::Files::default();
        files.0.insert("rules.relance".into(), with_level_1(acts));
        for name in ["courtesy", "statement", "reminder", "last", "script", "thanks"] {
            files.0.insert(format!("templates/{name}.fr.md"), "text".into());
        }
        let built = relance_rules::rulebook::build(&files);
        let errors = built.diagnostics.iter().filter(|d| d.code == "RL0906");
        (errors.count(), built.rulebook.is_some())
    };
    assert_eq!(
        refused("{ letter template statement; task look assign sales; approve by cfo }"),
        (0, true)
    );
    assert_eq!(
        refused("{ call script script on no_answer retry after 1 day }"),
        (0, true)
    );
    assert_eq!(
        refused("{ call script script on dispute open dispute }"),
        (0, true)
    );
    assert_eq!(
        refused("{ call script script on promise task look assign sales }"),
        (0, true)
    );
    assert_eq!(
        refused("{ email template statement else letter template statement when bounced }"),
        (0, true)
    );
    assert_eq!(
        refused("{ email template statement else letter template statement when not opened in 3 days }"),
        (0, true)
    );
    assert_eq!(
        refused("{ email template statement attach statement }"),
        (0, true)
    );
    assert_eq!(refused("{ sms template statement attach statement }"), (1, false));
}

#[test]
fn what_stands_after_else_is_done_when_the_mail_came_back() {
    let rules = with_level_1(
        "{ email template statement else sms template statement when bounced else call script script assign sales when bounced }",
    );
    let mut s = on_the_day(&rules);
    let mail = begin(&mut s);
    assert!(matches!(mail.kind, ActionKind::Email { .. }));
    s.mark(&mail, ProgressState::Failed);
    let sms = begin(&mut s);
    assert!(
        matches!(&sms.kind, ActionKind::ByHand { medium, .. } if medium == "sms"),
        "on the same day: {sms:?}"
    );
    s.mark(&sms, ProgressState::Failed);
    s.now += TimeDelta::days(3);
    let call = begin(&mut s);
    assert!(
        matches!(&call.kind, ActionKind::Call { assign, .. } if assign == "sales"),
        "{call:?}"
    );
    s.mark(&call, ProgressState::Done);
    s.now += TimeDelta::days(8);
    assert_eq!(look(&s).actions[0].step.step, "reminder");
}

#[test]
fn what_stands_after_else_is_done_when_nobody_can_be_sent_a_mail() {
    let rules = with_level_1("{ email template statement else letter template statement when bounced }");
    let mut s = on_the_day(&rules);
    s.facts.contacts[0].email = Reach::Bounced;
    assert!(matches!(begin(&mut s).kind, ActionKind::ByHand { .. }));
}

/// The standard scenario, in which level 1 is posted, and a medium for it.
fn posted(acts: &str) -> String {
    format!("{}\nmedium whatsapp = webhook \"gate\"\n", with_level_1(acts))
}

#[test]
fn a_medium_of_the_rulebooks_own_is_posted_where_it_has_an_address_and_sent_by_a_person_elsewhere() {
    let mut s = on_the_day(&posted("{ whatsapp template statement }"));
    let post = look(&s).actions.remove(0);
    assert!(
        matches!(&post.kind, ActionKind::Webhook { medium, webhook, .. } if medium == "whatsapp" && webhook == "gate"),
        "{post:?}"
    );
    assert!(post.not_after.is_some(), "it leaves in the window only");
    s.rulebook = Rulebook::clone(&s.rulebook)
        .with_ways(Ways::of(["another".to_owned()]))
        .into();
    let by_hand = look(&s).actions.remove(0);
    assert!(matches!(by_hand.kind, ActionKind::ByHand { .. }));
    let why = |r: &Reason| matches!(&r.kind, ReasonKind::WebhookUnset { webhook, .. } if webhook == "gate");
    assert!(by_hand.reasons.iter().any(why));
    let off = recheck(&s.rulebook, &s.facts, &post, s.now).unwrap_err();
    assert!(off.reasons.iter().any(why), "what was queued is called off");
}

#[test]
fn what_a_receiver_refused_goes_to_what_stands_after_else_and_else_to_a_person() {
    let mut s = on_the_day(&posted(
        "{ whatsapp template statement else sms template statement when bounced }",
    ));
    let post = begin(&mut s);
    s.mark(&post, ProgressState::Failed);
    assert!(matches!(&begin(&mut s).kind, ActionKind::ByHand { medium, .. } if medium == "sms"));
    let mut s = on_the_day(&posted("{ whatsapp template statement }"));
    let post = begin(&mut s);
    s.mark(&post, ProgressState::Failed);
    let by_hand = begin(&mut s);
    assert!(matches!(&by_hand.kind, ActionKind::ByHand { medium, .. } if medium == "whatsapp"));
    assert!(
        by_hand
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::WebhookRefused { .. }))
    );
}

#[test]
fn who_asked_not_to_be_written_to_gets_neither_a_text_message_nor_a_post_but_a_letter() {
    for (act, reached) in [
        ("{ whatsapp template statement }", false),
        ("{ sms template statement }", false),
        ("{ letter template statement }", true),
    ] {
        let mut s = on_the_day(&posted(act));
        for contact in &mut s.facts.contacts {
            contact.email = Reach::OptedOut;
        }
        let decision = look(&s);
        let fix = matches!(decision.actions[0].kind, ActionKind::FixContact { .. });
        assert_eq!(!fix, reached, "{act}: {:?}", decision.actions);
        assert_eq!(
            !says(&decision, |kind| *kind == ReasonKind::NoUsableContact),
            reached
        );
    }
}

#[test]
fn what_one_act_of_a_step_failed_at_does_not_keep_the_others_from_being_tried() {
    let rules = with_level_1("{ email template statement; letter template statement }");
    let mut s = on_the_day(&rules.replace("1 message per", "9 messages per"));
    s.facts
        .contacts
        .push(simulator::contact(2, "Jean Roux", None, false));
    let [mail, letter] = look(&s).actions.try_into().unwrap();
    for action in [&mail, &letter] {
        s.mark(action, ProgressState::Pending);
    }
    s.facts.contacts[0].email = Reach::Bounced;
    s.facts.contacts[1].main = true;
    s.mark(&mail, ProgressState::Failed);
    s.mark(&letter, ProgressState::Failed);
    let again = begin(&mut s);
    assert!(
        matches!(again.kind, ActionKind::Email { contact, .. } if contact == s.facts.contacts[1].id),
        "the mail goes to the next contact, the letter waits for another day: {again:?}"
    );
    s.mark(&again, ProgressState::Done);
    assert!(says(&look(&s), |kind| matches!(
        kind,
        ReasonKind::TriedToday { .. }
    )));
    s.now += TimeDelta::days(3);
    assert!(matches!(begin(&mut s).kind, ActionKind::ByHand { .. }));
}

#[test]
fn a_letter_that_nobody_sent_is_no_message_that_came_back() {
    let rules = with_level_1("{ letter template statement }").replace(
        "  thanks {",
        "  on bounce { task address assign collector }\n  thanks {",
    );
    let mut s = on_the_day(&rules);
    let letter = begin(&mut s);
    s.mark(&letter, ProgressState::Failed);
    assert_eq!(look(&s).actions, []);
    let mut s = on_the_day(&rules.replace("letter template", "email template"));
    let mail = begin(&mut s);
    s.mark(&mail, ProgressState::Failed);
    let address = &look(&s).actions[0].kind;
    assert!(matches!(address, ActionKind::Task { name, .. } if name == "address"));
}
