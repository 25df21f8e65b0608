//! Names in expressions: facts, or values of lists.

use super::{Checker, Origin, Typed};
use crate::ast::{self, BrokenKind, ExprKind, Word};
use crate::checked;
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Lang;
use crate::parse::plain;
use crate::span::{FileId, Span};
use crate::vocabulary::{Context, Fact, FactId, Type};

/// What `days overdue` and `jours de retard` stand for.
const DAYS_OVERDUE: &str = "days_overdue";

impl Checker<'_> {
    /// The fact with a path, in a language. Inside of an aggregate, a fact of the invoice goes without its group.
    fn find_in(&self, path: &str, lang: Lang) -> Option<(FactId, &'static Fact)> {
        let path = plain(path);
        let mut found = self.facts.get(&(lang, path.clone()));
        if found.is_none() && (self.in_invoices || path == DAYS_OVERDUE) {
            let of_invoice = if path == DAYS_OVERDUE {
                plain(lang.pick("invoice.days_overdue", "facture.jours_retard"))
            } else {
                plain(&format!("{}.{path}", lang.pick("invoice", "facture")))
            };
            found = self.facts.get(&(lang, of_invoice));
        }
        let id = *found?;
        let fact = self.vocabulary.facts.get(usize::from(id.0))?;
        Some((id, fact))
    }

    /// The fact with a path, in the language of the file.
    pub(super) fn find_fact(&self, path: &str, file: FileId) -> Option<(FactId, &'static Fact)> {
        self.find_in(path, self.lang(file))
    }

    /// Is it a word that can only be a value, since no fact is called so?
    pub(super) fn is_bare_value(&self, expr: &ast::Expr) -> bool {
        matches!(&expr.kind, ExprKind::Name(name) if !name.contains('.') && self.find_fact(name, expr.span.file).is_none())
    }

    /// A word or a path: a value where one is wanted, else a fact.
    pub(super) fn name_value(
        &mut self,
        name: &str,
        span: Span,
        context: Context,
        wanted: Option<Type>,
    ) -> Option<Typed> {
        if let Some(wanted) = wanted
            && !name.contains('.')
            && self
                .find_fact(name, span.file)
                .is_none_or(|(_, fact)| fact.ty != wanted)
            && takes_words(wanted)
        {
            return self.word_of(wanted, name, span);
        }
        self.fact(name, span, context)
    }

    fn fact(&mut self, path: &str, span: Span, context: Context) -> Option<Typed> {
        let lang = self.lang(span.file);
        let (id, fact) = match self.find_in(path, lang) {
            Some(found) => found,
            None => {
                let Some((id, fact)) = self.find_in(path, lang.other()) else {
                    self.unknown_fact(path, span);
                    return None;
                };
                self.other_language(path, lang.pick(fact.path, fact.path_fr), span);
                (id, fact)
            }
        };
        if fact.context > context {
            self.fact_not_here(fact, span, context);
            return None;
        }
        if fact.ty == Type::Band && self.names.scores.is_empty() {
            if !self.may_be_hidden(&[BrokenKind::Score]) {
                let d = Diagnostic::error(
                    &codes::NO_SCORE,
                    span,
                    "This rulebook declares no score.",
                    "no score",
                );
                self.report(d.help("declare one, as in `score payer from 0 to 100 start 60 { ... }`"));
            }
            return None;
        }
        let mut typed = Typed::new(checked::ExprKind::Fact(id), span, fact.ty, Origin::Facts);
        typed.unit = fact.unit;
        Some(typed)
    }

    fn unknown_fact(&mut self, path: &str, span: Span) {
        let facts = self.vocabulary.facts;
        let message = format!("There is no fact `{path}`.");
        let d = Diagnostic::error(&codes::UNKNOWN_FACT, span, message, "unknown fact");
        let alike = likely(path, facts.iter().map(|f| f.path)).or_else(|| self.same_ending(path));
        let group = path.split('.').next().unwrap_or(path);
        let others: Vec<&str> = facts
            .iter()
            .map(|f| f.path)
            .filter(|p| p.split('.').next() == Some(group))
            .collect();
        let d = if alike.is_none() && !others.is_empty() {
            d.help(format!("of `{group}` there are: {}", others.join(", ")))
        } else if alike.is_none() && self.is_known_word(path) {
            d.help(format!(
                "`{path}` is a value: compare a fact with it, as in `customer.kind is {path}`"
            ))
        } else {
            d
        };
        self.report(d.suggest(span, alike));
    }

    /// A fact of another group with the same last word: `account.kind` for `customer.kind`.
    fn same_ending(&self, path: &str) -> Option<&'static str> {
        let (_, wanted) = path.rsplit_once('.')?;
        let mut paths = self.vocabulary.facts.iter().map(|f| f.path);
        paths.find(|p| p.rsplit_once('.').is_some_and(|(_, end)| end == wanted))
    }

    fn is_known_word(&self, word: &str) -> bool {
        let mut values = self.vocabulary.enumerations.iter().flat_map(|e| e.values);
        values.any(|(en, _)| *en == word)
            || self.names.band_names().contains(&word)
            || self.names.segment_names().contains(&word)
    }

    fn fact_not_here(&mut self, fact: &Fact, span: Span, context: Context) {
        let while_ = match context {
            Context::Segment => "while segments are chosen",
            Context::Score => "while the score is computed",
            Context::Scenario => "in the settings of a scenario",
            Context::Step => "here",
        };
        let from = match fact.context {
            Context::Step => "in the conditions of steps and levels",
            Context::Scenario => "in scenarios and their steps",
            Context::Score | Context::Segment => "in the score, in scenarios and their steps",
        };
        let message = format!("`{}` is not known yet {while_}.", fact.path);
        let d = Diagnostic::error(&codes::FACT_NOT_HERE, span, message, "not known here");
        self.report(d.help(format!("it can be asked {from}")));
    }

    /// `customer has tag "x"`, `customer.tags has "x"`
    pub(super) fn has(
        &mut self,
        list: &ast::Expr,
        tag: bool,
        text: &Word,
        span: Span,
        context: Context,
    ) -> Option<Typed> {
        let list = match &list.kind {
            ExprKind::Name(owner) if tag => {
                let tags = self.lang(list.span.file).pick("tags", "étiquettes");
                let path = format!("{owner}.{tags}");
                let found = self.find_fact(&path, list.span.file);
                let is_there = found.is_some_and(|(_, f)| f.ty == Type::Texts);
                if !is_there {
                    let message = format!("`{owner}` has no tags.");
                    let d = Diagnostic::error(&codes::NOT_A_LIST, list.span, message, "has no tags");
                    self.report(d.help("write `customer has tag \"...\"`"));
                    return None;
                }
                self.fact(&path, list.span, context)?
            }
            _ => self.value(list, context, None)?,
        };
        if list.ty != Type::Texts {
            let message = format!("`has` asks a list; this is {}.", self.type_name(list.ty));
            let d = Diagnostic::error(&codes::NOT_A_LIST, list.expr.span, message, "not a list");
            self.report(d.help("write `customer has tag \"...\"`, or compare with `is`"));
            return None;
        }
        let kind = checked::ExprKind::Has(Box::new(list.expr), text.value.clone());
        Some(Typed::truth(kind, span))
    }
}

/// Types whose values are written as words without quotes.
pub(super) fn takes_words(ty: Type) -> bool {
    match ty {
        Type::YesNo
        | Type::Text
        | Type::Language
        | Type::Country
        | Type::Currency
        | Type::OneOf(_)
        | Type::Band
        | Type::Segment => true,
        Type::Whole | Type::Decimal | Type::Percent | Type::Money | Type::Date | Type::Texts => false,
    }
}
