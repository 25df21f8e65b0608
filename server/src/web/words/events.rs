//! Events in words.

use relance_engine::store::events::EventKind;
use relance_rules::words::Language;

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

fn with(text: &str, more: &str) -> String {
    if more.is_empty() {
        text.to_owned()
    } else {
        format!("{text} : {more}")
    }
}

fn french(event: &EventKind) -> String {
    use EventKind as E;
    match event {
        E::InvoiceBooked { number, amount, due } => {
            format!("Facture {number} enregistrée, {amount}, échéance {due}")
        }
        E::PaymentReceived { reference, amount } => format!("Paiement {reference} reçu, {amount}"),
        E::PaymentTakenBack {
            reference,
            amount,
            why,
        } => with(&format!("Paiement {reference} repris, {amount}"), why),
        E::InvoiceSettled { number } => format!("Facture {number} soldée"),
        E::InvoiceReopened { number, why } => with(&format!("Facture {number} rouverte"), why),
        E::DisputeOpened { category, note } => with(
            &format!("Litige ouvert ({})", Words::of("fr").category(category)),
            note,
        ),
        E::DisputeClosed { accepted: true } => "Litige clos : le client a raison".to_owned(),
        E::DisputeClosed { accepted: false } => "Litige clos : rejeté".to_owned(),
        E::PromiseTaken { amount, pay_by } => format!("Promesse de payer {amount} au plus tard le {pay_by}"),
        E::PromiseKept {} => "Promesse tenue".to_owned(),
        E::PromiseBroken { pay_by } => format!("Promesse pour le {pay_by} non tenue"),
        E::PromiseWithdrawn {} => "Promesse retirée".to_owned(),
        E::HoldSet { note, until, .. } => match until {
            Some(day) => with(&format!("Relances suspendues jusqu’au {day}"), note),
            None => with("Relances suspendues", note),
        },
        E::HoldEnded {} => "Suspension terminée".to_owned(),
        E::ActionDecided { title, medium } => format!("Décidé : {title} ({})", medium_fr(medium)),
        E::MessageSent { recipient, subject } => format!("Envoyé à {recipient} : {subject}"),
        E::MessageCalledOff { why } => with("Message annulé", why),
        E::MessageDelayed { error, attempts } => {
            format!("Message remis à plus tard, essai {attempts} : {error}")
        }
        E::MessageRefused { error } => with("Message refusé", error),
        E::MessageInDoubt { error } => with("Message peut-être parti", error),
        E::DoubtSettled { outcome } => with("Doute tranché", Words::of("fr").outcome(outcome)),
        E::TaskDone { title, outcome, note } => {
            with(&format!("{title} – {}", Words::of("fr").outcome(outcome)), note)
        }
        E::TaskCalledOff { title, why } => with(&format!("Tâche annulée, {title}"), why),
        E::Note { text } => text.clone(),
    }
}

fn english(event: &EventKind) -> String {
    use EventKind as E;
    let text = match event {
        E::InvoiceBooked { number, amount, due } => format!("Invoice {number} booked, {amount}, due {due}"),
        E::PaymentReceived { reference, amount } => format!("Payment {reference} received, {amount}"),
        E::PaymentTakenBack {
            reference,
            amount,
            why,
        } => with(&format!("Payment {reference} taken back, {amount}"), why),
        E::InvoiceSettled { number } => format!("Invoice {number} settled"),
        E::InvoiceReopened { number, why } => with(&format!("Invoice {number} reopened"), why),
        E::DisputeOpened { category, note } => with(
            &format!("Dispute opened ({})", Words::of("en").category(category)),
            note,
        ),
        E::DisputeClosed { accepted: true } => "Dispute closed: the customer is right".to_owned(),
        E::DisputeClosed { accepted: false } => "Dispute closed: rejected".to_owned(),
        E::PromiseTaken { amount, pay_by } => format!("Promise to pay {amount} by {pay_by}"),
        E::PromiseKept {} => "Promise kept".to_owned(),
        E::PromiseBroken { pay_by } => format!("Promise for {pay_by} broken"),
        E::PromiseWithdrawn {} => "Promise withdrawn".to_owned(),
        E::HoldSet { note, until, .. } => match until {
            Some(day) => with(&format!("Reminders on hold until {day}"), note),
            None => with("Reminders on hold", note),
        },
        E::HoldEnded {} => "Hold ended".to_owned(),
        E::ActionDecided { title, medium } => format!("Decided: {title} ({})", medium.replace('_', " ")),
        E::MessageSent { recipient, subject } => format!("Sent to {recipient}: {subject}"),
        E::MessageCalledOff { why } => with("Message called off", why),
        E::MessageDelayed { error, attempts } => format!("Message put off, try {attempts}: {error}"),
        E::MessageRefused { error } => with("Message refused", error),
        E::MessageInDoubt { error } => with("Message may have left", error),
        E::DoubtSettled { outcome } => with("Doubt settled", Words::of("en").outcome(outcome)),
        E::TaskDone { title, outcome, note } => {
            with(&format!("{title} – {}", Words::of("en").outcome(outcome)), note)
        }
        E::TaskCalledOff { title, why } => with(&format!("Task called off, {title}"), why),
        E::Note { text } => text.clone(),
    };
    text.replace(" : ", ": ")
}

fn medium_fr(medium: &str) -> &str {
    match medium {
        "email" => "message",
        "call" => "appel",
        "fix_contact" => "adresse à trouver",
        other => other,
    }
}
