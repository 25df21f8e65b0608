//! Writes one message: its words, then the mail or the post.

use chrono::{DateTime, Utc};
use relance_rules::decision::{Action, ActionKind};
use relance_rules::dsl::checked::Attachment;
use relance_rules::facts::AccountFacts;

use crate::media::email::{self, ComposeError, Mail, compose};
use crate::media::webhook::Post;
use crate::message::{self, Letter, Posted, Rendered, Voice};
use crate::rulebooks::InForce;
use crate::store::actions::StoredAction;
use crate::store::companies::Company;
use crate::store::deliveries::{Attached, Person};

/// A message that can leave.
pub(super) struct Written {
    pub recipient: String,
    /// What was decided, with what it claims as of this moment.
    pub stated: Action,
    pub rendered: Rendered,
    pub prepared: Prepared,
    /// It leaves with a way to tell that it was opened.
    pub watched: bool,
    /// What goes with it.
    pub attached: Vec<Attached>,
}

/// To whom a message goes, and what it is known by.
pub(super) struct Envelope<'a> {
    pub person: Option<&'a Person>,
    /// Key of the delivery.
    pub key: &'a str,
    /// Where it can be told that it is opened; none when nobody is to know.
    pub opening: Option<String>,
}

/// A message as its way takes it.
pub(super) enum Prepared {
    Mail(email::Prepared),
    Post(Post),
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
    envelope: &Envelope<'_>,
    now: DateTime<Utc>,
) -> Result<Written, Failure> {
    let (ActionKind::Email {
        template,
        language,
        tone,
        watched,
        ..
    }
    | ActionKind::Webhook {
        template,
        language,
        tone,
        watched,
        ..
    }) = &action.decided.kind
    else {
        return Err(Failure::Ours("this action is no message".to_owned()));
    };
    let voice = Voice {
        template,
        language,
        tone: *tone,
        fields: &in_force.rulebook.checked.fields,
    };
    let stated = relance_rules::restated(&in_force.rulebook, facts, &action.decided, now);
    let letter = message::letter(
        company,
        facts,
        &stated,
        voice,
        envelope.person,
        &action.purchase_orders,
        now,
    );
    let rendered =
        message::render(&in_force.rulebook, &letter).map_err(|error| Failure::Ours(error.to_string()))?;
    // Who asks nothing is told nothing: the address of the opening stays here.
    let opening = envelope.opening.as_deref().filter(|_| *watched);
    let attached = attached(company, facts, &action.decided, language, now);
    let (recipient, rendered, prepared) = match &action.decided.kind {
        ActionKind::Webhook {
            medium,
            webhook,
            body: Some(body),
            ..
        } => {
            let prepared = made(webhook, body, envelope.key);
            let rendered = Rendered {
                text: body.clone(),
                html: String::new(),
                ..rendered
            };
            (recipient(&letter, medium), rendered, Prepared::Post(prepared))
        }
        ActionKind::Webhook { medium, webhook, .. } => {
            let posted = Posted {
                key: envelope.key,
                opening,
                attached: &attached,
                medium,
                scenario: &action.decided.step.scenario,
                step: &action.decided.step.step,
            };
            post(&letter, rendered, &posted, webhook)?
        }
        _ => {
            let unsubscribable = action.decided.step.level.is_none();
            let around = Around {
                opening,
                attached: &attached,
                unsubscribable,
            };
            mail(&letter, rendered, envelope, around, now)?
        }
    };
    // What a hook has written has no place for the address: nobody can tell.
    let has_address = !matches!(action.decided.kind, ActionKind::Webhook { body: Some(_), .. });
    Ok(Written {
        recipient,
        stated,
        rendered,
        prepared,
        watched: opening.is_some() && has_address,
        attached,
    })
}

/// What a hook wants told to another system, as it was decided.
pub(super) fn notice(decided: &Action, webhook: &str, body: &str, key: &str) -> Written {
    Written {
        recipient: webhook.to_owned(),
        stated: decided.clone(),
        rendered: Rendered {
            subject: decided.step.title.clone(),
            text: body.to_owned(),
            html: String::new(),
        },
        prepared: Prepared::Post(made(webhook, body, key)),
        watched: false,
        attached: Vec::new(),
    }
}

/// What goes with a message, as of this moment.
fn attached(
    company: &Company,
    facts: &AccountFacts,
    decided: &Action,
    language: &str,
    now: DateTime<Utc>,
) -> Vec<Attached> {
    let of = |what: &Attachment| match what {
        Attachment::Statement => {
            let statement = message::statement(company, facts, language, company.today(now));
            vec![Attached {
                name: statement.name,
                pdf: statement.pdf,
            }]
        }
        // Refused before the rules are in force.
        Attachment::Invoices => Vec::new(),
    };
    decided.kind.attached().iter().flat_map(of).collect()
}

/// What a mail has beside its words.
struct Around<'a> {
    opening: Option<&'a str>,
    attached: &'a [Attached],
    unsubscribable: bool,
}

/// To whom, what it says, and how it is handed over.
type Made = (String, Rendered, Prepared);

fn mail(
    letter: &Letter<'_>,
    rendered: Rendered,
    envelope: &Envelope<'_>,
    around: Around<'_>,
    now: DateTime<Utc>,
) -> Result<Made, Failure> {
    let nobody = || Failure::Recipient("the contact has no mail address".to_owned());
    let person = envelope.person.ok_or_else(nobody)?;
    let recipient = person.email.clone().ok_or_else(nobody)?;
    let mail = Mail {
        sender: &letter.company.sender,
        reply_to: letter.company.reply_to.as_deref(),
        recipient_name: &person.name,
        recipient: &recipient,
        subject: &rendered.subject,
        text: &rendered.text,
        html: &rendered.html,
        opening: around.opening,
        attached: around.attached,
        language: letter.language,
        key: envelope.key,
        date: now,
        unsubscribable: around.unsubscribable,
    };
    let prepared = compose(&mail).map_err(|error| match error {
        ComposeError::Recipient(_) => Failure::Recipient(error.to_string()),
        ComposeError::Sender(_) | ComposeError::Message(_) => Failure::Ours(error.to_string()),
    })?;
    Ok((recipient, rendered, Prepared::Mail(prepared)))
}

fn post(
    letter: &Letter<'_>,
    rendered: Rendered,
    posted: &Posted<'_>,
    webhook: &str,
) -> Result<Made, Failure> {
    let body = message::posted(letter, &rendered, posted);
    let prepared = Post {
        webhook: webhook.to_owned(),
        key: posted.key.to_owned(),
        content_type: "application/json",
        body: serde_json::to_vec(&body).map_err(|error| Failure::Ours(error.to_string()))?,
    };
    Ok((
        recipient(letter, posted.medium),
        rendered,
        Prepared::Post(prepared),
    ))
}

/// To whom a post goes, for people.
fn recipient(letter: &Letter<'_>, medium: &str) -> String {
    let whom = letter.contact.as_ref().map_or(letter.customer.name, |c| &c.name);
    format!("{whom} ({medium})")
}

/// A post of a text that a hook made, as it is.
fn made(webhook: &str, body: &str, key: &str) -> Post {
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
    Post {
        webhook: webhook.to_owned(),
        key: key.to_owned(),
        content_type: if is_json {
            "application/json"
        } else {
            "text/plain; charset=utf-8"
        },
        body: body.as_bytes().to_vec(),
    }
}
