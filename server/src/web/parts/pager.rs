//! Links to the pages before and after.

use maud::{Markup, html};

use crate::web::words::Words;

/// Lines on one page.
pub const PAGE: i64 = 50;

/// The offset of a page, counted from 1; what is not a page is the first.
pub fn offset(page: Option<i64>) -> i64 {
    (page.unwrap_or(1).clamp(1, 1_000_000) - 1) * PAGE
}

/// Links around a page; `address` makes the address of a page.
pub fn links(w: &Words, offset: i64, total: i64, address: impl Fn(i64) -> String) -> Markup {
    let page = offset / PAGE + 1;
    let last = ((total + PAGE - 1) / PAGE).max(1);
    html! {
        @if last > 1 {
            nav .pager aria-label=(w.pages) {
                @if page > 1 { a rel="prev" href=(address(page - 1)) { "← " (w.previous) } }
                span { (page) " / " (last) }
                @if page < last { a rel="next" href=(address(page + 1)) { (w.next) " →" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_begins_at_the_first_line() {
        assert_eq!(offset(None), 0);
        assert_eq!(offset(Some(1)), 0);
        assert_eq!(offset(Some(3)), 100);
        assert_eq!(offset(Some(-4)), 0);
        assert_eq!(offset(Some(i64::MAX)), 49_999_950);
    }

    #[test]
    fn a_single_page_has_no_links() {
        assert_eq!(links(Words::of("en"), 0, 50, |p| p.to_string()).into_string(), "");
        let two = links(Words::of("en"), 0, 51, |p| format!("?page={p}")).into_string();
        assert!(two.contains("?page=2") && !two.contains("prev"), "{two}");
    }
}
