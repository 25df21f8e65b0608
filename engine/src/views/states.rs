//! The states that pages show, as closed lists.

use serde::Serialize;

use crate::store::StoreError;

/// A stored word that no state has.
#[derive(Debug, thiserror::Error)]
#[error("the database says `{word}`, which is not a {what}")]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// Of what.
    pub what: &'static str,
}

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word under which it is stored.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { word: word.to_owned(), what: stringify!($name) }),
                }
            }
        }
    )*};
}

states! {
    /// How far something decided has come.
    ActionState {
        /// Waiting to be sent or called.
        Pending = "pending",
        /// Carried out.
        Done = "done",
        /// Nobody knows whether the message left.
        InDoubt = "in_doubt",
        /// Could not be carried out.
        Failed = "failed",
        /// Called off.
        Cancelled = "cancelled",
        /// An approval that nobody gave in time.
        Expired = "expired",
    }
    /// What was decided.
    ActionWhat {
        /// A mail.
        Email = "email",
        /// A message that is posted to an address of the settings.
        Webhook = "webhook",
        /// A call.
        Call = "call",
        /// Finding an address.
        FixContact = "fix_contact",
        /// A message that a person sends.
        ByHand = "by_hand",
        /// A task of the rules.
        Task = "task",
        /// Somebody is asked to agree.
        Approval = "approval",
        /// Handing over to legal.
        HandOver = "hand_over",
        /// Dunning goes on elsewhere.
        Continue = "continue",
        /// A payment plan is called off.
        CancelPlan = "cancel_plan",
        /// A credit note is awaited.
        ExpectCredit = "expect_credit",
        /// A hook was asked.
        Hook = "hook",
        /// A note that a hook wrote.
        Note = "note",
        /// Something that a hook told to another system.
        Notice = "notice",
    }
    /// How far a message has come.
    DeliveryState {
        /// Waiting.
        Queued = "queued",
        /// Being handed over at this moment.
        Sending = "sending",
        /// Accepted by the mail server.
        Sent = "sent",
        /// Nobody knows whether it left.
        InDoubt = "in_doubt",
        /// Refused for good.
        Failed = "failed",
        /// Called off.
        Cancelled = "cancelled",
    }
    /// Whether a contact can be written to.
    EmailState {
        /// Nothing stands against it.
        Usable = "usable",
        /// The last message was refused for good.
        Bounced = "bounced",
        /// The contact asked not to be written to.
        OptedOut = "opted_out",
    }
    /// Kinds of work for people.
    TaskKind {
        /// A call.
        Call = "call",
        /// Find an address.
        FixContact = "fix_contact",
        /// Say what became of a message.
        SettleInDoubt = "settle_in_doubt",
        /// Something else needs a look.
        Attention = "attention",
        /// Send a message by hand.
        ByHand = "by_hand",
        /// What the rules ask for.
        Task = "task",
        /// Say whether a step may be carried out.
        Approval = "approval",
        /// Say what becomes of a step that nobody approved in time.
        ExpiredApproval = "expired_approval",
        /// Hand over to legal.
        HandOver = "hand_over",
    }
    /// How far a task has come.
    TaskState {
        /// To do.
        Open = "open",
        /// Done.
        Done = "done",
        /// Called off.
        Cancelled = "cancelled",
    }
    /// How a dispute stands.
    DisputeState {
        /// Open.
        Open = "open",
        /// Decided for the customer.
        Accepted = "accepted",
        /// Decided against the customer.
        Rejected = "rejected",
    }
    /// How a promise stands.
    PromiseState {
        /// Not yet due, not yet paid.
        Open = "open",
        /// Paid in time.
        Kept = "kept",
        /// Not paid in time.
        Broken = "broken",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
    /// Blocks that people set.
    HoldWhat {
        /// By hand.
        Manual = "manual",
        /// Insolvency proceedings.
        Insolvency = "insolvency",
        /// A payment plan.
        OnPlan = "on_plan",
        /// A credit note is awaited.
        CreditExpected = "credit_expected",
    }
}

/// Reads a stored word.
pub(crate) fn read<T: std::str::FromStr<Err = UnknownWord>>(word: &str) -> Result<T, StoreError> {
    word.parse()
        .map_err(|e: UnknownWord| StoreError::from(sqlx::Error::Decode(Box::new(e))))
}
