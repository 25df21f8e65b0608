//! Names in expressions: facts, or values of lists.

use super::{Checker, Origin, Typed, meant};
use crate::ast::{self, BrokenKind, ExprKind, Word};
use crate::checked;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Text};
use crate::parse::plain;
use crate::span::{FileId, Span};
use crate::text;
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
        if let Some((owner, name)) = self.custom_path(path, span) {
            return self.custom(owner, name, span, context);
        }
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
            let path = Text::new(fact.path, fact.path_fr);
            self.fact_not_here(&path, fact.context, span, context);
            return None;
        }
        if fact.ty == Type::Band && self.names.scores.is_empty() {
            if !self.may_be_hidden(&[BrokenKind::Score]) {
                let d = Diagnostic::error(
                    &codes::NO_SCORE,
                    span,
                    text!(
                        "This rulebook declares no score.",
                        "Ces règles ne déclarent pas de score."
                    ),
                    text!("no score", "pas de score"),
                );
                self.report(d.help(text!(
                    "declare one, as in `score payer from 0 to 100 start 60 {{ ... }}`",
                    "déclarez-en un, comme dans `score payeur de 0 à 100 départ 60 {{ ... }}`"
                )));
            }
            return None;
        }
        let mut typed = Typed::new(checked::ExprKind::Fact(id), span, fact.ty, Origin::Facts);
        typed.unit = fact.unit;
        Some(typed)
    }

    fn unknown_fact(&mut self, path: &str, span: Span) {
        let lang = self.lang(span.file);
        let facts = self.vocabulary.facts;
        let message = text!("There is no fact `{path}`.", "Il n'y a pas de donnée `{path}`.");
        let label = text!("unknown fact", "donnée inconnue");
        let d = Diagnostic::error(&codes::UNKNOWN_FACT, span, message, label);
        let alike = meant::fact(path, facts, lang);
        let group = plain(group_of(path));
        // A group may stand there in the other language.
        let others: Vec<&Fact> = facts
            .iter()
            .filter(|f| {
                f.path.contains('.') && [f.path, f.path_fr].iter().any(|p| plain(group_of(p)) == group)
            })
            .collect();
        let owner = others.first().map_or("", |first| group_of(first.path));
        let d = match others.first() {
            _ if alike.is_some() => d,
            Some(first) if matches!(owner, "customer" | "invoice") && path.contains('.') => {
                let group_fr = group_of(first.path_fr);
                let (_, name) = path.split_once('.').unwrap_or(("", path));
                let en = others.iter().map(|f| f.path).collect::<Vec<_>>().join(", ");
                let fr = others.iter().map(|f| f.path_fr).collect::<Vec<_>>().join(", ");
                d.help(text!(
                    "there are {en}; a field of your own is declared first, as in `fields {{ {owner}.custom.{name} whole number }}`",
                    "il y a {fr} ; un champ à vous se déclare d'abord, comme dans `champs {{ {group_fr}.libre.{name} nombre entier }}`"
                ))
            }
            Some(first) => {
                let (group_en, group_fr) = (group_of(first.path), group_of(first.path_fr));
                let en = others.iter().map(|f| f.path).collect::<Vec<_>>().join(", ");
                let fr = others.iter().map(|f| f.path_fr).collect::<Vec<_>>().join(", ");
                d.help(text!(
                    "of `{group_en}` there are: {en}",
                    "pour `{group_fr}` il y a : {fr}"
                ))
            }
            None if is_code(path) => d.help(text!(
                "`{path}` is a value: for several of them, write `customer.country is one of FR, BE`",
                "`{path}` est une valeur : pour plusieurs, écrivez `client.pays est parmi FR, BE`"
            )),
            None if self.is_known_word(path, lang) => d.help(text!(
                "`{path}` is a value: compare a fact with it, as in `customer.kind is {path}`",
                "`{path}` est une valeur : comparez-lui une donnée, comme dans `client.type est {path}`"
            )),
            None => d,
        };
        self.report(d.suggest(span, alike));
    }

    fn is_known_word(&self, word: &str, lang: Lang) -> bool {
        let mut values = self.vocabulary.enumerations.iter().flat_map(|e| e.values);
        let plain_word = plain(word);
        values.any(|(en, fr)| plain(lang.pick(en, fr)) == plain_word)
            || self.names.band_names().contains(&word)
            || self.names.segment_names().contains(&word)
    }

    /// Reports a fact that is read before it is known.
    pub(super) fn fact_not_here(&mut self, path: &Text, known: Context, span: Span, context: Context) {
        let (en, fr) = match context {
            Context::Segment => ("while segments are chosen", "pendant le choix des segments"),
            Context::Score => ("while the score is computed", "pendant le calcul du score"),
            Context::Scenario => ("in the settings of a scenario", "dans les réglages d'un scénario"),
            Context::Step => ("here", "ici"),
        };
        let (path, path_fr) = (&path.en, &path.fr);
        let message = text!(
            "`{path}` is not known yet {en}.",
            "`{path_fr}` n'est pas encore connu {fr}."
        );
        let (en, fr) = match known {
            Context::Step => (
                "in the conditions of steps and levels",
                "dans les conditions des étapes et des niveaux",
            ),
            Context::Scenario => (
                "in scenarios and their steps",
                "dans les scénarios et leurs étapes",
            ),
            Context::Score | Context::Segment => (
                "in the score, in scenarios and their steps",
                "dans le score, dans les scénarios et leurs étapes",
            ),
        };
        let label = text!("not known here", "pas connu ici");
        let d = Diagnostic::error(&codes::FACT_NOT_HERE, span, message, label);
        self.report(d.help(text!("it can be asked {en}", "on peut l'interroger {fr}")));
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
                    let message = text!("`{owner}` has no tags.", "`{owner}` n'a pas d'étiquettes.");
                    let label = text!("has no tags", "n'a pas d'étiquettes");
                    let d = Diagnostic::error(&codes::NOT_A_LIST, list.span, message, label);
                    self.report(d.help(text!(
                        "write `customer has tag \"...\"`",
                        "écrivez `client porte l'étiquette \"...\"`"
                    )));
                    return None;
                }
                self.fact(&path, list.span, context)?
            }
            _ => self.value(list, context, None)?,
        };
        if list.ty != Type::Texts {
            let Text { en, fr } = self.type_name(list.ty);
            let message = text!(
                "`has` asks a list; this is {en}.",
                "`contient` interroge une liste ; ceci est {fr}."
            );
            let label = text!("not a list", "pas une liste");
            let d = Diagnostic::error(&codes::NOT_A_LIST, list.expr.span, message, label);
            self.report(d.help(text!(
                "write `customer has tag \"...\"`, or compare with `is`",
                "écrivez `client porte l'étiquette \"...\"`, ou comparez avec `est`"
            )));
            return None;
        }
        let kind = checked::ExprKind::Has(Box::new(list.expr), text.value.clone());
        Some(Typed::truth(kind, span))
    }
}

/// The group of a fact: `account` of `account.overdue`.
fn group_of(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

/// Is it written as countries and currencies are?
fn is_code(word: &str) -> bool {
    matches!(word.len(), 2 | 3) && word.chars().all(|c| c.is_ascii_uppercase())
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
        | Type::Choice(_)
        | Type::Band
        | Type::Segment => true,
        Type::Whole | Type::Decimal | Type::Percent | Type::Money | Type::Date | Type::Texts => false,
    }
}
