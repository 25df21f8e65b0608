//! What went with a message.

use relance_rules::ids::{CompanyId, DeliveryId};
use sqlx::PgConnection;

use crate::store::StoreError;

/// A document that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Name of its file.
    pub name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// Keeps what goes with messages that are about to leave, in place of what an earlier try had.
pub async fn attach(
    connection: &mut PgConnection,
    company: CompanyId,
    attached: &[(DeliveryId, &[Attached])],
) -> Result<(), StoreError> {
    let all: Vec<i64> = attached.iter().map(|(delivery, _)| delivery.0).collect();
    if attached.iter().all(|(_, files)| files.is_empty()) {
        return Ok(());
    }
    sqlx::query!(
        "delete from delivery_attachments where company_id = $1 and delivery_id = any($2::bigint[])",
        company.0,
        &all,
    )
    .execute(&mut *connection)
    .await?;
    let (mut ids, mut places, mut names, mut pdfs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (delivery, files) in attached {
        for (file, place) in files.iter().zip(1_i32..) {
            ids.push(delivery.0);
            places.push(place);
            names.push(file.name.clone());
            pdfs.push(file.pdf.clone());
        }
    }
    sqlx::query!(
        "insert into delivery_attachments (company_id, delivery_id, place, name, pdf)
         select $1, n.* from unnest($2::bigint[], $3::int[], $4::text[], $5::bytea[]) as n",
        company.0,
        &ids,
        &places,
        &names,
        &pdfs,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// One document of a message, by its place from 1.
pub async fn attached(
    connection: &mut PgConnection,
    company: CompanyId,
    delivery: DeliveryId,
    place: i32,
) -> Result<Option<Attached>, StoreError> {
    let row = sqlx::query!(
        "select name, pdf from delivery_attachments where company_id = $1 and delivery_id = $2 and place = $3",
        company.0,
        delivery.0,
        place,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Attached {
        name: row.name,
        pdf: row.pdf,
    }))
}
