//! The statements of a file.

use rust_decimal::prelude::ToPrimitive;

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use crate::ast::{File, Item, Spanned};

impl Reader<'_> {
    /// All statements, into the tree.
    pub(super) fn file(&mut self, node: &Node<'_>, file: &mut File) {
        for part in node.parts() {
            match part.rule() {
                Rule::edition => {
                    if let Some(number) = part.part(Rule::number) {
                        let year = self.number(&number);
                        file.edition = Some(Spanned {
                            value: year.value.to_u32().unwrap_or(0),
                            span: year.span,
                        });
                    }
                }
                Rule::use_module => {
                    file.items
                        .extend(part.part(Rule::module).map(|n| Item::Use(n.word())));
                }
                Rule::fields => file.items.push(Item::Fields(self.fields(&part))),
                Rule::segments => file.items.push(Item::Segments(self.segments(&part))),
                Rule::score => file.items.push(Item::Score(self.score(&part))),
                Rule::calendar => file.items.push(Item::Calendar(self.calendar(&part))),
                Rule::scenario => file.items.push(Item::Scenario(Box::new(self.scenario(&part)))),
                Rule::hook => file.items.extend(self.hook(&part).map(Item::Hook)),
                Rule::charges => file.items.push(Item::Charges(self.charges(&part))),
                Rule::disputes => file.items.push(Item::Disputes(self.disputes(&part))),
                Rule::promises => file.items.push(Item::Promises(self.promises(&part))),
                Rule::plans => file.items.push(Item::Plans(self.plans(&part))),
                Rule::medium => file.items.extend(self.medium(&part).map(Item::Medium)),
                Rule::test => file
                    .items
                    .extend(self.test(&part).map(|t| Item::Test(Box::new(t)))),
                Rule::bad_top => self.bad(&part),
                _ => {}
            }
        }
    }
}
