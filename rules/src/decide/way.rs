//! By which way a message reaches the customer: a mail, a post to an address of the settings, or a person.

use relance_dsl::checked::Channel;

use super::case::Case;
use super::contact;
use super::hooked::Asks;
use crate::facts::{Contact, Reach};
use crate::reason::{Reason, ReasonKind};

/// A way to reach the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way<'a> {
    Mail,
    /// A post to the address of this name.
    Post {
        medium: &'a str,
        webhook: &'a str,
    },
    /// A person.
    Hand {
        medium: &'a str,
        because: Hand<'a>,
    },
}

/// Why a person sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand<'a> {
    /// Nothing leads out of this program for this medium.
    Always,
    /// The settings have no address of this name.
    Unset(&'a str),
    /// The receiver refused it for good.
    Refused,
}

impl<'a> Way<'a> {
    /// The way of a medium; one whose receiver has refused the message goes by hand.
    pub fn of(case: &Case<'a>, channel: &'a Channel, refused: bool) -> Self {
        let medium = match channel {
            Channel::Email => return Self::Mail,
            Channel::Sms => "sms",
            Channel::Letter => "letter",
            Channel::RegisteredLetter => "registered_letter",
            Channel::Custom(name) => name,
        };
        let because = match case.rulebook.medium(medium) {
            None => Hand::Always,
            Some(_) if refused => Hand::Refused,
            Some(declared) => match case.rulebook.webhook(medium) {
                Some(webhook) => return Self::Post { medium, webhook },
                None => Hand::Unset(&declared.webhook),
            },
        };
        Self::Hand { medium, because }
    }

    /// Whether this way ends where a person is spoken to who may ask not to be: a letter goes to the firm.
    fn is_personal(self) -> bool {
        match self {
            Self::Mail | Self::Post { .. } => true,
            Self::Hand { medium, .. } => !matches!(medium, "letter" | "registered_letter"),
        }
    }

    /// Whether there is somebody to whom this way leads. What is not a mail needs no address that we know of, but whoever asked
    /// not to be written to is not; when nobody else is left, nobody is reached.
    pub fn leads_to_somebody(self, case: &Case<'_>, asks: Asks<'_>) -> bool {
        match self {
            Self::Mail => self.contact(case, asks).is_some(),
            Self::Post { .. } | Self::Hand { .. } => {
                self.contact(case, asks).is_some() || contact::asked(case, asks.role, |_| true).is_none()
            }
        }
    }

    /// To whom it leads, when that is known.
    pub fn contact<'c>(self, case: &Case<'c>, asks: Asks<'_>) -> Option<&'c Contact> {
        match self {
            Self::Mail if asks.role.is_none() => case.mail_to,
            Self::Mail => contact::asked(case, asks.role, |c| c.email == Reach::Usable),
            Self::Post { .. } | Self::Hand { .. } => contact::asked(case, asks.role, |c| {
                !(self.is_personal() && c.email == Reach::OptedOut)
            }),
        }
    }
}

impl Hand<'_> {
    /// Why a person sends it, as reasons.
    pub fn reasons(self, medium: &str) -> Vec<Reason> {
        let medium = medium.to_owned();
        let mut reasons = vec![Reason::plain(ReasonKind::SentByHand {
            medium: medium.clone(),
        })];
        reasons.extend(match self {
            Self::Always => None,
            Self::Unset(webhook) => Some(Reason::plain(ReasonKind::WebhookUnset {
                medium,
                webhook: webhook.to_owned(),
            })),
            Self::Refused => Some(Reason::plain(ReasonKind::WebhookRefused { medium })),
        });
        reasons
    }
}
