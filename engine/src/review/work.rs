//! The tasks that carry out what people do: calls, letters, tasks of the rules, approvals.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::decision::ActionKind;
use relance_rules::dsl::checked::Tone;
use relance_rules::ids::ContactId;
use relance_rules::reason::{Reason, ReasonKind};
use relance_rules::words::{self, Language};
use sqlx::PgConnection;

use super::write::Written;
use crate::message::{self, Rendered, Voice};
use crate::rulebooks::InForce;
use crate::store::StoreError;
use crate::store::companies::Company;
use crate::store::deliveries::{self, Person};
use crate::store::tasks::{self, NewTask, TaskKind};

/// Opens a task for each action that a person carries out.
pub(super) async fn open(
    connection: &mut PgConnection,
    company: &Company,
    in_force: &InForce,
    written: &[Written<'_>],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let concerned: Vec<ContactId> = written
        .iter()
        .filter_map(|w| match &w.action.kind {
            ActionKind::Call { contact, .. }
            | ActionKind::ByHand { contact, .. }
            | ActionKind::Task { contact, .. } => *contact,
            _ => None,
        })
        .collect();
    let persons = deliveries::persons(&mut *connection, company.id, &concerned).await?;
    let desk = Desk {
        company,
        in_force,
        persons,
        now,
    };
    let new: Vec<NewTask> = written.iter().filter_map(|w| desk.task(w)).collect();
    tasks::open_many(connection, company, &new, now).await
}

/// What tasks are made of, besides their actions.
struct Desk<'a> {
    company: &'a Company,
    in_force: &'a InForce,
    persons: HashMap<ContactId, Person>,
    now: DateTime<Utc>,
}

impl Desk<'_> {
    fn task(&self, written: &Written<'_>) -> Option<NewTask> {
        let language = Language::of(&self.company.language);
        let pick = |fr: &str, en: &str| match language {
            Language::Fr => fr.to_owned(),
            Language::En => en.to_owned(),
        };
        let step = &written.action.step.title;
        let (kind, title, assign, due) = match &written.action.kind {
            ActionKind::Email { .. }
            | ActionKind::Webhook { .. }
            | ActionKind::Continue(_)
            | ActionKind::CancelPlan
            | ActionKind::ExpectCredit
            | ActionKind::Hook { .. }
            | ActionKind::Note { .. }
            | ActionKind::Notice { .. } => return None,
            ActionKind::FixContact { assign, due } => {
                let title = pick(
                    "Trouver une adresse à laquelle écrire",
                    "Find an address that can be written to",
                );
                (TaskKind::FixContact, title, assign, due)
            }
            ActionKind::Call { assign, due, .. } => (TaskKind::Call, step.clone(), assign, due),
            ActionKind::ByHand {
                medium, assign, due, ..
            } => {
                let title = format!("{step} ({})", words::medium(medium, language));
                (TaskKind::ByHand, title, assign, due)
            }
            ActionKind::Task {
                name,
                title,
                assign,
                due,
                ..
            } => {
                let title = title.clone().unwrap_or_else(|| name.replace('_', " "));
                (TaskKind::Task, title, assign, due)
            }
            ActionKind::Approval { assign, due, .. } => {
                let title = pick(&format!("Valider : {step}"), &format!("Approve: {step}"));
                (TaskKind::Approval, title, assign, due)
            }
            ActionKind::HandOver { assign, due } => {
                let title = pick("Transmettre au contentieux", "Hand over to legal");
                (TaskKind::HandOver, title, assign, due)
            }
        };
        Some(self.with_words(written, kind, title, assign, *due))
    }

    /// The task, with what is to be said or sent where the rules have words for it.
    fn with_words(
        &self,
        written: &Written<'_>,
        kind: TaskKind,
        title: String,
        assign: &str,
        due_on: NaiveDate,
    ) -> NewTask {
        let (contact, template, language, tone) = match &written.action.kind {
            ActionKind::Call {
                script,
                contact,
                language,
                tone,
                ..
            }
            | ActionKind::Task {
                script,
                contact,
                language,
                tone,
                ..
            } => (*contact, script.as_deref(), language.as_str(), *tone),
            ActionKind::ByHand {
                contact,
                template,
                language,
                tone,
                ..
            } => (*contact, Some(template.as_str()), language.as_str(), *tone),
            _ => (None, None, "", Tone::Courteous),
        };
        let voice = template.map(|template| Voice {
            template,
            language,
            tone,
            fields: &self.in_force.rulebook.checked.fields,
        });
        NewTask {
            customer: written.facts.customer.id,
            action: Some(written.id),
            kind,
            title,
            script: match voice {
                Some(voice) => Some(self.script(written, voice, contact, kind)),
                None => self.claims(written),
            },
            assign_role: assign.to_owned(),
            contact,
            due_on,
        }
    }

    /// What the step asks for beside the invoices, for whoever agrees to it or takes it over: he has no words of a template.
    fn claims(&self, written: &Written<'_>) -> Option<String> {
        let language = Language::of(&self.company.language);
        let charged = |reason: &&Reason| {
            matches!(
                reason.kind,
                ReasonKind::InterestOwed { .. } | ReasonKind::FeeOwed { .. }
            )
        };
        let lines: Vec<String> = written
            .action
            .reasons
            .iter()
            .filter(charged)
            .map(|reason| words::reason(reason, self.company.time_zone, language))
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn script(
        &self,
        written: &Written<'_>,
        voice: Voice<'_>,
        contact: Option<ContactId>,
        kind: TaskKind,
    ) -> String {
        let person = contact.and_then(|contact| self.persons.get(&contact));
        let orders = HashMap::new();
        let (facts, action) = (written.facts, written.action);
        let letter = message::letter(self.company, facts, action, voice, person, &orders, self.now);
        match message::render(&self.in_force.rulebook, &letter) {
            Ok(Rendered { subject, text, .. }) if kind == TaskKind::ByHand => format!("{subject}\n\n{text}"),
            Ok(rendered) => rendered.text,
            // A call can be made without its script: whoever does it sees what is wrong with it.
            Err(error) => error.to_string(),
        }
    }
}
