//! The words of the language: one table of two vocabularies. Both are read everywhere; which of them a file uses is said by its
//! first line, and a word of the other is reported. `keywords.pest` is made from this table, accents optional.

use super::grammar::Rule;
use crate::lang::{Lang, Text};

/// A keyword: one rule of the grammar, spelled in two languages. The first spelling of a language is the one that is written
/// by the formatter; the others are read as well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keyword {
    /// Its rule.
    pub(crate) rule: Rule,
    /// The rule's name.
    #[cfg(test)]
    pub(crate) name: &'static str,
    /// In English; none when only French needs the word.
    pub(crate) en: &'static [&'static str],
    /// In French; none when only English needs the word.
    pub(crate) fr: &'static [&'static str],
}

/// Several words that stand for one thing and come in another order, or in another number, in the other language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    /// Its rule.
    pub(crate) rule: Rule,
    en: &'static str,
    fr: &'static str,
}

macro_rules! keywords {
    ($($rule:ident: $($en:literal)|* ; $($fr:literal)|* ,)*) => {
        /// All keywords.
        pub(crate) const KEYWORDS: &[Keyword] = &[
            $(Keyword {
                rule: Rule::$rule,
                #[cfg(test)]
                name: stringify!($rule),
                en: &[$($en),*],
                fr: &[$($fr),*],
            }),*
        ];
    };
}

macro_rules! phrases {
    ($($rule:ident: $en:literal ; $fr:literal,)*) => {
        const PHRASES: &[Phrase] = &[$(Phrase { rule: Rule::$rule, en: $en, fr: $fr }),*];
    };
}

keywords! {
    // expressions
    kw_and: "and" | "&&" ; "et" | "&&",
    kw_or: "or" | "||" ; "ou" | "||",
    kw_not: "not" ; "non",
    kw_is: "is" ; "est",
    fr_is_not: ; "n'est pas" | "n’est pas",
    kw_has: "has" ; "contient",
    fr_has_tag: ; "porte l'étiquette" | "porte l’étiquette" | "porte",
    kw_when: "when" ; "si",
    kw_otherwise: "otherwise" ; "sinon",
    kw_else: "else" ; "sinon",
    kw_one: "one" ; ,
    fr_one_of: ; "parmi" | "l'un de" | "l’un de" | "l'une de",
    kw_of: "of" ; "de" | "du" | "des" | "d'" | "d’",
    kw_known: "known" ; "connu" | "connue" | "connus" | "connues",
    kw_unknown: "unknown" ; "inconnu" | "inconnue" | "inconnus" | "inconnues",
    kw_tag: "tag" ; ,
    kw_sum: "sum" ; "somme",
    kw_average: "average" ; "moyenne",
    kw_largest: "largest" ; "maximum",
    kw_smallest: "smallest" ; "minimum",
    kw_count: "count" ; "nombre",
    kw_where: "where" ; "dont" | "où",
    kw_days_overdue: "days overdue" ; "jours de retard",
    // units
    day_word: "days" | "day" ; "jours" | "jour",
    week_word: "weeks" | "week" ; "semaines" | "semaine",
    month_word: "months" | "month" ; "mois",
    kw_business: "business" ; ,
    fr_business: ; "ouvrés" | "ouvré",
    unit_slip: "working days" | "working day" | "hours" | "hour" | "minutes" | "minute" | "years" | "year" ;
        "jours ouvrables" | "jour ouvrable" | "heures" | "heure" | "minutes" | "minute" | "années" | "année" | "ans" | "an",
    // the file
    kw_edition: "edition" ; "édition",
    kw_english: "english" | "en" ; "anglais",
    kw_french: "french" | "fr" ; "français",
    kw_use: "use" ; "utiliser",
    kw_fields: "fields" ; "champs",
    kw_segments: "segments" ; "segments",
    kw_score: "score" ; "score",
    kw_calendar: "calendar" ; "calendrier",
    kw_scenario: "scenario" ; "scénario",
    kw_hook: "hook" ; "fonction",
    kw_charges: "charges" ; "frais",
    kw_disputes: "disputes" ; "litiges",
    kw_promises: "promises" ; "promesses",
    kw_plans: "plans" ; "échéanciers",
    kw_medium: "medium" ; "canal",
    kw_test: "test" ; "test",
    kw_was: "was" ; "anciennement",
    // the score
    kw_from: "from" ; "de",
    kw_to: "to" ; "à" | "au",
    kw_start: "start" ; "départ",
    kw_add: "add" ; "ajouter",
    kw_subtract: "subtract" ; "retirer",
    kw_per: "per" ; "par",
    kw_above: "above" ; "au-delà de" | "au-dessus de",
    kw_at: "at" ; "au" | "à",
    kw_most: "most" ; "plus",
    kw_bands: "bands" ; "tranches",
    kw_since: "from" ; "dès" | "à partir de" | "à partir du" | "dès le",
    // calendars
    kw_based: "based" ; ,
    fr_based_on: ; "fondé sur" | "basé sur",
    kw_on: "on" ; "le" | "les" | "à",
    kw_closed: "closed" ; "fermé" | "fermés",
    kw_holiday: "holiday" ; "férié",
    kw_next: "next" ; ,
    fr_next_business_day: ; "jour ouvré suivant",
    kw_easter: "easter" ; "pâques",
    kw_before: "before" ; "avant",
    kw_after: "after" ; "après",
    kw_first: "first" ; "premier",
    kw_second: "second" ; "deuxième",
    kw_third: "third" ; "troisième",
    kw_fourth: "fourth" ; "quatrième",
    kw_last: "last" ; "dernier",
    // charges
    kw_late_interest: "late_interest" ; "intérêts_de_retard",
    kw_recovery_fee: "recovery_fee" ; "indemnité_de_recouvrement",
    kw_first_rate: "at the rate of the first day" ; "au taux du premier jour",
    // settings
    kw_for: "for" ; "pour",
    kw_language: "language" ; "langue",
    kw_tone: "tone" ; "ton",
    kw_send: "send" ; "envoyer",
    kw_every: "every" ; ,
    kw_day: "day" ; ,
    fr_every_day: ; "tous les jours",
    fr_on_business_days: ; "les jours ouvrés",
    kw_time: "time" ; ,
    fr_customer_time: ; "heure du client",
    fr_company_time: ; "heure de la société",
    fr_time_of: ; "heure de" | "heure d'" | "heure d’",
    kw_contact: "contact" ; "contact",
    kw_role: "role" ; "rôle",
    kw_main: "main" ; "principal",
    kw_group: "group" ; "grouper",
    kw_by: "by" ; "par",
    kw_ignore: "ignore" ; "ignorer",
    kw_invoices: "invoices" | "invoice" ; "factures" | "facture",
    kw_under: "under" | "below" ; ,
    fr_invoices_under: ; "les factures de moins de" | "les factures inférieures à",
    kw_limit: "limit" ; "limiter à" | "limiter",
    kw_message: "messages" | "message" ; "messages" | "message",
    kw_entry: "entry" ; "entrée",
    kw_level: "level" ; "niveau",
    kw_hold: "hold" ; "suspendre",
    kw_while: "while" ; "tant que" | "tant qu'" | "tant qu’",
    kw_disputed: "disputed" ; "contestée" | "contesté",
    kw_promised: "promised" ; "promise" | "promis",
    kw_plan: "plan" ; "échéancier",
    fr_on_plan: ; "échelonnée" | "échelonné",
    kw_unallocated: "unallocated" ; ,
    kw_cash: "cash" ; ,
    kw_covers: "covers" ; ,
    kw_it: "it" ; ,
    fr_cash_covers: ; "couverte par un encaissement non lettré" | "couvert par un encaissement non lettré",
    // steps
    kw_courtesy: "courtesy" ; "prévenance",
    kw_dunning: "dunning" ; "relance",
    kw_thanks: "thanks" ; "remerciement" | "remerciements",
    kw_step: "step" ; "étape",
    kw_due: "due" ; "échéance" | "l'échéance" | "l’échéance",
    kw_date: "date" ; ,
    kw_issue: "issue" ; "émission" | "l'émission" | "l’émission",
    fr_on_due: ; "à échéance" | "à l'échéance" | "à l’échéance",
    kw_then: "then" ; "puis",
    kw_event: "on" ; "en cas de" | "en cas d'" | "en cas d’" | "au" | "à",
    kw_broken: "broken" ; "rompue",
    kw_bounce: "bounce" ; "rejet",
    kw_payment: "paid" ; "paiement",
    kw_missed: "missed" ; "manqué" | "manquée",
    // acts
    kw_email: "email" ; "email" | "courriel",
    kw_sms: "sms" ; "sms",
    kw_letter: "letter" ; "courrier",
    kw_registered: "registered" ; "recommandé",
    kw_template: "template" ; "modèle",
    kw_attach: "attach" ; "joindre",
    kw_statement: "statement" ; "relevé" | "le relevé",
    kw_bounced: "bounced" ; "rejeté",
    kw_opened: "opened" ; "ouvert",
    kw_in: "in" ; "sous" | "en",
    kw_no_answer: "no_answer" | "no answer" ; "sans_réponse" | "sans réponse",
    kw_call: "call" ; "appel" | "appeler",
    kw_script: "script" ; "script",
    kw_assign: "assign" ; "confié à" | "confiée à" | "confier à",
    kw_within: "within" ; "sous",
    kw_outcome: "on" ; "si",
    kw_retry: "retry" ; "réessayer",
    kw_times: "times" | "time" ; "fois",
    kw_open: "open" ; "ouvrir" ,
    kw_dispute: "dispute" ; "litige" | "un litige",
    kw_task: "task" ; "tâche",
    kw_charge: "charge" ; "facturer",
    kw_approve: "approve" ; "valider",
    kw_continue: "continue" ; "reprendre",
    kw_where_it_was: "where it was" ; "où elle en était" | "où il en était",
    kw_hand_over: "hand over to legal" ; "transmettre au contentieux",
    kw_cancel_plan: "cancel plan" ; "annuler échéancier" | "annuler l'échéancier" | "annuler l’échéancier",
    kw_expect_credit: "expect credit note" ; "attendre un avoir" | "attendre avoir",
    kw_paid: "paid" ; ,
    kw_full: "full" ; ,
    fr_paid_in_full: ; "payée intégralement" | "payé intégralement" | "soldée",
    kw_once: "once" ; "une fois",
    // disputes, promises, plans, media, hooks
    kw_owner: "owner" ; "responsable",
    kw_answer: "answer" ; "réponse",
    kw_late: "late" ; "en retard" | "en_retard",
    kw_rejected: "rejected" ; "rejeté" | "refusé",
    kw_accepted: "accepted" ; "accepté",
    kw_grace: "grace" ; "tolérance",
    kw_per_invoice: "per invoice" ; "par facture",
    kw_webhook: "webhook" ; "webhook",
    kw_body: "body" ; "corps",
    kw_whole_number: "whole number" ; "nombre entier",
    kw_number: "number" ; "nombre",
    kw_yes_or_no: "yes or no" | "yes/no" ; "oui ou non" | "oui/non",
    kw_percentage: "percent" ; "pourcentage",
    kw_amount: "amount" ; "montant",
    kw_a_date: "date" ; "date",
    kw_text: "text" ; "texte",
    kw_effects: "effects" ; "effets",
    kw_between: "between" ; "entre",
    // tests
    kw_given: "given" ; "soit" | "soient",
    kw_expect: "expect" ; "attendre",
    kw_company: "company" ; "société",
    kw_customer: "customer" ; "client",
    kw_account: "account" ; "compte",
    kw_an_invoice: "invoice" ; "facture",
    kw_reject: "reject" ; "rejeter",
    kw_accept: "accept" ; "accepter",
    kw_pay: "pay" ; "payer",
    kw_promise: "promise" ; "promesse",
    kw_until: "until" ; "pour le" | "jusqu'au" | "jusqu’au",
    kw_receive: "receive" ; "encaisser",
    kw_credit: "credit" ; "créditer",
    kw_plan_it: "plan" ; "échelonner",
    kw_hold_it: "hold" ; "suspendre",
    kw_release: "release" ; "libérer",
    kw_gave: "gives" | "gave" ; "donne",
    kw_refuse: "refuse" ; "refuser",
    kw_ask_again: "ask again" ; "redemander",
    kw_insolvent: "insolvent" ; "insolvable",
    kw_nothing: "nothing" ; "rien",
    kw_from_day: "from" ; "du",
    kw_to_day: "to" ; "au",
    kw_because: "because" ; "parce que" | "car",
    kw_segment: "segment" ; "segment",
    kw_timeline: "timeline" ; "déroulé",
    kw_approval: "approval" ; "validation",
    kw_note: "note" ; "note",
    kw_handed_over: "hand over to legal" ; "transmission au contentieux" | "transmettre au contentieux",
    kw_rate: "rate" ; "cours",
    kw_time_zone: "time_zone" ; "fuseau" | "fuseau_horaire",
    kw_alone: "alone" ; "seule" | "seules",
}

phrases! {
    is_not: "is not" ; "n'est pas",
    one_of_words: "one of" ; "parmi",
    has_tag: "has tag" ; "porte",
    based_on_words: "based on" ; "fondé sur",
    next_business_day: "next business day" ; "jour ouvré suivant",
    every_day: "every day" ; "tous les jours",
    on_business_days: "on business days" ; "les jours ouvrés",
    customer_time: "customer time" ; "heure du client",
    company_time: "company time" ; "heure de la société",
    invoices_under: "invoices under" ; "les factures de moins de",
    on_plan: "on plan" ; "échelonnée",
    cash_covers: "unallocated cash covers it" ; "couverte par un encaissement non lettré",
    on_due: "on due" ; "à échéance",
    registered: "registered letter" ; "recommandé",
    paid_in_full: "paid in full" ; "payée intégralement",
}

/// The keyword of a rule.
pub(crate) fn keyword(rule: Rule) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|k| k.rule == rule)
}

/// The phrase of a rule, as it is written in a language.
pub(crate) fn phrase(rule: Rule, lang: Lang) -> Option<&'static str> {
    let phrase = PHRASES.iter().find(|p| p.rule == rule)?;
    Some(lang.pick(phrase.en, phrase.fr))
}

/// A keyword as both languages write it; in one that has no use for it, as the other does.
pub(crate) fn written(rule: Rule) -> Text {
    let in_lang =
        |lang: Lang| keyword(rule).and_then(|k| k.written(lang).or_else(|| k.written(lang.other())));
    Text::new(
        in_lang(Lang::English).unwrap_or_default(),
        in_lang(Lang::French).unwrap_or_default(),
    )
}

impl Keyword {
    /// All spellings in a language.
    pub(crate) fn spellings(&self, lang: Lang) -> &'static [&'static str] {
        lang.pick(self.en, self.fr)
    }

    /// The spelling that the formatter writes; none when the language has no use for the word.
    pub(crate) fn written(&self, lang: Lang) -> Option<&'static str> {
        self.spellings(lang).first().copied()
    }

    /// The spelling of a language that a text is, accents and white space aside.
    pub(crate) fn spelling(&self, text: &str, lang: Lang) -> Option<&'static str> {
        let text = plain(text);
        self.spellings(lang).iter().find(|s| plain(s) == text).copied()
    }
}

/// A word as it is compared: without accents, with a straight apostrophe, and one space for any white space.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'à' | 'â' | 'ä' => out.push('a'),
            'ç' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' => out.push('i'),
            'ô' | 'ö' => out.push('o'),
            'ù' | 'û' | 'ü' => out.push('u'),
            'œ' => out.push_str("oe"),
            'À' | 'Â' => out.push('A'),
            'Ç' => out.push('C'),
            'É' | 'È' | 'Ê' | 'Ë' => out.push('E'),
            'Î' | 'Ï' => out.push('I'),
            'Ô' => out.push('O'),
            'Ù' | 'Û' => out.push('U'),
            '’' => out.push('\''),
            // Accents that stand on their own, as some keyboards and file systems write them.
            '\u{300}'..='\u{308}' | '\u{327}' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// The text of `keywords.pest`.
#[cfg(test)]
fn keywords_pest() -> String {
    let mut out = String::from(
        "// Made from the table in `parse/words.rs` by its test: `RELANCE_WRITE=1 cargo test -p relance-dsl keywords`.\n",
    );
    for keyword in KEYWORDS {
        let mut spellings: Vec<String> = Vec::new();
        for word in keyword.en.iter().chain(keyword.fr) {
            for variant in [(*word).to_owned(), plain(word)] {
                // Without its accent `où` would be `ou`.
                let is_or = variant == "ou" && keyword.name == "kw_where";
                if !is_or && !spellings.contains(&variant) {
                    spellings.push(variant);
                }
            }
        }
        // Of two that begin alike, the longer one is tried first.
        spellings.sort_by_key(|s| std::cmp::Reverse(s.chars().count()));
        let all: Vec<String> = spellings.iter().map(|s| alternative(s)).collect();
        out.push_str(&format!("{} = @{{ {} }}\n", keyword.name, all.join(" | ")));
    }
    out
}

/// The page of both vocabularies, `docs/vocabulary.md`.
#[cfg(test)]
fn vocabulary_page() -> String {
    let mut out = String::from(
        "# The two vocabularies\n\nEvery word of the language, in English and in French. Other spellings that are read stand in parentheses; \
         accents may be left\nout. A file uses one of the two, which its first line says. Made from the table that the reader uses.\n\n\
         | English | Français |\n|---|---|\n",
    );
    let mut rows: Vec<(String, String)> = PHRASES
        .iter()
        .map(|p| (format!("`{}`", p.en), format!("`{}`", p.fr)))
        .collect();
    let spelled = |all: &[&str]| {
        let mut quoted = all
            .iter()
            .filter(|s| !s.contains(['’', '&', '|']))
            .map(|s| format!("`{s}`"));
        let first = quoted.next().unwrap_or_default();
        let rest: Vec<String> = quoted.collect();
        match rest.is_empty() {
            true => first,
            false => format!("{first} ({})", rest.join(", ")),
        }
    };
    rows.extend(
        KEYWORDS
            .iter()
            .filter(|k| k.rule != Rule::unit_slip && !k.en.is_empty() && !k.fr.is_empty())
            .map(|k| (spelled(k.en), spelled(k.fr))),
    );
    rows.sort();
    rows.dedup();
    for (en, fr) in rows {
        let cell = |text: String| text.replace('|', "\\|");
        out.push_str(&format!("| {} | {} |\n", cell(en), cell(fr)));
    }
    out
}

/// One spelling as the grammar reads it: any white space between its words, nothing of a word after it.
#[cfg(test)]
fn alternative(spelling: &str) -> String {
    let words: Vec<String> = spelling.split(' ').map(|w| format!("\"{w}\"")).collect();
    let words = words.join(" ~ sp ~ ");
    if spelling.ends_with(|c: char| c.is_alphanumeric()) {
        format!("{words} ~ !XID_CONTINUE")
    } else {
        words
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "a test compares a file of the tree with this table"
)]
mod tests {
    use super::*;
    use crate::parse::grammar::Grammar;
    use pest::Parser;

    #[test]
    fn keywords_pest_and_the_page_of_words_are_made_from_this_table() {
        let root = env!("CARGO_MANIFEST_DIR");
        is_made(&format!("{root}/src/keywords.pest"), &keywords_pest());
        is_made(&format!("{root}/../docs/vocabulary.md"), &vocabulary_page());
    }

    fn is_made(path: &str, wanted: &str) {
        if std::env::var_os("RELANCE_WRITE").is_some() {
            std::fs::write(path, wanted).unwrap();
        }
        assert!(
            std::fs::read_to_string(path).unwrap() == wanted,
            "{path} is stale: RELANCE_WRITE=1 cargo test -p relance-dsl keywords"
        );
    }

    #[test]
    fn each_spelling_is_read_with_and_without_accents() {
        for keyword in KEYWORDS {
            for word in keyword.en.iter().chain(keyword.fr) {
                for text in [(*word).to_owned(), plain(word), word.replace(' ', "  ")] {
                    if text == "ou" && keyword.name == "kw_where" {
                        continue;
                    }
                    let parsed = Grammar::parse(keyword.rule, &text);
                    assert!(
                        parsed.is_ok_and(|p| p.as_str() == text),
                        "{}: `{text}`",
                        keyword.name
                    );
                }
            }
        }
    }

    #[test]
    fn accents_apostrophes_and_white_space_make_no_difference() {
        assert_eq!(plain("à  l’échéance"), "a l'echeance");
        assert_eq!(plain("pre\u{301}venance"), "prevenance");
    }
}
