//! Facts and the words that are values of them, in the other vocabulary.

use crate::check::languages::FACTS;
use crate::checked::FieldOwner;
use crate::checked::field::{custom, own_name};
use crate::lang::Lang;
use crate::parse::grammar::Rule;
use crate::parse::node::Node;
use crate::parse::plain;
use crate::vocabulary::{Fact, Type, Vocabulary};

/// From one language to the other.
#[derive(Clone, Copy)]
pub(super) struct Facts<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) from: Lang,
    pub(super) to: Lang,
}

impl Facts<'_> {
    /// A word of a closed list; none when it is not in it.
    pub(super) fn listed<'w>(
        &self,
        word: &str,
        list: impl IntoIterator<Item = (&'w str, &'w str)>,
    ) -> Option<&'w str> {
        let word = plain(&word.to_lowercase());
        let mut list = list.into_iter();
        let (en, fr) = list.find(|(en, fr)| plain(self.from.pick(en, fr)) == word)?;
        Some(self.to.pick(en, fr))
    }

    /// The fact with a path. Inside of an aggregate, a fact of the invoice goes without its group.
    fn fact(&self, path: &str, in_invoices: bool) -> Option<&'static Fact> {
        let path = plain(path);
        let facts = self.vocabulary.facts;
        let find = |path: &str| {
            facts
                .iter()
                .find(|f| plain(self.from.pick(f.path, f.path_fr)) == path)
        };
        find(&path).or_else(|| {
            let of_invoice = format!("{}.{path}", self.from.pick("invoice", "facture"));
            in_invoices.then(|| find(&of_invoice)).flatten()
        })
    }

    /// The path of a fact; none when there is no such fact.
    pub(super) fn path(&self, path: &str, in_invoices: bool) -> Option<String> {
        if let Some(fact) = self.fact(path, in_invoices) {
            let there = self.to.pick(fact.path, fact.path_fr);
            // What was written without its group stays so.
            let bare = !plain(self.from.pick(fact.path, fact.path_fr)).eq(&plain(path));
            let shown = there
                .split_once('.')
                .filter(|_| bare)
                .map_or(there, |(_, last)| last);
            return Some(shown.to_owned());
        }
        if let Some(custom) = self.custom(path, in_invoices) {
            return Some(custom);
        }
        let chain = FACTS.iter().map(|(en, fr, _)| (*en, *fr));
        self.listed(path, chain).map(str::to_owned)
    }

    /// The path of a field of the firm's own, whose name is the same in both languages.
    fn custom(&self, path: &str, in_invoices: bool) -> Option<String> {
        if let Some((owner, name)) = FieldOwner::of_path(path, self.from) {
            let there = owner.path_of(name);
            return Some(self.to.pick(there.en, there.fr));
        }
        in_invoices.then(|| self.own(path)).flatten()
    }

    /// `custom.region`, as tests give it.
    pub(super) fn own(&self, path: &str) -> Option<String> {
        own_name(path, self.from).map(|name| format!("{}.{name}", custom(self.to)))
    }

    /// `customer` of `customer has tag "x"`; none when it has no tags.
    pub(super) fn owner_of_tags(&self, owner: &str) -> Option<String> {
        let tags = self.from.pick("tags", "étiquettes");
        let fact = self.fact(&format!("{owner}.{tags}"), false)?;
        let path = self.to.pick(fact.path, fact.path_fr);
        Some(path.split_once('.').map_or(path, |(owner, _)| owner).to_owned())
    }

    /// A word as a value of a type. Codes and names that the firm gives are no words of the language: none.
    pub(super) fn value(&self, word: &str, ty: Type) -> Option<&'static str> {
        match ty {
            Type::YesNo => self.listed(word, YES_OR_NO),
            Type::OneOf(id) => {
                let list = self.vocabulary.enumerations.get(usize::from(id.0))?;
                self.listed(word, list.values.iter().copied())
            }
            _ => None,
        }
    }

    /// Is a word a value of a type, rather than a fact?
    pub(super) fn is_value(&self, word: &str, ty: Type, in_invoices: bool) -> bool {
        !word.contains('.') && self.fact(word, in_invoices).is_none_or(|f| f.ty != ty)
    }

    /// The type of an expression that is a fact, or of a hook, which may be asked for yes or no.
    pub(super) fn type_of(&self, expr: &Node<'_>, in_invoices: bool) -> Option<Type> {
        let only = only(expr)?;
        match only.rule() {
            // What a field of the firm's own holds may stand in another file. Of its values, only answers are words of the language,
            // and those are values of nothing but yes or no.
            Rule::path if self.custom(only.text(), in_invoices).is_some() => Some(Type::YesNo),
            Rule::path => self.fact(only.text(), in_invoices).map(|f| f.ty),
            Rule::hook_call => Some(Type::YesNo),
            _ => None,
        }
    }

    /// A property that a test can give, and its type; by the English name of the group of facts.
    pub(super) fn property(&self, groups: &[&str], word: &str) -> Option<(&'static str, Type)> {
        let word = plain(word);
        let last = |path: &'static str| path.rsplit_once('.').map_or(path, |(_, last)| last);
        let of_groups = self.vocabulary.facts.iter().filter_map(|f| {
            let (group, _) = f.path.split_once('.')?;
            groups
                .contains(&group)
                .then(|| (last(f.path), last(f.path_fr), f.ty))
        });
        let others: &[_] = match groups {
            ["contact"] => &crate::check::tests::OF_CONTACT,
            ["invoice"] => &crate::check::tests::OF_INVOICE,
            _ => &[],
        };
        let mut all = others.iter().copied().chain(of_groups);
        let (en, fr, ty) = all.find(|(en, fr, _)| plain(self.from.pick(en, fr)) == word)?;
        Some((self.to.pick(en, fr), ty))
    }
}

/// The two answers.
const YES_OR_NO: [(&str, &str); 2] = [("yes", "oui"), ("no", "non")];

/// The one leaf, or the one call of a hook, that an expression consists of.
pub(super) fn only<'i>(expr: &Node<'i>) -> Option<Node<'i>> {
    let mut node = expr.clone();
    while node.rule() != Rule::hook_call {
        let mut parts = node
            .parts()
            .filter(|p| !matches!(p.rule(), Rule::paren_open | Rule::paren_close));
        let Some(first) = parts.next() else { break };
        if parts.next().is_some() {
            return None;
        }
        node = first;
    }
    Some(node)
}
