//! Who the customers are: names, people, addresses.

use std::collections::BTreeSet;

use relance_engine::store::contacts::NewContact;

use super::lists::Country;
use super::rng::Dice;

/// How large a customer is: how often it buys, for how much, and how many people there are to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Buys now and then.
    Small,
    /// Buys every month or two.
    Medium,
    /// A key account.
    Large,
}

/// An invented firm (or public body) that has not been named before.
pub fn firm_name(dice: &mut Dice, country: &Country, public: bool, taken: &mut BTreeSet<String>) -> String {
    let patterns = if public { country.public } else { country.firms };
    let mut name = String::new();
    for _ in 0..200 {
        name = dice
            .pick(patterns)
            .replace("{f}", dice.pick(country.families))
            .replace("{p}", dice.pick(country.places));
        if taken.insert(name.clone()) {
            return name;
        }
    }
    // The lists are exhausted for this country: a second house of the same name.
    let numbered = format!("{name} {}", taken.len());
    taken.insert(numbered.clone());
    numbered
}

/// The people at a customer: the first is the main one.
pub fn contacts(
    dice: &mut Dice,
    country: &Country,
    number: &str,
    firm: &str,
    size: Size,
) -> Vec<NewContact<String>> {
    let domain = format!("{}.example", slug(firm));
    let mut roles = vec!["accounts_payable"];
    let chances: &[(&'static str, i64)] = match size {
        Size::Small => &[("director", 30)],
        Size::Medium => &[("buyer", 60), ("director", 20)],
        Size::Large => &[("buyer", 95), ("director", 60), ("logistics", 50)],
    };
    roles.extend(
        chances
            .iter()
            .filter(|(_, chance)| dice.percent(*chance))
            .map(|(role, _)| *role),
    );
    let mut addresses = BTreeSet::new();
    roles
        .into_iter()
        .enumerate()
        .map(|(index, role)| {
            let gender = usize::from(dice.percent(50));
            let given = dice.pick(country.given.get(gender).copied().unwrap_or_default());
            let family = dice.pick(country.families);
            let mut email = format!("{}.{}@{domain}", slug(given), slug(family));
            if !addresses.insert(email.clone()) {
                email = format!("{}.{}@{domain}", slug(family), role.replace('_', "-"));
            }
            let title = country.salutation.get(gender).copied().unwrap_or_default();
            NewContact {
                customer: number.to_owned(),
                external_id: format!("{number}-{}", index + 1),
                name: format!("{given} {family}"),
                salutation: Some(format!("{title} {family}")),
                role: Some(role.to_owned()),
                main: index == 0,
                language: Some(country.language.to_owned()),
                email: Some(email),
                phone: Some(digits(dice, country.phone)),
            }
        })
        .collect()
}

fn digits(dice: &mut Dice, pattern: &str) -> String {
    let mut number = String::with_capacity(pattern.len());
    for sign in pattern.chars() {
        if sign == '#' {
            number.push_str(&dice.between(0, 9).to_string());
        } else {
            number.push(sign);
        }
    }
    number
}

/// A name as it can stand in a domain: lower-case letters, digits and hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for sign in name.chars().flat_map(char::to_lowercase) {
        match sign {
            'a'..='z' | '0'..='9' => slug.push(sign),
            'à' | 'â' | 'á' | 'ã' => slug.push('a'),
            'ä' => slug.push_str("ae"),
            'ç' => slug.push('c'),
            'é' | 'è' | 'ê' | 'ë' => slug.push('e'),
            'í' | 'î' | 'ï' | 'ì' => slug.push('i'),
            'ñ' => slug.push('n'),
            'ó' | 'ô' | 'ò' => slug.push('o'),
            'ö' => slug.push_str("oe"),
            'ú' | 'û' | 'ù' => slug.push('u'),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_can_stand_in_a_domain() {
        assert_eq!(slug("Hôtel de Val-d'Ombre"), "hotel-de-val-d-ombre");
        assert_eq!(
            slug("Architectes Lefèvre & Associés"),
            "architectes-lefevre-associes"
        );
        assert_eq!(slug("Krüger & Söhne KG"), "krueger-soehne-kg");
    }
}
