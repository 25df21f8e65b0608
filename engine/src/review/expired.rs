//! Approvals that nobody gave in time: they are closed, and whoever stands above is asked what becomes of the step.

use chrono::{DateTime, Utc};
use relance_rules::approvals;
use relance_rules::decision::ActionKind;
use relance_rules::ids::ActionId;
use relance_rules::words::{self, Language};
use sqlx::PgConnection;

use crate::store::StoreError;
use crate::store::actions::{self, Ending, StoredAction};
use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::tasks::{self, NewTask, TaskKind};

/// Closes them, says so in the events, and opens a task for each.
pub(super) async fn close(
    connection: &mut PgConnection,
    company: &Company,
    expired: &[StoredAction],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if expired.is_empty() {
        return Ok(());
    }
    let ids: Vec<ActionId> = expired.iter().map(|action| action.id).collect();
    tasks::run_out(&mut *connection, company, &ids, now).await?;
    let ended: Vec<(ActionId, String)> = ids.iter().map(|id| (*id, String::new())).collect();
    actions::end(&mut *connection, company.id, &ended, Ending::Expired, now).await?;
    let new: Vec<NewTask> = expired
        .iter()
        .filter_map(|action| task(company, action, now))
        .collect();
    tasks::open_many(&mut *connection, company, &new, now).await?;
    let told: Vec<NewEvent<'_>> = expired
        .iter()
        .filter_map(|action| event(company, action, now))
        .collect();
    Ok(events::append_many(connection, &told).await?)
}

fn task(company: &Company, action: &StoredAction, now: DateTime<Utc>) -> Option<NewTask> {
    let ActionKind::Approval { assign, until, .. } = &action.decided.kind else {
        return None;
    };
    let step = &action.decided.step.title;
    let language = Language::of(&company.language);
    let (role, day) = (words::role(assign, language), words::date(*until, language));
    let (title, script) = match language {
        Language::Fr => (
            format!("Validation expirée\u{A0}: {step}"),
            format!(
                "Personne n'a répondu jusqu'au {day} ({role}). Rien n'est envoyé tant que la validation n'est pas donnée, refusée ou redemandée."
            ),
        ),
        Language::En => (
            format!("Approval expired: {step}"),
            format!(
                "Nobody answered by {day} ({role}). Nothing is sent before the approval is given, refused, or asked for again."
            ),
        ),
    };
    Some(NewTask {
        customer: action.customer,
        action: Some(action.id),
        kind: TaskKind::ExpiredApproval,
        title,
        script: Some(script),
        assign_role: approvals::above(assign).to_owned(),
        contact: None,
        due_on: company.today(now),
    })
}

fn event<'a>(company: &Company, action: &StoredAction, now: DateTime<Utc>) -> Option<NewEvent<'a>> {
    let ActionKind::Approval { assign, until, .. } = &action.decided.kind else {
        return None;
    };
    Some(NewEvent {
        company: company.id,
        at: now,
        kind: EventKind::ApprovalExpired {
            title: action.decided.step.title.clone(),
            role: assign.clone(),
            until: until.to_string(),
        },
        customer: Some(action.customer),
        invoice: None,
        action: Some(action.id),
        actor: "engine",
    })
}
