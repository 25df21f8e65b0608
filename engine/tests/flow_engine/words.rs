//! Messages as customers see them.

use chrono::NaiveDate;
use relance_engine::message::{
    ChargeWords, ContactWords, CustomerWords, InvoiceWords, Letter, MessageError, Rendered, check, render,
};
use relance_engine::rulebooks;
use relance_engine::rules::dsl::checked::Tone;
use relance_engine::rules::dsl::codes;
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::ids::CompanyId;
use relance_engine::rules::rulebook::{Files, Rulebook};
use relance_engine::store::companies::Company;
use relance_testkit::day;
use rust_decimal::Decimal;

use crate::world::{RULES, files};

fn rulebook(template: &str) -> std::sync::Arc<Rulebook> {
    let mut files = files(RULES);
    files
        .0
        .insert("templates/trial.md".to_owned(), template.to_owned());
    // Templates that do not pass the check are tried here too.
    relance_engine::rules::rulebook::build(&files).rulebook.unwrap()
}

pub fn company() -> Company {
    Company {
        id: CompanyId(1),
        code: "ALFR".to_owned(),
        name: "Atelier Lumière".to_owned(),
        country: "FR".to_owned(),
        currency: Currency::EUR,
        language: "fr".to_owned(),
        time_zone: chrono_tz::Europe::Paris,
        sender: "Atelier Lumière <compta@atelier.example>".to_owned(),
        reply_to: None,
        bank: Some("IBAN FR76 3000\nBIC ABCDFRPP".to_owned()),
    }
}

fn invoice(number: &str, due: NaiveDate, cents: i64, currency: &str, level: u8) -> InvoiceWords {
    let amount = Money::new(Decimal::new(cents, 2), Currency::new(currency).unwrap());
    InvoiceWords {
        number: number.to_owned(),
        issued: due - chrono::Days::new(30),
        due,
        amount,
        balance: amount,
        level: Some(level),
        purchase_order: None,
        custom: Vec::new(),
    }
}

pub fn letter<'a>(
    company: &'a Company,
    template: &'a str,
    language: &'a str,
    customer: &'a str,
) -> Letter<'a> {
    Letter {
        template,
        language,
        tone: Tone::Courteous,
        company,
        customer: CustomerWords {
            number: "C00012",
            name: customer,
            country: "FR",
            custom: Vec::new(),
        },
        contact: Some(ContactWords {
            name: "Camille Petit".to_owned(),
            ..ContactWords::default()
        }),
        step: "Reminder",
        level: Some(2),
        invoices: vec![
            invoice("F-0001", day("2026-02-02"), 123_450, "EUR", 2),
            invoice("F-0007", day("2026-02-20"), 9_900, "EUR", 1),
            invoice("F-0009", day("2026-02-21"), 100_000_000, "USD", 1),
        ],
        charges: Vec::new(),
        today: day("2026-03-12"),
    }
}

fn shown(rendered: &Rendered) -> String {
    format!(
        "Subject: {}\n\n{}\n-----\n{}",
        rendered.subject, rendered.text, rendered.html
    )
}

#[test]
fn a_reminder_in_french() {
    let company = company();
    let rendered = render(&rulebook("x"), &letter(&company, "reminder", "fr", "Dupont SA")).unwrap();
    insta::assert_snapshot!(shown(&rendered));
}

#[test]
fn a_reminder_in_english() {
    let company = company();
    let rendered = render(&rulebook("x"), &letter(&company, "reminder", "en", "Dupont SA")).unwrap();
    insta::assert_snapshot!(shown(&rendered));
}

#[test]
fn names_full_of_marks_stand_for_themselves_in_text_and_html() {
    let template = "---\nsubject: About {{ customer.name }}\n---\n# {{ customer.name }}\n\n{{ customer.name }} owes **{{ total }}**.\n\n\
                    | a | b |\n| - | - |\n| {{ customer.name }} | {{ company.name }} |\n\n{{ company.bank }}\n";
    let rulebook = rulebook(template);
    let company = company();
    for name in [
        "<b>Bold & Sons</b>",
        "_A_|B*C*",
        "[x](http://evil.example)",
        "`code` \\| \\",
        "1. # - + > ~~x~~ ![i](j)",
        "<script>alert(1)</script>",
    ] {
        let rendered = render(&rulebook, &letter(&company, "trial", "en", name)).unwrap();
        assert_eq!(rendered.text.matches(name).count(), 3, "{}", rendered.text);
        assert_eq!(rendered.subject, format!("About {name}"));
        let escaped = name
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        assert_eq!(rendered.html.matches(&escaped).count(), 4, "{}", rendered.html);
        for mark in ["<b>", "<em>", "<a ", "<code>", "<script", "<img", "<del>", "<ol>"] {
            assert!(!rendered.html.contains(mark), "{mark} in {}", rendered.html);
        }
        assert!(
            rendered.text.contains("IBAN FR76 3000\nBIC ABCDFRPP"),
            "{}",
            rendered.text
        );
    }
}

#[test]
fn html_of_a_template_is_shown_and_not_obeyed() {
    let company = company();
    let rendered = render(
        &rulebook("<script>x</script>\n\nA <i>b</i>"),
        &letter(&company, "trial", "en", "X"),
    )
    .unwrap();
    assert!(
        rendered.html.contains("&lt;script&gt;x&lt;/script&gt;"),
        "{}",
        rendered.html
    );
    assert!(
        rendered.html.contains("A &lt;i&gt;b&lt;/i&gt;"),
        "{}",
        rendered.html
    );
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let company = company();
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    let error = render(&rulebook(endless), &letter(&company, "trial", "en", "X")).unwrap_err();
    assert!(
        matches!(&error, MessageError::Template { problem, .. } if problem.en.contains("too many steps")),
        "{error}"
    );
}

#[test]
fn a_template_reaches_nothing_but_its_names() {
    let company = company();
    for template in [
        "{{ env }}",
        "{% include 'x' %}",
        "{{ debug() }}",
        "{{ customer.name | safe }}",
        "{{ namespace() }}",
    ] {
        assert!(
            render(&rulebook(template), &letter(&company, "trial", "en", "X")).is_err(),
            "{template}"
        );
        assert!(!check(&rulebook(template)).diagnostics.is_empty(), "{template}");
    }
}

#[test]
fn every_mistake_of_a_template_is_found_before_it_is_in_force() {
    let found = |template: &str| {
        let mut files = files(RULES);
        files
            .0
            .insert("templates/final.md".to_owned(), template.to_owned());
        let built = rulebooks::check(&files);
        assert!(built.rulebook.is_none(), "{template}");
        let placed: Vec<String> = built
            .diagnostics
            .iter()
            .map(|d| d.placed(&built.sources, None))
            .map(|d| format!("{} {} {}", d.code, d.place, d.message))
            .collect();
        placed.join("\n")
    };
    let head = "---\nsubject: x\n---\n";
    insta::assert_snapshot!(
        [
            found("no subject at all"),
            found("---\nsubject: x\n"),
            found("---\nsubjet: x\n---\n"),
            found("---\nsubject: \"{{ compani.name }}\"\n---\nHello"),
            found(&format!("{head}\n\n{{{{ customer.name }}")),
            found(&format!(
                "{head}{{% for i in invoices %}}{{{{ i.numbre }}}}{{% endfor %}}"
            )),
            found(&format!(
                "{head}{{% if level == 7 %}}{{{{ unknown }}}}{{% endif %}}"
            )),
            found(&format!("{head}{{{{ total | mony }}}}")),
            found(&format!(
                "{head}{{% if level == 7 %}}\n{{{{ total | mony }}}}{{% if total is defind %}}{{% endif %}}{{% endif %}}"
            )),
            found(&format!(
                "{head}{{% if level == 7 %}}{{% for i in invoices if i.leval %}}{{{{ i.numbre }}}}{{% endfor %}}{{{{ tabel(invoices) }}}}{{% endif %}}"
            )),
            found(&format!(
                "{head}{{% macro line(i) %}}{{{{ i.anything }}}}{{% endmacro %}}{{{{ lin(1) }}}}{{% set x = invoices | first %}}{{{{ x.du }}}}"
            )),
            found(&format!("{head}{{% if level == 7 %}}{{% include 'other' %}}{{% endif %}}")),
            found(&format!("{head}{{{{ customer.name | money }}}}")),
            found(&format!("{head}{{{{ table(customer) }}}}")),
        ]
        .join("\n")
    );
}

#[test]
fn the_examples_of_the_pages_about_templates_show_what_they_say() {
    let said = |template: &str| -> Vec<&'static str> {
        let mut files = files(RULES);
        files
            .0
            .insert("templates/final.md".to_owned(), template.to_owned());
        rulebooks::check(&files)
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect()
    };
    // As they stand, and as the body of a mail.
    let shown = |example: &str| {
        [
            said(example),
            said(&format!("---\nsubject: \"x\"\n---\n{example}")),
        ]
    };
    for code in [
        codes::TEMPLATE_HEAD,
        codes::TEMPLATE_UNFIT,
        codes::TEMPLATE_UNKNOWN_NAME,
        codes::TEMPLATE_SUBJECT_MISSING,
    ] {
        let bad = shown(code.bad);
        assert!(
            bad.iter().any(|said| said == &[code.code]),
            "{}: {bad:?}",
            code.code
        );
        let good = shown(code.good);
        assert!(good.iter().any(Vec::is_empty), "{}: {good:?}", code.code);
    }
}

#[test]
fn mistakes_of_templates_are_told_in_the_language_of_the_rules() {
    let rules = "édition 2026\nsegments { tous sinon }\nscénario un pour tous { langue fr\n relance {\n\
                 niveau 1 rappel 1 jour après échéance { email modèle essai } } }\n";
    let found = |template: &str| {
        let files = Files(std::collections::BTreeMap::from([
            ("regles.relance".to_owned(), rules.to_owned()),
            ("templates/essai.md".to_owned(), template.to_owned()),
        ]));
        let built = rulebooks::check(&files);
        let diagnostics = built.diagnostics.iter();
        let placed = diagnostics.map(|d| d.placed(&built.sources, None).message);
        placed.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(found("Hello"), "ce modèle part par email et n'a pas d'objet");
    let head = "---\nsubject: x\n---\n";
    assert_eq!(
        found(&format!("{head}{{{{ customer.name | money }}}}")),
        "opération impossible : `money` prend un montant, comme dans `invoice.balance | money`"
    );
    assert_eq!(
        found(&format!(
            "{head}{{% for i in invoices %}}{{{{ i.numbre }}}}{{% endfor %}}"
        )),
        "`i.numbre` n'est pas connu dans les messages"
    );
}

#[test]
fn standard_templates_of_the_library_pass_the_check() {
    let mut rules = files(&RULES.replace("edition 2026", "edition 2026\nuse std.france"));
    rules
        .0
        .retain(|path, _| !path.ends_with("thanks.md") && !path.ends_with("reminder.en.md"));
    let built = rulebooks::check(&rules);
    let placed: Vec<_> = built
        .diagnostics
        .iter()
        .map(|d| d.placed(&built.sources, None))
        .collect();
    assert!(built.rulebook.is_some(), "{placed:#?}");
}

#[test]
fn plurals_follow_the_language() {
    let company = company();
    let template =
        "{{ 0 | plural('one', 'many') }} {{ 1 | plural('one', 'many') }} {{ 2 | plural('one', 'many') }}";
    let text = |language| {
        render(&rulebook(template), &letter(&company, "trial", language, "X"))
            .unwrap()
            .text
    };
    assert_eq!(text("fr"), "one one many\n");
    for language in ["en", "de", "es", "it", "nl"] {
        assert_eq!(text(language), "many one many\n", "{language}");
    }
}

#[test]
fn amounts_and_days_are_written_as_the_language_writes_them() {
    let company = company();
    let template = "{{ totals[1] | money }}, {{ invoices[1].due | date }}, {{ today | date }}";
    let text = |language| {
        let letter = Letter {
            today: day("2026-03-01"),
            ..letter(&company, "trial", language, "X")
        };
        render(&rulebook(template), &letter).unwrap().text
    };
    for (language, written) in [
        (
            "fr",
            "1\u{202f}000\u{202f}000,00\u{a0}USD, 20 février 2026, 1er mars 2026\n",
        ),
        ("en", "USD 1,000,000.00, 20 February 2026, 1 March 2026\n"),
        ("de", "1.000.000,00\u{a0}USD, 20. Februar 2026, 1. März 2026\n"),
        (
            "es",
            "1.000.000,00\u{a0}USD, 20 de febrero de 2026, 1 de marzo de 2026\n",
        ),
        ("it", "1.000.000,00\u{a0}USD, 20 febbraio 2026, 1º marzo 2026\n"),
        // Of a language that is not here, the template may be the user's own: numbers are as in English.
        ("nl", "USD 1,000,000.00, 20 February 2026, 1 March 2026\n"),
    ] {
        assert_eq!(text(language), written, "{language}");
    }
}

#[test]
fn charges_are_listed_and_counted_in_what_is_due() {
    let company = company();
    let template = "{{ total }}; {% for c in charges %}{{ c.name }} {{ c.amount | money }} {{ c.detail }}; {% endfor %}{{ total_due }}";
    let mut letter = letter(&company, "trial", "en", "X");
    letter.invoices.truncate(2);
    let text = |letter: &Letter<'_>| render(&rulebook(template), letter).unwrap().text;
    assert_eq!(text(&letter), "EUR 1,333.50; EUR 1,333.50\n");
    let charge = |cents, currency, detail: Option<&str>| ChargeWords {
        name: "Interest".to_owned(),
        amount: Money::new(Decimal::new(cents, 2), Currency::new(currency).unwrap()),
        detail: detail.map(str::to_owned),
    };
    letter.charges = vec![charge(1_050, "EUR", Some("20 days")), charge(500, "USD", None)];
    assert_eq!(
        text(&letter),
        "EUR 1,333.50; Interest EUR 10.50 20 days; Interest USD 5.00 ; EUR 1,344.00 + USD 5.00\n"
    );
}
