//! The schema can be spread over many databases by company: what that asks of keys and statements.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeSet;
use std::path::Path;

use relance_testkit::TestDb;
use sqlx::PgPool;

/// Tables that are small and the same everywhere: no company's own.
const EVERYWHERE: [&str; 9] = [
    "_sqlx_migrations",
    "api_tokens",
    "companies",
    "general_stops",
    "installation",
    "rulebook_rejection",
    "rulebook_revisions",
    "sessions",
    "users",
];

/// Statements that ask all companies at once, by how they begin; none of them is on the way of a message.
const OF_ALL_COMPANIES: [(&str, &str); 3] = [
    (
        "update accounts a set next_review_at = least(a.next_review_at, $1)",
        "new rules wake everybody",
    ),
    (
        "select company_id from sending_gates order by company_id",
        "a stop of everything waits at every gate",
    ),
    (
        "select null::bigint as company_id, since",
        "pages tell of stops in any company",
    ),
];

async fn rows(pool: &PgPool, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(pool).await.unwrap()
}

#[tokio::test]
async fn every_table_is_of_a_company_or_the_same_everywhere() {
    let db = TestDb::new().await;
    let without = rows(
        &db.pool,
        "select c.relname::text from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
               and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id')
         order by c.relname",
    )
    .await;
    assert_eq!(without, EVERYWHERE);
}

#[tokio::test]
async fn every_key_of_a_companys_table_holds_the_company() {
    let db = TestDb::new().await;
    let unique = rows(
        &db.pool,
        "select i.indexrelid::regclass::text from pg_index i
         join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'company_id'
         where i.indisunique and a.attnum <> all (i.indkey::int2[]) and i.indrelid::regclass::text not like 'pg_%'",
    )
    .await;
    assert!(unique.is_empty(), "unique keys without a company: {unique:?}");
    let foreign = rows(
        &db.pool,
        "select c.conname::text from pg_constraint c
         join pg_attribute here on here.attrelid = c.conrelid and here.attname = 'company_id'
         join pg_attribute there on there.attrelid = c.confrelid and there.attname = 'company_id'
         where c.contype = 'f' and not exists (
             select from unnest(c.conkey, c.confkey) as k (here, there)
             where k.here = here.attnum and k.there = there.attnum)",
    )
    .await;
    assert!(
        foreign.is_empty(),
        "foreign keys between companies' tables without the company: {foreign:?}"
    );
    let outwards = rows(
        &db.pool,
        "select c.conname::text from pg_constraint c
         where c.contype = 'f'
               and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = 'company_id')
               and exists (select from pg_attribute a where a.attrelid = c.confrelid and a.attname = 'company_id')",
    )
    .await;
    assert!(
        outwards.is_empty(),
        "tables that are everywhere name a company's row: {outwards:?}"
    );
}

#[tokio::test]
async fn every_statement_on_a_companys_table_names_one_company() {
    let db = TestDb::new().await;
    let tables: BTreeSet<String> = rows(
        &db.pool,
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'",
    )
    .await
    .into_iter()
    .collect();
    let statements = statements();
    assert!(statements.len() > 150, "{} statements", statements.len());
    let (mut asked_of_all, mut nameless) = (BTreeSet::new(), Vec::new());
    for statement in &statements {
        let words: Vec<&str> = statement
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        let touches = words
            .windows(2)
            .any(|pair| matches!(pair[0], "from" | "join" | "update" | "into") && tables.contains(pair[1]));
        if !touches || names_one_company(statement) {
            continue;
        }
        let excused = OF_ALL_COMPANIES
            .iter()
            .find(|(begins, _)| statement.starts_with(begins));
        match excused {
            Some((_, why)) => drop(asked_of_all.insert(*why)),
            None => nameless.push(statement),
        }
    }
    assert!(nameless.is_empty(), "these name no company: {nameless:#?}");
    assert_eq!(
        asked_of_all.len(),
        OF_ALL_COMPANIES.len(),
        "an excuse that nobody needs"
    );
}

/// The first parameter is the company wherever it is compared, and what is inserted is inserted into that company.
fn names_one_company(statement: &str) -> bool {
    let compared = statement.contains("company_id = $");
    let inserted = statement.contains("(company_id")
        && (statement.contains("select $1,") || statement.contains("values ($1"));
    compared || inserted
}

/// Every statement of the engine, with single blanks.
fn statements() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let query = value["query"].as_str().unwrap().to_owned();
            query.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[tokio::test]
async fn the_script_for_citus_names_every_table_once_and_what_is_referred_to_first() {
    let db = TestDb::new().await;
    let script =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("citus/distribute.sql")).unwrap();
    let of = |call: &str| -> Vec<String> {
        script
            .lines()
            .filter_map(|line| line.strip_prefix(call)?.split('\'').nth(1))
            .map(str::to_owned)
            .collect()
    };
    let mut everywhere = of("select create_reference_table(");
    let spread = of("select create_distributed_table(");
    let earlier = |table: &str| everywhere.contains(&table.to_owned());
    let references: Vec<(String, String)> = sqlx::query_as(
        "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint
         where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    let place = |table: &str| spread.iter().position(|t| t == table);
    for (from, to) in &references {
        assert!(
            earlier(to) || place(to) < place(from),
            "{from} refers to {to}, which comes later"
        );
    }
    everywhere.push("_sqlx_migrations".to_owned());
    everywhere.sort();
    assert_eq!(everywhere, EVERYWHERE);
    let mut companies = rows(
        &db.pool,
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'",
    )
    .await;
    let mut named = spread.clone();
    companies.sort();
    named.sort();
    assert_eq!(named, companies);
}
