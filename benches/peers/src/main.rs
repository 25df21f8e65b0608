//! One decision over ten facts and eight rules, by relance, by hand-written Rust and by other engines: all asked about the same
//! accounts, asserted to answer alike, then measured in one thread.
//!
//! `cargo run --release` in this folder. With an argument, only the contestants whose name contains it are measured, beside the
//! hand-written one: for looking at one of them closely.

#![allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]

mod accounts;
mod contestants;
mod facts;
mod measure;

use std::collections::BTreeMap;

use ::regorus::Value;
use contestants::{cel, hand, regorus, relance, rhai, zen};
use facts::Facts;
use measure::{Contestant, Deciding, measure};
use relance_rules::facts::AccountFacts;
use relance_rules::segment_of;
use zen_expression::variable::Variable;

/// Enough for every rule to hold somewhere, few enough to stay in the cache, as facts do that were just loaded.
const ACCOUNTS: u32 = 512;

fn main() {
    let accounts = accounts::accounts(ACCOUNTS);
    let today = accounts::today();
    let rulebook = relance::rulebook();
    let with_hook = relance::with_hook();
    let each = || accounts.iter().collect::<Vec<_>>();
    let prepared = || {
        each()
            .iter()
            .map(|account| Facts::of(account, today))
            .collect::<Vec<_>>()
    };

    let (mut zen, mut zen_prepared) = (zen::Zen::new(), zen::Zen::new());
    let cel = cel::Cel::new();
    let rhai = rhai::Rhai::new();
    let (mut regorus, mut regorus_prepared) = (regorus::Regorus::new(), regorus::Regorus::new());

    let mut contestants: Vec<Box<dyn Contestant + '_>> = vec![
        Box::new(Deciding {
            name: "hand-written Rust",
            inputs: each(),
            decide: |account: &mut &AccountFacts| hand::decide(account, today),
        }),
        Box::new(Deciding {
            name: "relance",
            inputs: each(),
            decide: |account: &mut &AccountFacts| segment_of(&rulebook, account, today),
        }),
        Box::new(Deciding {
            name: "relance, its first line by a hook",
            inputs: each(),
            decide: |account: &mut &AccountFacts| segment_of(&with_hook, account, today),
        }),
        Box::new(Deciding {
            name: "zen-expression",
            inputs: each(),
            decide: |account: &mut &AccountFacts| zen.decide(zen::context(&Facts::of(account, today))),
        }),
        Box::new(Deciding {
            name: "rhai",
            inputs: each(),
            decide: |account: &mut &AccountFacts| rhai.decide(&mut rhai::scope(&Facts::of(account, today))),
        }),
        Box::new(Deciding {
            name: "cel",
            inputs: each(),
            decide: |account: &mut &AccountFacts| cel.decide(account, today),
        }),
        Box::new(Deciding {
            name: "regorus",
            inputs: each(),
            decide: |account: &mut &AccountFacts| regorus.decide(regorus::input(&Facts::of(account, today))),
        }),
        Box::new(Deciding {
            name: "zen-expression, facts loaded before",
            inputs: prepared().iter().map(zen::context).collect(),
            decide: |context: &mut Variable| zen_prepared.decide(context.shallow_clone()),
        }),
        Box::new(Deciding {
            name: "rhai, facts loaded before",
            inputs: prepared().iter().map(rhai::scope).collect(),
            decide: |scope: &mut _| rhai.decide(scope),
        }),
        Box::new(Deciding {
            name: "cel, facts loaded before",
            inputs: prepared().iter().map(|facts| cel.context(facts)).collect(),
            decide: |context: &mut _| cel.decide_in(context),
        }),
        Box::new(Deciding {
            name: "regorus, facts loaded before",
            inputs: prepared().iter().map(regorus::input).collect(),
            decide: |input: &mut Value| regorus_prepared.decide(input.clone()),
        }),
    ];

    agree(&mut contestants, &accounts);
    if let Some(only) = std::env::args().nth(1) {
        contestants.retain(|c| c.name().contains("hand-written") || c.name().contains(&only));
    }
    let figures = measure(&mut contestants, accounts.len());
    let by_hand = figures[0].median;
    println!("ns per decision                        least   median   to hand-written");
    for (contestant, figures) in contestants.iter().zip(&figures) {
        println!(
            "{:<36} {:>7.0} {:>8.0} {:>17.1}",
            contestant.name(),
            figures.least,
            figures.median,
            figures.median / by_hand
        );
    }
}

/// Stops the run when two contestants differ about an account, or when a rule holds for none of them.
fn agree(contestants: &mut [Box<dyn Contestant + '_>], accounts: &[AccountFacts]) {
    let (first, others) = contestants.split_first_mut().expect("contestants");
    let expected = first.answers();
    for other in others {
        for ((said, expected), account) in other.answers().iter().zip(&expected).zip(accounts) {
            assert_eq!(said, expected, "{} about {account:?}", other.name());
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in &expected {
        *counts.entry(answer).or_default() += 1;
    }
    assert_eq!(counts.len(), 9, "each rule holds somewhere: {counts:?}");
    println!("{} accounts, all contestants agree: {counts:?}\n", accounts.len());
}
