//! A fresh database for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use relance_engine::db;
use relance_engine::embedded::{Cluster, EmbeddedSettings};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use tokio::sync::OnceCell;

/// A migrated, empty database that only this test uses; dropped with the value.
#[derive(Debug)]
pub struct TestDb {
    /// Connections to it.
    pub pool: PgPool,
    /// Its address, for programs that connect themselves.
    pub url: String,
    name: String,
}

static COUNT: AtomicU32 = AtomicU32::new(0);
static CLUSTER: OnceCell<String> = OnceCell::const_new();

/// The server's own database: from there others are made. It is named by `RELANCE_TEST_CLUSTER_URL`, an address without a
/// database name at its end, as `postgres://postgres@%2Ftmp%2Fx/`; else a cluster for all tests of this user is started.
async fn cluster() -> &'static str {
    CLUSTER
        .get_or_init(|| async {
            match std::env::var("RELANCE_TEST_CLUSTER_URL") {
                Ok(url) if !url.is_empty() => url,
                _ => shared_cluster().await,
            }
        })
        .await
}

/// Starts, or adopts, the cluster that tests outside `cargo xtask test` share. It goes on running: the next test run
/// finds it ready.
async fn shared_cluster() -> String {
    let data_dir = Some(std::env::temp_dir().join("relance-test-cluster"));
    let cluster = Cluster::start_throwaway(&EmbeddedSettings { data_dir }, None)
        .await
        .expect("a Postgres cluster for the tests");
    let url = cluster.url("");
    std::mem::forget(cluster);
    url
}

impl TestDb {
    /// A copy of the migrated template; the template is made by the first test that needs it.
    pub async fn new() -> Self {
        let base = cluster().await;
        let template = template(base).await;
        let name = format!(
            "t{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let mut admin = connect(base, "postgres").await;
        // A template cannot be copied while another copy of it is being made by a connection inside it: nobody connects to it
        // once it is ready, so copies go side by side.
        sqlx::query(AssertSqlSafe(format!("drop database if exists {name}")))
            .execute(&mut admin)
            .await
            .expect("drop a database left over");
        sqlx::query(AssertSqlSafe(format!(
            "create database {name} template {template}"
        )))
        .execute(&mut admin)
        .await
        .expect("copy the template");
        let url = format!("{base}{name}");
        let pool = db::connect(&url, 8).await.expect("connect to the copy");
        Self { pool, url, name }
    }

    /// What a query counts.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query)
            .fetch_one(&self.pool)
            .await
            .expect("a number")
    }

    /// Takes the database away from everybody, this test's pool included: connections are cut and new ones refused.
    pub async fn take_away(&self) {
        self.allow_connections(false).await;
        let mut admin = connect(cluster().await, "postgres").await;
        sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1")
            .bind(&self.name)
            .execute(&mut admin)
            .await
            .expect("cut the connections");
    }

    /// Ends what [`TestDb::take_away`] began.
    pub async fn give_back(&self) {
        self.allow_connections(true).await;
    }

    async fn allow_connections(&self, allowed: bool) {
        let mut admin = connect(cluster().await, "postgres").await;
        let statement = format!("alter database {} allow_connections {allowed}", self.name);
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut admin)
            .await
            .expect("allow or refuse connections");
    }
}

async fn connect(base: &str, database: &str) -> PgConnection {
    PgConnection::connect(&format!("{base}{database}"))
        .await
        .unwrap_or_else(|error| panic!("cannot connect to {base}{database}: {error}"))
}

/// The migrated template, named after the migrations that made it. One process makes it, the others wait for its lock.
async fn template(base: &str) -> String {
    let name = format!("relance_template_{}", db::schema_fingerprint());
    let mut admin = connect(base, "postgres").await;
    sqlx::query("select pg_advisory_lock(7263541)")
        .execute(&mut admin)
        .await
        .expect("lock");
    let ready: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1 and datistemplate)")
            .bind(&name)
            .fetch_one(&mut admin)
            .await
            .expect("look for the template");
    if !ready {
        make_template(base, &name, &mut admin).await;
    }
    sqlx::query("select pg_advisory_unlock(7263541)")
        .execute(&mut admin)
        .await
        .expect("unlock");
    name
}

async fn make_template(base: &str, name: &str, admin: &mut PgConnection) {
    for statement in [
        format!("drop database if exists {name}"),
        format!("create database {name}"),
    ] {
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut *admin)
            .await
            .expect("make the template");
    }
    let pool = db::connect(&format!("{base}{name}"), 1)
        .await
        .expect("connect to the template");
    db::migrate(&pool).await.expect("migrate the template");
    pool.close().await;
    sqlx::query(AssertSqlSafe(format!("alter database {name} is_template true")))
        .execute(&mut *admin)
        .await
        .expect("mark the template");
}

impl Drop for TestDb {
    /// Drops the database, as well as can be: what stays is dropped with the cluster.
    fn drop(&mut self) {
        let (Some(base), name) = (CLUSTER.get(), self.name.clone()) else {
            return;
        };
        // The test's own runtime may be stopping: a thread with one of its own.
        let dropped = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                if let Ok(mut admin) = PgConnection::connect(&format!("{base}postgres")).await {
                    let statement = AssertSqlSafe(format!("drop database if exists {name} with (force)"));
                    let _ = sqlx::query(statement).execute(&mut admin).await;
                }
            });
        });
        let _ = dropped.join();
    }
}
