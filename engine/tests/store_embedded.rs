//! The embedded database: started, shared, adopted after its program died, stopped.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use std::path::{Path, PathBuf};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use relance_engine::db::{self, DbError};
use relance_engine::embedded::{Cluster, EmbeddedError, EmbeddedSettings};
use tempfile::TempDir;

fn home() -> (TempDir, EmbeddedSettings) {
    let folder = tempfile::Builder::new().prefix("relance-e-").tempdir().unwrap();
    let settings = EmbeddedSettings {
        data_dir: Some(folder.path().join("db")),
    };
    // Root's server runs as another user, who must get through.
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    (folder, settings)
}

fn lives(pid: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z")
}

async fn remembered(cluster: &Cluster) -> i64 {
    cluster.create_database("books").await.unwrap();
    let pool = db::connect(&cluster.url("books"), 2).await.unwrap();
    sqlx::query("create table if not exists visits (n int)")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("insert into visits values (1)")
        .execute(&pool)
        .await
        .unwrap();
    let visits = sqlx::query_scalar("select count(*) from visits")
        .fetch_one(&pool)
        .await
        .unwrap();
    pool.close().await;
    visits
}

#[tokio::test]
async fn what_was_written_is_there_after_a_stop_and_a_start() {
    let (_folder, settings) = home();
    for visit in 1..=2 {
        let cluster = Cluster::start(&settings).await.unwrap();
        assert!(!cluster.adopted());
        assert_eq!(remembered(&cluster).await, visit);
        let pid = cluster.pid();
        assert!(lives(pid));
        cluster.stop().await.unwrap();
        assert!(!lives(pid));
    }
}

#[tokio::test]
async fn a_server_whose_program_was_killed_is_adopted() {
    let (_folder, settings) = home();
    let cluster = Cluster::start(&settings).await.unwrap();
    let pid = cluster.pid();
    assert_eq!(remembered(&cluster).await, 1);
    // As when the program is killed: its locks are gone, its server is not.
    drop(cluster);
    let cluster = Cluster::start(&settings).await.unwrap();
    assert!(cluster.adopted());
    assert_eq!(cluster.pid(), pid);
    assert_eq!(remembered(&cluster).await, 2);
    cluster.stop().await.unwrap();
    assert!(!lives(pid));
}

#[tokio::test]
async fn two_programs_share_one_server_and_the_last_one_stops_it() {
    let (_folder, settings) = home();
    let (first, second) = tokio::join!(Cluster::start(&settings), Cluster::start(&settings));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.pid(), second.pid());
    assert_ne!(first.adopted(), second.adopted());
    let pid = first.pid();
    first.stop().await.unwrap();
    assert!(lives(pid));
    assert_eq!(remembered(&second).await, 1);
    second.stop().await.unwrap();
    assert!(!lives(pid));
}

#[tokio::test]
async fn a_server_that_was_killed_itself_is_started_anew_with_its_data() {
    let (_folder, settings) = home();
    let cluster = Cluster::start(&settings).await.unwrap();
    assert_eq!(remembered(&cluster).await, 1);
    let pid = cluster.pid();
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    drop(cluster);
    let cluster = Cluster::start(&settings).await.unwrap();
    assert!(!cluster.adopted());
    assert_ne!(cluster.pid(), pid);
    assert_eq!(remembered(&cluster).await, 2);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn half_a_cluster_left_by_an_interrupted_start_is_made_again() {
    let (_folder, settings) = home();
    let data_dir = settings.data_dir.clone().unwrap();
    std::fs::create_dir_all(data_dir.join("data.tmp/base")).unwrap();
    let cluster = Cluster::start(&settings).await.unwrap();
    assert_eq!(remembered(&cluster).await, 1);
    assert!(!data_dir.join("data.tmp").exists());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_long_folder_name_gets_its_socket_elsewhere() {
    let (folder, mut settings) = home();
    settings.data_dir = Some(folder.path().join("a".repeat(60)).join("b".repeat(60)));
    let cluster = Cluster::start(&settings).await.unwrap();
    assert!(cluster.url("").len() < 120, "{}", cluster.url(""));
    assert_eq!(remembered(&cluster).await, 1);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn data_of_a_version_that_is_not_installed_are_named_and_left_alone() {
    let (_folder, settings) = home();
    let data: PathBuf = settings.data_dir.clone().unwrap().join("data");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("PG_VERSION"), "11\n").unwrap();
    let error = Cluster::start(&settings).await.unwrap_err();
    assert!(
        matches!(error, EmbeddedError::OtherVersion { made_by: 11, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("postgresql-11"));
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1);
}

#[tokio::test]
async fn an_address_without_a_server_is_named_without_its_password() {
    let nobody = Path::new("/nonexistent")
        .display()
        .to_string()
        .replace('/', "%2F");
    let error = db::connect(&format!("postgres://anna:secret@{nobody}/books"), 1)
        .await
        .unwrap_err();
    assert!(matches!(error, DbError::Connect { .. }));
    let text = format!("{error} {error:?}");
    assert!(text.contains("books") && !text.contains("secret"), "{text}");
    assert!(matches!(
        db::connect("nonsense", 1).await,
        Err(DbError::Address(_))
    ));
}
