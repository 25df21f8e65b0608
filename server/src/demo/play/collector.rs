//! The collectors at their telephones: what they hear follows from how the customer is going to pay.

use chrono::{DateTime, Days, NaiveDate, Utc};
use relance_engine::engine::Engine;
use relance_engine::rules::ids::TaskId;
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::promises::{self, NewPromise};
use relance_engine::store::tasks::{self, TaskOutcome};
use relance_engine::views;
use relance_engine::views::states::{TaskKind, TaskState};
use relance_engine::views::tasks::{TaskDetail, TaskQuery};

use super::PlayError;
use super::hours::Hour;
use crate::demo::firm::{Branch, Dice};

/// Most calls of one day in one company; the rest waits for tomorrow, as it does in life.
const CALLS: i64 = 25;

/// What a call gave.
struct Heard {
    outcome: TaskOutcome,
    note: &'static str,
    /// Invoices that were promised, with the day.
    promised: Vec<(String, NaiveDate)>,
}

/// Works off the calls that are due, three of four: some customers are never in.
pub async fn work(engine: &Engine, branch: &Branch, company: &Company, hour: Hour) -> Result<(), PlayError> {
    let mut connection = engine.pool.acquire().await.map_err(StoreError::from)?;
    let query = TaskQuery {
        state: TaskState::Open,
        kind: Some(TaskKind::Call),
        role: None,
        customer: None,
        offset: 0,
        limit: CALLS,
    };
    let (calls, _) =
        views::tasks::list(&mut connection, company.id, company.currency, hour.day, &query).await?;
    for call in calls.iter().filter(|call| call.due_on <= hour.day) {
        let Some(task) =
            views::tasks::load(&mut connection, company.id, company.currency, hour.day, call.id).await?
        else {
            continue;
        };
        let mut dice = chance(call.id, hour.day);
        if dice.percent(75) {
            let heard = listen(&mut dice, branch, &task, hour.day);
            write_down(engine, company, &task, &heard, hour.at).await?;
        }
    }
    Ok(())
}

/// The dice of one task on one day.
pub fn chance(task: TaskId, day: NaiveDate) -> Dice {
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    let of_task = u64::try_from(task.0).unwrap_or(0) * 400;
    Dice::seeded(of_task + u64::try_from(days).unwrap_or(0))
}

fn listen(dice: &mut Dice, branch: &Branch, task: &TaskDetail, today: NaiveDate) -> Heard {
    let plain = |outcome, note| Heard {
        outcome,
        note,
        promised: Vec::new(),
    };
    let overdue: Vec<&str> = task
        .invoices
        .iter()
        .map(|(number, _)| number.as_str())
        .filter(|number| branch.due(number).is_some_and(|due| due < today))
        .collect();
    if overdue.is_empty() {
        return plain(
            TaskOutcome::Reached,
            "Facture bien reçue et validée, règlement prévu à l'échéance.",
        );
    }
    let soon = today.checked_add_days(Days::new(21)).unwrap_or(today);
    let promised: Vec<(String, NaiveDate)> = overdue
        .iter()
        .filter_map(|number| {
            let paid = branch.settled_on(number)?;
            (paid > today && paid <= soon).then(|| ((*number).to_owned(), paid))
        })
        .collect();
    match dice.between(1, 100) {
        1..=22 => plain(TaskOutcome::NoAnswer, "Pas de réponse, message laissé."),
        23..=32 if promised.is_empty() => {
            // A promise that will not be kept: the money comes later, or never.
            let day = today
                .checked_add_days(Days::new(u64::try_from(dice.between(4, 9)).unwrap_or(7)))
                .unwrap_or(today);
            Heard {
                outcome: TaskOutcome::Promise,
                note: "Promet un virement la semaine prochaine.",
                promised: overdue
                    .iter()
                    .take(1)
                    .map(|number| ((*number).to_owned(), day))
                    .collect(),
            }
        }
        _ if !promised.is_empty() => Heard {
            outcome: TaskOutcome::Promise,
            note: "Virement programmé, date confirmée par téléphone.",
            promised,
        },
        33..=60 => plain(
            TaskOutcome::Reached,
            "Interlocutrice absente cette semaine, rappeler.",
        ),
        _ => plain(
            TaskOutcome::Reached,
            "Facture retrouvée, passe en validation chez le client.",
        ),
    }
}

/// The promises and the outcome, together or not at all.
async fn write_down(
    engine: &Engine,
    company: &Company,
    task: &TaskDetail,
    heard: &Heard,
    now: DateTime<Utc>,
) -> Result<(), PlayError> {
    let actor = if company.country == "GB" { "priya" } else { "nadia" };
    let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
    for (number, pay_by) in &heard.promised {
        let Some((invoice, _, _)) = views::invoices::find(&mut tx, company.id, number).await? else {
            continue;
        };
        let new = NewPromise {
            invoice,
            amount: None,
            pay_by: *pay_by,
        };
        match promises::take(&mut tx, company, &new, actor, now).await {
            // Promised already, or settled since the list was read.
            Ok(_) | Err(StoreError::Conflict { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    tasks::close(
        &mut tx,
        company,
        task.line.id,
        heard.outcome,
        heard.note,
        actor,
        now,
    )
    .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
