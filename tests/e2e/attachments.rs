//! What goes with messages, on the pages.

use reqwest::StatusCode;

use crate::pages::{browser, get, signed_in};
use crate::world::{MORNING, RULES, World, write_rules};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_lists_what_went_with_it_and_the_customers_page_gives_the_statement_of_today() {
    let world = World::with_customers(2).await;
    let act = "{ email template reminder attach statement }";
    write_rules(
        world.rules.path(),
        &RULES.replacen("{ email template reminder }", act, 1),
    );
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    world.user("anne", "admin", "en").await;
    let served = world.serve().await;
    let anne = signed_in(&served, "anne").await;
    let (_, page) = get(&anne, &served, "/c/ALFR/messages/1").await;
    let path = "/c/ALFR/messages/1/attachments/1";
    assert!(page.contains(path) && page.contains("releve-C00"), "{page}");
    assert!(page.contains("With a statement of the account"), "{page}");
    for path in [path, "/c/ALFR/customers/C001/statement.pdf"] {
        let response = anne.get(served.at(path)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers()["content-type"], "application/pdf");
        let disposition = response.headers()["content-disposition"].to_str().unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\"releve-C00"),
            "{disposition}"
        );
        assert!(response.bytes().await.unwrap().starts_with(b"%PDF-1.4"));
        // Nobody else gets it.
        let refused = browser().get(served.at(path)).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::SEE_OTHER, "{path}");
    }
    let (_, customer) = get(&anne, &served, "/c/ALFR/customers/C001").await;
    assert!(
        customer.contains("/c/ALFR/customers/C001/statement.pdf"),
        "{customer}"
    );
    for path in [
        "/c/ALFR/messages/1/attachments/2",
        "/c/ALFR/customers/C999/statement.pdf",
    ] {
        assert_eq!(get(&anne, &served, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
