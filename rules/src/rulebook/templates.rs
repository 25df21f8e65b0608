//! The files of templates: how they are named, where they stand, whether anything uses them.

use std::collections::{BTreeMap, BTreeSet};

use relance_dsl::checked::{CheckedRulebook, TemplateUse};
use relance_dsl::codes;
use relance_dsl::diagnostic::{Diagnostic, likely};
use relance_dsl::span::{FileId, SourceMap, Span};
use relance_dsl::text;
use relance_dsl::vocabulary::TemplateName;

use super::Shelf;
use crate::hooks;

/// Where a rulebook keeps its templates.
const FOLDER: &str = "templates/";

/// The tones that the name of a template file may end in.
const TONES: [&str; 4] = ["warm", "courteous", "firm", "formal"];

/// Whether a file is read as a template.
pub(super) fn is_template_file(path: &str) -> bool {
    path.starts_with(FOLDER) && path.ends_with(".md")
}

/// Whether a file is most likely meant as a template and stands where none is read: it has a head with a subject, or the name
/// of a template and something to fill in.
pub fn is_misplaced_template(path: &str, text: &str) -> bool {
    if !path.ends_with(".md") || is_template_file(path) {
        return false;
    }
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let has_head = lines.next().is_some_and(|line| line.trim_end() == "---");
    let has_subject = has_head
        && lines
            .take_while(|line| line.trim_end() != "---")
            .any(|line| line.trim_start().starts_with("subject:"));
    let is_named = template_name(path).is_some_and(|name| name.language.is_some() || name.tone.is_some());
    has_subject || is_named && (text.contains("{{") || text.contains("{%"))
}

/// Reads `<name>[.<language>][.<tone>].md`, sub-folders left aside.
pub(super) fn template_name(path: &str) -> Option<TemplateName> {
    let file = path.rsplit('/').next()?.strip_suffix(".md")?;
    let mut parts = file.split('.');
    let name = parts.next().filter(|name| !name.is_empty())?.to_owned();
    let rest: Vec<&str> = parts.collect();
    let is_language = |p: &str| p.len() == 2 && p.bytes().all(|b| b.is_ascii_lowercase());
    let is_tone = |p: &str| TONES.contains(&p);
    let (language, tone) = match *rest.as_slice() {
        [] => (None, None),
        [language] if is_language(language) => (Some(language), None),
        [tone] if is_tone(tone) => (None, Some(tone)),
        [language, tone] if is_language(language) && is_tone(tone) => (Some(language), Some(tone)),
        _ => return None,
    };
    Some(TemplateName {
        name,
        language: language.map(str::to_owned),
        tone: tone.map(str::to_owned),
    })
}

pub(super) fn unreadable(file: FileId, path: &str) -> Diagnostic {
    let message = text!(
        "The name of the template file `{path}` cannot be read.",
        "Le nom du fichier de modèle `{path}` est illisible."
    );
    Diagnostic::error(&codes::TEMPLATE_FILE_NAME, start(file), message, this_file()).help(text!(
        "name it `<name>.md`, `<name>.<language>.md` or `<name>.<language>.<tone>.md`: the language is two small letters, \
         the tone warm, courteous, firm or formal; for example `reminder.fr.firm.md`",
        "nommez-le `<nom>.md`, `<nom>.<langue>.md` ou `<nom>.<langue>.<ton>.md` : la langue en deux petites lettres, \
         le ton warm, courteous, firm ou formal ; par exemple `rappel.fr.firm.md`"
    ))
}

/// A warning about a template outside of `templates/`.
pub(super) fn misplaced(file: FileId, path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let message = text!(
        "`{path}` looks like a template and does not stand in `templates/`: it is not read.",
        "`{path}` ressemble à un modèle et n'est pas dans `templates/` : il n'est pas lu."
    );
    Diagnostic::warning(&codes::TEMPLATE_MISPLACED, start(file), message, this_file()).help(text!(
        "move it to `templates/{name}`",
        "déplacez-le vers `templates/{name}`"
    ))
}

/// A warning for each of the rulebook's own templates that the rules do not name.
pub(super) fn unused(rulebook: &CheckedRulebook, own: &Shelf, sources: &SourceMap) -> Vec<Diagnostic> {
    let used: BTreeSet<&str> = rulebook.templates_used.iter().map(|u| u.name.as_str()).collect();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (template, text) in own {
        let name = template.name.as_str();
        if used.contains(name) || is_named_by_script(name, sources) || !told.insert(name) {
            continue;
        }
        let Some((file, _)) = sources.iter().find(|(_, source)| source.path == text.path) else {
            continue;
        };
        let message = text!(
            "Nothing uses the template `{name}`.",
            "Rien n'utilise le modèle `{name}`."
        );
        let d = Diagnostic::warning(&codes::UNUSED_TEMPLATE, start(file), message, this_file());
        found.push(d.help(match likely(name, used.iter().copied()) {
            Some(meant) => text!(
                "is it meant for `{meant}`? Then name the file so; else take it away",
                "est-il destiné à `{meant}` ? Nommez alors le fichier ainsi ; sinon, retirez-le"
            ),
            None => text!(
                "name it in a step, as in `email template {name}`, or take the file away",
                "nommez-le dans une étape, comme dans `email modèle {name}`, ou retirez le fichier"
            ),
        }));
    }
    found
}

/// Whether a script of hooks has the name as a text: the task that it asks for may have its words from this template.
fn is_named_by_script(name: &str, sources: &SourceMap) -> bool {
    let quoted = format!("\"{name}\"");
    let mut scripts = sources
        .iter()
        .filter(|(_, source)| hooks::is_script(&source.path));
    scripts.any(|(_, source)| source.text.contains(&quoted))
}

/// Warnings about translations. Only languages in which the rulebook has templates of its own count: those of the standard
/// library say nothing of the languages in which a firm writes.
pub(super) fn untranslated(rulebook: &CheckedRulebook, own: &Shelf, standard: &Shelf) -> Vec<Diagnostic> {
    let mut scenarios: BTreeMap<&str, Vec<&TemplateUse>> = BTreeMap::new();
    for used in rulebook.templates_used.iter().filter(|used| used.open_language) {
        if let Some(scenario) = &used.scenario {
            scenarios.entry(scenario).or_default().push(used);
        }
    }
    let mut found = Vec::new();
    for uses in scenarios.values() {
        let languages = |name: &str, shelf: &Shelf| -> Vec<Option<String>> {
            let of_name = shelf.keys().filter(|t| t.name == name);
            of_name.map(|t| t.language.clone()).collect()
        };
        let written: BTreeSet<String> = uses
            .iter()
            .flat_map(|used| languages(&used.name, own))
            .flatten()
            .collect();
        let mut told = BTreeSet::new();
        for used in uses {
            let name = used.name.as_str();
            let served = [languages(name, own), languages(name, standard)].concat();
            let missing: Vec<&str> = written
                .iter()
                .filter(|language| !served.contains(&Some((*language).clone())))
                .map(String::as_str)
                .collect();
            let serves_all = served.contains(&None);
            if let Some(first) = missing.first().filter(|_| !serves_all && told.insert(name)) {
                found.push(not_translated(used, first, &missing));
            }
        }
    }
    found
}

fn not_translated(used: &TemplateUse, first: &str, missing: &[&str]) -> Diagnostic {
    let name = &used.name;
    let list = |or: &str| {
        let quoted: Vec<String> = missing.iter().map(|language| format!("`{language}`")).collect();
        quoted.join(or)
    };
    let (en, fr) = (list(" or "), list(" ou "));
    Diagnostic::warning(
        &codes::TRANSLATION_MISSING,
        used.span,
        text!(
            "Template `{name}` does not exist in {en}, in which this scenario has other templates.",
            "Le modèle `{name}` n'existe pas en {fr}, langue dans laquelle ce scénario a d'autres modèles."
        ),
        text!("a translation is missing", "il manque une traduction"),
    )
    .help(text!(
        "write the file `templates/{name}.{first}.md`",
        "écrivez le fichier `templates/{name}.{first}.md`"
    ))
}

/// The start of a file: what is wrong is the file as a whole.
fn start(file: FileId) -> Span {
    Span {
        file,
        start: 0,
        end: 0,
    }
}

fn this_file() -> relance_dsl::lang::Text {
    text!("this file", "ce fichier")
}
