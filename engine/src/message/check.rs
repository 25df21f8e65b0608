//! Finds what is wrong with templates before any customer does.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::value::Value;
use relance_rules::dsl::checked::{ActKind, Tone};
use relance_rules::dsl::codes::{
    Code, TEMPLATE_HEAD, TEMPLATE_SUBJECT_MISSING, TEMPLATE_UNFIT, TEMPLATE_UNKNOWN_NAME,
};
use relance_rules::dsl::diagnostic::Diagnostic;
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::dsl::span::{FileId, SourceMap, Span};
use relance_rules::dsl::text;
use relance_rules::ids::CompanyId;
use relance_rules::rulebook::{Rulebook, TemplateText};
use rust_decimal::Decimal;

use super::front_matter::{self, Front};
use super::{ChargeWords, ContactWords, CustomerWords, InvoiceWords, Letter, environment, trouble, values};
use crate::store::companies::Company;

/// What is wrong with the templates of a rulebook.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The sources of the rulebook, with its templates: what the diagnostics point into.
    pub sources: Arc<SourceMap>,
    /// Errors, by template and line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks every template of a rulebook: head, syntax, names that do not exist. Each is tried on samples.
pub fn check(rulebook: &Rulebook) -> Checked {
    let mut sources = (*rulebook.checked.sources).clone();
    // A template may be in any language: what is wrong with it is told in that of the rules.
    let author = sources.author_lang();
    let mut diagnostics = Vec::new();
    let mailed = mailed(rulebook);
    let company = sample_company();
    for (name, template) in rulebook.templates() {
        let language = name.language.as_deref().unwrap_or("en");
        let known = sources.iter().find(|(_, source)| source.path == template.path);
        let file = known.map(|(file, _)| file);
        let file =
            file.unwrap_or_else(|| sources.add_in(author, template.path.clone(), template.text.clone()));
        let template = Template { file, template };
        match front_matter::split(&template.template.text) {
            Err(problem) => diagnostics.push(template.at_line(&TEMPLATE_HEAD, problem.line, problem.what)),
            Ok(front) => {
                if front.subject.is_none() && mailed.contains(&name.name) {
                    let what = text!(
                        "this template is sent by mail and has no subject",
                        "ce modèle part par email et n'a pas d'objet"
                    );
                    diagnostics.push(template.at_line(&TEMPLATE_SUBJECT_MISSING, 1, what));
                }
                template.check(&front, language, &company, &mut diagnostics);
            }
        }
    }
    Checked {
        sources: Arc::new(sources),
        diagnostics,
    }
}

/// Templates that some step sends as a mail.
fn mailed(rulebook: &Rulebook) -> BTreeSet<String> {
    let scenarios = &rulebook.checked.scenarios;
    let steps = scenarios
        .iter()
        .flat_map(|s| s.courtesy.iter().chain(&s.levels))
        .flat_map(|step| &step.acts);
    let thanks = scenarios
        .iter()
        .filter_map(|s| s.thanks.as_ref())
        .flat_map(|thanks| &thanks.acts);
    steps
        .chain(thanks)
        .filter_map(|act| match &act.kind {
            ActKind::Message(message) => Some(message.template.clone()),
            _ => None,
        })
        .collect()
}

struct Template<'a> {
    file: FileId,
    template: &'a TemplateText,
}

impl Template<'_> {
    fn check(&self, front: &Front<'_>, language: &str, company: &Company, found: &mut Vec<Diagnostic>) {
        let samples = samples(company, language);
        let Some(first) = samples.first().map(values::names) else {
            return;
        };
        let before = found.len();
        if let Some(subject) = &front.subject {
            self.check_names("subject", &subject.text, &first, found);
        }
        self.check_names("body", front.body, &first, found);
        if found.len() > before {
            return;
        }
        for sample in &samples {
            if let Err(error) = super::write(self.template, sample) {
                let (line, what) = match error {
                    super::MessageError::Template { line, problem, .. } => (line, problem),
                    other => (1, Text::same(other.to_string())),
                };
                found.push(self.at_line(&TEMPLATE_UNFIT, line, what));
                return;
            }
        }
    }

    /// Syntax, and names that no message has, in branches that no sample takes too.
    fn check_names(&self, part: &str, source: &str, names: &Value, found: &mut Vec<Diagnostic>) {
        let environment = environment::environment();
        let template = match environment.template_from_named_str(part, source) {
            Ok(template) => template,
            Err(error) => {
                let start = self.start_of(source);
                let line = u32::try_from(error.line().unwrap_or(1)).unwrap_or(1);
                let line = self.line_at(start) + line.saturating_sub(1);
                found.push(self.at_line(&TEMPLATE_UNFIT, line, trouble::words(&error)));
                return;
            }
        };
        let mut unknown: Vec<String> = template
            .undeclared_variables(true)
            .into_iter()
            .filter(|path| !environment.globals().any(|(name, _)| name == path) && !exists(names, path))
            .collect();
        unknown.sort();
        for path in unknown {
            let start = self.start_of(source);
            let at = source.find(&path).map_or(start, |at| start + at);
            let span = Span {
                file: self.file,
                start: short(at),
                end: short(at + path.len()),
            };
            found.push(mistake(
                &TEMPLATE_UNKNOWN_NAME,
                span,
                text!(
                    "`{path}` is not known in messages",
                    "`{path}` n'est pas connu dans les messages"
                ),
                near(names, &path),
            ));
        }
    }

    /// Where a part of the file starts in it.
    fn start_of(&self, part: &str) -> usize {
        self.template.text.find(part).unwrap_or(0)
    }

    fn line_at(&self, byte: usize) -> u32 {
        let before = self.template.text.get(..byte).unwrap_or("");
        short(before.matches('\n').count() + 1)
    }

    fn at_line(&self, code: &Code, line: u32, what: Text) -> Diagnostic {
        let mut start = 0;
        for (text, number) in self.template.text.split_inclusive('\n').zip(1u32..) {
            if number == line {
                let end = start + text.trim_end().len();
                let span = Span {
                    file: self.file,
                    start: short(start),
                    end: short(end),
                };
                return mistake(code, span, what, None);
            }
            start += text.len();
        }
        let span = Span {
            file: self.file,
            start: 0,
            end: 0,
        };
        mistake(code, span, what, None)
    }
}

fn mistake(code: &Code, span: Span, message: Text, help: Option<Text>) -> Diagnostic {
    let d = Diagnostic::error(code, span, message, text!("here", "ici"));
    match help {
        Some(help) => d.help(help),
        None => d,
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether a path such as `customer.name` leads to something.
fn exists(names: &Value, path: &str) -> bool {
    let mut value = names.clone();
    for part in path.split('.') {
        match value.get_attr(part) {
            Ok(next) if !next.is_undefined() => value = next,
            _ => return false,
        }
        // What is none in the sample may hold a plain value elsewhere; it has no parts either way.
    }
    true
}

/// What could have been meant: the names beside the unknown one.
fn near(names: &Value, path: &str) -> Option<Text> {
    let (parent, prefix) = match path.rsplit_once('.') {
        Some((parent, _)) if exists(names, parent) => {
            let value = parent
                .split('.')
                .try_fold(names.clone(), |value, part| value.get_attr(part).ok())?;
            (value, format!("{parent}."))
        }
        _ => (names.clone(), String::new()),
    };
    let mut known: Vec<String> = parent
        .try_iter()
        .ok()?
        .map(|key| format!("`{prefix}{key}`"))
        .collect();
    known.sort();
    let all = known.join(", ");
    (!known.is_empty()).then(|| text!("known here are {all}", "on connaît ici {all}"))
}

fn sample_company() -> Company {
    Company {
        id: CompanyId(0),
        code: "SAMPLE".to_owned(),
        name: "Sample".to_owned(),
        country: "FR".to_owned(),
        currency: Currency::EUR,
        language: "fr".to_owned(),
        time_zone: chrono_tz::Europe::Paris,
        sender: "Sample <sample@sample.example>".to_owned(),
        reply_to: None,
        bank: Some("FR76 0000".to_owned()),
    }
}

/// One invoice and a charge, and all that can be known; several in two currencies and as little as possible.
fn samples<'a>(company: &'a Company, language: &'a str) -> Vec<Letter<'a>> {
    let day = |ordinal: u32| NaiveDate::from_yo_opt(2026, ordinal).unwrap_or_default();
    let invoice = |number: &str, currency: Currency, level: Option<u8>| InvoiceWords {
        number: number.to_owned(),
        issued: day(5),
        due: day(35),
        amount: Money::new(Decimal::new(120_000, 2), currency),
        balance: Money::new(Decimal::new(60_050, 2), currency),
        level,
        purchase_order: level.map(|level| format!("PO-{level}")),
    };
    let full = Letter {
        template: "sample",
        language,
        tone: Tone::Firm,
        company,
        customer: CustomerWords {
            number: "C1",
            name: "Sample & Sons",
            country: "FR",
        },
        contact: Some(ContactWords {
            name: "Camille Sample".to_owned(),
            salutation: Some("Madame".to_owned()),
            email: Some("camille@sample.example".to_owned()),
            phone: Some("+33 1 00 00 00 00".to_owned()),
        }),
        step: "Sample",
        level: Some(2),
        invoices: vec![invoice("F1", Currency::EUR, Some(2))],
        charges: vec![ChargeWords {
            name: "Sample interest".to_owned(),
            amount: Money::new(Decimal::new(1_234, 2), Currency::EUR),
            detail: Some("30 days".to_owned()),
        }],
        today: day(60),
    };
    let dollars = Currency::new("USD").unwrap_or(Currency::EUR);
    let bare = Letter {
        contact: None,
        level: None,
        tone: Tone::Courteous,
        invoices: vec![
            invoice("F1", Currency::EUR, None),
            invoice("F2", dollars, None),
            invoice("F3", dollars, None),
        ],
        charges: Vec::new(),
        today: day(20),
        ..full.clone()
    };
    vec![full, bare]
}
