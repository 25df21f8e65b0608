//! All tests: on the machine's Postgres, and the store's once more on the pinned one of PyPI.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::command::{cargo, run as finish};
use crate::needs;

/// Installs what is needed, builds, runs.
pub fn run() -> Result<()> {
    needs::install()?;
    // The end-to-end tests start the real program.
    finish(cargo().args(["build", "--quiet", "--locked", "--package", "relance"]))?;
    let cluster = TestCluster::start(&[])?;
    println!("\n==> all tests");
    finish(
        cargo()
            .args(["test", "--locked", "--workspace", "--no-fail-fast"])
            .env("RELANCE_TEST_CLUSTER_URL", &cluster.url),
    )?;
    cluster.stop()?;
    let cluster = TestCluster::start(&["--wheel"])?;
    println!("\n==> the store's tests on the pinned Postgres");
    finish(
        cargo()
            .args([
                "test",
                "--locked",
                "--package",
                "relance-engine",
                "--no-fail-fast",
                "--test",
                "store_*",
            ])
            .env("RELANCE_TEST_CLUSTER_URL", &cluster.url),
    )?;
    cluster.stop()
}

/// A private cluster, which goes on until its standard input is closed.
struct TestCluster {
    url: String,
    process: Child,
    input: ChildStdin,
}

impl TestCluster {
    fn start(arguments: &[&str]) -> Result<Self> {
        let mut process = cargo()
            .args([
                "run",
                "--quiet",
                "--locked",
                "--package",
                "relance-testkit",
                "--bin",
                "test-cluster",
                "--",
            ])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the test cluster")?;
        let input = process.stdin.take().context("the test cluster's input")?;
        let output = process.stdout.take().context("the test cluster's output")?;
        let mut url = String::new();
        BufReader::new(output).read_line(&mut url)?;
        if url.trim().is_empty() {
            bail!("the test cluster did not start");
        }
        Ok(Self {
            url: url.trim().to_owned(),
            process,
            input,
        })
    }

    fn stop(mut self) -> Result<()> {
        drop(self.input);
        self.process.wait()?;
        Ok(())
    }
}
