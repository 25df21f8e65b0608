//! Writes one message: its words, then the mail.

use chrono::{DateTime, Utc};
use relance_rules::decision::ActionKind;
use relance_rules::facts::AccountFacts;

use crate::media::email::{ComposeError, Mail, Prepared, compose};
use crate::message::{self, Rendered, Voice};
use crate::rulebooks::InForce;
use crate::store::actions::StoredAction;
use crate::store::companies::Company;
use crate::store::deliveries::Person;

/// A message that can leave.
pub(super) struct Written {
    pub recipient: String,
    pub rendered: Rendered,
    pub prepared: Prepared,
}

/// Why it cannot be written.
pub(super) enum Failure {
    /// The recipient's address is none.
    Recipient(String),
    /// Something of ours is wrong: the company's sender, a template.
    Ours(String),
}

/// Writes the message of an action with the facts of this moment.
pub(super) fn message(
    company: &Company,
    in_force: &InForce,
    facts: &AccountFacts,
    action: &StoredAction,
    person: &Person,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Written, Failure> {
    let ActionKind::Email {
        template,
        language,
        tone,
        ..
    } = &action.decided.kind
    else {
        return Err(Failure::Ours("this action is no message".to_owned()));
    };
    let recipient = person
        .email
        .clone()
        .ok_or_else(|| Failure::Recipient("the contact has no mail address".to_owned()))?;
    let voice = Voice {
        template,
        language,
        tone: *tone,
    };
    let letter = message::letter(
        company,
        facts,
        &action.decided,
        voice,
        Some(person),
        &action.purchase_orders,
        now,
    );
    let rendered =
        message::render(&in_force.rulebook, &letter).map_err(|error| Failure::Ours(error.to_string()))?;
    let mail = Mail {
        sender: &company.sender,
        reply_to: company.reply_to.as_deref(),
        recipient_name: &person.name,
        recipient: &recipient,
        subject: &rendered.subject,
        text: &rendered.text,
        html: &rendered.html,
        language,
        key,
        date: now,
        unsubscribable: action.decided.step.level.is_none(),
    };
    let prepared = compose(&mail).map_err(|error| match error {
        ComposeError::Recipient(_) => Failure::Recipient(error.to_string()),
        ComposeError::Sender(_) | ComposeError::Message(_) => Failure::Ours(error.to_string()),
    })?;
    Ok(Written {
        recipient,
        rendered,
        prepared,
    })
}
