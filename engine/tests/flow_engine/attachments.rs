//! What goes with a message: in the mail, in the post, and in the store.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::MimeHeaders as _;

use crate::receiver::Receiver;
use crate::world::{RULES, World, parsed};

const AP: &str = "ap@customer.example";

fn rules(act: &str) -> String {
    format!("{RULES}\nmedium whatsapp \"WhatsApp\" = webhook \"gate\"\n").replacen(
        "{ email template reminder }",
        act,
        1,
    )
}

/// What is written in a PDF of ours: the texts, one a line.
pub fn written(pdf: &[u8]) -> String {
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let shown = |line: &str| {
        let (_, rest) = line.split_once('<')?;
        let (hex, _) = rest.split_once("> Tj")?;
        let bytes = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
        Some(
            bytes
                .map(|byte| if byte == 0x80 { '€' } else { char::from(byte) })
                .collect::<String>(),
        )
    };
    text.lines().filter_map(shown).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_statement_goes_with_the_mail_and_is_kept_as_it_was() {
    let world = World::with(&rules("{ email template reminder attach statement }")).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    // Not due yet, and no part of the mail; but of the account.
    world.invoice(customer, "F2", "2026-04-15", 5_050).await;
    world.receive(customer, 10_000, Vec::new()).await;
    world.run().await;
    let mail = world.catcher.messages().pop().unwrap();
    let message = parsed(&mail.data);
    let [file] = message.attachments().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(file.attachment_name(), Some("statement-C1-2026-03-02.pdf"));
    assert!(file.is_content_type("application", "pdf"));
    assert!(message.body_html(0).unwrap().contains("F1"));
    assert!(message.body_text(0).unwrap().contains("F1"));
    insta::assert_snapshot!(written(file.contents()));
    let stored: Vec<u8> = sqlx::query_scalar("select pdf from delivery_attachments where place = 1")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    assert_eq!(stored, file.contents());
    assert_eq!(world.count("select count(*) from delivery_attachments").await, 1);
}

#[tokio::test]
async fn a_mail_without_attachments_has_two_parts_as_ever() {
    let world = World::with(RULES).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    let mail = world.catcher.messages().pop().unwrap();
    let message = parsed(&mail.data);
    assert_eq!(message.attachment_count(), 0);
    assert!(message.is_content_type("multipart", "alternative"));
}

#[tokio::test]
async fn a_post_has_its_documents_in_it() {
    let receiver = Receiver::start().await;
    let act = "{ whatsapp template reminder attach statement }";
    let world = World::posting(&rules(act), receiver.webhooks(false)).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    let [came] = receiver.came().try_into().unwrap();
    let body = came.json();
    let [file] = body["attachments"].as_array().unwrap().as_slice() else {
        panic!("{body}")
    };
    assert_eq!(file["name"], "statement-C1-2026-03-02.pdf");
    assert_eq!(file["content_type"], "application/pdf");
    let pdf = STANDARD.decode(file["content"].as_str().unwrap()).unwrap();
    assert!(written(&pdf).contains("Statement of account"));
}

#[tokio::test]
async fn a_long_account_fills_pages_each_with_the_head_of_the_table() {
    let world = World::with(&rules("{ email template reminder attach statement }")).await;
    let customer = world.customer("C1", AP).await;
    for n in 0..100 {
        world
            .invoice(customer, &format!("F{n:03}"), "2026-02-02", 120_000)
            .await;
    }
    world.run().await;
    let mail = world.catcher.messages().pop().unwrap();
    let message = parsed(&mail.data);
    let text = written(message.attachments().next().unwrap().contents());
    assert_eq!(text.matches("Days overdue").count(), 3);
    assert!(text.contains("3 / 3") && text.contains("F099"), "{text}");
    assert!(text.replace('\u{A0}', " ").contains("EUR 120,000.00"), "{text}");
}
