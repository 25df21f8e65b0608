//! To which moment limits of sending are taken up.

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, DeliveryId};
use sqlx::PgConnection;

use super::StoreError;

/// What a limit counts: the messages of a way, or those of them to one domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// `email`, or `webhook ` and the name of an address.
    pub medium: String,
    /// Domain of the recipients, in small letters; empty: all.
    pub domain: String,
}

/// The moments of these limits, in the same order, held until the end of the transaction: claims of the same limits wait for each other.
pub async fn hold(
    connection: &mut PgConnection,
    company: CompanyId,
    counted: &[Counted],
    now: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let media: Vec<String> = counted.iter().map(|c| c.medium.clone()).collect();
    let domains: Vec<String> = counted.iter().map(|c| c.domain.clone()).collect();
    // In the order of the key, always: two claims never wait for each other in a circle.
    sqlx::query!(
        "insert into sending_limits (company_id, medium, domain, taken_to)
         select $1, n.medium, n.domain, $4 from unnest($2::text[], $3::text[]) as n (medium, domain) order by 2, 3
         on conflict do nothing",
        company.0,
        &media,
        &domains,
        now,
    )
    .execute(&mut *connection)
    .await?;
    let rows = sqlx::query!(
        "select t.medium, t.domain, t.taken_to from sending_limits t
         where t.company_id = $1 and (t.medium, t.domain) in (select * from unnest($2::text[], $3::text[]))
         order by t.medium, t.domain for update of t",
        company.0,
        &media,
        &domains,
    )
    .fetch_all(connection)
    .await?;
    let moment = |counted: &Counted| {
        let row = rows
            .iter()
            .find(|row| row.medium == counted.medium && row.domain == counted.domain);
        row.map_or(now, |row| row.taken_to)
    };
    Ok(counted.iter().map(moment).collect())
}

/// Writes to which moments limits are taken up; they are held.
pub async fn take(
    connection: &mut PgConnection,
    company: CompanyId,
    taken: &[(&Counted, DateTime<Utc>)],
) -> Result<(), StoreError> {
    let media: Vec<String> = taken.iter().map(|(c, _)| c.medium.clone()).collect();
    let domains: Vec<String> = taken.iter().map(|(c, _)| c.domain.clone()).collect();
    let moments: Vec<DateTime<Utc>> = taken.iter().map(|(_, moment)| *moment).collect();
    sqlx::query!(
        "update sending_limits t set taken_to = n.taken_to
         from unnest($2::text[], $3::text[], $4::timestamptz[]) as n (medium, domain, taken_to)
         where t.company_id = $1 and t.medium = n.medium and t.domain = n.domain",
        company.0,
        &media,
        &domains,
        &moments,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Where a queued message goes, as limits see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The message.
    pub delivery: DeliveryId,
    /// Name of the address that it is posted to; none for a mail.
    pub webhook: Option<String>,
    /// Domain of the recipient, in small letters.
    pub domain: Option<String>,
}

/// Where queued messages go, the oldest first.
pub async fn bound(
    connection: &mut PgConnection,
    company: CompanyId,
    deliveries: &[DeliveryId],
) -> Result<Vec<Bound>, StoreError> {
    let ids: Vec<i64> = deliveries.iter().map(|d| d.0).collect();
    let rows = sqlx::query!(
        r#"select d.id, a.detail ->> 'webhook' as webhook, lower(substring(trim(c.email) from '@([^@]+)$')) as "domain"
         from deliveries d
         join actions a on a.company_id = d.company_id and a.id = d.action_id
         left join contacts c on c.company_id = d.company_id and c.id = d.contact_id
         where d.company_id = $1 and d.id = any($2::bigint[]) order by d.id"#,
        company.0,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Bound {
            delivery: DeliveryId(row.id),
            webhook: row.webhook,
            domain: row.domain,
        })
        .collect())
}

/// Lets queued messages wait for their turn, each until a moment and for a limit, and never beyond the end of their window: there they are
/// called off.
pub async fn let_wait(
    connection: &mut PgConnection,
    company: CompanyId,
    waiting: &[(DeliveryId, DateTime<Utc>, String)],
) -> Result<(), StoreError> {
    let ids: Vec<i64> = waiting.iter().map(|(id, ..)| id.0).collect();
    let moments: Vec<DateTime<Utc>> = waiting.iter().map(|(_, at, _)| *at).collect();
    let limits: Vec<String> = waiting.iter().map(|(.., limit)| limit.clone()).collect();
    sqlx::query!(
        "update deliveries d set not_before = least(n.not_before, d.not_after), waits_for = n.waits_for
         from unnest($2::bigint[], $3::timestamptz[], $4::text[]) as n (id, not_before, waits_for)
         where d.company_id = $1 and d.id = n.id and d.state = 'queued'",
        company.0,
        &ids,
        &moments,
        &limits,
    )
    .execute(connection)
    .await?;
    Ok(())
}
