//! The catalogue of facts: one table. Each entry holds what the language, the reference page and the checker know of a fact,
//! and beside it how its value is read, so that the two cannot drift apart.

use chrono::NaiveDate;
use relance_dsl::vocabulary::{Context, Enumeration, EnumerationId, Fact, FactId, Type, Vocabulary};
use rust_decimal::Decimal;

use crate::decision::ScoreResult;
use crate::facts::{AccountFacts, Contact, CustomerKind, Invoice};
use crate::hooks::Calls;
use crate::tally::Tally;
use crate::value::Value;

/// From where facts are read: what is known of the account, and how far the decision has come.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The account.
    pub facts: &'a AccountFacts,
    /// Today, in the company's time zone.
    pub today: NaiveDate,
    /// The account's sums.
    pub tally: &'a Tally<'a>,
    /// Name of the segment, once it is chosen.
    pub segment: Option<&'a str>,
    /// The score, once it is computed.
    pub score: Option<&'a ScoreResult>,
    /// The invoice, in a step.
    pub invoice: Option<&'a Invoice>,
    /// The contact, when one was found.
    pub contact: Option<&'a Contact>,
    /// The hooks that can be called, and what they gave; without them what a hook gives is unknown.
    pub calls: Option<&'a Calls<'a>>,
}

impl<'a> Scope<'a> {
    /// What is known before the segment is chosen.
    pub fn of_account(facts: &'a AccountFacts, today: NaiveDate, tally: &'a Tally<'a>) -> Self {
        Self {
            facts,
            today,
            tally,
            segment: None,
            score: None,
            invoice: None,
            contact: None,
            calls: None,
        }
    }
}

/// Reads the value of a fact into its place.
type Loader = for<'a> fn(&Scope<'a>, &mut Value<'a>);

/// How a fact changes when nothing happens but time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Not at all: only an event changes it.
    Still,
    /// A window of twelve months that moves on: slowly.
    Slow,
    /// From one day to the next.
    Daily,
}

macro_rules! catalogue {
    ($($path:literal $path_fr:literal $ty:ident$(($of:expr))? in $context:ident, $pace:ident, $unit:literal:
       $doc:literal, $doc_fr:literal => $load:expr;)*) => {
        static FACTS: &[Fact] = &[$(Fact {
            path: $path,
            path_fr: $path_fr,
            ty: Type::$ty$(($of))?,
            context: Context::$context,
            unit: $unit,
            doc: $doc,
            doc_fr: $doc_fr,
        }),*];
        static LOADERS: &[Loader] = &[$(|scope, into| *into = reading($load)(scope)),*];
        static PACES: &[Pace] = &[$(Pace::$pace),*];
    };
}

const CUSTOMER_KIND: EnumerationId = EnumerationId(0);
const CONTACT_ROLE: EnumerationId = EnumerationId(1);

catalogue! {
    "company.code" "société.code" Text in Segment, Still, "":
        "Short code of the creditor.", "Code court du créancier."
        => |s| Value::text(&s.facts.company.code);
    "company.name" "société.nom" Text in Segment, Still, "":
        "Name of the creditor.", "Nom du créancier."
        => |s| Value::text(&s.facts.company.name);
    "company.country" "société.pays" Country in Segment, Still, "":
        "Country of the creditor.", "Pays du créancier."
        => |s| Value::text(&s.facts.company.country);
    "company.currency" "société.devise" Currency in Segment, Still, "":
        "Currency in which the creditor keeps its books.", "Devise dans laquelle le créancier tient ses comptes."
        => |s| Value::Currency(s.facts.company.currency);

    "customer.number" "client.numéro" Text in Segment, Still, "":
        "Number of the customer in the creditor's books.", "Numéro du client dans les livres du créancier."
        => |s| Value::text(&s.facts.customer.number);
    "customer.name" "client.nom" Text in Segment, Still, "":
        "Name of the customer.", "Nom du client."
        => |s| Value::text(&s.facts.customer.name);
    "customer.kind" "client.type" OneOf(CUSTOMER_KIND) in Segment, Still, "":
        "Business, public body or consumer.", "Entreprise, organisme public ou particulier."
        => |s| Value::text(match s.facts.customer.kind {
            CustomerKind::Business => "business",
            CustomerKind::Public => "public",
            CustomerKind::Consumer => "consumer",
        });
    "customer.country" "client.pays" Country in Segment, Still, "":
        "Country of the customer.", "Pays du client."
        => |s| Value::text(&s.facts.customer.country);
    "customer.language" "client.langue" Language in Segment, Still, "":
        "Language noted for the customer, when there is one.", "Langue notée pour le client, s'il y en a une."
        => |s| Value::known(s.facts.customer.language.as_deref(), Value::text);
    "customer.tags" "client.étiquettes" Texts in Segment, Still, "":
        "Free tags of the customer.", "Étiquettes libres du client."
        => |s| Value::Texts(&s.facts.customer.tags);
    "customer.credit_limit" "client.plafond" Money in Segment, Still, "":
        "The most that the customer may owe, when a limit is set.", "Encours maximal du client, si un plafond est fixé."
        => |s| Value::known(s.facts.customer.credit_limit, Value::Money);

    "account.balance" "compte.solde" Money in Segment, Daily, "":
        "Open balance of all invoices of the customer.", "Solde de toutes les factures ouvertes du client."
        => |s| Value::known(s.tally.balance(), Value::Money);
    "account.overdue" "compte.échu" Money in Segment, Daily, "":
        "Open balance of the invoices whose due date has passed.", "Solde des factures dont l'échéance est passée."
        => |s| Value::known(s.tally.overdue(), Value::Money);
    "account.oldest_overdue_days" "compte.plus_ancien_retard" Whole in Segment, Daily, "days":
        "Days since the oldest open due date that has passed; 0 when nothing is overdue.",
        "Jours depuis la plus ancienne échéance dépassée encore ouverte ; 0 si rien n'est échu."
        => |s| Value::whole(s.tally.oldest_overdue_days());
    "account.open_invoices" "compte.factures_ouvertes" Whole in Segment, Still, "invoices":
        "How many invoices are open.", "Nombre de factures ouvertes."
        => |s| Value::whole(s.tally.open_invoices());
    "account.overdue_invoices" "compte.factures_échues" Whole in Segment, Daily, "invoices":
        "How many open invoices are past their due date.", "Nombre de factures ouvertes dont l'échéance est passée."
        => |s| Value::whole(s.tally.overdue_invoices());
    "account.unallocated" "compte.non_lettré" Money in Segment, Daily, "":
        "Payments and credit notes that are not allocated to an invoice.",
        "Encaissements et avoirs qui ne sont pas lettrés."
        => |s| Value::known(s.tally.unallocated(), Value::Money);
    "account.revenue_12m" "compte.chiffre_affaires_12m" Money in Segment, Slow, "":
        "Invoiced in the last 12 months, less credit notes.", "Facturé sur les 12 derniers mois, avoirs déduits."
        => |s| Value::known(s.tally.revenue_12m(), Value::Money);
    "account.paid_invoices_12m" "compte.factures_payées_12m" Whole in Segment, Slow, "invoices":
        "Invoices paid in full in the last 12 months.", "Factures soldées sur les 12 derniers mois."
        => |s| Value::whole(s.facts.history.paid_12m);
    "account.on_time_rate_12m" "compte.taux_ponctualité_12m" Percent in Segment, Slow, "%":
        "Share of the invoices paid in the last 12 months that were paid by their due date; unknown when none was paid.",
        "Part des factures payées à l'échéance ou avant sur les 12 derniers mois ; inconnue si aucune n'a été payée."
        => |s| Value::known(
            Decimal::from(u64::from(s.facts.history.on_time_12m) * 100)
                .checked_div(Decimal::from(s.facts.history.paid_12m)),
            Value::Number,
        );
    "account.average_days_late" "compte.retard_moyen" Decimal in Segment, Slow, "days":
        "Average days between due date and payment over 12 months, negative when early; unknown when nothing was paid.",
        "Jours moyens entre échéance et paiement sur 12 mois, négatifs en cas d'avance ; inconnu si rien n'a été payé."
        => |s| Value::known(s.facts.history.average_days_late, Value::Number);
    "account.broken_promises_12m" "compte.promesses_rompues_12m" Whole in Segment, Slow, "promises":
        "Promises to pay that were broken in the last 12 months.",
        "Promesses de paiement non tenues sur les 12 derniers mois."
        => |s| Value::whole(s.facts.history.broken_promises_12m);
    "account.credit_used" "compte.plafond_utilisé" Percent in Segment, Daily, "%":
        "Open balance as a share of the credit limit; unknown without a limit.",
        "Solde ouvert rapporté au plafond ; inconnu sans plafond."
        => |s| Value::known(s.tally.credit_used(), Value::Number);

    "today" "aujourd'hui" Date in Segment, Daily, "":
        "The day of the decision, in the creditor's time zone.", "Le jour de la décision, au fuseau du créancier."
        => |s| Value::Date(s.today);
    "segment" "segment" Segment in Score, Daily, "":
        "The customer's segment.", "Le segment du client."
        => |s| Value::known(s.segment, Value::text);
    "score" "score" Band in Scenario, Daily, "":
        "Band of the payer score.", "Tranche du score payeur."
        => |s| Value::known(s.score, |score| Value::text(&score.band.name));
    "score.points" "score.points" Whole in Scenario, Daily, "points":
        "Points of the payer score.", "Points du score payeur."
        => |s| Value::known(s.score, |score| Value::whole(score.points));

    "invoice.number" "facture.numéro" Text in Step, Still, "":
        "Number of the invoice.", "Numéro de la facture."
        => |s| Value::known(s.invoice, |i| Value::text(&i.number));
    "invoice.amount" "facture.montant" Money in Step, Still, "":
        "Amount of the invoice, with tax.", "Montant TTC de la facture."
        => |s| Value::known(s.invoice, |i| Value::Money(i.amount));
    "invoice.balance" "facture.solde" Money in Step, Still, "":
        "What is still open of the invoice.", "Ce qui reste dû sur la facture."
        => |s| Value::known(s.invoice, |i| Value::Money(i.balance));
    "invoice.currency" "facture.devise" Currency in Step, Still, "":
        "Currency of the invoice.", "Devise de la facture."
        => |s| Value::known(s.invoice, |i| Value::Currency(i.amount.currency));
    "invoice.issued" "facture.émise" Date in Step, Still, "":
        "Day of issue.", "Date d'émission."
        => |s| Value::known(s.invoice, |i| Value::Date(i.issued));
    "invoice.due" "facture.échéance" Date in Step, Still, "":
        "Due date.", "Date d'échéance."
        => |s| Value::known(s.invoice, |i| Value::Date(i.due));
    "invoice.days_overdue" "facture.jours_retard" Whole in Step, Daily, "days":
        "Days since the due date; 0 on that day and before.", "Jours depuis l'échéance ; 0 ce jour-là et avant."
        => |s| Value::known(s.invoice, |i| Value::whole((s.today - i.due).num_days().max(0)));
    "invoice.partly_paid" "facture.payée_en_partie" YesNo in Step, Still, "":
        "A part of the invoice has been settled.", "Une partie de la facture a été réglée."
        => |s| Value::known(s.invoice, |i| Value::YesNo(i.balance.amount < i.amount.amount));

    "contact.name" "contact.nom" Text in Step, Still, "":
        "Name of the contact who is written to.", "Nom du contact à qui l'on écrit."
        => |s| Value::known(s.contact, |c| Value::text(&c.name));
    "contact.language" "contact.langue" Language in Step, Still, "":
        "Language noted for the contact, when there is one.", "Langue notée pour le contact, s'il y en a une."
        => |s| Value::known(s.contact.and_then(|c| c.language.as_deref()), Value::text);
    "contact.role" "contact.rôle" OneOf(CONTACT_ROLE) in Step, Still, "":
        "Role of the contact, when there is one.", "Rôle du contact, s'il en a un."
        => |s| Value::known(
            s.contact
                .and_then(|c| c.role.as_deref())
                .filter(|role| CONTACT_ROLES.iter().any(|(name, _)| name == role)),
            Value::text,
        );
}

static CONTACT_ROLES: &[(&str, &str)] = &[
    ("accounts_payable", "comptabilité_fournisseurs"),
    ("buyer", "acheteur"),
    ("director", "direction"),
    ("logistics", "logistique"),
];

/// What the language may talk about.
pub static VOCABULARY: Vocabulary = Vocabulary {
    facts: FACTS,
    enumerations: &[
        Enumeration {
            name: "customer kind",
            name_fr: "type de client",
            values: &[
                ("business", "entreprise"),
                ("public", "public"),
                ("consumer", "particulier"),
            ],
        },
        Enumeration {
            name: "contact role",
            name_fr: "rôle de contact",
            values: CONTACT_ROLES,
        },
    ],
    roles: &[
        ("collector", "chargé_recouvrement"),
        ("credit_manager", "responsable_crédit"),
        ("account_manager", "responsable_compte"),
        ("sales", "commercial"),
        ("cfo", "direction_financière"),
    ],
    contact_roles: CONTACT_ROLES,
};

/// The value of a fact. A fact of another catalogue is unknown.
pub fn load<'a>(fact: FactId, scope: &Scope<'a>) -> Value<'a> {
    let mut value = Value::Unknown;
    load_into(fact, scope, &mut value);
    value
}

/// Reads the value of a fact into its place. A fact of another catalogue is unknown.
pub(crate) fn load_into<'a>(fact: FactId, scope: &Scope<'a>, into: &mut Value<'a>) {
    match LOADERS.get(usize::from(fact.0)) {
        Some(load) => load(scope, into),
        None => *into = Value::Unknown,
    }
}

/// Tells the compiler what the entries of the table are.
fn reading<F: for<'a> Fn(&Scope<'a>) -> Value<'a>>(load: F) -> F {
    load
}

/// How a fact changes with time alone.
pub fn pace(fact: FactId) -> Pace {
    PACES.get(usize::from(fact.0)).copied().unwrap_or(Pace::Daily)
}

/// The English path of a fact.
pub fn path(fact: FactId) -> &'static str {
    FACTS.get(usize::from(fact.0)).map_or("", |f| f.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Named;
    use crate::facts::testing;

    #[test]
    fn every_entry_has_a_loader_whose_value_has_the_declared_type() {
        let facts = testing::account();
        let today = testing::day("2026-03-12");
        let tally = Tally::of(&facts, today);
        let score = ScoreResult {
            points: 60,
            band: Named {
                name: "fair".into(),
                title: "fair".into(),
            },
            risk: Decimal::ONE,
        };
        let scope = Scope {
            facts: &facts,
            today,
            tally: &tally,
            segment: Some("small"),
            score: Some(&score),
            invoice: facts.invoices.first(),
            contact: facts.contacts.first(),
            calls: None,
        };
        assert_eq!(FACTS.len(), LOADERS.len());
        for (i, fact) in FACTS.iter().enumerate() {
            let value = load(FactId(u16::try_from(i).unwrap()), &scope);
            assert_ne!(
                value,
                Value::Unknown,
                "{} is known in the test account",
                fact.path
            );
            assert!(
                value.is_of(fact.ty),
                "{}: {value:?} is not {:?}",
                fact.path,
                fact.ty
            );
            if let (Type::OneOf(list), Value::Text(text)) = (fact.ty, &value) {
                let list = VOCABULARY.enumerations[usize::from(list.0)].values;
                assert!(list.iter().any(|(name, _)| name == text), "{}: {text}", fact.path);
            }
        }
    }

    #[test]
    fn a_fact_of_the_step_is_unknown_outside_of_a_step() {
        let facts = testing::account();
        let today = testing::day("2026-03-12");
        let tally = Tally::of(&facts, today);
        let scope = Scope {
            facts: &facts,
            today,
            tally: &tally,
            segment: None,
            score: None,
            invoice: None,
            contact: None,
            calls: None,
        };
        for (i, fact) in FACTS.iter().enumerate() {
            if fact.context >= Context::Score {
                assert_eq!(
                    load(FactId(u16::try_from(i).unwrap()), &scope),
                    Value::Unknown,
                    "{}",
                    fact.path
                );
            }
        }
    }

    #[test]
    fn paths_are_unique_in_both_languages() {
        for path in [|f: &Fact| f.path, |f: &Fact| f.path_fr] {
            let mut paths: Vec<_> = FACTS.iter().map(path).collect();
            paths.sort_unstable();
            paths.dedup();
            assert_eq!(paths.len(), FACTS.len());
        }
    }
}
