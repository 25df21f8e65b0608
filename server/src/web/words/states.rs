//! States, kinds and roles in words.

use relance_engine::store::plans::PlanState;
use relance_engine::store::users::Role;
use relance_engine::views::ageing::AgingBucket;
use relance_engine::views::states::{
    DeliveryState, DisputeState, HoldWhat, PromiseState, TaskKind, TaskState,
};
use relance_rules::facts::CustomerKind;
use relance_rules::words as rule_words;

use super::Words;

impl Words {
    /// What a user may do.
    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Viewer => self.pick("lecteur", "viewer"),
            Role::Collector => self.pick("chargé de recouvrement", "collector"),
            Role::CreditManager => self.pick("responsable crédit", "credit manager"),
            Role::Admin => self.pick("administrateur", "administrator"),
        }
    }

    /// Who is to do a task; an unknown role is shown as it is.
    pub fn assigned<'a>(&self, role: &'a str) -> &'a str {
        match role {
            "collector" => self.pick("chargé de recouvrement", "collector"),
            "credit_manager" => self.pick("responsable crédit", "credit manager"),
            "account_manager" => self.pick("chargé de compte", "account manager"),
            "sales" => self.pick("commercial", "sales"),
            "cfo" => self.pick("directeur financier", "CFO"),
            other => other,
        }
    }

    /// Role of a contact; an unknown one is shown as it is.
    pub fn contact_role<'a>(&self, role: &'a str) -> &'a str {
        match role {
            "accounts_payable" => self.pick("comptabilité fournisseurs", "accounts payable"),
            "buyer" => self.pick("acheteur", "buyer"),
            "director" => self.pick("direction", "director"),
            "logistics" => self.pick("logistique", "logistics"),
            other => other,
        }
    }

    /// Kind of a customer.
    pub fn kind(&self, kind: CustomerKind) -> &'static str {
        match kind {
            CustomerKind::Business => self.pick("entreprise", "business"),
            CustomerKind::Public => self.pick("secteur public", "public body"),
            CustomerKind::Consumer => self.pick("particulier", "consumer"),
        }
    }

    /// A stretch of days after the due date.
    pub fn bucket(&self, bucket: AgingBucket) -> &'static str {
        match bucket {
            AgingBucket::NotDue => self.pick("Non échu", "Not due"),
            AgingBucket::UpTo30 => self.pick("1–30 jours", "1–30 days"),
            AgingBucket::UpTo60 => self.pick("31–60 jours", "31–60 days"),
            AgingBucket::UpTo90 => self.pick("61–90 jours", "61–90 days"),
            AgingBucket::Over90 => self.pick("> 90 jours", "> 90 days"),
        }
    }

    /// How far a message has come.
    pub fn delivery_state(&self, state: DeliveryState) -> &'static str {
        match state {
            DeliveryState::Queued => self.pick("En attente", "Waiting"),
            DeliveryState::Sending => self.pick("En cours d’envoi", "Being sent"),
            DeliveryState::Sent => self.pick("Envoyés", "Sent"),
            DeliveryState::InDoubt => self.pick("En doute", "In doubt"),
            DeliveryState::Failed => self.pick("Refusés", "Refused"),
            DeliveryState::Cancelled => self.pick("Annulés", "Called off"),
        }
    }

    /// How far one message has come.
    pub fn message_state(&self, state: DeliveryState) -> &'static str {
        match state {
            DeliveryState::Queued => self.pick("en attente", "waiting"),
            DeliveryState::Sending => self.pick("en cours d’envoi", "being sent"),
            DeliveryState::Sent => self.pick("envoyé", "sent"),
            DeliveryState::InDoubt => self.pick("peut-être parti", "in doubt"),
            DeliveryState::Failed => self.pick("refusé", "refused"),
            DeliveryState::Cancelled => self.pick("annulé", "called off"),
        }
    }

    /// Kind of a task.
    pub fn task_kind(&self, kind: TaskKind) -> &'static str {
        match kind {
            TaskKind::Call => self.pick("appel", "call"),
            TaskKind::FixContact => self.pick("adresse à trouver", "address to be found"),
            TaskKind::SettleInDoubt => self.pick("envoi à trancher", "message to be settled"),
            TaskKind::Attention => self.pick("à voir", "look here"),
            TaskKind::ByHand => self.pick("envoi manuel", "to be sent by hand"),
            TaskKind::Task => self.pick("tâche", "task"),
            TaskKind::Approval => self.pick("validation", "approval"),
            TaskKind::ExpiredApproval => self.pick("validation expirée", "expired approval"),
            TaskKind::HandOver => self.pick("contentieux", "hand over to legal"),
        }
    }

    /// How far tasks have come.
    pub fn task_state(&self, state: TaskState) -> &'static str {
        match state {
            TaskState::Open => self.pick("À faire", "To do"),
            TaskState::Done => self.pick("Faites", "Done"),
            TaskState::Cancelled => self.pick("Annulées", "Called off"),
        }
    }

    /// How a dispute stands.
    pub fn dispute_state(&self, state: DisputeState) -> &'static str {
        match state {
            DisputeState::Open => self.pick("ouvert", "open"),
            DisputeState::Accepted => self.pick("accepté", "accepted"),
            DisputeState::Rejected => self.pick("rejeté", "rejected"),
        }
    }

    /// How a promise stands.
    pub fn promise_state(&self, state: PromiseState) -> &'static str {
        match state {
            PromiseState::Open => self.pick("en cours", "open"),
            PromiseState::Kept => self.pick("tenue", "kept"),
            PromiseState::Broken => self.pick("non tenue", "broken"),
            PromiseState::Withdrawn => self.pick("retirée", "withdrawn"),
        }
    }

    /// How far a payment plan has come.
    pub fn plan_state(&self, state: PlanState) -> &'static str {
        match state {
            PlanState::Running => self.pick("en cours", "running"),
            PlanState::Kept => self.pick("tenu", "kept"),
            PlanState::Cancelled => self.pick("annulé", "cancelled"),
        }
    }

    /// Kind of a hold.
    pub fn hold_kind(&self, kind: HoldWhat) -> &'static str {
        match kind {
            HoldWhat::Manual => self.hold_manual,
            HoldWhat::Insolvency => self.hold_insolvency,
            HoldWhat::OnPlan => self.hold_plan,
            HoldWhat::CreditExpected => self.pick("avoir attendu", "credit note awaited"),
        }
    }

    /// Category of a dispute; one of the user's own is shown as it is.
    pub fn category<'a>(&self, category: &'a str) -> &'a str {
        rule_words::dispute_category(category, self.language)
    }

    /// What came of a task, by the stored word.
    pub fn outcome<'a>(&self, outcome: &'a str) -> &'a str {
        match outcome {
            "reached" => self.pick("joint", "reached"),
            "no_answer" => self.pick("pas de réponse", "no answer"),
            "promise" => self.pick("promesse de paiement", "promise to pay"),
            "dispute" => self.pick("litige", "dispute"),
            "paid" => self.pick("dit avoir payé", "says it is paid"),
            "fixed" => self.pick("réglé", "mended"),
            "was_sent" => self.pick("il est bien parti", "it was sent"),
            "resend" => self.pick("l’envoyer à nouveau", "send it again"),
            "drop" => self.pick("ne pas l’envoyer", "do not send it"),
            "sent" => self.pick("envoyé", "sent"),
            "done" => self.pick("fait", "done"),
            "approved" => self.pick("validé", "approved"),
            "refused" => self.pick("refusé", "refused"),
            "ask_again" => self.pick("redemander", "ask again"),
            "other" => self.pick("autre", "other"),
            other => other,
        }
    }

    /// Kind of an imported file; an unknown one is shown as it is.
    pub fn file_kind<'a>(&self, kind: &'a str) -> &'a str {
        match kind {
            "customers" => self.pick("clients", "customers"),
            "contacts" => self.pick("contacts", "contacts"),
            "invoices" => self.pick("factures", "invoices"),
            "payments" => self.pick("paiements", "payments"),
            other => other,
        }
    }
}
