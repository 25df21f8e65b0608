//! A form in which lines of a list were chosen, or all of them.

use chrono::NaiveDate;
use maud::{Markup, html};
use relance_rules::dsl::lang::Text;

use crate::many::{Done, Which};
use crate::web::problem::Problem;
use crate::web::words::Words;

/// The name of the boxes before the lines.
const LINE: &str = "line";

/// What was filled in.
#[derive(Debug)]
pub struct Chosen(pub Vec<(String, String)>);

impl Chosen {
    /// A field; empty when it is missing.
    pub fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// A day.
    pub fn day(&self, name: &str, w: &Words) -> Result<NaiveDate, Problem> {
        let text = self.text(name);
        text.parse()
            .map_err(|_| Problem::Form(Text::same(w.bad_day(text))))
    }

    /// The lines with a tick, or all that the list has.
    pub fn which<T>(&self, all: bool, id: fn(i64) -> T) -> Which<T> {
        if all {
            return Which::All;
        }
        let ticked = self.0.iter().filter(|(name, _)| name == LINE);
        Which::These(
            ticked
                .filter_map(|(_, value)| value.parse().ok())
                .map(id)
                .collect(),
        )
    }
}

/// The box before a line.
pub fn tick(w: &Words, id: impl std::fmt::Display, what: &str) -> Markup {
    html! { input type="checkbox" name=(LINE) value=(id) aria-label={ (w.choose) " " (what) }; }
}

/// The end of an address, for the page that says what was done.
pub fn told(done: Done) -> String {
    format!("count={}&missed={}", done.done, done.missed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_lines_are_read_and_what_is_no_number_is_none() {
        let fields = [
            ("line", "3"),
            ("why", " wrong price "),
            ("line", "x"),
            ("line", "7"),
        ];
        let chosen = Chosen(
            fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        );
        assert_eq!(chosen.which(false, |id| id), Which::These(vec![3, 7]));
        assert_eq!(chosen.which(true, |id| id), Which::All);
        assert_eq!((chosen.text("why"), chosen.text("until")), ("wrong price", ""));
        assert!(chosen.day("until", Words::of("en")).is_err());
    }
}
