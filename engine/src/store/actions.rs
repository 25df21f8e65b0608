//! What was decided: messages and tasks, with the invoices that they move.

mod claims;
mod ending;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use relance_rules::charges::Claim;
use relance_rules::decision::{Action, ActionItem, ActionKind, StepRef};
use relance_rules::ids::{ActionId, CompanyId, CustomerId, InvoiceId};
use relance_rules::reason::SourceRef;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::{StoreError, values};

pub use claims::restate;
pub use ending::{Ending, end, set_doubt, unanswered};

/// An action to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewAction<'a> {
    /// Whose account.
    pub customer: CustomerId,
    /// What was decided.
    pub decided: &'a Action,
}

/// An action as stored. Its reasons and the place of its step in the rules are not read back.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAction {
    /// Identity.
    pub id: ActionId,
    /// Whose account.
    pub customer: CustomerId,
    /// The revision under which it was decided.
    pub revision: i64,
    /// What was decided.
    pub decided: Action,
    /// The customer's order numbers, for invoices that have one.
    pub purchase_orders: HashMap<InvoiceId, String>,
}

/// The kind of an action, as stored.
pub fn kind_name(kind: &ActionKind) -> &'static str {
    match kind {
        ActionKind::Email { .. } => "email",
        ActionKind::Webhook { .. } => "webhook",
        ActionKind::Call { .. } => "call",
        ActionKind::FixContact { .. } => "fix_contact",
        ActionKind::ByHand { .. } => "by_hand",
        ActionKind::Task { .. } => "task",
        ActionKind::Approval { .. } => "approval",
        ActionKind::HandOver { .. } => "hand_over",
        ActionKind::Continue(_) => "continue",
        ActionKind::CancelPlan => "cancel_plan",
        ActionKind::ExpectCredit => "expect_credit",
        ActionKind::Hook { .. } => "hook",
        ActionKind::Note { .. } => "note",
        ActionKind::Notice { .. } => "notice",
    }
}

/// Stores actions with their items, in a fixed number of statements; the ids in input order.
///
/// `None` for an action of which an item is under way or done already: the database has the last word on "never twice", and the
/// action is left out as a whole.
pub async fn insert_many(
    connection: &mut PgConnection,
    company: CompanyId,
    revision: i64,
    new: &[NewAction<'_>],
    now: DateTime<Utc>,
) -> Result<Vec<Option<ActionId>>, StoreError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let ids = sqlx::query_scalar!(
        r#"select nextval(pg_get_serial_sequence('actions', 'id')) as "id!" from generate_series(1, $1::int)"#,
        i32::try_from(new.len()).unwrap_or(i32::MAX),
    )
    .fetch_all(&mut *connection)
    .await?;
    insert_rows(&mut *connection, company, revision, &ids, new, now).await?;
    let taken = insert_items(&mut *connection, company, &ids, new).await?;
    let left_out: Vec<i64> = ids
        .iter()
        .zip(new)
        .filter(|(id, new)| taken.get(id) != Some(&new.decided.items.len()))
        .map(|(id, _)| *id)
        .collect();
    if !left_out.is_empty() {
        tracing::warn!(
            actions = left_out.len(),
            "left out what is under way or done already"
        );
        sqlx::query!(
            "delete from action_items where company_id = $1 and action_id = any($2::bigint[])",
            company.0,
            &left_out
        )
        .execute(&mut *connection)
        .await?;
        sqlx::query!(
            "delete from actions where company_id = $1 and id = any($2::bigint[])",
            company.0,
            &left_out
        )
        .execute(connection)
        .await?;
    }
    let left_out: HashSet<i64> = left_out.into_iter().collect();
    Ok(ids
        .into_iter()
        .map(|id| (!left_out.contains(&id)).then_some(ActionId(id)))
        .collect())
}

async fn insert_rows(
    connection: &mut PgConnection,
    company: CompanyId,
    revision: i64,
    ids: &[i64],
    new: &[NewAction<'_>],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let encode = |e| sqlx::Error::Encode(Box::new(e));
    let customers: Vec<i64> = new.iter().map(|n| n.customer.0).collect();
    let scenarios: Vec<String> = new.iter().map(|n| n.decided.step.scenario.clone()).collect();
    let steps: Vec<String> = new.iter().map(|n| n.decided.step.step.clone()).collect();
    let titles: Vec<String> = new.iter().map(|n| n.decided.step.title.clone()).collect();
    let levels: Vec<Option<i32>> = new.iter().map(|n| n.decided.step.level.map(i32::from)).collect();
    let acts: Vec<i32> = new.iter().map(|n| i32::from(n.decided.act)).collect();
    let kinds: Vec<String> = new
        .iter()
        .map(|n| kind_name(&n.decided.kind).to_owned())
        .collect();
    let mut details = Vec::with_capacity(new.len());
    let mut reasons = Vec::with_capacity(new.len());
    for new in new {
        details.push(serde_json::to_value(&new.decided.kind).map_err(encode)?);
        reasons.push(serde_json::to_value(&new.decided.reasons).map_err(encode)?);
    }
    sqlx::query!(
        "insert into actions (company_id, id, customer_id, scenario, step, title, level, act, kind, detail, decided_at,
                              revision_id, reasons)
         overriding system value
         select $1, n.id, n.customer_id, n.scenario, n.step, n.title, n.level, n.act, n.kind, n.detail, $12, $13, n.reasons
         from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[],
                     $10::jsonb[], $11::jsonb[])
              as n (id, customer_id, scenario, step, title, level, act, kind, detail, reasons)",
        company.0,
        ids,
        &customers,
        &scenarios,
        &steps,
        &titles,
        &levels as &[Option<i32>],
        &acts,
        &kinds,
        &details,
        &reasons,
        now,
        revision,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores the items; gives how many of each action were new.
async fn insert_items(
    connection: &mut PgConnection,
    company: CompanyId,
    ids: &[i64],
    new: &[NewAction<'_>],
) -> Result<HashMap<i64, usize>, StoreError> {
    let items: Vec<(i64, &Action, &ActionItem)> = ids
        .iter()
        .zip(new)
        .flat_map(|(id, new)| new.decided.items.iter().map(|item| (*id, new.decided, item)))
        .collect();
    let actions: Vec<i64> = items.iter().map(|(id, ..)| *id).collect();
    let invoices: Vec<i64> = items.iter().map(|(.., item)| item.invoice.0).collect();
    let cycles: Vec<i32> = items.iter().map(|(.., item)| item.cycle).collect();
    let scenarios: Vec<String> = items
        .iter()
        .map(|(_, action, _)| action.step.scenario.clone())
        .collect();
    let steps: Vec<String> = items.iter().map(|(.., item)| item.step.clone()).collect();
    let levels: Vec<Option<i32>> = items.iter().map(|(.., item)| item.level.map(i32::from)).collect();
    let acts: Vec<i32> = items.iter().map(|(.., item)| i32::from(item.act)).collect();
    let links: Vec<i32> = items.iter().map(|(.., item)| i32::from(item.link)).collect();
    let balances: Vec<rust_decimal::Decimal> = items.iter().map(|(.., item)| item.balance.amount).collect();
    let currencies: Vec<String> = items
        .iter()
        .map(|(.., item)| item.balance.currency.code().to_owned())
        .collect();
    let moves: Vec<bool> = items.iter().map(|(_, action, _)| action.moves()).collect();
    let claims = claims::encoded(items.iter().map(|(.., item)| *item))?;
    let rows = sqlx::query_scalar!(
        "insert into action_items (company_id, action_id, invoice_id, cycle, scenario, step, level, act, balance, currency, moves,
                                   claim, link)
         select $1, n.* from unnest($2::bigint[], $3::bigint[], $4::int[], $5::text[], $6::text[], $7::int[], $8::int[],
                                    $9::numeric[], $10::text[], $11::boolean[], $12::jsonb[], $13::int[]) as n
         on conflict (company_id, invoice_id, scenario, step, act, cycle) where live and moves do nothing
         returning action_id",
        company.0,
        &actions,
        &invoices,
        &cycles,
        &scenarios,
        &steps,
        &levels as &[Option<i32>],
        &acts,
        &balances,
        &currencies,
        &moves,
        &claims as &[Option<serde_json::Value>],
        &links,
    )
    .fetch_all(connection)
    .await?;
    let mut counts = HashMap::new();
    for action in rows {
        *counts.entry(action).or_insert(0) += 1;
    }
    Ok(counts)
}

/// What people are to do for these accounts, as decided: calls, tasks, letters, approvals, those that expired among them.
pub async fn open_work(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[CustomerId],
) -> Result<Vec<StoredAction>, StoreError> {
    let customers: Vec<i64> = customers.iter().map(|c| c.0).collect();
    let ids = sqlx::query_scalar!(
        "select id from actions
         where company_id = $1 and customer_id = any($2::bigint[]) and kind not in ('email', 'fix_contact')
               and state in ('pending', 'expired')",
        company.0,
        &customers,
    )
    .fetch_all(&mut *connection)
    .await?;
    load(
        connection,
        company,
        &ids.into_iter().map(ActionId).collect::<Vec<_>>(),
    )
    .await
}

/// Actions with their items, by id.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    ids: &[ActionId],
) -> Result<Vec<StoredAction>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut items = items(&mut *connection, company, &ids).await?;
    let rows = sqlx::query!(
        "select id, customer_id, scenario, step, title, level, act, detail, revision_id
         from actions where company_id = $1 and id = any($2::bigint[]) order by id",
        company.0,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind: ActionKind = serde_json::from_value(row.detail)
                .map_err(|error| StoreError::unreadable("an action", error.to_string()))?;
            let (items, purchase_orders) = items.remove(&row.id).unwrap_or_default();
            let step = StepRef {
                scenario: row.scenario,
                step: row.step,
                title: row.title,
                level: row.level.map(level).transpose()?,
                source: SourceRef {
                    file: String::new(),
                    line: 0,
                    text: String::new(),
                },
            };
            let act = u16::try_from(row.act).unwrap_or_default();
            let decided = Action {
                step,
                act,
                kind,
                items,
                not_after: None,
                reasons: Vec::new(),
            };
            Ok(StoredAction {
                id: ActionId(row.id),
                customer: CustomerId(row.customer_id),
                revision: row.revision_id,
                decided,
                purchase_orders,
            })
        })
        .collect()
}

type Items = (Vec<ActionItem>, HashMap<InvoiceId, String>);

async fn items(
    connection: &mut PgConnection,
    company: CompanyId,
    actions: &[i64],
) -> Result<HashMap<i64, Items>, StoreError> {
    let rows = sqlx::query!(
        r#"select t.action_id, t.invoice_id, t.step, t.level, t.act, t.link, t.cycle, t.balance, t.currency, i.purchase_order,
                t.claim as "claim: Json<Claim>"
         from action_items t join invoices i on i.company_id = t.company_id and i.id = t.invoice_id
         where t.company_id = $1 and t.action_id = any($2::bigint[]) order by i.due, i.id"#,
        company.0,
        actions,
    )
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Items> = HashMap::new();
    for row in rows {
        let (items, orders) = found.entry(row.action_id).or_default();
        let invoice = InvoiceId(row.invoice_id);
        items.push(ActionItem {
            invoice,
            step: row.step,
            level: row.level.map(level).transpose()?,
            act: u16::try_from(row.act).unwrap_or_default(),
            link: u16::try_from(row.link).unwrap_or_default(),
            cycle: row.cycle,
            balance: values::money(row.balance, &row.currency)?,
            claim: row.claim.map(|Json(claim)| claim),
        });
        if let Some(order) = row.purchase_order {
            orders.insert(invoice, order);
        }
    }
    Ok(found)
}

fn level(number: i32) -> Result<u8, StoreError> {
    u8::try_from(number).map_err(|_| StoreError::unreadable("a level", number.to_string()))
}
