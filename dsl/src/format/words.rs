//! How each token is spelled: as the vocabulary writes it, or as the other vocabulary does.

use std::collections::HashMap;

use super::facts::{Facts, only};
use crate::check::hooks::ARGUMENTS;
use crate::check::roles::DEPARTMENTS;
use crate::check::settings::TONES;
use crate::lang::Lang;
use crate::parse::act::OUTCOMES;
use crate::parse::calendar::{MONTHS, WEEKDAYS};
use crate::parse::grammar::Rule;
use crate::parse::node::Node;
use crate::parse::plain;
use crate::parse::settings::GROUPINGS;
use crate::parse::words::{self, keyword};
use crate::vocabulary::{Type, Vocabulary};

/// Units of points in the score, which are free words: English, French.
const POINT_UNITS: [(&str, &str); 9] = [
    ("day", "jour"),
    ("days", "jours"),
    ("week", "semaine"),
    ("month", "mois"),
    ("invoice", "facture"),
    ("invoices", "factures"),
    ("promise", "promesse"),
    ("promises", "promesses"),
    ("point", "point"),
];

/// Where French has another word than usual for a keyword: what it is a part of, the keyword, the word.
const IN_FRENCH: [(Rule, Rule, &str); 7] = [
    (Rule::on_easter, Rule::kw_on, "à"),
    (Rule::timing, Rule::kw_on, "à"),
    (Rule::expect_in, Rule::kw_in, "en"),
    (Rule::said_hold, Rule::kw_until, "jusqu'au"),
    (Rule::open_dispute, Rule::kw_dispute, "un litige"),
    (Rule::expect_timeline, Rule::kw_to_day, "au"),
    (Rule::cancel_plan, Rule::kw_cancel_plan, "annuler l'échéancier"),
];

/// What is printed for each leaf, by the place where it begins.
pub(super) fn spell(
    file: &Node<'_>,
    vocabulary: &Vocabulary,
    from: Lang,
    to: Lang,
) -> HashMap<usize, String> {
    let mut speller = Speller {
        facts: Facts { vocabulary, from, to },
        leaves: Vec::new(),
        values: HashMap::new(),
        properties: HashMap::new(),
        owners: Vec::new(),
    };
    speller.parts(file, false);
    speller.agree();
    speller.leaves.into_iter().map(|l| (l.start, l.text)).collect()
}

/// Does it lose its last vowel before another?
fn elides(leaf: &Leaf) -> bool {
    match leaf.rule {
        Rule::kw_of => leaf.text == "de",
        Rule::kw_event => leaf.text == "en cas de",
        Rule::kw_while => leaf.text == "tant que",
        _ => leaf.parent == Rule::zone_time && leaf.text == "heure de",
    }
}

struct Leaf {
    rule: Rule,
    parent: Rule,
    start: usize,
    text: String,
}

struct Speller<'v> {
    facts: Facts<'v>,
    /// All leaves up to here, as they are printed.
    leaves: Vec<Leaf>,
    /// Words that are values of a type, by their places.
    values: HashMap<usize, Type>,
    /// Names of properties in the other language, by their places.
    properties: HashMap<usize, &'static str>,
    /// Places of words that have tags, as `customer` in `customer has tag "x"`.
    owners: Vec<usize>,
}

impl Speller<'_> {
    fn translates(&self) -> bool {
        self.facts.from != self.facts.to
    }

    fn parts(&mut self, node: &Node<'_>, in_invoices: bool) {
        for part in node.parts() {
            self.node(&part, node.rule(), in_invoices);
        }
    }

    fn node(&mut self, node: &Node<'_>, parent: Rule, in_invoices: bool) {
        let rule = node.rule();
        if node.first().is_none() {
            let text = self.leaf(node, parent, in_invoices);
            return self.push(node, parent, text);
        }
        if self.translates() {
            if let Some(phrase) = words::phrase(rule, self.facts.to) {
                return self.instead(node, &[phrase]);
            }
            match rule {
                Rule::zone_time => return self.zone_time(node),
                Rule::business => {
                    let one = self.one().unwrap_or(true);
                    let days = self.facts.to.pick(
                        if one { "business day" } else { "business days" },
                        if one { "jour ouvré" } else { "jours ouvrés" },
                    );
                    return self.instead(node, &[days]);
                }
                Rule::comparison => self.comparison(node, in_invoices),
                Rule::given => self.given(node),
                _ => {}
            }
        }
        self.parts(node, in_invoices || rule == Rule::aggregate);
    }

    fn push(&mut self, leaf: &Node<'_>, parent: Rule, text: String) {
        self.leaves.push(Leaf {
            rule: leaf.rule(),
            parent,
            start: leaf.span().start as usize,
            text,
        });
    }

    /// Other words for all leaves of a piece.
    fn instead(&mut self, node: &Node<'_>, texts: &[&str]) {
        let mut texts = texts.iter();
        let mut leaves = Vec::new();
        leaves_of(node, &mut leaves);
        for leaf in leaves {
            let text = texts.next().copied().unwrap_or_default().to_owned();
            self.push(&leaf, node.rule(), text);
        }
    }

    /// `Europe/Paris time`, `heure de Europe/Paris`
    fn zone_time(&mut self, node: &Node<'_>) {
        let zone = node.part(Rule::zone).map_or("", |n| n.text());
        let texts = self.facts.to.pick([zone, "time"], ["heure de", zone]);
        self.instead(node, &texts);
    }

    /// Is the number before this one in number, too? Nothing when there is none.
    fn one(&self) -> Option<bool> {
        let number = self.leaves.last().filter(|l| l.rule == Rule::number)?;
        let whole = number.text.split([',', '.']).next().unwrap_or_default();
        Some(match self.facts.to {
            Lang::English => number.text == "1",
            Lang::French => matches!(whole, "0" | "1"),
        })
    }

    /// French words that depend on the next one: `d'août`, `tant qu'échelonnée`, `en cas d'échéancier manqué`, `au niveau 3`.
    fn agree(&mut self) {
        if self.facts.to == Lang::English {
            return;
        }
        let translates = self.translates();
        let next: Vec<(Rule, bool)> = self
            .leaves
            .iter()
            .skip(1)
            .map(|l| {
                let text = plain(&l.text.to_lowercase());
                (l.rule, text.starts_with(['a', 'e', 'i', 'o', 'u']))
            })
            .collect();
        for (leaf, (next, vowel)) in self.leaves.iter_mut().zip(next) {
            // Behind `par`, `d` would be the unit.
            if leaf.parent != Rule::per_unit && vowel && elides(leaf) {
                leaf.text.pop();
                leaf.text.push('\'');
            } else if translates && leaf.rule == Rule::kw_event && next == Rule::kw_level {
                leaf.text = "au".to_owned();
            }
        }
    }

    fn leaf(&self, leaf: &Node<'_>, parent: Rule, in_invoices: bool) -> String {
        let text = leaf.text();
        if keyword(leaf.rule()).is_some() {
            return self.keyword(leaf.rule(), text, parent);
        }
        match leaf.rule() {
            Rule::number => self.number(text),
            Rule::time if self.facts.to == Lang::English => clock(text),
            Rule::path if self.translates() => self.path(leaf, in_invoices),
            Rule::name if self.translates() => self.name(text, leaf, parent).unwrap_or(text).to_owned(),
            Rule::custom_name if self.translates() => self.facts.own(text).unwrap_or_else(|| text.to_owned()),
            Rule::unit_name if self.translates() => {
                self.facts.listed(text, POINT_UNITS).unwrap_or(text).to_owned()
            }
            _ => text.to_owned(),
        }
    }

    fn keyword(&self, rule: Rule, text: &str, parent: Rule) -> String {
        let to = self.facts.to;
        let Some(keyword) = keyword(rule) else {
            return text.to_owned();
        };
        if rule == Rule::kw_date {
            // `due date` says no more than `due`, and only English has the word.
            return String::new();
        }
        if matches!(rule, Rule::kw_english | Rule::kw_french) {
            // The spelling of the first word says it from now on.
            return if self.translates() {
                String::new()
            } else {
                text.to_owned()
            };
        }
        if !self.translates() {
            return keyword.spelling(text, to).unwrap_or(text).to_owned();
        }
        if to == Lang::French
            && let Some((_, _, word)) = IN_FRENCH.iter().find(|(p, r, _)| *p == parent && *r == rule)
        {
            return (*word).to_owned();
        }
        let other = keyword.spellings(to);
        if matches!(
            rule,
            Rule::day_word | Rule::week_word | Rule::month_word | Rule::kw_message | Rule::kw_times
        ) {
            let one = self.one().unwrap_or(true);
            let word = if one { other.last() } else { other.first() };
            return word.copied().unwrap_or(text).to_owned();
        }
        if let Some(same) = keyword.spelling(text, to) {
            return same.to_owned();
        }
        // Where both have the same number of spellings, they stand for each other.
        let own = keyword.spellings(self.facts.from);
        let at = own.iter().position(|s| plain(s) == plain(text)).unwrap_or(0);
        let at = if own.len() == other.len() { at } else { 0 };
        other.get(at).copied().unwrap_or_default().to_owned()
    }

    fn number(&self, text: &str) -> String {
        text.chars()
            .map(|c| match c {
                '.' | ',' => self.facts.to.pick('.', ','),
                c if c.is_whitespace() => ' ',
                c => c,
            })
            .collect()
    }

    fn path(&self, leaf: &Node<'_>, in_invoices: bool) -> String {
        let (text, start) = (leaf.text(), leaf.span().start as usize);
        let other = if let Some(ty) = self.values.get(&start) {
            self.facts.value(text, *ty).map(str::to_owned)
        } else if self.owners.contains(&start) {
            self.facts.owner_of_tags(text)
        } else {
            self.facts.path(text, in_invoices)
        };
        other.unwrap_or_else(|| text.to_owned())
    }

    /// A name that is a word of a closed list.
    fn name(&self, text: &str, leaf: &Node<'_>, parent: Rule) -> Option<&'static str> {
        let vocabulary = self.facts.vocabulary;
        let roles = || vocabulary.roles.iter().copied();
        let facts = &self.facts;
        match parent {
            Rule::tone_name => facts.listed(text, TONES.iter().map(|(en, fr, _)| (*en, *fr))),
            Rule::user_role => facts.listed(text, roles()),
            Rule::department => facts.listed(text, DEPARTMENTS.iter().copied().chain(roles())),
            Rule::contact_role => facts.listed(text, vocabulary.contact_roles.iter().copied()),
            Rule::grouping => facts.listed(text, GROUPINGS.iter().map(|(en, fr, _)| (*en, *fr))),
            Rule::weekday => facts.listed(text, WEEKDAYS.iter().map(|(en, fr, _)| (*en, *fr))),
            Rule::month => facts.listed(text, MONTHS.iter().copied()),
            Rule::parameters => facts.listed(text, ARGUMENTS.iter().map(|(en, fr, _)| (*en, *fr))),
            Rule::call_outcome => facts.listed(text, OUTCOMES.iter().map(|(en, fr, _)| (*en, *fr))),
            Rule::property => self.properties.get(&(leaf.span().start as usize)).copied(),
            _ => None,
        }
    }

    /// Notes which words of a comparison are values of the other side, and which have tags.
    fn comparison(&mut self, node: &Node<'_>, in_invoices: bool) {
        let (Some(left), Some(tail)) = (node.part(Rule::sum), node.parts().nth(1)) else {
            return;
        };
        if tail.has(Rule::has_tag) {
            self.owners.extend(only(&left).map(|n| n.span().start as usize));
            return;
        }
        let options = tail.part(Rule::one_of);
        let rights: Vec<Node<'_>> = options.as_ref().unwrap_or(&tail).all(Rule::sum).collect();
        let bare = |side: &Node<'_>| {
            let only = only(side).filter(|n| n.rule() == Rule::path && !n.text().contains('.'));
            only.is_some() && self.facts.type_of(side, in_invoices).is_none()
        };
        if bare(&left)
            && let [right] = rights.as_slice()
            && !bare(right)
        {
            let ty = self.facts.type_of(right, in_invoices);
            self.value_of(&left, ty, in_invoices);
            return;
        }
        let ty = self.facts.type_of(&left, in_invoices);
        for right in &rights {
            self.value_of(right, ty, in_invoices);
        }
    }

    fn value_of(&mut self, side: &Node<'_>, ty: Option<Type>, in_invoices: bool) {
        let path = only(side).filter(|n| n.rule() == Rule::path);
        if let (Some(path), Some(ty)) = (path, ty)
            && self.facts.is_value(path.text(), ty, in_invoices)
        {
            self.values.insert(path.span().start as usize, ty);
        }
    }

    /// Notes which words of a test are values of properties.
    fn given(&mut self, node: &Node<'_>) {
        let groups = subject(node);
        for property in node
            .part(Rule::properties)
            .into_iter()
            .flat_map(|n| n.all(Rule::property))
        {
            let Some(name) = property.part(Rule::name) else {
                // A field of the firm's own: only its answers are words of the language.
                for value in property.all(Rule::sum) {
                    self.value_of(&value, Some(Type::YesNo), false);
                }
                continue;
            };
            let ty = self.facts.property(groups, name.text());
            if let Some((other, ty)) = ty {
                self.properties.insert(name.span().start as usize, other);
                for value in property.all(Rule::sum) {
                    self.value_of(&value, Some(ty), false);
                }
            }
        }
    }
}

/// The groups of facts that a `given` speaks of.
fn subject(given: &Node<'_>) -> &'static [&'static str] {
    match given.parts().nth(1).map(|n| n.rule()) {
        Some(Rule::kw_company) => &["company"],
        // The figures of the account are given with the customer, too.
        Some(Rule::kw_customer) => &["customer", "account"],
        Some(Rule::kw_account) => &["account"],
        Some(Rule::kw_contact) => &["contact"],
        _ => &["invoice"],
    }
}

fn leaves_of<'i>(node: &Node<'i>, into: &mut Vec<Node<'i>>) {
    for part in node.parts() {
        if part.first().is_some() {
            leaves_of(&part, into);
        } else {
            into.push(part);
        }
    }
}

/// `9h30` as `09:30`.
fn clock(text: &str) -> String {
    let (hour, minute) = text.split_once(['h', ':']).unwrap_or((text, ""));
    let minute = if minute.is_empty() { "00" } else { minute };
    format!("{hour:0>2}:{minute}")
}
