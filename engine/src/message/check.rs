//! Finds what is wrong with templates before any customer does.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::value::Value;
use relance_rules::dsl::checked::{ActKind, Field, FieldOwner, Tone};
use relance_rules::dsl::codes::{self, Code};
use relance_rules::dsl::diagnostic::Diagnostic;
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::dsl::span::{FileId, SourceMap, Span};
use relance_rules::dsl::text;
use relance_rules::ids::CompanyId;
use relance_rules::rulebook::{Rulebook, TemplateText};
use rust_decimal::Decimal;

use super::front_matter::{self, Front};
use super::names::{self, Unknown};
use super::{ChargeWords, ContactWords, CustomerWords, InvoiceWords, Letter, custom, trouble, values};
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
            Err(problem) => {
                diagnostics.push(template.at_line(&codes::TEMPLATE_HEAD, problem.line, problem.what))
            }
            Ok(front) => {
                if front.subject.is_none() && mailed.contains(&name.name) {
                    let what = text!(
                        "this template is sent by mail and has no subject",
                        "ce modèle part par email et n'a pas d'objet"
                    );
                    let missing = template.at_line(&codes::TEMPLATE_SUBJECT_MISSING, 1, what);
                    diagnostics.push(missing.help(text!(
                        "write above it: a line `---`, a line `subject: \"...\"`, and a line `---`",
                        "écrivez au-dessus : une ligne `---`, une ligne `subject: \"...\"` et une ligne `---`"
                    )));
                }
                let samples = samples(&company, language, &rulebook.checked.fields);
                template.check(&front, &samples, &mut diagnostics);
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
    fn check(&self, front: &Front<'_>, samples: &[Letter<'_>], found: &mut Vec<Diagnostic>) {
        let Some(first) = samples.first().map(values::names) else {
            return;
        };
        let before = found.len();
        if let Some(subject) = &front.subject {
            self.check_names(&subject.text, subject.line, &first, found);
        }
        self.check_names(front.body, front.body_line, &first, found);
        if found.len() > before {
            return;
        }
        for sample in samples {
            if let Err(error) = super::write(self.template, sample) {
                let (line, what) = match error {
                    super::MessageError::Template { line, problem, .. } => (line, problem),
                    other => (1, Text::same(other.to_string())),
                };
                found.push(self.at_line(&codes::TEMPLATE_UNFIT, line, what));
                return;
            }
        }
    }

    /// Syntax, and names that no message has, in branches that no sample takes too.
    fn check_names(&self, source: &str, line: u32, names: &Value, found: &mut Vec<Diagnostic>) {
        match names::unknown(source, names) {
            Ok(unknown) => found.extend(unknown.iter().map(|one| self.unknown(one, source, line))),
            Err(error) => {
                let inside = u32::try_from(error.line().unwrap_or(1)).unwrap_or(1);
                let line = line + inside.saturating_sub(1);
                found.push(self.at_line(&codes::TEMPLATE_UNFIT, line, trouble::words(&error)));
            }
        }
    }

    /// An unknown name in a part of the file that starts on this line.
    fn unknown(&self, unknown: &Unknown, source: &str, line: u32) -> Diagnostic {
        let name = &unknown.name;
        let message = match unknown.kind {
            names::Kind::Name => text!(
                "`{name}` is not known in messages",
                "`{name}` n'est pas connu dans les messages"
            ),
            names::Kind::Filter => text!("there is no filter `{name}`", "il n'y a pas de filtre `{name}`"),
            names::Kind::Test => text!("there is no test `{name}`", "il n'y a pas de test `{name}`"),
            names::Kind::OtherTemplate => text!(
                "`{name}` cannot be used: each template stands alone",
                "`{name}` n'est pas possible : chaque modèle se suffit à lui-même"
            ),
        };
        let code = &codes::TEMPLATE_UNKNOWN_NAME;
        let Some(start) = self.template.text.find(source) else {
            // A subject with escaped quotes: only its line is known.
            return self.at_line(code, line, message);
        };
        let span = Span {
            file: self.file,
            start: short(start + unknown.start),
            end: short(start + unknown.end),
        };
        let d = Diagnostic::error(code, span, message, text!("unknown", "inconnu"));
        if unknown.likely.is_some() || unknown.known.is_empty() {
            return d.suggest(span, unknown.likely.as_deref());
        }
        let quoted: Vec<String> = unknown.known.iter().map(|name| format!("`{name}`")).collect();
        let list = quoted.join(", ");
        d.help(text!("known here are {list}", "sont connus ici : {list}"))
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
                return Diagnostic::error(code, span, what, text!("here", "ici"));
            }
            start += text.len();
        }
        let span = Span {
            file: self.file,
            start: 0,
            end: 0,
        };
        Diagnostic::error(code, span, what, text!("here", "ici"))
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
fn samples<'a>(company: &'a Company, language: &'a str, fields: &[Arc<Field>]) -> Vec<Letter<'a>> {
    let custom = |of, known| custom::samples(fields, of, known, company.currency);
    let day = |ordinal: u32| NaiveDate::from_yo_opt(2026, ordinal).unwrap_or_default();
    let invoice = |number: &str, currency: Currency, level: Option<u8>| InvoiceWords {
        number: number.to_owned(),
        issued: day(5),
        due: day(35),
        amount: Money::new(Decimal::new(120_000, 2), currency),
        balance: Money::new(Decimal::new(60_050, 2), currency),
        level,
        purchase_order: level.map(|level| format!("PO-{level}")),
        custom: custom(FieldOwner::Invoice, level.is_some()),
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
            custom: custom(FieldOwner::Customer, true),
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
        customer: CustomerWords {
            custom: custom(FieldOwner::Customer, false),
            ..full.customer.clone()
        },
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
