//! Identifiers as newtypes: a customer is never taken for an invoice.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A creditor.
    CompanyId
    /// A debtor account of one company.
    CustomerId
    /// A person at a customer.
    ContactId
    /// An invoice or a credit note.
    InvoiceId
    /// A payment received.
    PaymentId
    /// A dispute on an invoice.
    DisputeId
    /// A promise to pay.
    PromiseId
    /// A payment plan.
    PaymentPlanId
    /// A dunning block.
    HoldId
    /// Something decided for one account on one pass: a message or a task.
    ActionId
    /// Work for a person.
    TaskId
    /// One message through one medium, in the outbox.
    DeliveryId
    /// A user of the pages and the API.
    UserId
}
