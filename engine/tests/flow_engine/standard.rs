//! The standard templates, each in every language and tone, as customers see them.

use std::collections::BTreeMap;
use std::sync::Arc;

use relance_engine::message::{ChargeWords, ContactWords, Letter, Rendered, check, render};
use relance_engine::rules::dsl::checked::Tone;
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::rulebook::{Files, Rulebook, build};
use relance_engine::store::companies::Company;
use rust_decimal::Decimal;

use crate::words::{company, letter};

/// A language, the country of a company that writes in it, how it addresses somebody, and how it writes one amount and one day.
const LANGUAGES: [(&str, &str, &str, &str, &str); 5] = [
    ("de", "DE", "Frau Petit", "1.234,50\u{a0}EUR", "2. Februar 2026"),
    ("en", "GB", "Ms Petit", "EUR 1,234.50", "2 February 2026"),
    (
        "es",
        "ES",
        "Señora Petit",
        "1.234,50\u{a0}EUR",
        "2 de febrero de 2026",
    ),
    (
        "fr",
        "FR",
        "Madame Petit",
        "1\u{202f}234,50\u{a0}€",
        "2 février 2026",
    ),
    (
        "it",
        "IT",
        "Signora Petit",
        "1.234,50\u{a0}EUR",
        "2 febbraio 2026",
    ),
];

/// What `std.europe` gives; `std.france` gives the same.
fn library() -> Arc<Rulebook> {
    let text = "edition 2026\nuse std.europe\n".to_owned();
    let built = build(&Files(BTreeMap::from([("a.relance".to_owned(), text)])));
    built.rulebook.unwrap()
}

fn of_country(country: &str) -> Company {
    Company {
        country: country.to_owned(),
        ..company()
    }
}

/// One invoice with an order number and a charge, to somebody who is known.
fn full<'a>(company: &'a Company, template: &'a str, language: &'a str, salutation: &str) -> Letter<'a> {
    let mut full = letter(company, template, language, "Dupont SA");
    full.invoices.truncate(1);
    full.invoices[0].purchase_order = Some("BC-77".to_owned());
    full.customer.country = &company.country;
    full.contact = Some(ContactWords {
        name: "Camille Petit".to_owned(),
        salutation: Some(salutation.to_owned()),
        email: Some("camille@dupont.example".to_owned()),
        phone: Some("+33 1 00 00 00 00".to_owned()),
    });
    full.charges = vec![ChargeWords {
        name: "X-1".to_owned(),
        amount: Money::new(Decimal::new(1_050, 2), Currency::EUR),
        detail: Some("X-2".to_owned()),
    }];
    full
}

/// Several invoices in two currencies, to nobody in particular, with no bank account.
fn bare<'a>(company: &'a Company, template: &'a str, language: &'a str) -> Letter<'a> {
    let mut bare = letter(company, template, language, "Dupont SA");
    bare.contact = None;
    bare.level = None;
    bare
}

fn tone(name: Option<&str>) -> Tone {
    match name {
        Some("warm") => Tone::Warm,
        Some("firm") => Tone::Firm,
        Some("formal") => Tone::Formal,
        _ => Tone::Courteous,
    }
}

fn is_whole(rendered: &Rendered) -> bool {
    let both = format!("{}\n{}", rendered.subject, rendered.text);
    let marks = [
        "{",
        "}",
        "[[",
        "<",
        "undefined",
        "none",
        "  \n",
        "\n\n\n",
        " ,",
        "()",
    ];
    !rendered.subject.is_empty() && !marks.iter().any(|mark| both.contains(mark))
}

#[test]
fn each_is_whole_in_every_language_and_tone() {
    let rulebook = library();
    assert!(check(&rulebook).diagnostics.is_empty());
    let mut seen = 0;
    for (name, template) in rulebook.templates() {
        let own = name.language.as_deref().unwrap();
        let (language, country, salutation, amount, date) =
            *LANGUAGES.iter().find(|(code, ..)| *code == own).unwrap();
        let home = of_country(country);
        let abroad = Company {
            bank: None,
            ..of_country("NL")
        };
        let tone = tone(name.tone.as_deref());
        for letter in [
            full(&home, &name.name, language, salutation),
            bare(&abroad, &name.name, language),
        ] {
            let rendered = render(&rulebook, &Letter { tone, ..letter }).unwrap();
            assert!(
                is_whole(&rendered),
                "{}:\n{}\n{}",
                template.path,
                rendered.subject,
                rendered.text
            );
            if template.text.contains("table(invoices)") {
                assert!(
                    rendered.text.contains(amount),
                    "{}:\n{}",
                    template.path,
                    rendered.text
                );
                assert!(
                    rendered.text.contains(date),
                    "{}:\n{}",
                    template.path,
                    rendered.text
                );
            }
        }
        seen += 1;
    }
    assert_eq!(seen % LANGUAGES.len(), 0);
    assert!(seen >= 175, "{seen} templates");
}

#[test]
fn a_nudge_fits_into_one_text_message() {
    // Of the letters beyond ASCII, those that a text message of 160 letters can hold (GSM 03.38).
    const MORE: &str = "èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà¡";
    let rulebook = library();
    for (language, country, salutation, ..) in LANGUAGES {
        let company = of_country(country);
        let one = full(&company, "nudge", language, salutation);
        let mut many = letter(&company, "nudge", language, "Dupont SA");
        many.invoices.truncate(2);
        for letter in [one, many] {
            let text = render(&rulebook, &letter).unwrap().text;
            let text = text.trim_end();
            assert!(text.chars().count() <= 160, "{text}");
            assert_eq!(text.lines().count(), 1, "{text}");
        }
        let template = rulebook.template("nudge", language, Tone::Courteous).unwrap();
        let strange: String = template
            .text
            .chars()
            .filter(|letter| !letter.is_ascii() && !MORE.contains(*letter))
            .collect();
        assert_eq!(strange, "", "{}", template.path);
    }
}

#[test]
fn a_law_is_named_only_by_a_company_of_its_country() {
    let rulebook = library();
    for (language, country, salutation, ..) in LANGUAGES {
        let words = |country: &str| {
            let company = of_country(country);
            let notice = full(&company, "formal_notice", language, salutation);
            let formal = Letter {
                tone: Tone::Formal,
                ..notice
            };
            render(&rulebook, &formal).unwrap().text
        };
        for law in ["Code civil", "BGB", "Código Civil", "c.c."] {
            assert!(!words("NL").contains(law), "{language}: {law}");
        }
        let laws = [
            "1344 du Code civil",
            "§ 286 BGB",
            "artículos 1100 y 1973",
            "artt. 1219 e 2943 c.c.",
        ];
        let named = laws.iter().filter(|law| words(country).contains(**law)).count();
        assert_eq!(named, usize::from(language != "en"), "{language}");
    }
}

#[test]
fn a_reminder_and_a_formal_notice_in_each_language() {
    let rulebook = library();
    for (language, country, salutation, ..) in LANGUAGES {
        let company = of_country(country);
        let mut page = String::new();
        for (template, tone) in [("reminder", Tone::Courteous), ("formal_notice", Tone::Formal)] {
            let mut letter = full(&company, template, language, salutation);
            letter.tone = tone;
            let rendered = render(&rulebook, &letter).unwrap();
            page.push_str(&format!(
                "Subject: {}\n\n{}\n=====\n",
                rendered.subject, rendered.text
            ));
        }
        insta::assert_snapshot!(language, page);
    }
}
