//! Values that are written down.

use rust_decimal::Decimal;

use super::super::listed::List;
use super::{Checker, Origin, Typed};
use crate::ast::{self, BrokenKind, ExprKind, Word};
use crate::checked::{Const, FieldType};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Text;
use crate::money::Money;
use crate::span::Span;
use crate::text;
use crate::vocabulary::Type;

impl Checker<'_> {
    /// A number, amount, date, length of time or text.
    pub(super) fn constant(&mut self, expr: &ast::Expr, wanted: Option<Type>) -> Option<Typed> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Number(n) => {
                let ty = if n.fract().is_zero() {
                    Type::Whole
                } else {
                    Type::Decimal
                };
                Some(Typed::constant(Const::Number(*n), span, ty))
            }
            ExprKind::Percent(n) => Some(Typed::constant(Const::Number(*n), span, Type::Percent)),
            ExprKind::Money(n, currency) => {
                let currency = self.currency(currency)?;
                Some(Typed::constant(
                    Const::Money(Money::new(*n, currency)),
                    span,
                    Type::Money,
                ))
            }
            ExprKind::Duration(n, unit) => self.duration(*n, unit, span),
            ExprKind::Date(day) => Some(Typed::constant(Const::Date(*day), span, Type::Date)),
            ExprKind::Text(text) => match wanted {
                Some(wanted) if super::facts::takes_words(wanted) && wanted != Type::Text => {
                    let Text { en, fr } = self.type_name(wanted);
                    let d = Diagnostic::error(
                        &codes::QUOTED_VALUE,
                        span,
                        text!(
                            "Values of this kind ({en}) stand without quotes.",
                            "Les valeurs de cette sorte ({fr}) s'écrivent sans guillemets."
                        ),
                        text!("without quotes", "sans guillemets"),
                    );
                    self.report(d.write(span, Text::same(text)));
                    None
                }
                _ => Some(Typed::constant(Const::Text(text.clone()), span, Type::Text)),
            },
            _ => None,
        }
    }

    /// A length of time next to a fact that counts days.
    fn duration(&mut self, count: Decimal, unit: &Word, span: Span) -> Option<Typed> {
        let per_unit = match unit.value.as_str() {
            "day" | "days" | "jour" | "jours" => Decimal::ONE,
            "week" | "weeks" | "semaine" | "semaines" => Decimal::from(7),
            _ => {
                let unit = &unit.value;
                let message = text!(
                    "`{unit}` cannot be compared: facts about time count days.",
                    "`{unit}` ne se compare pas : les données de temps comptent des jours."
                );
                let label = text!("not in days", "pas en jours");
                let d = Diagnostic::error(&codes::DURATION_MISPLACED, span, message, label);
                self.report(d.help(text!("write the number of days", "écrivez le nombre de jours")));
                return None;
            }
        };
        let days = count.checked_mul(per_unit)?;
        let ty = if days.fract().is_zero() {
            Type::Whole
        } else {
            Type::Decimal
        };
        let mut typed = Typed::constant(Const::Number(days), span, ty);
        typed.unit = "days";
        typed.origin = Origin::Duration;
        Some(typed)
    }

    /// A bare word as a value of a type.
    pub(in crate::check) fn word_of(&mut self, ty: Type, word: &str, span: Span) -> Option<Typed> {
        let value = match ty {
            Type::YesNo => self.yes_or_no(word, span)?,
            Type::Currency => {
                let word = Word {
                    value: word.to_owned(),
                    span,
                };
                Const::Currency(self.currency(&word)?)
            }
            Type::Country => {
                let what = text!("country", "d'un pays");
                self.code(word, span, word.to_uppercase(), &what, ["FR", "DE"])?
            }
            Type::Language => {
                let what = text!("language", "d'une langue");
                self.code(word, span, word.to_lowercase(), &what, ["fr", "en"])?
            }
            Type::OneOf(id) => {
                let enumeration = self.vocabulary.enumerations.get(usize::from(id.0))?;
                let Text { en, fr } = self.type_name(ty);
                let list = List {
                    values: enumeration.values.to_vec(),
                    code: &codes::UNKNOWN_VALUE,
                    message: text!("`{word}` is not {en}.", "`{word}` n'est pas {fr}."),
                    label: text!("not {en}", "pas {fr}"),
                    these: text!("the possible values are:", "les valeurs possibles sont :"),
                };
                let word = Word {
                    value: word.to_owned(),
                    span,
                };
                Const::Text(self.listed(&word, &list)?.to_owned())
            }
            Type::Choice(id) => {
                let field = std::sync::Arc::clone(self.fields.get(usize::from(id.0))?);
                let FieldType::OneOf(values) = &field.ty else {
                    return None;
                };
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                self.one_value(word, span, ty, &values)?
            }
            Type::Band => {
                let values = self.names.band_names();
                if self.may_be_hidden(&[BrokenKind::Score]) {
                    return None;
                }
                self.one_value(word, span, ty, &values)?
            }
            Type::Segment if self.names.has_segment(word) => Const::Text(word.to_owned()),
            Type::Segment => {
                let values = self.names.segment_names();
                if self.may_be_hidden(&[BrokenKind::Segment]) {
                    return None;
                }
                self.one_value(word, span, ty, &values)?
            }
            _ => {
                let d = Diagnostic::error(
                    &codes::TEXT_WITHOUT_QUOTES,
                    span,
                    text!(
                        "`{word}` is neither a fact nor a text in quotes.",
                        "`{word}` n'est ni une donnée ni un texte entre guillemets."
                    ),
                    text!("without quotes", "sans guillemets"),
                );
                let quoted = format!("\"{word}\"");
                self.report(
                    d.help(text!("write {quoted}", "écrivez {quoted}"))
                        .fix(span, Text::same(quoted)),
                );
                return None;
            }
        };
        Some(Typed::constant(value, span, ty))
    }

    fn yes_or_no(&mut self, word: &str, span: Span) -> Option<Const> {
        let lang = self.lang(span.file);
        let (yes, no) = lang.pick(("yes", "no"), ("oui", "non"));
        if word == yes || word == no {
            return Some(Const::YesNo(word == yes));
        }
        let right = match word {
            "true" | "vrai" | "yes" | "oui" => yes,
            "false" | "faux" | "no" => no,
            _ => "",
        };
        let message = text!("`{word}` is neither yes nor no.", "`{word}` n'est ni oui ni non.");
        let label = text!("neither yes nor no", "ni oui ni non");
        let d = Diagnostic::error(&codes::UNKNOWN_VALUE, span, message, label).help(text!(
            "write `is yes` or `is no`",
            "écrivez `est oui` ou `est non`"
        ));
        self.report(if right.is_empty() {
            d
        } else {
            d.fix(span, Text::same(right))
        });
        None
    }

    /// A two-letter code. `what` stands in "a country is written", "le code d'un pays".
    fn code(&mut self, word: &str, span: Span, right: String, what: &Text, such: [&str; 2]) -> Option<Const> {
        let is_code = word.len() == 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
        if is_code && word == right {
            return Some(Const::Text(right));
        }
        let (en, fr) = (&what.en, &what.fr);
        let message = text!(
            "`{word}` is not how a {en} is written here.",
            "Ici, le code {fr} ne s'écrit pas `{word}`."
        );
        let label = text!("not a {en} code", "pas le code {fr}");
        let [one, two] = such;
        let d = Diagnostic::error(&codes::UNKNOWN_VALUE, span, message, label).help(text!(
            "write its two-letter code, such as {one} or {two}",
            "écrivez son code à deux lettres, comme {one} ou {two}"
        ));
        self.report(if is_code {
            d.fix(span, Text::same(right))
        } else {
            d
        });
        None
    }

    fn one_value(&mut self, word: &str, span: Span, ty: Type, values: &[&str]) -> Option<Const> {
        if values.contains(&word) {
            return Some(Const::Text(word.to_owned()));
        }
        let Text { en, fr } = self.type_name(ty);
        let message = text!("`{word}` is not {en}.", "`{word}` n'est pas {fr}.");
        let label = text!("not {en}", "pas {fr}");
        let all = listed(values);
        let d = Diagnostic::error(&codes::UNKNOWN_VALUE, span, message, label)
            .help(text!(
                "the possible values are: {all}",
                "les valeurs possibles sont : {all}"
            ))
            .suggest(span, likely(word, values.iter().copied()));
        self.report(d);
        None
    }
}

/// The values, or the first of them.
pub(in crate::check) fn listed(values: &[&str]) -> String {
    match values.get(..MOST_LISTED) {
        Some(first) => format!("{} ...", first.join(", ")),
        None => values.join(", "),
    }
}

/// Most values that are listed in one message.
const MOST_LISTED: usize = 30;
