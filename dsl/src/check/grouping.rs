//! What messages are grouped by.

use super::Checker;
use crate::ast::{self, Word};
use crate::checked::{Expr, ExprKind, FieldOwner, Grouping};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Text;
use crate::parse::plain;
use crate::parse::settings::GROUPINGS;
use crate::text;
use crate::vocabulary::Context;

impl Checker<'_> {
    /// A fact of the invoice by which messages are grouped; nothing when it was reported.
    pub(super) fn grouping(&mut self, word: &Word) -> Option<Grouping> {
        let path = word.value.as_str();
        if !path.contains('.') {
            self.no_grouping(word);
            return None;
        }
        let fact = ast::Expr {
            kind: ast::ExprKind::Name(path.to_owned()),
            span: word.span,
        };
        let fact = self.value(&fact, Context::Step, None)?.expr;
        if self.is_of_invoice(&fact) {
            return Some(Grouping::Fact(fact));
        }
        let d = Diagnostic::error(
            &codes::UNKNOWN_GROUPING,
            word.span,
            text!(
                "`{path}` is the same for all invoices of a customer.",
                "`{path}` est la même chose pour toutes les factures d'un client."
            ),
            text!("parts nothing", "ne sépare rien"),
        );
        self.report(d.help(text!(
            "write `group by customer`, or a fact of the invoice, as in `group by invoice.currency`",
            "écrivez `grouper par client`, ou une donnée de la facture, comme dans `grouper par facture.devise`"
        )));
        None
    }

    fn is_of_invoice(&self, fact: &Expr) -> bool {
        match &fact.kind {
            ExprKind::Custom(field) => field.of == FieldOwner::Invoice,
            ExprKind::Fact(id) => {
                let fact = self.vocabulary.facts.get(usize::from(id.0));
                fact.is_some_and(|f| f.path.starts_with("invoice."))
            }
            _ => false,
        }
    }

    fn no_grouping(&mut self, word: &Word) {
        let lang = self.lang(word.span.file);
        let written = word.value.as_str();
        let fields = self.fields.iter().filter(|f| f.of == FieldOwner::Invoice);
        let fields: Vec<String> = fields.map(|f| pick(lang, f.path())).collect();
        let facts = self
            .vocabulary
            .facts
            .iter()
            .filter(|f| f.path.starts_with("invoice."));
        let facts = facts.map(|f| lang.pick(f.path, f.path_fr));
        let paths: Vec<&str> = fields.iter().map(String::as_str).chain(facts).collect();
        // `contract` of `invoice.custom.contract`.
        let last = |path: &&&str| {
            path.rsplit('.')
                .next()
                .is_some_and(|l| plain(l) == plain(written))
        };
        let meant = paths.iter().find(last).copied();
        // A word of the other language is meant as it stands there.
        let other = GROUPINGS
            .iter()
            .find(|(en, fr, _)| plain(lang.pick(fr, en)) == plain(written))
            .map(|(en, fr, _)| lang.pick(*en, *fr));
        let names = GROUPINGS.iter().map(|(en, fr, _)| lang.pick(*en, *fr));
        let alike = other.or(meant).or_else(|| likely(written, names));
        let d = Diagnostic::error(
            &codes::UNKNOWN_GROUPING,
            word.span,
            text!(
                "Messages cannot be grouped by `{written}`.",
                "On ne peut pas grouper les messages par `{written}`."
            ),
            text!("not a way of grouping", "pas une façon de grouper"),
        )
        .help(text!(
            "write `group by customer`, `group by invoice`, or a fact of the invoice, as in `group by invoice.currency`",
            "écrivez `grouper par client`, `grouper par facture`, ou une donnée de la facture, comme dans `grouper par facture.devise`"
        ));
        self.report(d.suggest(word.span, alike));
    }
}

fn pick(lang: crate::lang::Lang, text: Text) -> String {
    lang.pick(text.en, text.fr)
}
