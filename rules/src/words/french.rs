//! Reasons in French.

use chrono::Datelike;
use chrono_tz::Tz;
use relance_dsl::checked::Attachment;

use super::{
    Language, NO_BREAK, date, fact_path, fact_value, hold_kind, hold_note, instant, language_name, medium,
    money, number, occurrence, role, tone_by_name,
};
use crate::reason::ReasonKind;

/// The months.
pub(super) const MONTHS: &[&str] = &[
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const FR: Language = Language::Fr;

fn quoted(text: &str) -> String {
    format!("«{NO_BREAK}{text}{NO_BREAK}»")
}

fn step_with_level(step: &str, level: Option<u8>) -> String {
    match level {
        Some(level) => format!("Le niveau {level} {}", quoted(step)),
        None => format!("L'étape {}", quoted(step)),
    }
}

fn points(points: i32) -> String {
    let s = if points.unsigned_abs() <= 1 { "" } else { "s" };
    format!("{points:+} point{s}")
}

/// The sentence for a reason.
pub(super) fn sentence(kind: &ReasonKind, zone: Tz) -> String {
    match kind {
        ReasonKind::SegmentChosen { .. }
        | ReasonKind::SegmentByHand { .. }
        | ReasonKind::NoSegment
        | ReasonKind::NoScenario { .. }
        | ReasonKind::ScoreStart { .. }
        | ReasonKind::ScoreLine { .. }
        | ReasonKind::ScoreTotal { .. }
        | ReasonKind::PerUnit { .. } => who(kind),
        ReasonKind::StepDue { .. }
        | ReasonKind::StepLater { .. }
        | ReasonKind::MovedToBusinessDay { .. }
        | ReasonKind::CountsFromLevel { .. }
        | ReasonKind::ClockStopped { .. }
        | ReasonKind::CourtesyDropped { .. }
        | ReasonKind::CourtesySuperseded { .. }
        | ReasonKind::EnteredAtLevel { .. }
        | ReasonKind::ConditionNotMet { .. }
        | ReasonKind::ActLeftOut { .. }
        | ReasonKind::TriedToday { .. }
        | ReasonKind::AllLevelsDone
        | ReasonKind::CallAgain { .. }
        | ReasonKind::Attached { .. }
        | ReasonKind::OpeningAwaited { .. }
        | ReasonKind::MessageOpened { .. }
        | ReasonKind::OpeningUnknown { .. }
        | ReasonKind::NoStep => timing(kind),
        ReasonKind::Held { .. }
        | ReasonKind::CoveredByUnallocated { .. }
        | ReasonKind::SmallBalance { .. }
        | ReasonKind::MessageLimit { .. }
        | ReasonKind::MessageUnderWay
        | ReasonKind::OutsideWindow { .. }
        | ReasonKind::UnderWay { .. }
        | ReasonKind::InDoubt { .. }
        | ReasonKind::NoUsableContact
        | ReasonKind::ContactUnusable
        | ReasonKind::NothingOpen
        | ReasonKind::ThankedLately { .. }
        | ReasonKind::Settled { .. }
        | ReasonKind::WaitsForApproval { .. }
        | ReasonKind::ApprovalRefused { .. }
        | ReasonKind::ApprovalExpired { .. }
        | ReasonKind::HandedOver { .. }
        | ReasonKind::BalanceChanged { .. }
        | ReasonKind::HookGave { .. }
        | ReasonKind::HookFailed(_)
        | ReasonKind::HookSkips { .. }
        | ReasonKind::HookDelays { .. }
        | ReasonKind::HookJumps { .. }
        | ReasonKind::PromisesUsedUp { .. }
        | ReasonKind::PlanMissed { .. }
        | ReasonKind::NoLongerDue { .. } => against(kind, zone),
        ReasonKind::InterestOwed { .. }
        | ReasonKind::MoreInterestOwed { .. }
        | ReasonKind::FeeOwed { .. }
        | ReasonKind::ConsumerNotCharged { .. }
        | ReasonKind::InterestRateMissing { .. } => charges(kind),
        ReasonKind::Grouped { .. }
        | ReasonKind::ContactChosen { .. }
        | ReasonKind::LanguageChosen { .. }
        | ReasonKind::ToneChosen { .. }
        | ReasonKind::PaidInFull { .. }
        | ReasonKind::ApprovalNeeded { .. }
        | ReasonKind::Approved { .. }
        | ReasonKind::SentByHand { .. }
        | ReasonKind::Happened { .. }
        | ReasonKind::AnswersFirst { .. }
        | ReasonKind::Resumed { .. }
        | ReasonKind::Jumped { .. }
        | ReasonKind::HookToneShared { .. }
        | ReasonKind::NoticeUnset { .. }
        | ReasonKind::BodyChanged { .. }
        | ReasonKind::WebhookUnset { .. }
        | ReasonKind::WebhookRefused { .. }
        | ReasonKind::RateMissing { .. }
        | ReasonKind::Unknown { .. } => message(kind),
    }
}

fn who(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::SegmentChosen { segment } => format!("Le client est dans le segment {}", quoted(segment)),
        ReasonKind::SegmentByHand { segment } => {
            format!(
                "Le client a été placé à la main dans le segment {}",
                quoted(segment)
            )
        }
        ReasonKind::NoSegment => {
            "Aucun segment ne correspond à ce client\u{A0}: aucun scénario ne s'applique".to_owned()
        }
        ReasonKind::NoScenario { segment } => {
            format!("Aucun scénario ne traite le segment {}", quoted(segment))
        }
        ReasonKind::ScoreStart { points } => format!("Le score part de {points}"),
        ReasonKind::ScoreLine { points: n } => format!("{} au score", points(*n)),
        ReasonKind::ScoreTotal { points, band } => {
            format!("Le score est de {points}\u{A0}: {}", quoted(band))
        }
        ReasonKind::PerUnit { value, points: n } => {
            format!(
                "{} au score, pour une valeur de {}",
                points(*n),
                number(*value, FR)
            )
        }
        _ => String::new(),
    }
}

fn timing(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::StepDue { step, level, on } => {
            format!(
                "{} est à faire depuis le {}",
                step_with_level(step, *level),
                date(*on, FR)
            )
        }
        ReasonKind::StepLater { step, level, on } => {
            format!("{} viendra le {}", step_with_level(step, *level), date(*on, FR))
        }
        ReasonKind::MovedToBusinessDay { from, to, calendar } => {
            let calendar = if calendar.is_empty() {
                String::new()
            } else {
                format!(" ({calendar})")
            };
            format!(
                "Le {} n'est pas ouvré{calendar}\u{A0}: déplacé au {}",
                date(*from, FR),
                date(*to, FR)
            )
        }
        ReasonKind::CountsFromLevel { level, on } => {
            format!("Compté à partir du niveau {level}, effectué le {}", date(*on, FR))
        }
        ReasonKind::ClockStopped { days: 1 } => "1 jour de suspension n'est pas compté".to_owned(),
        ReasonKind::ClockStopped { days } => format!("{days} jours de suspension ne sont pas comptés"),
        ReasonKind::CourtesyDropped { step, on } => {
            format!(
                "L'étape {} est omise\u{A0}: son jour était le {}",
                quoted(step),
                date(*on, FR)
            )
        }
        ReasonKind::CourtesySuperseded { step } => {
            format!(
                "L'étape {} est omise\u{A0}: une étape plus tardive l'a remplacée",
                quoted(step)
            )
        }
        ReasonKind::EnteredAtLevel { level } => {
            format!(
                "La facture était déjà échue quand elle a été connue\u{A0}: elle commence au niveau {level}"
            )
        }
        ReasonKind::ConditionNotMet { step } => {
            format!(
                "L'étape {} attend\u{A0}: sa condition n'est pas remplie",
                quoted(step)
            )
        }
        ReasonKind::ActLeftOut { step } => format!(
            "Une action de l'étape {} est laissée de côté\u{A0}: sa condition n'est pas remplie",
            quoted(step)
        ),
        ReasonKind::TriedToday { step } => format!(
            "L'étape {} n'a pas pu être effectuée aujourd'hui\u{A0}; elle sera retentée un autre jour",
            quoted(step)
        ),
        ReasonKind::AllLevelsDone => "Le dernier niveau a été effectué".to_owned(),
        ReasonKind::CallAgain { step, on } => format!(
            "Personne n'a répondu à {}\u{A0}: l'appel est repris le {}",
            quoted(step),
            date(*on, FR)
        ),
        ReasonKind::Attached { what } => match what {
            Attachment::Statement => "Avec un relevé de compte".to_owned(),
            Attachment::Invoices => "Avec les factures".to_owned(),
        },
        ReasonKind::OpeningAwaited { template, until } => format!(
            "Le message {} n'est pas ouvert à ce jour\u{A0}: s'il ne l'est pas d'ici là, ce qui suit `sinon` sera fait le {}",
            quoted(template),
            date(*until, FR)
        ),
        ReasonKind::MessageOpened { template, on } => format!(
            "Le message {} a été ouvert le {}\u{A0}: ce qui suit `sinon` n'est pas fait",
            quoted(template),
            date(*on, FR)
        ),
        ReasonKind::OpeningUnknown { template } => format!(
            "Nul ne sait si le message {} a été ouvert\u{A0}: ce qui suit `sinon` n'est pas fait",
            quoted(template)
        ),
        ReasonKind::NoStep => "Le scénario ne prévoit plus d'étape pour cette facture".to_owned(),
        _ => String::new(),
    }
}

fn against(kind: &ReasonKind, zone: Tz) -> String {
    match kind {
        ReasonKind::Held { hold, from, to, note } => {
            let until = to.map_or_else(String::new, |to| {
                format!(", jusqu'au {}", date(crate::days::plus_days(to, -1), FR))
            });
            let note = if note.is_empty() {
                String::new()
            } else {
                format!("\u{A0}: {}", hold_note(*hold, note, FR))
            };
            format!(
                "Suspendue ({}) depuis le {}{until}{note}",
                hold_kind(*hold, FR),
                date(*from, FR)
            )
        }
        ReasonKind::CoveredByUnallocated { unallocated } => {
            format!(
                "Couverte par {} qui ne sont pas encore lettrés",
                money(*unallocated, FR)
            )
        }
        ReasonKind::SmallBalance { balance, limit } => format!(
            "Un solde de {} est laissé de côté\u{A0}: il est inférieur à {}",
            money(*balance, FR),
            money(*limit, FR)
        ),
        ReasonKind::MessageLimit { until } => format!(
            "La limite de messages est atteinte\u{A0}: le prochain pourra partir le {}",
            instant(*until, zone, FR)
        ),
        ReasonKind::MessageUnderWay => "Attend que le message en cours soit parti".to_owned(),
        ReasonKind::OutsideWindow { opens } => {
            format!(
                "Hors des heures d'envoi, qui commencent le {}",
                instant(*opens, zone, FR)
            )
        }
        ReasonKind::UnderWay { step, since } => {
            format!(
                "L'étape {} est en cours depuis le {}",
                quoted(step),
                instant(*since, zone, FR)
            )
        }
        ReasonKind::InDoubt { step, since } => format!(
            "On ne sait pas si l'étape {} est partie le {}\u{A0}: quelqu'un doit trancher",
            quoted(step),
            instant(*since, zone, FR)
        ),
        ReasonKind::NoUsableContact => "Personne chez le client ne peut recevoir de message".to_owned(),
        ReasonKind::ContactUnusable => "Le contact ne peut plus recevoir de message".to_owned(),
        ReasonKind::NothingOpen => "Rien n'est ouvert".to_owned(),
        ReasonKind::ThankedLately { on } => format!("Un remerciement est déjà parti le {}", date(*on, FR)),
        ReasonKind::Settled { invoice } => format!("{invoice} est soldée"),
        ReasonKind::WaitsForApproval { step, by, since } => format!(
            "L'étape {} attend la validation demandée le {} ({})",
            quoted(step),
            instant(*since, zone, FR),
            role(by, FR)
        ),
        ReasonKind::ApprovalExpired { step, by, until } => format!(
            "La validation de l'étape {} ({}) a expiré\u{A0}: personne n'a répondu jusqu'au {}. L'étape n'est pas exécutée tant que \
             personne ne la valide, ne la refuse ou ne fait redemander la validation",
            quoted(step),
            role(by, FR),
            date(*until, FR)
        ),
        ReasonKind::ApprovalRefused { step, on, again } => format!(
            "L'étape {} a été refusée le {}\u{A0}; la validation sera redemandée le {}",
            quoted(step),
            date(*on, FR),
            date(*again, FR)
        ),
        ReasonKind::HandedOver { on } => {
            format!(
                "Transmise au contentieux le {}\u{A0}: plus rien n'est envoyé",
                date(*on, FR)
            )
        }
        ReasonKind::PromisesUsedUp { most: 1 } => {
            "La promesse ne suspend pas la relance\u{A0}: seule compte la première d'une facture".to_owned()
        }
        ReasonKind::PromisesUsedUp { most } => format!(
            "La promesse ne suspend pas la relance\u{A0}: seules comptent les {most} premières d'une facture"
        ),
        ReasonKind::PlanMissed {
            instalment,
            of,
            amount,
            due,
        } => format!(
            "L'échéancier n'est pas tenu : l'échéance {instalment} sur {of}, {} au {}, n'a pas été payée à temps",
            money(*amount, FR),
            date(*due, FR)
        ),
        ReasonKind::HookGave { hook, output } => {
            format!(
                "Fonction «\u{A0}{hook}\u{A0}»\u{A0}: donne {}",
                fact_value(output, FR)
            )
        }
        ReasonKind::HookFailed(failure) => format!(
            "La fonction «\u{A0}{}\u{A0}» a échoué ({}:{})\u{A0}: {}\u{A0}; rien n'est envoyé",
            failure.hook, failure.file, failure.line, failure.message.fr
        ),
        ReasonKind::HookSkips { hook, step } => format!(
            "Fonction «\u{A0}{hook}\u{A0}»\u{A0}: l'étape {} est laissée de côté",
            quoted(step)
        ),
        ReasonKind::HookDelays { hook, step, until } => format!(
            "Fonction «\u{A0}{hook}\u{A0}»\u{A0}: l'étape {} viendra le {} au plus tard\u{A0}; la question est reposée chaque jour",
            quoted(step),
            date(*until, FR)
        ),
        ReasonKind::HookJumps {
            hook,
            step,
            level,
            left_out,
        } => {
            let between: String = left_out
                .iter()
                .map(|title| format!(", ainsi que {}", quoted(title)))
                .collect();
            format!(
                "Fonction «\u{A0}{hook}\u{A0}»\u{A0}: l'étape {} est laissée de côté{between}\u{A0}; la relance continue au niveau {level}",
                quoted(step)
            )
        }
        ReasonKind::BalanceChanged { invoice } => {
            format!("Le solde de {invoice} a changé depuis la rédaction")
        }
        ReasonKind::NoLongerDue { invoice, step } => {
            format!("{invoice} n'est plus à relancer à l'étape {}", quoted(step))
        }
        _ => String::new(),
    }
}

fn charges(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::InterestOwed { invoice, line } => {
            let s = if line.days > 1 { "s" } else { "" };
            format!(
                "Intérêts sur {invoice} du {} au {}\u{A0}: {} x {}{NO_BREAK}% x {} jour{s} / 365 = {}",
                date(line.from, FR),
                date(line.to, FR),
                money(line.base, FR),
                number(line.rate, FR),
                line.days,
                money(line.amount, FR)
            )
        }
        ReasonKind::MoreInterestOwed {
            invoice,
            lines,
            amount,
        } => format!(
            "Intérêts sur {invoice} pour {lines} autres périodes\u{A0}: {}",
            money(*amount, FR)
        ),
        ReasonKind::FeeOwed { invoice, fee } => format!(
            "Indemnité de recouvrement pour {invoice}\u{A0}: {}",
            money(*fee, FR)
        ),
        ReasonKind::ConsumerNotCharged { invoice } => {
            format!("Rien n'est facturé pour {invoice}\u{A0}: le client est un particulier")
        }
        ReasonKind::InterestRateMissing { step, table, from } => {
            let half = if from.month0() < 6 { "premier" } else { "second" };
            format!(
                "L'étape {} attend\u{A0}: personne n'a saisi le taux d'intérêt de {} pour le {half} semestre {}\u{A0}; \
                 ajoutez-le à la table, ou à une table à vous si celle-ci vient de la bibliothèque, à partir du {}",
                quoted(step),
                quoted(table),
                from.year(),
                date(*from, FR)
            )
        }
        _ => String::new(),
    }
}

fn message(kind: &ReasonKind) -> String {
    match kind {
        ReasonKind::Grouped { invoices, level } => match level {
            Some(level) => {
                format!("{invoices} factures partagent le message\u{A0}; le niveau {level} donne le ton")
            }
            None => format!("{invoices} factures partagent le message"),
        },
        ReasonKind::ContactChosen { contact } => format!("À {contact}"),
        ReasonKind::LanguageChosen { language } => format!("En {}", language_name(language, FR)),
        ReasonKind::ToneChosen { tone } => format!("Ton\u{A0}: {}", tone_by_name(tone, FR)),
        ReasonKind::ApprovalNeeded { step, by } => format!(
            "L'étape {} doit d'abord être validée ({})",
            quoted(step),
            role(by, FR)
        ),
        ReasonKind::Approved { on } => format!("Validée le {}", date(*on, FR)),
        ReasonKind::Happened { event, on } => format!(
            "Réponse à ce qui est arrivé le {}\u{A0}: {}",
            date(*on, FR),
            occurrence(*event, FR)
        ),
        ReasonKind::AnswersFirst { step } => format!(
            "{} attend\u{A0}: la réponse à un événement passe d'abord",
            quoted(step)
        ),
        ReasonKind::Resumed { event, level, on } => {
            let event = event.map_or("un ordre", |event| occurrence(event, FR));
            let place = level.map_or("là où elle s'était arrêtée".to_owned(), |level| {
                format!("au niveau {level}")
            });
            format!(
                "Reprise après {event}\u{A0}: continue {place}, pas avant le {}",
                date(*on, FR)
            )
        }
        ReasonKind::Jumped { level, on } => format!(
            "Une fonction a dit de continuer au niveau {level}, pas avant le {}",
            date(*on, FR)
        ),
        ReasonKind::HookToneShared { invoice, tone } => format!(
            "Une fonction demandait le ton {} pour {invoice}\u{A0}; c'est la facture qui parle qui donne le ton du message",
            quoted(tone_by_name(tone, FR))
        ),
        ReasonKind::BodyChanged { medium } => {
            format!(
                "La fonction de {medium} dit autre chose à présent\u{A0}: le message est décidé à nouveau"
            )
        }
        ReasonKind::NoticeUnset { webhook } => format!(
            "Transmis par une personne\u{A0}: les réglages n'ont pas d'adresse pour le webhook «\u{A0}{webhook}\u{A0}»"
        ),
        ReasonKind::SentByHand { medium: name } => format!("Envoi manuel\u{A0}: {}", medium(name, FR)),
        ReasonKind::WebhookUnset { medium, webhook } => format!(
            "Aucune sortie pour {medium}\u{A0}: les réglages n'ont pas d'adresse pour le webhook «\u{A0}{webhook}\u{A0}»"
        ),
        ReasonKind::WebhookRefused { medium } => {
            format!("Envoi par une personne\u{A0}: le destinataire de {medium} a refusé le message")
        }
        ReasonKind::PaidInFull { on } => format!("Payée en totalité le {}", date(*on, FR)),
        ReasonKind::RateMissing { currency, on } => {
            format!(
                "Il manque un cours de change pour {currency} au {}\u{A0}: saisissez-en un",
                date(*on, FR)
            )
        }
        ReasonKind::Unknown { fact } => format!("« {} » n'est pas connu", fact_path(fact, FR)),
        _ => String::new(),
    }
}
