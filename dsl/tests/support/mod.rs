//! A small catalogue of facts, a calendar and some templates, as the rules part and the standard library would give them.
#![allow(dead_code, reason = "each test uses its part")]

use std::sync::Arc;

use relance_dsl::check::check;
use relance_dsl::checked::CheckedRulebook;
use relance_dsl::diagnostic::Diagnostic;
use relance_dsl::parse::parse;
use relance_dsl::span::SourceMap;
use relance_dsl::vocabulary::{
    Context, Enumeration, EnumerationId, Fact, Offer, Surroundings, TemplateName, Type, Vocabulary,
};

const fn fact(
    path: &'static str,
    path_fr: &'static str,
    ty: Type,
    context: Context,
    unit: &'static str,
) -> Fact {
    Fact {
        path,
        path_fr,
        ty,
        context,
        unit,
        doc: "",
        doc_fr: "",
    }
}

/// What the tests may talk about.
pub static VOCABULARY: Vocabulary = Vocabulary {
    facts: &[
        fact(
            "company.country",
            "société.pays",
            Type::Country,
            Context::Segment,
            "",
        ),
        fact(
            "company.currency",
            "société.devise",
            Type::Currency,
            Context::Segment,
            "",
        ),
        fact("customer.name", "client.nom", Type::Text, Context::Segment, ""),
        fact(
            "customer.kind",
            "client.type",
            Type::OneOf(EnumerationId(0)),
            Context::Segment,
            "",
        ),
        fact(
            "customer.country",
            "client.pays",
            Type::Country,
            Context::Segment,
            "",
        ),
        fact(
            "customer.language",
            "client.langue",
            Type::Language,
            Context::Segment,
            "",
        ),
        fact(
            "customer.tags",
            "client.étiquettes",
            Type::Texts,
            Context::Segment,
            "",
        ),
        fact(
            "customer.credit_limit",
            "client.plafond",
            Type::Money,
            Context::Segment,
            "",
        ),
        fact(
            "account.balance",
            "compte.solde",
            Type::Money,
            Context::Segment,
            "",
        ),
        fact(
            "account.overdue",
            "compte.échu",
            Type::Money,
            Context::Segment,
            "",
        ),
        fact(
            "account.oldest_overdue_days",
            "compte.plus_ancien_retard",
            Type::Whole,
            Context::Segment,
            "days",
        ),
        fact(
            "account.open_invoices",
            "compte.factures_ouvertes",
            Type::Whole,
            Context::Segment,
            "invoices",
        ),
        fact(
            "account.paid_invoices_12m",
            "compte.factures_payées_12m",
            Type::Whole,
            Context::Segment,
            "invoices",
        ),
        fact(
            "account.revenue_12m",
            "compte.chiffre_affaires_12m",
            Type::Money,
            Context::Segment,
            "",
        ),
        fact(
            "account.on_time_rate_12m",
            "compte.taux_ponctualité_12m",
            Type::Percent,
            Context::Segment,
            "%",
        ),
        fact(
            "account.average_days_late",
            "compte.retard_moyen",
            Type::Decimal,
            Context::Segment,
            "days",
        ),
        fact(
            "account.broken_promises_12m",
            "compte.promesses_rompues_12m",
            Type::Whole,
            Context::Segment,
            "promises",
        ),
        fact("today", "aujourd'hui", Type::Date, Context::Segment, ""),
        fact("segment", "segment", Type::Segment, Context::Score, ""),
        fact("score", "score", Type::Band, Context::Scenario, ""),
        fact(
            "score.points",
            "score.points",
            Type::Whole,
            Context::Scenario,
            "points",
        ),
        fact(
            "invoice.amount",
            "facture.montant",
            Type::Money,
            Context::Step,
            "",
        ),
        fact(
            "invoice.currency",
            "facture.devise",
            Type::Currency,
            Context::Step,
            "",
        ),
        fact("invoice.issued", "facture.émise", Type::Date, Context::Step, ""),
        fact("invoice.balance", "facture.solde", Type::Money, Context::Step, ""),
        fact(
            "invoice.days_overdue",
            "facture.jours_retard",
            Type::Whole,
            Context::Step,
            "days",
        ),
        fact("invoice.due", "facture.échéance", Type::Date, Context::Step, ""),
        fact(
            "invoice.partly_paid",
            "facture.payée_en_partie",
            Type::YesNo,
            Context::Step,
            "",
        ),
    ],
    enumerations: &[Enumeration {
        name: "customer kind",
        name_fr: "type de client",
        values: &[
            ("business", "entreprise"),
            ("public", "public"),
            ("consumer", "particulier"),
        ],
    }],
    roles: &[
        ("collector", "chargé_recouvrement"),
        ("credit_manager", "responsable_crédit"),
        ("account_manager", "responsable_compte"),
        ("sales", "commercial"),
        ("cfo", "direction_financière"),
    ],
    contact_roles: &[
        ("accounts_payable", "comptabilité_fournisseurs"),
        ("buyer", "acheteur"),
    ],
};

/// The calendar of `std.france`, short.
const FRANCE: &str =
    "calendar france \"France\" { closed on saturday, sunday holiday \"Noël\" on 25 december }";

/// Templates and modules around the tests.
pub fn surroundings() -> Surroundings {
    let template = |name: &str, language: Option<&str>, tone: Option<&str>| TemplateName {
        name: name.to_owned(),
        language: language.map(str::to_owned),
        tone: tone.map(str::to_owned),
    };
    let names = [
        "courtesy_reminder",
        "statement",
        "reminder",
        "second_reminder",
        "final_reminder",
        "call_courtesy",
        "call_reminder",
        "thanks",
    ];
    let mut templates: Vec<_> = names
        .iter()
        .flat_map(|n| [template(n, Some("fr"), None), template(n, Some("en"), None)])
        .collect();
    templates.push(template("friendly", Some("fr"), Some("warm")));
    templates.push(template("only_german", Some("de"), None));
    Surroundings {
        templates,
        modules: vec!["std.france".to_owned(), "std.europe".to_owned()],
        offers: vec![Offer {
            module: "std.europe".to_owned(),
            calendars: vec!["spain".to_owned()],
            charges: vec!["spain".to_owned()],
            templates: vec!["final_notice".to_owned()],
        }],
    }
}

/// What comes of files, each with its path.
pub struct Outcome {
    pub sources: Arc<SourceMap>,
    pub rulebook: Option<CheckedRulebook>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks files together, with the standard calendar when one of them uses it.
pub fn outcome(files: &[(&str, &str)]) -> Outcome {
    let mut sources = SourceMap::default();
    let mut trees = Vec::new();
    let mut diagnostics = Vec::new();
    let standard = ("std/france/calendar.relance", FRANCE);
    let uses = files
        .iter()
        .any(|(_, text)| text.contains("use std.france") || text.contains("utiliser std.france"));
    for (path, text) in files.iter().copied().chain(uses.then_some(standard)) {
        let id = sources.add(path, text);
        let (tree, found) = parse(id, text);
        trees.push(tree);
        diagnostics.extend(found);
    }
    let sources = Arc::new(sources);
    let (rulebook, found) = check(sources.clone(), &trees, &VOCABULARY, &surroundings());
    diagnostics.extend(found);
    diagnostics.sort_by_key(|d| d.primary.span);
    Outcome {
        sources,
        rulebook,
        diagnostics,
    }
}
