//! The import on real data, which is not part of this repository: the folder named by `RELANCE_REAL_DATA`, else
//! `../shared/data`. In CI it must be there; elsewhere its absence is said in one line.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use relance_engine::import::{self, Counts, Mapping};
use relance_engine::rules::ids::CustomerId;
use relance_engine::rules::promises::Grace;
use relance_engine::store::facts;
use relance_testkit::{TestDb, at, portfolio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn real_data() -> Option<PathBuf> {
    let named = std::env::var_os("RELANCE_REAL_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/data"));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "the real data must be at {} in CI",
        folder.display()
    );
    eprintln!(
        "no real data at {}: set RELANCE_REAL_DATA to try them",
        folder.display()
    );
    None
}

#[tokio::test]
async fn a_history_of_late_payers_imports_and_plays_day_by_day() {
    let Some(data) = real_data() else { return };
    let folder = data.join("payments-history");
    let mapping = std::fs::read_to_string(root().join("examples/late-payers/import.toml")).unwrap();
    let mapping = Mapping::from_toml(&mapping).unwrap();
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "LATE", at("2012-01-01 00:00")).await;

    let midway = at("2013-01-01 08:00");
    let first = import::run(&db.pool, &company, &folder, &mapping, &[], "test", midway)
        .await
        .unwrap();
    assert_eq!(first.rejects.first(), None);
    let invoices = first.counts["invoices"];
    let (read, all) = (invoices.read, invoices.new + invoices.later);
    assert_eq!((read, all), (2_466, 2_466));
    assert!(invoices.later > 500 && invoices.new > 500, "{invoices:?}");
    let open: i64 = sqlx::query_scalar("select count(*) from invoices where open_amount > 0")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert!(open > 20, "{open} open invoices on that day");

    let end = at("2014-06-01 08:00");
    let started = Instant::now();
    let second = import::run(&db.pool, &company, &folder, &mapping, &[], "test", end)
        .await
        .unwrap();
    let took = started.elapsed();
    assert_eq!(second.rejects.first(), None);
    assert_eq!(second.counts["invoices"].unchanged, invoices.new);
    assert_eq!(second.counts["invoices"].new, invoices.later);
    eprintln!("second half in {took:?}");
    let left: (i64, i64) = sqlx::query_as(
        "select count(*) filter (where open_amount > 0), count(*) filter (where cycle > 1) from invoices",
    )
    .fetch_one(&db.pool)
    .await
    .unwrap();
    assert_eq!(left, (0, 0), "all were settled, none reopened");

    let events = "select count(*) from events";
    let before: i64 = sqlx::query_scalar(events).fetch_one(&db.pool).await.unwrap();
    let third = import::run(&db.pool, &company, &folder, &mapping, &[], "test", end)
        .await
        .unwrap();
    let nothing_new = |counts: &Counts| (counts.new, counts.changed, counts.rejected) == (0, 0, 0);
    assert!(third.counts.values().all(nothing_new), "{:?}", third.counts);
    let after: i64 = sqlx::query_scalar(events).fetch_one(&db.pool).await.unwrap();
    assert_eq!(before, after);

    let ids: Vec<i64> = sqlx::query_scalar("select id from customers order by id")
        .fetch_all(&db.pool)
        .await
        .unwrap();
    let ids: Vec<CustomerId> = ids.into_iter().map(CustomerId).collect();
    let started = Instant::now();
    let facts = facts::load(
        &mut conn,
        &company,
        &ids,
        &Grace::default(),
        at("2013-12-31 08:00"),
    )
    .await
    .unwrap();
    eprintln!("facts of {} customers in {:?}", facts.len(), started.elapsed());
    assert_eq!(facts.len(), 100);
    let paid: u32 = facts.iter().map(|f| f.history.paid_12m).sum();
    assert!(paid > 1_000, "{paid} invoices paid in 2013");
}
