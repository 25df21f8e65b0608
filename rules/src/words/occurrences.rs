//! What happened to an invoice, in words.

use super::Language;
use crate::occurrence::Occurrence;

/// Something that happened: `promise broken`, `promesse rompue`.
pub fn occurrence(what: Occurrence, language: Language) -> &'static str {
    let (en, fr) = match what {
        Occurrence::PromiseBroken => ("promise broken", "promesse rompue"),
        Occurrence::MessageBack => ("message came back", "message revenu"),
        Occurrence::MessageNotOpened => ("message not opened", "message non ouvert"),
        Occurrence::PaidInFull => ("paid in full", "payée en totalité"),
        Occurrence::DisputeOpened => ("dispute opened", "litige ouvert"),
        Occurrence::DisputeLate => (
            "dispute not answered in time",
            "litige sans réponse dans le délai",
        ),
        Occurrence::DisputeRejected => ("dispute rejected", "litige rejeté"),
        Occurrence::DisputeAccepted => ("dispute accepted", "litige accepté"),
        Occurrence::InstalmentMissed => ("instalment missed", "échéance non honorée"),
        Occurrence::LevelDone => ("level carried out", "niveau exécuté"),
        Occurrence::CallReached => ("call: reached", "appel : joint"),
        Occurrence::CallNotAnswered => ("call: no answer", "appel : sans réponse"),
        Occurrence::CallPromised => ("call: promise", "appel : promesse"),
        Occurrence::CallDisputed => ("call: dispute", "appel : litige"),
        Occurrence::CallPaid => ("call: said to be paid", "appel : dit avoir payé"),
        Occurrence::CallOther => ("call: other", "appel : autre issue"),
    };
    match language {
        Language::En => en,
        Language::Fr => fr,
    }
}
