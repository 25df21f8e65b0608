//! The ageing of what is owed, as a drawing and as figures.

use maud::{Markup, html};
use relance_engine::views::ageing::{Ageing, AgingBucket, Portfolio};
use relance_rules::dsl::money::Money;
use relance_rules::words as rule_words;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::web::words::Words;

/// Width of one column with its gap, in units of the drawing.
const STEP: u32 = 120;
/// Height of the tallest column.
const TALLEST: u32 = 130;

/// Five columns with their amounts. Read aloud, it is one sentence with all figures.
pub fn chart(w: &Words, ageing: &Ageing) -> Markup {
    let money = |amount: Decimal| rule_words::money(Money::new(amount, ageing.currency), w.language);
    let most = ageing
        .buckets
        .iter()
        .map(|bucket| bucket.amount)
        .max()
        .unwrap_or_default();
    let spoken = AgingBucket::ALL
        .iter()
        .zip(&ageing.buckets)
        .map(|(name, bucket)| format!("{} : {}", w.bucket(*name), money(bucket.amount)))
        .collect::<Vec<_>>()
        .join(" ; ");
    html! {
        svg .ageing role="img" viewBox="0 0 600 190" aria-labelledby="ageing-title ageing-text" {
            title id="ageing-title" { (w.ageing) }
            desc id="ageing-text" { (spoken) }
            line .axis x1="0" y1="160.500" x2="600" y2="160.500" {}
            @for ((place, name), bucket) in (0u32..).zip(AgingBucket::ALL).zip(&ageing.buckets) {
                @let height = column(bucket.amount, most);
                @let middle = place * STEP + STEP / 2;
                rect class=(bar_class(name)) x=(place * STEP + 18) y=(160 - height) width=(STEP - 36) height=(height) {}
                text .amount x=(middle) y=(152 - height) text-anchor="middle" { (short(w, bucket.amount)) }
                text .label x=(middle) y="180" text-anchor="middle" { (w.bucket(name)) }
            }
        }
    }
}

/// A table of the same figures, a line for each currency when there are several.
pub fn table(w: &Words, portfolio: &Portfolio) -> Markup {
    let several = portfolio.by_currency.len() > 1;
    html! {
        div .scroll { table .figures {
            caption .hidden { (w.ageing) }
            thead { tr {
                th scope="col" { (w.currency) }
                @for bucket in AgingBucket::ALL { th .num scope="col" { (w.bucket(bucket)) } }
                th .num scope="col" { (w.outstanding) }
                th .num scope="col" { (w.overdue) }
            } }
            tbody {
                @for ageing in &portfolio.by_currency { (line(w, ageing, ageing.currency.code())) }
            }
            @if several {
                tfoot { (line(w, &portfolio.converted, w.converted)) }
            }
        } }
        @if !portfolio.without_rate.is_empty() {
            p .note { (w.without_rate) " "
                @for (i, currency) in portfolio.without_rate.iter().enumerate() {
                    @if i > 0 { ", " } (currency)
                }
                "."
            }
        }
    }
}

fn line(w: &Words, ageing: &Ageing, name: &str) -> Markup {
    let money = |amount: Money| rule_words::money(amount, w.language);
    html! {
        tr {
            th scope="row" { (name) }
            @for bucket in &ageing.buckets {
                td .num {
                    @if bucket.invoices > 0 {
                        (money(Money::new(bucket.amount, ageing.currency))) small { " (" (bucket.invoices) ")" }
                    } @else { span .none { "–" } }
                }
            }
            td .num { (money(ageing.outstanding())) }
            td .num { (money(ageing.overdue())) }
        }
    }
}

fn bar_class(bucket: AgingBucket) -> &'static str {
    match bucket {
        AgingBucket::NotDue => "bar b0",
        AgingBucket::UpTo30 => "bar b1",
        AgingBucket::UpTo60 => "bar b2",
        AgingBucket::UpTo90 => "bar b3",
        AgingBucket::Over90 => "bar b4",
    }
}

/// Height of a column: in proportion, but what is there is always seen.
fn column(amount: Decimal, most: Decimal) -> u32 {
    if amount <= Decimal::ZERO || most <= Decimal::ZERO {
        return 0;
    }
    (amount / most * Decimal::from(TALLEST))
        .round()
        .to_u32()
        .unwrap_or(0)
        .clamp(2, TALLEST)
}

/// An amount in thousands, for the head of a column.
fn short(w: &Words, amount: Decimal) -> String {
    let thousand = Decimal::from(1000);
    if amount >= Decimal::from(10_000) {
        format!("{} k", w.number((amount / thousand).round_dp(0)))
    } else if amount >= thousand {
        format!("{} k", w.number((amount / thousand).round_dp(1)))
    } else {
        w.number(amount.round_dp(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relance_rules::dsl::money::Currency;

    #[test]
    fn columns_are_in_proportion_and_what_is_there_is_seen() {
        let of = |n: i64| column(Decimal::from(n), Decimal::from(1000));
        assert_eq!((of(0), of(1), of(500), of(1000)), (0, 2, 65, 130));
        assert_eq!(column(Decimal::ZERO, Decimal::ZERO), 0);
    }

    #[test]
    fn the_drawing_says_its_figures_in_words() {
        let mut ageing = Ageing::empty(Currency::EUR);
        ageing.buckets[1].amount = Decimal::from(1500);
        ageing.buckets[1].invoices = 2;
        let drawing = chart(Words::of("en"), &ageing).into_string();
        assert!(drawing.contains("role=\"img\""));
        assert!(drawing.contains("1–30 days"), "{drawing}");
        assert!(drawing.contains("1.5 k"), "{drawing}");
    }
}
