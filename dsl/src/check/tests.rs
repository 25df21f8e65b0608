//! Tests in the language: whether what they give, say and expect can be.

mod expect;

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::Checker;
use super::listed::List;
use crate::ast::{self, HappeningKind, Subject, Word};
use crate::checked::field::{custom, own_name};
use crate::checked::{CallOutcome, Const, FieldOwner, Given, Happening, Moment, Property, Test, TestLine};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Text;
use crate::money::Money;
use crate::text;
use crate::vocabulary::{Context, Type};

/// Properties of a contact in a test: English, French, type.
pub(crate) const OF_CONTACT: [(&str, &str, Type); 3] = [
    ("email", "email", Type::Text),
    ("language", "langue", Type::Language),
    ("name", "nom", Type::Text),
];

/// Properties of an invoice in a test that are no facts: English, French, type.
pub(crate) const OF_INVOICE: [(&str, &str, Type); 1] = [("known", "connue", Type::Date)];

/// The property of company and customer that is no fact.
pub(crate) const TIME_ZONE: [Known; 1] = [("time_zone", "fuseau", Type::Text)];

/// What follows from the invoices of a test, and from what happens in it.
const FOLLOWS: [&str; 9] = [
    "balance",
    "overdue",
    "oldest_overdue_days",
    "open_invoices",
    "overdue_invoices",
    "credit_used",
    "currency",
    "days_overdue",
    "partly_paid",
];

/// A property that something can have: English, French, type.
pub(crate) type Known = (&'static str, &'static str, Type);

impl<'a> Checker<'a> {
    /// All tests, in source order.
    pub(super) fn tests(&mut self) -> Vec<Test> {
        let tests = self.names.tests.clone();
        tests.into_iter().map(|test| self.test(test)).collect()
    }

    fn test(&mut self, test: &'a ast::Test) -> Test {
        let invoices: HashSet<&str> = test
            .lines
            .iter()
            .filter_map(|line| match line {
                ast::TestLine::Given(given) => match &given.subject.value {
                    Subject::Invoice(name) => Some(name.value.as_str()),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        let expects = test.lines.iter().any(|l| matches!(l, ast::TestLine::Expect(_)));
        if !expects && !self.may_be_hidden(&[ast::BrokenKind::Test]) {
            let d = Diagnostic::error(
                &codes::TEST_WITHOUT_EXPECTATION,
                test.span,
                text!(
                    "This test expects nothing at all.",
                    "Ce test n'attend rien du tout."
                ),
                text!("cannot fail", "ne peut pas échouer"),
            );
            self.report(d.help(text!(
                "add a line such as `expect level 1 of F1 on 2026-02-07`, or `expect nothing`",
                "ajoutez une ligne comme `attendre niveau 1 de F1 le 2026-02-07`, ou `attendre rien`"
            )));
        }
        Test {
            title: test.title.value.clone(),
            lines: test
                .lines
                .iter()
                .filter_map(|line| match line {
                    ast::TestLine::Given(given) => self.given(given).map(TestLine::Given),
                    ast::TestLine::On(scene) => Some(TestLine::On(self.moment(scene, &invoices))),
                    ast::TestLine::Expect(expect) => self.expect(expect, &invoices).map(TestLine::Expect),
                })
                .collect(),
            span: test.span,
        }
    }

    fn given(&mut self, given: &ast::Given) -> Option<Given> {
        Some(match &given.subject.value {
            Subject::Company => {
                let mut known = self.facts_of("company");
                known.extend(TIME_ZONE);
                Given::Company(self.properties(&given.properties, &known, None))
            }
            Subject::Customer => {
                // The figures of the account are given with the customer, too.
                let mut known = self.facts_of("customer");
                known.extend(self.facts_of("account"));
                known.extend(TIME_ZONE);
                Given::Customer(self.properties(&given.properties, &known, Some(FieldOwner::Customer)))
            }
            Subject::Account => {
                let known = self.facts_of("account");
                Given::Account(self.properties(&given.properties, &known, None))
            }
            Subject::Contact(role) => {
                let role = role.as_ref().map(|r| self.contact_role(r));
                Given::Contact(role, self.properties(&given.properties, &OF_CONTACT, None))
            }
            Subject::Rate { currency, rate, from } => {
                let found = self.currency(currency);
                if rate.value <= Decimal::ZERO {
                    let d = Diagnostic::error(
                        &codes::UNKNOWN_PROPERTY,
                        rate.span,
                        text!("A rate is more than 0.", "Un cours est supérieur à 0."),
                        text!("no rate", "pas un cours"),
                    );
                    self.report(d);
                }
                Given::Rate {
                    currency: found?,
                    rate: rate.value,
                    from: from.as_ref().map(|day| day.value),
                }
            }
            Subject::Invoice(invoice) => {
                let mut known = self.facts_of("invoice");
                known.extend(OF_INVOICE);
                let properties = self.properties(&given.properties, &known, Some(FieldOwner::Invoice));
                for needed in ["amount", "due"] {
                    self.is_given(invoice, needed, &given.properties);
                }
                Given::Invoice(invoice.value.clone(), properties)
            }
        })
    }

    /// The facts of one group, by their last words.
    fn facts_of(&self, group: &str) -> Vec<Known> {
        let last = |path: &'static str| path.rsplit_once('.').map_or(path, |(_, last)| last);
        let facts = self.vocabulary.facts.iter();
        facts
            .filter(|f| f.path.split_once('.').is_some_and(|(g, _)| g == group))
            .map(|f| (last(f.path), last(f.path_fr), f.ty))
            .collect()
    }

    fn properties(
        &mut self,
        properties: &[ast::Property],
        known: &[Known],
        owner: Option<FieldOwner>,
    ) -> Vec<Property> {
        let properties = properties.iter();
        properties
            .filter_map(|p| self.property(p, known, owner))
            .collect()
    }

    fn property(
        &mut self,
        property: &ast::Property,
        known: &[Known],
        owner: Option<FieldOwner>,
    ) -> Option<Property> {
        if let Some(name) = self.field_name(&property.name) {
            return self.custom_property(property, name, owner);
        }
        let word = &property.name.value;
        let list = List {
            values: known.iter().map(|(en, fr, _)| (*en, *fr)).collect(),
            code: &codes::UNKNOWN_PROPERTY,
            message: text!(
                "`{word}` cannot be given here.",
                "On ne peut pas donner `{word}` ici."
            ),
            label: text!("unknown property", "propriété inconnue"),
            these: text!("what can be given:", "on peut donner :"),
        };
        let found = self.listed(&property.name, &list)?;
        let (name, french, ty) = known.iter().find(|(en, _, _)| *en == found)?;
        // The company's currency and an invoice's balance are given.
        let given = *name == "currency" && owner.is_none()
            || *name == "balance" && owner == Some(FieldOwner::Invoice);
        if FOLLOWS.contains(name) && !given {
            self.follows(property, name, french, owner);
            return None;
        }
        if *ty == Type::Text && *name == TIME_ZONE[0].0 {
            self.is_zone(property);
        }
        let one = if *ty == Type::Texts { Type::Text } else { *ty };
        let values = self.given_values(property, one)?;
        Some(Property {
            name,
            field: None,
            values,
            span: property.name.span,
        })
    }

    /// That something cannot be given, because it is made of other things that are.
    fn follows(&mut self, property: &ast::Property, en: &str, fr: &str, owner: Option<FieldOwner>) {
        let message = text!(
            "`{en}` follows from the rest of the test and cannot be given.",
            "`{fr}` découle du reste du test et ne peut pas être donné."
        );
        let label = text!("made of other things", "découle d'autres choses");
        let help = match (en, owner) {
            ("currency", _) => text!(
                "the currency is that of the amount: write `amount 1 000 USD`",
                "la devise est celle du montant : écrivez `montant 1 000 USD`"
            ),
            ("days_overdue", _) => text!(
                "it is counted from the due date: write `due 2026-02-04`",
                "il se compte depuis l'échéance : écrivez `échéance 2026-02-04`"
            ),
            ("partly_paid", _) => text!(
                "write a balance below the amount, or let a part be paid: `on 2026-02-01 pay F1 100 EUR`",
                "écrivez un solde inférieur au montant, ou faites payer une partie : `le 2026-02-01 payer F1 100 EUR`"
            ),
            ("credit_used", _) => text!(
                "give a limit and invoices: `given customer {{ credit_limit 5 000 EUR }}`",
                "donnez un plafond et des factures : `soit client {{ plafond 5 000 EUR }}`"
            ),
            _ => text!(
                "give the invoices that make it: `given invoice F1 {{ amount 1 000 EUR, due 2026-02-04 }}`",
                "donnez les factures qui le produisent : `soit facture F1 {{ montant 1 000 EUR, échéance 2026-02-04 }}`"
            ),
        };
        let d = Diagnostic::error(&codes::UNKNOWN_PROPERTY, property.name.span, message, label);
        self.report(d.help(help));
    }

    fn is_zone(&mut self, property: &ast::Property) {
        for value in &property.values {
            if let ast::ExprKind::Text(name) = &value.kind {
                self.zone(name, value.span);
            }
        }
    }

    fn given_values(&mut self, property: &ast::Property, ty: Type) -> Option<Vec<Const>> {
        let values = property.values.iter();
        let values: Vec<Const> = values.filter_map(|v| self.given_value(v, ty)).collect();
        (values.len() == property.values.len()).then_some(values)
    }

    /// `region` of `custom.region`. The word of the other language is reported and understood.
    fn field_name(&mut self, word: &Word) -> Option<String> {
        let lang = self.lang(word.span.file);
        let own = own_name(&word.value, lang).map(str::to_owned);
        own.or_else(|| {
            let name = own_name(&word.value, lang.other())?.to_owned();
            let right = format!("{}.{name}", custom(lang));
            self.other_language(&word.value, &right, word.span);
            Some(name)
        })
    }

    fn custom_property(
        &mut self,
        property: &ast::Property,
        name: String,
        owner: Option<FieldOwner>,
    ) -> Option<Property> {
        let span = property.name.span;
        let Some(owner) = owner else {
            let d = Diagnostic::error(
                &codes::UNKNOWN_PROPERTY,
                span,
                text!(
                    "Fields of your own are given with the customer or an invoice.",
                    "Les champs à vous se donnent avec le client ou une facture."
                ),
                text!("not here", "pas ici"),
            );
            self.report(d.help(text!(
                "write `given customer {{ custom.{name} ... }}`",
                "écrivez `soit client {{ libre.{name} ... }}`"
            )));
            return None;
        };
        let (field, ty) = self.declared_field(owner, &name, span)?;
        let values = self.given_values(property, ty)?;
        Some(Property {
            name: Property::CUSTOM,
            field: Some(field),
            values,
            span,
        })
    }

    fn given_value(&mut self, value: &ast::Expr, ty: Type) -> Option<Const> {
        let typed = self.value(value, Context::Step, Some(ty))?;
        let number = |t| matches!(t, Type::Whole | Type::Decimal);
        let fits = typed.ty == ty || number(typed.ty) && number(ty);
        match typed.expr.kind {
            crate::checked::ExprKind::Const(constant) if fits => Some(constant),
            _ => {
                let Text { en, fr } = self.type_name(ty);
                let d = Diagnostic::error(
                    &codes::UNKNOWN_PROPERTY,
                    value.span,
                    text!("This is not {en}.", "Ce n'est pas {fr}."),
                    text!("another kind of value", "une autre sorte de valeur"),
                );
                self.report(match ty {
                    Type::Money => d.help(text!(
                        "write the currency after it, as in `500 EUR`",
                        "écrivez la devise après lui, comme dans `500 EUR`"
                    )),
                    Type::Date => d.help(text!(
                        "write year, month, day: `2026-02-04`",
                        "écrivez année, mois, jour : `2026-02-04`"
                    )),
                    Type::Percent => d.help(text!("write it as in `90 %`", "écrivez comme dans `90 %`")),
                    _ => d,
                });
                None
            }
        }
    }

    fn is_given(&mut self, invoice: &Word, needed: &'static str, properties: &[ast::Property]) {
        let french = if needed == "due" { "échéance" } else { "montant" };
        let lang = self.lang(invoice.span.file);
        let wanted = crate::parse::plain(lang.pick(needed, french));
        if properties.iter().any(|p| {
            let word = crate::parse::plain(&p.name.value);
            word == wanted || word == needed
        }) {
            return;
        }
        let name = &invoice.value;
        let d = Diagnostic::error(
            &codes::PROPERTY_MISSING,
            invoice.span,
            text!(
                "Invoice `{name}` has no `{needed}`.",
                "La facture `{name}` n'a pas de `{french}`."
            ),
            text!("incomplete", "incomplète"),
        );
        self.report(d.help(text!(
            "write, for example, `given invoice {name} {{ amount 1 000 EUR, due 2026-02-04 }}`",
            "écrivez, par exemple, `soit facture {name} {{ montant 1 000 EUR, échéance 2026-02-04 }}`"
        )));
    }

    fn moment(&mut self, scene: &ast::Scene, invoices: &HashSet<&str>) -> Moment {
        Moment {
            day: scene.day.value,
            time: scene.time.as_ref().map(|t| t.value),
            happenings: scene
                .happenings
                .iter()
                .filter_map(|h| Some((self.happening(&h.kind, invoices)?, h.span)))
                .collect(),
        }
    }

    fn happening(&mut self, kind: &HappeningKind, invoices: &HashSet<&str>) -> Option<Happening> {
        Some(match kind {
            HappeningKind::Dispute(invoice, category) => {
                if let Some(category) = category {
                    self.category(category);
                }
                let category = category.as_ref().map(|c| c.value.clone());
                Happening::Dispute(self.invoice(invoice, invoices), category)
            }
            HappeningKind::RejectDispute(i) => Happening::RejectDispute(self.invoice(i, invoices)),
            HappeningKind::AcceptDispute(i) => Happening::AcceptDispute(self.invoice(i, invoices)),
            HappeningKind::Pay(i, amount) => {
                let amount = amount.as_ref().and_then(|a| self.money(a));
                Happening::Pay(self.invoice(i, invoices), amount)
            }
            HappeningKind::Promise {
                invoice,
                amount,
                until,
            } => Happening::Promise {
                invoice: self.invoice(invoice, invoices),
                amount: amount.as_ref().and_then(|a| self.money(a)),
                until: until.value,
            },
            HappeningKind::Plan {
                invoices: of,
                instalments,
            } => Happening::Plan {
                invoices: of.iter().map(|i| self.invoice(i, invoices)).collect(),
                instalments: self.instalments(instalments)?,
            },
            HappeningKind::CancelPlan(i) => Happening::CancelPlan(self.invoice(i, invoices)),
            HappeningKind::Receive(amount) => Happening::Receive(self.money(amount)?),
            HappeningKind::Credit(i, amount) => {
                let amount = self.money(amount)?;
                Happening::Credit(self.invoice(i, invoices), amount)
            }
            HappeningKind::Hold(i, until) => {
                Happening::Hold(self.invoice(i, invoices), until.as_ref().map(|d| d.value))
            }
            HappeningKind::Release(i) => Happening::Release(self.invoice(i, invoices)),
            HappeningKind::CallGives(outcome) => {
                if let CallOutcome::Unknown(word) = &outcome.value {
                    self.unknown_outcome(word, outcome.span);
                    return None;
                }
                Happening::CallGives(outcome.value.clone())
            }
            HappeningKind::Approve(i) => Happening::Approve(self.invoice(i, invoices)),
            HappeningKind::Refuse(i) => Happening::Refuse(self.invoice(i, invoices)),
            HappeningKind::AskAgain(i) => Happening::AskAgain(self.invoice(i, invoices)),
            HappeningKind::Bounce => Happening::Bounce,
            HappeningKind::Open(i) => Happening::Open(self.invoice(i, invoices)),
            HappeningKind::Insolvent => Happening::Insolvent,
        })
    }

    /// The parts of a payment plan, in the order of their days.
    fn instalments(&mut self, parts: &[ast::Instalment]) -> Option<Vec<(chrono::NaiveDate, Money)>> {
        let read = |part: &ast::Instalment| Some((part.due.value, self.money(&part.amount)?));
        let mut read: Vec<_> = parts.iter().map(read).collect::<Option<_>>()?;
        read.sort_by_key(|(due, _)| *due);
        Some(read)
    }

    fn money(&mut self, amount: &ast::Spanned<(rust_decimal::Decimal, Word)>) -> Option<Money> {
        let (value, currency) = &amount.value;
        self.currency(currency).map(|c| Money::new(*value, c))
    }

    fn invoice(&mut self, word: &Word, invoices: &HashSet<&str>) -> String {
        let name = word.value.as_str();
        if !invoices.contains(name) && !self.may_be_hidden(&[ast::BrokenKind::Test]) {
            let d = Diagnostic::error(
                &codes::UNKNOWN_INVOICE,
                word.span,
                text!(
                    "This test gives no invoice `{name}`.",
                    "Ce test ne donne pas de facture `{name}`."
                ),
                text!("unknown invoice", "facture inconnue"),
            );
            self.report(d.suggest(word.span, likely(name, invoices.iter().copied())));
        }
        word.value.clone()
    }
}
