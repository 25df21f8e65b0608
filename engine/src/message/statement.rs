//! The statement of an account: all that is open on one day, as a PDF.

use chrono::NaiveDate;
use relance_rules::dsl::money::Money;
use relance_rules::facts::{AccountFacts, Invoice};
use rust_decimal::Decimal;

use super::language::MessageLanguage;
use super::pdf::{self, HEIGHT, Page, WIDTH};
use super::table::{add, headings};
use crate::store::companies::Company;

/// Room at the sides.
const MARGIN: i64 = 50_000;
/// Size of the text, in points.
const SIZE: i64 = 9;
/// From one line to the next.
const LINE: i64 = 15_000;
/// What is below this belongs to the foot of the page.
const FOOT: i64 = 75_000;
/// Where the columns begin (number, issued, due) or end (days late, amount, balance).
const COLUMNS: [i64; 6] = [MARGIN, 175_000, 275_000, 395_000, 470_000, WIDTH - MARGIN];

struct Words {
    title: &'static str,
    as_of: &'static str,
    customer: &'static str,
    late: &'static str,
    total: &'static str,
    overdue: &'static str,
    unallocated: &'static str,
    nothing: &'static str,
    file: &'static str,
}

fn words(language: MessageLanguage) -> Words {
    match language {
        MessageLanguage::Fr => Words {
            title: "Relevé de compte",
            as_of: "Au",
            customer: "Client :",
            late: "Jours de retard",
            total: "Total ouvert",
            overdue: "dont échu",
            unallocated: "Reçu et non encore affecté",
            nothing: "Aucune facture ouverte.",
            file: "releve",
        },
        MessageLanguage::En => Words {
            title: "Statement of account",
            as_of: "As of",
            customer: "Customer:",
            late: "Days overdue",
            total: "Total open",
            overdue: "of which overdue",
            unallocated: "Received, not allocated yet",
            nothing: "No open invoice.",
            file: "statement",
        },
        MessageLanguage::De => Words {
            title: "Kontoauszug",
            as_of: "Stand",
            customer: "Kunde:",
            late: "Tage überfällig",
            total: "Offen insgesamt",
            overdue: "davon fällig",
            unallocated: "Eingegangen, noch nicht zugeordnet",
            nothing: "Keine offene Rechnung.",
            file: "kontoauszug",
        },
        MessageLanguage::Es => Words {
            title: "Extracto de cuenta",
            as_of: "A fecha de",
            customer: "Cliente:",
            late: "Días de retraso",
            total: "Total pendiente",
            overdue: "de los cuales vencido",
            unallocated: "Recibido y aún sin asignar",
            nothing: "Ninguna factura pendiente.",
            file: "extracto",
        },
        MessageLanguage::It => Words {
            title: "Estratto conto",
            as_of: "Al",
            customer: "Cliente:",
            late: "Giorni di ritardo",
            total: "Totale aperto",
            overdue: "di cui scaduto",
            unallocated: "Ricevuto e non ancora attribuito",
            nothing: "Nessuna fattura aperta.",
            file: "estratto-conto",
        },
    }
}

/// A statement, with the name that its file has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Name of the file, as `statement-C00012-2026-03-31.pdf`.
    pub name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// All open invoices of an account on a day, by due date, with what is overdue of them and what came in and belongs to none yet; in
/// the language of this two-letter code (French, German, Spanish, Italian, else English). Nothing is converted: each currency has
/// its own sums.
pub fn statement(company: &Company, facts: &AccountFacts, language: &str, today: NaiveDate) -> Statement {
    let spoken = MessageLanguage::of(language);
    let w = words(spoken);
    let mut open: Vec<&Invoice> = facts
        .invoices
        .iter()
        .filter(|i| i.balance.amount > Decimal::ZERO)
        .collect();
    open.sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
    let mut sheets = Sheets::new(company, facts, spoken, &w, today);
    if open.is_empty() {
        sheets.line(&[(0, w.nothing.to_owned())]);
    }
    let (mut total, mut overdue): (Vec<Money>, Vec<Money>) = (Vec::new(), Vec::new());
    for invoice in open {
        let late = (today - invoice.due).num_days();
        add(&mut total, invoice.balance);
        if late > 0 {
            add(&mut overdue, invoice.balance);
        }
        sheets.line(&[
            (
                0,
                pdf::fitted(&invoice.number, SIZE, COLUMNS[1] - COLUMNS[0] - 6_000),
            ),
            (1, spoken.date(invoice.issued)),
            (2, spoken.date(invoice.due)),
            (3, if late > 0 { late.to_string() } else { String::new() }),
            (4, spoken.money(invoice.amount)),
            (5, spoken.money(invoice.balance)),
        ]);
    }
    sheets.rule();
    for (name, sums) in [(w.total, &total), (w.overdue, &overdue)] {
        for sum in sums {
            sheets.line(&[(0, name.to_owned()), (5, spoken.money(*sum))]);
        }
    }
    for sum in facts.unallocated.iter().filter(|sum| sum.amount > Decimal::ZERO) {
        sheets.line(&[(0, w.unallocated.to_owned()), (5, spoken.money(*sum))]);
    }
    let title = format!("{} - {}", w.title, facts.customer.name);
    Statement {
        name: format!("{}-{}-{today}.pdf", w.file, in_a_name(&facts.customer.number)),
        pdf: pdf::document(&title, language, &sheets.finished()),
    }
}

/// Letters and digits as they are, all else as a line: a name for a file on any system.
pub(crate) fn in_a_name(text: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' || c == '_' {
            c
        } else {
            '-'
        }
    };
    text.chars().take(60).map(safe).collect()
}

/// The pages, each with the head of the table.
struct Sheets<'a> {
    headings: [&'a str; 6],
    foot: String,
    pages: Vec<Page>,
    page: Page,
    y: i64,
}

impl<'a> Sheets<'a> {
    fn new(
        company: &Company,
        facts: &AccountFacts,
        language: MessageLanguage,
        w: &'a Words,
        today: NaiveDate,
    ) -> Self {
        let [number, issued, due, amount, balance, ..] = headings(language);
        let mut page = Page::default();
        let room = WIDTH - 2 * MARGIN;
        let mut y = HEIGHT - 60_000;
        page.text((MARGIN, y), 11, true, &pdf::fitted(&company.name, 12, room));
        y -= 36_000;
        page.text((MARGIN, y), 16, true, w.title);
        y -= 20_000;
        page.text(
            (MARGIN, y),
            SIZE,
            false,
            &format!("{} {}", w.as_of, language.date(today)),
        );
        y -= LINE;
        let customer = format!(
            "{} {} ({})",
            w.customer, facts.customer.name, facts.customer.number
        );
        page.text((MARGIN, y), SIZE, false, &pdf::fitted(&customer, SIZE, room));
        y -= LINE;
        let mut sheets = Self {
            headings: [number, issued, due, w.late, amount, balance],
            foot: company.bank.clone().unwrap_or_default(),
            pages: Vec::new(),
            page,
            y: y - LINE,
        };
        sheets.head();
        sheets
    }

    fn head(&mut self) {
        let headings: Vec<(usize, String)> = self
            .headings
            .iter()
            .map(|h| (*h).to_owned())
            .enumerate()
            .collect();
        self.put(&headings);
        self.rule();
    }

    fn put(&mut self, cells: &[(usize, String)]) {
        for (column, text) in cells {
            let Some(x) = COLUMNS.get(*column) else { continue };
            if *column < 3 {
                self.page.text((*x, self.y), SIZE, false, text);
            } else {
                self.page.right((*x, self.y), SIZE, text);
            }
        }
        self.y -= LINE;
    }

    /// One line of the table, on the next page when this one is full.
    fn line(&mut self, cells: &[(usize, String)]) {
        if self.y < FOOT {
            self.pages.push(std::mem::take(&mut self.page));
            self.y = HEIGHT - 60_000;
            self.head();
        }
        self.put(cells);
    }

    fn rule(&mut self) {
        self.page.rule(self.y + LINE - 4_000, MARGIN, WIDTH - MARGIN);
        self.y -= 4_000;
    }

    /// All pages, each with its foot: where to pay to, and which page of how many it is.
    fn finished(mut self) -> Vec<Page> {
        self.pages.push(self.page);
        let count = self.pages.len();
        let room = WIDTH - 2 * MARGIN - 60_000;
        for (page, n) in self.pages.iter_mut().zip(1..) {
            page.text(
                (MARGIN, 45_000),
                8,
                false,
                &pdf::fitted(&self.foot.replace('\n', " "), 8, room),
            );
            page.right((WIDTH - MARGIN, 45_000), 8, &format!("{n} / {count}"));
        }
        self.pages
    }
}
