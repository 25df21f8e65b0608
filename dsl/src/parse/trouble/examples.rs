//! An example of each statement: shown where one goes wrong, so that nobody has to look it up.

use std::collections::BTreeSet;

use crate::lang::{Lang, Text};
use crate::parse::grammar::Rule;
use crate::parse::words::plain;

/// Each statement as rules write it, in English and in French.
const EXAMPLES: &[(Rule, &str, &str)] = &[
    (
        Rule::field,
        "customer.custom.region text",
        "client.libre.région texte",
    ),
    (
        Rule::segment,
        "key \"Key accounts\" when account.revenue_12m >= 500 000 EUR",
        "clé \"Grands comptes\" si compte.chiffre_affaires_12m >= 500 000 EUR",
    ),
    (
        Rule::score,
        "score payer from 0 to 100 start 60 { add 20 when account.on_time_rate_12m >= 90 % }",
        "score payeur de 0 à 100 départ 60 { ajouter 20 si compte.taux_ponctualité_12m >= 90 % }",
    ),
    (
        Rule::scenario,
        "scenario standard \"Standard\" for key, small { language fr }",
        "scénario standard \"Standard\" pour clé, petits { langue fr }",
    ),
    (
        Rule::score_line,
        "subtract 15 when account.broken_promises_12m >= 1",
        "retirer 15 si compte.promesses_rompues_12m >= 1",
    ),
    (
        Rule::bands,
        "bands { good from 70, fair from 40, poor }",
        "tranches { bon dès 70, moyen dès 40, mauvais }",
    ),
    (
        Rule::holiday,
        "holiday \"Christmas\" on 25 december",
        "férié \"Noël\" le 25 décembre",
    ),
    (
        Rule::closed,
        "closed on saturday, sunday",
        "fermé le samedi, dimanche",
    ),
    (
        Rule::category,
        "price \"Price\" owner sales answer within 2 business days",
        "prix \"Prix\" responsable commercial réponse sous 2 jours ouvrés",
    ),
    (Rule::grace, "grace 2 business days", "tolérance 2 jours ouvrés"),
    (
        Rule::most_promises,
        "at most 2 per invoice",
        "au plus 2 par facture",
    ),
    (
        Rule::missed,
        "missed after 3 business days",
        "manqué après 3 jours ouvrés",
    ),
    (
        Rule::medium,
        "medium whatsapp = webhook \"whatsapp\"",
        "canal whatsapp = webhook \"whatsapp\"",
    ),
    (
        Rule::language,
        "language contact.language else customer.language else fr",
        "langue contact.langue sinon client.langue sinon fr",
    ),
    (
        Rule::tone,
        "tone courteous; firm when score is poor",
        "ton courtois; ferme si score est mauvais",
    ),
    (
        Rule::send,
        "send on business days of france, 09:00 to 17:30, customer time",
        "envoyer les jours ouvrés de france, 09:00 à 17:30, heure du client",
    ),
    (
        Rule::contact,
        "contact role accounts_payable else main",
        "contact rôle comptabilité_fournisseurs sinon principal",
    ),
    (Rule::group, "group by customer", "grouper par client"),
    (
        Rule::ignore,
        "ignore invoices under 15 EUR",
        "ignorer les factures de moins de 15 EUR",
    ),
    (
        Rule::limit,
        "limit 1 message per 5 days",
        "limiter à 1 message par 5 jours",
    ),
    (Rule::entry, "entry at level 1", "entrée au niveau 1"),
    (
        Rule::hold,
        "hold while disputed, promised, on plan",
        "suspendre tant que contestée, promise, échelonnée",
    ),
    (
        Rule::step,
        "step ahead 5 business days before due { email template courtesy_reminder }",
        "étape prévenance 5 jours ouvrés avant échéance { email modèle courtesy_reminder }",
    ),
    (
        Rule::level,
        "level 2 second 8 days after level 1 { email template reminder }",
        "niveau 2 deuxième 8 jours après niveau 1 { email modèle reminder }",
    ),
    (
        Rule::then,
        "then after 15 days { hand over to legal }",
        "puis après 15 jours { transmettre au contentieux }",
    ),
    (
        Rule::thanks,
        "thanks { when paid in full { email template thanks } }",
        "remerciement { si payée intégralement { email modèle thanks } }",
    ),
    (
        Rule::message,
        "email template reminder tone firm",
        "email modèle reminder ton ferme",
    ),
    (
        Rule::message,
        "email template reminder attach statement",
        "email modèle reminder joindre relevé",
    ),
    (
        Rule::message,
        "email template reminder else sms template reminder when bounced",
        "email modèle reminder sinon sms modèle reminder si rejeté",
    ),
    (
        Rule::call,
        "call script call_reminder assign collector within 2 business days",
        "appel script call_reminder confié à chargé_recouvrement sous 2 jours ouvrés",
    ),
    (
        Rule::task,
        "task check_address \"Check the address\" assign collector within 2 days",
        "tâche vérifier_adresse \"Vérifier l'adresse\" confiée à chargé_recouvrement sous 2 jours",
    ),
    (
        Rule::charge,
        "charge late_interest, recovery_fee",
        "facturer intérêts_de_retard, indemnité_de_recouvrement",
    ),
    (
        Rule::approve,
        "approve by credit_manager",
        "valider par responsable_crédit",
    ),
    (
        Rule::continue_at,
        "continue at level 3 after 5 days",
        "reprendre au niveau 3 après 5 jours",
    ),
    (
        Rule::hand_over,
        "hand over to legal",
        "transmettre au contentieux",
    ),
    (
        Rule::given,
        "given invoice F1 { amount 1 200 EUR, due 2026-02-04 }",
        "soit facture F1 { montant 1 200 EUR, échéance 2026-02-04 }",
    ),
    (
        Rule::given,
        "given customer { kind business, country FR, language fr }",
        "soit client { type entreprise, pays FR, langue fr }",
    ),
    (
        Rule::given,
        "given rate USD 0.92 from 2026-01-01",
        "soit cours USD 0,92 dès le 2026-01-01",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 pay F1 500 EUR",
        "le 2026-02-10 payer F1 500 EUR",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 dispute F1",
        "le 2026-02-10 litige F1",
    ),
    (
        Rule::on_day,
        "on 2026-02-24 reject dispute F1",
        "le 2026-02-24 rejeter litige F1",
    ),
    (
        Rule::on_day,
        "on 2026-02-24 accept dispute F1",
        "le 2026-02-24 accepter litige F1",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 promise F1 until 2026-02-20",
        "le 2026-02-10 promesse F1 jusqu'au 2026-02-20",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 plan F1 { 400 EUR on 2026-03-01, 400 EUR on 2026-04-01 }",
        "le 2026-02-10 échelonner F1 { 400 EUR le 2026-03-01, 400 EUR le 2026-04-01 }",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 cancel plan F1",
        "le 2026-02-10 annuler échéancier F1",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 receive 500 EUR",
        "le 2026-02-10 encaisser 500 EUR",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 credit F1 100 EUR",
        "le 2026-02-10 créditer F1 100 EUR",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 hold F1 until 2026-03-01",
        "le 2026-02-10 suspendre F1 jusqu'au 2026-03-01",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 release F1",
        "le 2026-02-10 libérer F1",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 call gives no_answer",
        "le 2026-02-10 appel donne sans_réponse",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 approve F1",
        "le 2026-02-10 valider F1",
    ),
    (
        Rule::on_day,
        "on 2026-02-10 refuse F1",
        "le 2026-02-10 refuser F1",
    ),
    (Rule::on_day, "on 2026-02-10 open F1", "le 2026-02-10 ouvrir F1"),
    (
        Rule::expect,
        "expect 2026-02-09 email template reminder of F1",
        "attendre 2026-02-09 email modèle reminder de F1",
    ),
    (
        Rule::expect,
        "expect nothing from 2026-02-10 to 2026-02-28",
        "attendre rien du 2026-02-10 au 2026-02-28",
    ),
    (
        Rule::expect,
        "expect level 1 of F1 on 2026-02-09",
        "attendre niveau 1 de F1 le 2026-02-09",
    ),
    (Rule::expect, "expect segment key", "attendre segment clé"),
    (
        Rule::expect,
        "expect call script call_reminder on 2026-02-09",
        "attendre appel script call_reminder le 2026-02-09",
    ),
];

/// How a statement is written: of several examples the one that has most words of what was written.
pub(super) fn of(rule: Rule, written: &str, lang: Lang) -> Option<Text> {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words
            .filter(|w| w.starts_with(char::is_alphabetic))
            .map(plain)
            .collect()
    };
    let written = words(written);
    let shared = |(_, en, fr): &&(Rule, &str, &str)| words(lang.pick(en, fr)).intersection(&written).count();
    // Of several that are as near, the first.
    let of_rule = EXAMPLES.iter().rev().filter(|(of, ..)| *of == rule);
    let (_, en, fr) = of_rule.max_by_key(shared)?;
    Some(Text::new(*en, *fr))
}

#[cfg(test)]
mod tests {
    use pest::Parser as _;

    use super::EXAMPLES;
    use crate::parse::grammar::Grammar;

    #[test]
    fn every_example_is_understood_to_its_end() {
        for (rule, en, fr) in EXAMPLES {
            for text in [en, fr] {
                let read = Grammar::parse(*rule, text).unwrap_or_else(|e| panic!("{text}: {e}"));
                assert_eq!(read.as_str(), *text);
            }
        }
    }
}
