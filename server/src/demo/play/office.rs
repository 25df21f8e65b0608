//! The people in the office: the credit manager agrees to formal notices or does not, letters go to the post, whoever owes an
//! answer is chased.

use chrono::{Days, NaiveDate};
use relance_engine::engine::Engine;
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::tasks::{self, TaskOutcome};
use relance_engine::views;
use relance_engine::views::states::{TaskKind, TaskState};
use relance_engine::views::tasks::TaskQuery;

use super::PlayError;
use super::collector::chance;
use super::hours::Hour;

/// So long has the credit manager not looked at her approvals when the play ends: whoever tries the demo is to find some.
const AWAY: Days = Days::new(8);

/// Most pieces of one kind that are done on one day in one company.
const PIECES: i64 = 40;

/// Who does what, how many of a hundred are done on a day, and what comes of them: the usual, and the other in so many of a hundred.
struct Habit {
    kind: TaskKind,
    actor: &'static str,
    done: i64,
    usual: (TaskOutcome, &'static str),
    other: Option<(i64, TaskOutcome, &'static str)>,
}

const HABITS: [Habit; 3] = [
    Habit {
        kind: TaskKind::Approval,
        actor: "claire",
        done: 60,
        usual: (TaskOutcome::Approved, "Dossier complet, délais épuisés."),
        other: Some((
            25,
            TaskOutcome::Refused,
            "Négociation en cours avec la direction du client : on attend.",
        )),
    },
    Habit {
        kind: TaskKind::ByHand,
        actor: "nadia",
        done: 80,
        usual: (TaskOutcome::Sent, "Recommandé remis à la poste, avis classé."),
        other: None,
    },
    Habit {
        kind: TaskKind::Task,
        actor: "claire",
        done: 50,
        usual: (
            TaskOutcome::Done,
            "Service relancé, réponse promise cette semaine.",
        ),
        other: None,
    },
];

/// Works off what lies on the desks until the play ends on the day `today`. Some of it waits for another day, as it does in life.
pub async fn work(engine: &Engine, company: &Company, hour: Hour, today: NaiveDate) -> Result<(), PlayError> {
    for habit in &HABITS {
        if habit.kind == TaskKind::Approval && hour.day + AWAY > today {
            continue;
        }
        let mut connection = engine.pool.acquire().await.map_err(StoreError::from)?;
        let query = TaskQuery {
            state: TaskState::Open,
            kind: Some(habit.kind),
            role: None,
            customer: None,
            offset: 0,
            limit: PIECES,
        };
        let (pieces, _) =
            views::tasks::list(&mut connection, company.id, company.currency, hour.day, &query).await?;
        drop(connection);
        for piece in pieces {
            let mut dice = chance(piece.id, hour.day);
            if !dice.percent(habit.done) {
                continue;
            }
            let (outcome, note) = match habit.other {
                Some((share, outcome, note)) if dice.percent(share) => (outcome, note),
                _ => habit.usual,
            };
            let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
            tasks::close(&mut tx, company, piece.id, outcome, note, habit.actor, hour.at).await?;
            tx.commit().await.map_err(StoreError::from)?;
        }
    }
    Ok(())
}
