//! Events in words.

use relance_engine::store::events::EventKind;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::words::{self as rule_words, Language};

use super::Words;

impl Words {
    /// What happened, as a sentence.
    pub fn event(&self, event: &EventKind) -> String {
        match self.language {
            Language::Fr => french(event),
            Language::En => english(event),
        }
    }
}

/// An amount of an event (`1234.50 EUR`) in the language; another text as it is.
fn money(text: &str, w: &Words) -> String {
    let parsed = text
        .split_once(' ')
        .and_then(|(amount, currency)| Some(Money::new(amount.parse().ok()?, Currency::new(currency).ok()?)));
    parsed.map_or_else(|| text.to_owned(), |money| rule_words::money(money, w.language))
}

/// A day of an event (`2026-02-04`) in the language; another text as it is.
fn day(text: &str, w: &Words) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |day| w.date(day))
}

fn with(text: &str, more: &str) -> String {
    if more.is_empty() {
        text.to_owned()
    } else {
        format!("{text} : {more}")
    }
}

fn french(event: &EventKind) -> String {
    use EventKind as E;
    let w = Words::of("fr");
    match event {
        E::InvoiceBooked { number, amount, due } => {
            format!(
                "Facture {number} enregistrée, {amount}, échéance {due}",
                amount = money(amount, w),
                due = day(due, w)
            )
        }
        E::PaymentReceived { reference, amount } => {
            format!("Paiement {reference} reçu, {amount}", amount = money(amount, w))
        }
        E::PaymentTakenBack {
            reference,
            amount,
            why,
        } => with(
            &format!("Paiement {reference} repris, {amount}", amount = money(amount, w)),
            why,
        ),
        E::InvoiceSettled { number } => format!("Facture {number} soldée"),
        E::InvoiceReopened { number, why } => with(&format!("Facture {number} rouverte"), why),
        E::DisputeOpened { category, note } => {
            with(&format!("Litige ouvert ({})", w.category(category)), note)
        }
        E::DisputeClosed { accepted: true } => "Litige clos : le client a raison".to_owned(),
        E::DisputeClosed { accepted: false } => "Litige clos : rejeté".to_owned(),
        E::PromiseTaken { amount, pay_by } => format!(
            "Promesse de payer {amount} au plus tard le {pay_by}",
            amount = money(amount, w),
            pay_by = day(pay_by, w)
        ),
        E::PromiseKept {} => "Promesse tenue".to_owned(),
        E::PromiseBroken { pay_by } => {
            format!("Promesse pour le {pay_by} non tenue", pay_by = day(pay_by, w))
        }
        E::PromiseWithdrawn {} => "Promesse retirée".to_owned(),
        E::PlanMade {
            instalments,
            amount,
            first,
            last,
            note,
            ..
        } => with(
            &format!(
                "Échéancier de {amount} en {instalments} fois, du {first} au {last}",
                amount = money(amount, w),
                first = day(first, w),
                last = day(last, w)
            ),
            note,
        ),
        E::PlanMissed {
            instalment,
            amount,
            due,
        } => format!(
            "Échéance {instalment} de l’échéancier non payée à temps : {amount} au {due}",
            amount = money(amount, w),
            due = day(due, w)
        ),
        E::PlanCaughtUp {} => "Retard sur l’échéancier rattrapé".to_owned(),
        E::PlanKept {} => "Échéancier tenu : tout est payé".to_owned(),
        E::PlanCancelled { why } => with("Échéancier annulé", why),
        E::HoldSet { note, until, .. } => match until {
            Some(last) => with(&format!("Relances suspendues jusqu’au {}", day(last, w)), note),
            None => with("Relances suspendues", note),
        },
        E::HoldEnded {} => "Suspension terminée".to_owned(),
        E::ActionDecided { title, medium } => format!("Décidé : {} ({})", step(w, title), medium_fr(medium)),
        E::MessageSent { recipient, subject } => format!("Envoyé à {recipient} : {subject}"),
        E::MessageOpened {} => "Message ouvert par le destinataire".to_owned(),
        E::MessageCalledOff { why } => with("Message annulé", why),
        E::MessageRecalled { why, until } => with(
            &format!(
                "Message retiré avant l’envoi, pas de relance avant le {}",
                day(until, w)
            ),
            why,
        ),
        E::MessageReleased {} => "Message à envoyer sans attendre".to_owned(),
        E::MessageDelayed { error, attempts } => {
            format!("Message remis à plus tard, essai {attempts} : {error}")
        }
        E::MessageRefused { error } => with("Message refusé", error),
        E::MessageInDoubt { error } => with("Message peut-être parti", error),
        E::DoubtSettled {
            outcome,
            unasked: false,
        } => with("Doute tranché", w.outcome(outcome)),
        E::DoubtSettled {
            outcome,
            unasked: true,
        } => with("Doute tranché par les réglages", w.outcome(outcome)),
        E::TaskDone { title, outcome, note } => with(&format!("{title} – {}", w.outcome(outcome)), note),
        E::TaskCalledOff { title, why } => with(&format!("Tâche annulée, {title}"), why),
        E::ApprovalExpired { title, role, until } => format!(
            "Validation expirée : {}. Personne n’a répondu jusqu’au {} ({}) ; rien n’est envoyé",
            step(w, title),
            day(until, w),
            rule_words::role(role, w.language)
        ),
        E::SendingStopped { everything, why } => with(
            if *everything {
                "Tous les envois sont arrêtés"
            } else {
                "Les envois sont arrêtés"
            },
            why,
        ),
        E::SendingResumed { everything: true } => "Tous les envois reprennent".to_owned(),
        E::SendingResumed { everything: false } => "Les envois reprennent".to_owned(),
        E::Note { text } => text.clone(),
    }
}

fn english(event: &EventKind) -> String {
    use EventKind as E;
    let w = Words::of("en");
    let text = match event {
        E::InvoiceBooked { number, amount, due } => format!(
            "Invoice {number} booked, {amount}, due {due}",
            amount = money(amount, w),
            due = day(due, w)
        ),
        E::PaymentReceived { reference, amount } => format!(
            "Payment {reference} received, {amount}",
            amount = money(amount, w)
        ),
        E::PaymentTakenBack {
            reference,
            amount,
            why,
        } => with(
            &format!(
                "Payment {reference} taken back, {amount}",
                amount = money(amount, w)
            ),
            why,
        ),
        E::InvoiceSettled { number } => format!("Invoice {number} settled"),
        E::InvoiceReopened { number, why } => with(&format!("Invoice {number} reopened"), why),
        E::DisputeOpened { category, note } => {
            with(&format!("Dispute opened ({})", w.category(category)), note)
        }
        E::DisputeClosed { accepted: true } => "Dispute closed: the customer is right".to_owned(),
        E::DisputeClosed { accepted: false } => "Dispute closed: rejected".to_owned(),
        E::PromiseTaken { amount, pay_by } => format!(
            "Promise to pay {amount} by {pay_by}",
            amount = money(amount, w),
            pay_by = day(pay_by, w)
        ),
        E::PromiseKept {} => "Promise kept".to_owned(),
        E::PromiseBroken { pay_by } => format!("Promise for {pay_by} broken", pay_by = day(pay_by, w)),
        E::PromiseWithdrawn {} => "Promise withdrawn".to_owned(),
        E::PlanMade {
            instalments,
            amount,
            first,
            last,
            note,
            ..
        } => with(
            &format!(
                "Payment plan of {amount} in {instalments} instalments, from {first} to {last}",
                amount = money(amount, w),
                first = day(first, w),
                last = day(last, w)
            ),
            note,
        ),
        E::PlanMissed {
            instalment,
            amount,
            due,
        } => format!(
            "Instalment {instalment} of the payment plan was not paid in time: {amount} on {due}",
            amount = money(amount, w),
            due = day(due, w)
        ),
        E::PlanCaughtUp {} => "What was missed of the payment plan is paid".to_owned(),
        E::PlanKept {} => "Payment plan kept: all is paid".to_owned(),
        E::PlanCancelled { why } => with("Payment plan cancelled", why),
        E::HoldSet { note, until, .. } => match until {
            Some(last) => with(&format!("Reminders on hold until {}", day(last, w)), note),
            None => with("Reminders on hold", note),
        },
        E::HoldEnded {} => "Hold ended".to_owned(),
        E::ActionDecided { title, medium } => {
            format!("Decided: {} ({})", step(w, title), medium.replace('_', " "))
        }
        E::MessageSent { recipient, subject } => format!("Sent to {recipient}: {subject}"),
        E::MessageOpened {} => "Message opened by the recipient".to_owned(),
        E::MessageCalledOff { why } => with("Message called off", why),
        E::MessageRecalled { why, until } => with(
            &format!(
                "Message recalled before it left, no reminder before {}",
                day(until, w)
            ),
            why,
        ),
        E::MessageReleased {} => "Message to be sent without waiting".to_owned(),
        E::MessageDelayed { error, attempts } => format!("Message put off, try {attempts}: {error}"),
        E::MessageRefused { error } => with("Message refused", error),
        E::MessageInDoubt { error } => with("Message may have left", error),
        E::DoubtSettled {
            outcome,
            unasked: false,
        } => with("Doubt settled", w.outcome(outcome)),
        E::DoubtSettled {
            outcome,
            unasked: true,
        } => with("Doubt settled by the settings", w.outcome(outcome)),
        E::TaskDone { title, outcome, note } => with(&format!("{title} – {}", w.outcome(outcome)), note),
        E::TaskCalledOff { title, why } => with(&format!("Task called off, {title}"), why),
        E::ApprovalExpired { title, role, until } => format!(
            "Approval expired: {}. Nobody answered by {} ({}); nothing is sent",
            step(w, title),
            day(until, w),
            rule_words::role(role, w.language)
        ),
        E::SendingStopped { everything, why } => with(
            if *everything {
                "All sending was stopped"
            } else {
                "The sending was stopped"
            },
            why,
        ),
        E::SendingResumed { everything: true } => "All sending goes on".to_owned(),
        E::SendingResumed { everything: false } => "The sending goes on".to_owned(),
        E::Note { text } => text.clone(),
    };
    text.replace(" : ", ": ")
}

impl Words {
    /// What an action is, by the name that the store gives its kind.
    pub fn action_kind(&self, kind: &str) -> String {
        match self.language {
            Language::Fr => medium_fr(kind).to_owned(),
            Language::En => kind.replace('_', " "),
        }
    }
}

fn medium_fr(medium: &str) -> &str {
    match medium {
        "email" => "message",
        "webhook" => "message posté",
        "call" => "appel",
        "fix_contact" => "adresse à trouver",
        "by_hand" => "envoi manuel",
        "task" => "tâche",
        "approval" => "validation",
        "hand_over" => "contentieux",
        "continue" => "la relance reprend",
        "cancel_plan" => "échéancier annulé",
        "expect_credit" => "avoir attendu",
        "hook" => "fonction interrogée",
        "note" => "note",
        "notice" => "transmission à un autre système",
        other => other,
    }
}

/// Thanks have no title in the rules: they are called by the name under which they are kept.
fn step<'a>(w: &Words, title: &'a str) -> &'a str {
    if title == "thanks" { w.thanks } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_of_events_are_in_the_language() {
        let taken = EventKind::PromiseTaken {
            amount: "1234.50 EUR".to_owned(),
            pay_by: "2026-02-04".to_owned(),
        };
        assert_eq!(
            Words::of("en").event(&taken),
            "Promise to pay EUR 1,234.50 by 4 Feb 2026"
        );
        assert!(
            Words::of("fr")
                .event(&taken)
                .ends_with("au plus tard le 04/02/2026")
        );
    }
}
