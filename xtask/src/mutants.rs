//! Mistakes planted in the decisions, one at a time, in a copy of the sources: the reference model has to catch each.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use crate::command::{cargo, output};

/// A mistake: in this file of `rules/src`, the one place that reads `is` reads `becomes` instead.
struct Mutant {
    mistake: &'static str,
    file: &'static str,
    is: &'static str,
    becomes: &'static str,
}

const fn mutant(
    mistake: &'static str,
    file: &'static str,
    is: &'static str,
    becomes: &'static str,
) -> Mutant {
    Mutant {
        mistake,
        file,
        is,
        becomes,
    }
}

const MUTANTS: [Mutant; 22] = [
    mutant(
        "A level counts from the due date, not from what was done",
        "decide/levels.rs",
        "let reached = stops.after(anchor, period, &case.business)?;",
        "let reached = stops.after(invoice.due, period, &case.business)?;",
    ),
    mutant(
        "A level is skipped after each one",
        "decide/levels.rs",
        "Some((level, _)) => level + 1,",
        "Some((level, _)) => level + 2,",
    ),
    mutant(
        "An invoice that is imported late starts at the last level",
        "decide/levels.rs",
        "None if late => usize::from(case.scenario.entry).clamp(1, levels.len()),",
        "None if late => levels.len(),",
    ),
    mutant(
        "A promise stops nothing",
        "stops.rs",
        "HoldKind::Promised => holds.promised,",
        "HoldKind::Promised => false,",
    ),
    mutant(
        "A dispute stops nothing",
        "stops.rs",
        "HoldKind::Disputed => holds.disputed,",
        "HoldKind::Disputed => false,",
    ),
    mutant(
        "A plan stops nothing",
        "stops.rs",
        "HoldKind::OnPlan => holds.on_plan,",
        "HoldKind::OnPlan => false,",
    ),
    mutant(
        "A hold does not stop the clock",
        "stops.rs",
        "day = plus_days(day, (to.as_ref().copied()? - from).num_days());",
        "let _ = (to.as_ref().copied()?, from);",
    ),
    mutant(
        "A hold lasts a day too long",
        "stops.rs",
        ".find(|(from, to)| *from <= day && to.is_none_or(|to| day < to))",
        ".find(|(from, to)| *from <= day && to.is_none_or(|to| day <= to))",
    ),
    mutant(
        "Nobody looks again when a hold ends",
        "decide/standing.rs",
        "standing.wake = against.wake;",
        "let _ = against.wake;",
    ),
    mutant(
        "The limit counts the messages of one scenario only",
        "decide/limit.rs",
        ".iter()\n            .map(|m| after(",
        ".iter()\n            .filter(|m| m.scenario == case.scenario.name.name)\n            .map(|m| after(",
    ),
    mutant(
        "A letter that lies with a person does not count for the limit",
        "decide/limit.rs",
        "if self.limit.is_some() && self.under_way || !self.has_room(count) {",
        "if !self.has_room(count) {",
    ),
    mutant(
        "A message leaves before the window opens",
        "window.rs",
        ".filter(|(from, to)| (*from..*to).contains(&at))",
        ".filter(|(_, to)| at < *to)",
    ),
    mutant(
        "A message leaves on a closed day",
        "window.rs",
        "if !self.days.is_open(day) {",
        "if false {",
    ),
    mutant(
        "The same cash covers every invoice",
        "decide/cover.rs",
        "*cash = cash.saturating_sub(amount).max(Decimal::ZERO);",
        "let _ = cash;",
    ),
    mutant(
        "A message in doubt is sent again",
        "decide/track.rs",
        "ProgressState::InDoubt => IN_DOUBT,",
        "ProgressState::InDoubt => 0,",
    ),
    mutant(
        "A call is made once more than the rules say",
        "decide/track.rs",
        "made <= usize::from(at_most)",
        "made <= usize::from(at_most) + 1",
    ),
    mutant(
        "What was refused is asked for again the next day",
        "decide/release.rs",
        "const REFUSED_FOR: i64 = 30;",
        "const REFUSED_FOR: i64 = 1;",
    ),
    mutant(
        "A courtesy step that was missed is made up for after the due date",
        "decide/courtesy.rs",
        "invoice.known_since > day || case.window_day > invoice.due.max(day)",
        "invoice.known_since > day",
    ),
    mutant(
        "The next contact of the chain does not take over",
        "decide/contact.rs",
        "contacts.iter().find(|c| fits(choice, c) && reachable(c))",
        "contacts.iter().find(|c| fits(choice, c))",
    ),
    mutant(
        "Customers are thanked as often as they pay",
        "decide/thanks.rs",
        "if again > case.window_day {",
        "if again > case.window_day && false {",
    ),
    mutant(
        "A level that the rules lost is forgotten",
        "decide/levels.rs",
        "Some(at) if !before.apart => (from, case.window.day_of(at)),",
        "Some(at) => (from, case.window.day_of(at)),",
    ),
    mutant(
        "Cases lose their place when a step gets a new name",
        "rulebook/renames.rs",
        "renew(&self.steps, &mut progress.step);",
        "let _ = &mut progress.step;",
    ),
];

/// Where the copy lies.
const COPY: &str = "target/mutants";

/// Plants each mistake in a copy of the sources and plays histories until the model catches it. Fails when it does not catch one.
pub fn run(histories: &str) -> Result<()> {
    let _: u64 = histories.parse().context("so many histories are no number")?;
    copy_sources()?;
    let mut missed = Vec::new();
    for mutant in &MUTANTS {
        let path = Path::new(COPY).join("rules/src").join(mutant.file);
        let text = std::fs::read_to_string(&path)?;
        std::fs::write(&path, planted(mutant, &text)?)?;
        let caught = play(histories);
        std::fs::write(&path, text)?;
        let caught = caught?;
        println!(
            "| {} | {} |",
            mutant.mistake,
            caught.as_deref().unwrap_or("NOT CAUGHT")
        );
        if caught.is_none() {
            missed.push(mutant.mistake);
        }
    }
    std::fs::remove_dir_all(COPY)?;
    if !missed.is_empty() {
        bail!("the model does not catch: {}", missed.join("; "));
    }
    Ok(())
}

/// The text with the mistake in it.
fn planted(mutant: &Mutant, text: &str) -> Result<String> {
    let places = text.matches(mutant.is).count();
    ensure!(
        places == 1,
        "{}: `{}` stands {places} times in {}",
        mutant.mistake,
        mutant.is,
        mutant.file
    );
    Ok(text.replace(mutant.is, mutant.becomes))
}

/// All files that are under version control, as they are now.
fn copy_sources() -> Result<()> {
    let files = output(std::process::Command::new("git").args(["ls-files", "-z"]))?;
    for file in files.split('\0').filter(|file| Path::new(file).is_file()) {
        let to = Path::new(COPY).join(file);
        std::fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        std::fs::copy(file, to)?;
    }
    Ok(())
}

/// Plays histories in the copy; what was found first, if something was.
fn play(histories: &str) -> Result<Option<String>> {
    let target = std::path::absolute("target")?;
    let mut test = cargo();
    test.current_dir(COPY)
        .args([
            "test",
            "--quiet",
            "--locked",
            "-p",
            "relance-rules",
            "--test",
            "model",
        ])
        .env("CARGO_TARGET_DIR", target);
    // A mistake that does not compile would be taken for one that is caught.
    let mut builds = cargo();
    builds
        .current_dir(COPY)
        .args([
            "test",
            "--quiet",
            "--locked",
            "-p",
            "relance-rules",
            "--test",
            "model",
            "--no-run",
        ])
        .env("CARGO_TARGET_DIR", std::path::absolute("target")?);
    output(&mut builds)?;
    test.args(["--", "--ignored", "--nocapture"])
        .env("RELANCE_HISTORIES", histories)
        .env("RELANCE_OF_THE_SAME_RULES", "8")
        .env("RELANCE_AS_FOUND", "1");
    let played = test.output()?;
    if played.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&played.stderr);
    let found = said.lines().find_map(|line| line.strip_prefix("found in seed "));
    found
        .map(|line| Some(format!("seed {line}")))
        .with_context(|| format!("the model stopped otherwise:\n{said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_has_one_place_in_the_sources_of_now() {
        for mutant in &MUTANTS {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../rules/src")
                .join(mutant.file);
            let text = std::fs::read_to_string(path).unwrap();
            assert_ne!(planted(mutant, &text).unwrap(), text);
        }
    }
}
