//! Diagnostics as SARIF 2.1.0, the form in which code scanners exchange their results.
//!
//! Only what we say is here, of a large format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeSet;

use serde::Serialize;

use super::json::Region;
use super::{Diagnostic, Fix, Severity};
use crate::codes::{self, Code};
use crate::lang::Lang;
use crate::span::{SourceMap, Span};

/// Where the format is described for programs.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A whole SARIF file.
#[derive(Debug, Serialize)]
pub struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    /// Our columns count characters; by default they would be UTF-16 units.
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
struct Driver {
    name: &'static str,
    version: String,
    rules: Vec<Rule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Words,
    full_description: Words,
    help: Words,
}

#[derive(Debug, Serialize)]
struct Words {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Words,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Words>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Piece,
}

#[derive(Debug, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Piece {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair {
    description: Words,
    artifact_changes: [Change; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Piece,
    inserted_content: Words,
}

/// All diagnostics as one run of this version of the program, each in the language that was asked for, or else in that of its file;
/// the rules, which belong to no file, are in English then.
///
/// Paths are made of `folder` (the rulebook folder) and the path in it.
pub fn log(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    lang: Option<Lang>,
    folder: &str,
    version: &str,
) -> Log {
    let said: BTreeSet<&str> = diagnostics.iter().map(|d| d.code).collect();
    let rules: Vec<&Code> = codes::ALL
        .iter()
        .filter(|code| said.contains(code.code))
        .collect();
    let written = Written {
        sources,
        lang,
        folder,
        rules: &rules,
    };
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "relance",
                    version: version.to_owned(),
                    rules: rules
                        .iter()
                        .map(|code| rule(code, lang.unwrap_or_default()))
                        .collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: diagnostics.iter().map(|d| written.result(d)).collect(),
        }],
    }
}

fn rule(code: &Code, lang: Lang) -> Rule {
    Rule {
        id: code.code,
        short_description: words(code.title(lang)),
        full_description: words(code.what(lang)),
        help: words(format!("{} {}", code.what(lang), code.why(lang))),
    }
}

/// What all results of a run have at hand.
struct Written<'a> {
    sources: &'a SourceMap,
    lang: Option<Lang>,
    folder: &'a str,
    rules: &'a [&'a Code],
}

impl Written<'_> {
    fn result(&self, diagnostic: &Diagnostic) -> Outcome {
        let lang = diagnostic.lang(self.sources, self.lang);
        let mut text = diagnostic.message.get(lang).to_owned();
        let help = diagnostic.help.as_ref().map(|help| help.get(lang));
        if let Some(help) = help {
            text.push('\n');
            text.push_str(help);
        }
        let repair = |fix: &Fix| self.repair(fix, help.unwrap_or(diagnostic.message.get(lang)));
        Outcome {
            rule_id: diagnostic.code,
            rule_index: self.rules.iter().position(|code| code.code == diagnostic.code),
            level: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: words(text),
            locations: [self.location(diagnostic.primary.span, diagnostic.primary.text.get(lang))],
            related_locations: diagnostic
                .secondary
                .iter()
                .map(|label| self.location(label.span, label.text.get(lang)))
                .collect(),
            fixes: diagnostic.fix.iter().map(repair).collect(),
        }
    }

    fn location(&self, span: Span, label: &str) -> Location {
        Location {
            physical_location: Physical {
                artifact_location: self.artifact(span),
                region: self.piece(span),
            },
            message: (!label.is_empty()).then(|| words(label)),
        }
    }

    fn repair(&self, fix: &Fix, description: &str) -> Repair {
        Repair {
            description: words(description),
            artifact_changes: [Change {
                artifact_location: self.artifact(fix.span),
                replacements: [Replacement {
                    deleted_region: self.piece(fix.span),
                    inserted_content: words(fix.replacement.get(self.sources.lang(fix.span))),
                }],
            }],
        }
    }

    fn artifact(&self, span: Span) -> Artifact {
        let path = super::path_from(self.folder, &self.sources.place(span).file);
        let scheme = if path.starts_with('/') { "file://" } else { "" };
        Artifact {
            uri: format!("{scheme}{}", encoded(&path)),
        }
    }

    fn piece(&self, span: Span) -> Piece {
        let region = Region::of(span, self.sources);
        Piece {
            start_line: region.line,
            start_column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
        }
    }
}

fn words(text: impl Into<String>) -> Words {
    Words { text: text.into() }
}

/// A path as part of an URI.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
