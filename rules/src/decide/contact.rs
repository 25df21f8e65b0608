//! Whom to write to, whom to call.

use relance_dsl::checked::ContactChoice;

use super::case::Case;
use crate::facts::Contact;

/// The first contact of the chain who can be reached. Without a contact marked as the main one, the only contact is.
pub(crate) fn choose<'a>(
    chain: &[ContactChoice],
    contacts: &'a [Contact],
    reachable: impl Fn(&Contact) -> bool,
) -> Option<&'a Contact> {
    let only_one = contacts.len() == 1;
    let fits = |choice: &ContactChoice, contact: &Contact| match choice {
        ContactChoice::Role(role) => contact.role.as_ref() == Some(role),
        ContactChoice::Main => contact.main || only_one,
    };
    chain
        .iter()
        .find_map(|choice| contacts.iter().find(|c| fits(choice, c) && reachable(c)))
}

/// The contact whom a hook asked for by role, if one in it can be reached; else the first of the scenario's chain.
pub(crate) fn asked<'a>(
    case: &Case<'a>,
    role: Option<&str>,
    reachable: impl Fn(&Contact) -> bool,
) -> Option<&'a Contact> {
    let contacts = &case.facts.contacts;
    let of_role = role.and_then(|role| {
        let in_role = |c: &&Contact| c.role.as_deref() == Some(role);
        contacts.iter().filter(in_role).find(|c| reachable(c))
    });
    of_role.or_else(|| choose(&case.scenario.contact, contacts, reachable))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Reach, testing};
    use crate::ids::ContactId;

    #[test]
    fn the_next_of_the_chain_takes_over_when_one_cannot_be_reached() {
        let anne = testing::account().contacts.remove(0);
        let buyer = Contact {
            id: ContactId(2),
            role: Some("buyer".into()),
            main: false,
            ..anne.clone()
        };
        let bounced = Contact {
            email: Reach::Bounced,
            ..anne.clone()
        };
        let chain = [
            ContactChoice::Role("accounts_payable".into()),
            ContactChoice::Role("buyer".into()),
            ContactChoice::Main,
        ];
        let reach = |c: &Contact| c.email == Reach::Usable;
        let choice = |contacts: &[Contact]| choose(&chain, contacts, reach).map(|c| c.id.0);
        assert_eq!(choice(&[anne.clone(), buyer.clone()]), Some(1));
        assert_eq!(choice(&[bounced.clone(), buyer.clone()]), Some(2));
        assert_eq!(choice(&[bounced]), None);
        let nobody = Contact {
            role: None,
            main: false,
            ..anne
        };
        assert_eq!(
            choice(std::slice::from_ref(&nobody)),
            Some(1),
            "the only contact is the main one"
        );
        assert_eq!(choice(&[nobody, Contact { role: None, ..buyer }]), None);
    }
}
