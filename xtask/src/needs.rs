//! What the tests need on the machine, installed when it is missing.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::command::run;
use crate::postgres;

/// A thing that is needed, with the Debian package that brings it.
struct Need {
    package: &'static str,
    there: fn() -> bool,
}

const NEEDS: [Need; 5] = [
    Need {
        package: "postgresql",
        there: || postgres::programs().is_some(),
    },
    Need {
        package: "chromium",
        there: || on_path("chromium") || on_path("google-chrome"),
    },
    Need {
        package: "chromium-driver",
        there: || on_path("chromedriver"),
    },
    Need {
        package: "pgbouncer",
        there: || on_path("pgbouncer"),
    },
    Need {
        package: "python3-pip",
        there: || on_path("pip3") || on_path("pip"),
    },
];

/// What fuzzing needs: the fuzzer is written in C++.
const FUZZING: [Need; 1] = [Need {
    package: "g++",
    there: || on_path("g++") || on_path("c++"),
}];

/// Installs what the tests need and is missing, as root on Debian and its kin; else says what to install.
pub fn install() -> Result<()> {
    install_all(&NEEDS)
}

/// The same for fuzzing.
pub fn install_for_fuzzing() -> Result<()> {
    install_all(&FUZZING)
}

fn install_all(needs: &[Need]) -> Result<()> {
    let missing = || -> Vec<&str> {
        needs
            .iter()
            .filter(|need| !(need.there)())
            .map(|need| need.package)
            .collect()
    };
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    if !postgres::is_root() || !on_path("apt-get") {
        bail!(
            "this needs what these Debian packages bring; install them: {}",
            packages.join(" ")
        );
    }
    println!("installing {}", packages.join(" "));
    run(apt().arg("update"))?;
    run(apt()
        .args(["install", "--yes", "--no-install-recommends"])
        .args(&packages))?;
    match missing() {
        left if left.is_empty() => Ok(()),
        left => bail!("still missing after the installation: {}", left.join(" ")),
    }
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.arg("--quiet=2")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    apt
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}
