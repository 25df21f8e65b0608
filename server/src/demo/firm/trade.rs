//! What a customer buys, and how it pays: drawn as offsets from the anchor day, in cents.

use super::people::Size;
use super::rng::Dice;
use super::{FUTURE, PAST};

/// How a customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// On the day, or before.
    Prompt,
    /// A few days late.
    Usual,
    /// Weeks late: pays after a reminder or two.
    Late,
    /// Months late.
    VeryLate,
    /// In two parts.
    Parts,
}

/// An invoice before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Issued so many days after the anchor.
    pub issued: i64,
    /// Due so many days after the anchor.
    pub due: i64,
    /// Amount in cents.
    pub cents: i64,
    /// Payments: days after the anchor, and cents. Never more than the amount together.
    pub payments: Vec<(i64, i64)>,
}

/// The habit of a customer.
pub fn habit(dice: &mut Dice) -> Habit {
    const HABITS: [(Habit, i64); 5] = [
        (Habit::Prompt, 36),
        (Habit::Usual, 31),
        (Habit::Late, 18),
        (Habit::VeryLate, 9),
        (Habit::Parts, 6),
    ];
    let chosen = dice.weighted(&HABITS.map(|(_, weight)| weight));
    HABITS.get(chosen).map_or(Habit::Usual, |(habit, _)| *habit)
}

/// The size of a customer.
pub fn size(dice: &mut Dice) -> Size {
    match dice.weighted(&[62, 27, 11]) {
        0 => Size::Small,
        1 => Size::Medium,
        _ => Size::Large,
    }
}

/// Everything that a customer buys from the beginning of the past to the end of the future.
pub fn sales(dice: &mut Dice, size: Size, habit: Habit, terms: i64) -> Vec<Sale> {
    let (in_the_past, low, high) = match size {
        Size::Small => (dice.between(2, 8), 60, 1_900),
        Size::Medium => (dice.between(6, 14), 450, 7_500),
        Size::Large => (dice.between(14, 24), 1_800, 21_000),
    };
    let gap = PAST / in_the_past.max(1);
    let mut issued = -PAST + dice.between(0, gap);
    let mut sales = Vec::new();
    while issued < FUTURE {
        let cents = amount(dice, low, high);
        let due = issued + terms;
        let payments = payments(dice, habit, due, cents);
        sales.push(Sale {
            issued,
            due,
            cents,
            payments,
        });
        issued += gap + dice.between(-gap / 3, gap / 3);
    }
    sales
}

/// Small amounts are more frequent than large ones: the lower of two draws. Cents are odd, as taxes make them.
fn amount(dice: &mut Dice, low: i64, high: i64) -> i64 {
    dice.between(low, high).min(dice.between(low, high)) * 100 + dice.between(0, 99)
}

fn payments(dice: &mut Dice, habit: Habit, due: i64, cents: i64) -> Vec<(i64, i64)> {
    // Now and then even a good payer forgets one invoice, and a bad one never pays.
    let habit = match dice.between(1, 100) {
        1..=3 if habit != Habit::VeryLate => Habit::Late,
        4..=13 if habit == Habit::VeryLate => return Vec::new(),
        _ => habit,
    };
    match habit {
        Habit::Prompt => vec![(due + dice.between(-9, -1), cents)],
        Habit::Usual => vec![(due + dice.between(0, 12), cents)],
        Habit::Late => vec![(due + dice.between(12, 40), cents)],
        Habit::VeryLate => vec![(due + dice.between(38, 110), cents)],
        Habit::Parts => {
            let first = cents * dice.between(30, 60) / 100;
            let on = due + dice.between(3, 18);
            vec![(on, first), (on + dice.between(15, 45), cents - first)]
        }
    }
}
