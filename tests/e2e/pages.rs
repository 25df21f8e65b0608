//! The pages over HTTP: who may see and do what, and the care that browsers are asked for.

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};

use crate::world::{MORNING, PASSWORD, RULES, Served, World, until, write_rules};

pub fn browser() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(Policy::none())
        .build()
        .unwrap()
}

/// The token of the first form of a page.
pub fn token(page: &str) -> &str {
    page.split_once("name=\"csrf\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(token, _)| token)
        .unwrap_or_else(|| panic!("a form with a token in:\n{page}"))
}

pub async fn get(client: &Client, served: &Served, path: &str) -> (StatusCode, String) {
    let response = client.get(served.at(path)).send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

async fn try_sign_in(client: &Client, served: &Served, login: &str, password: &str) -> StatusCode {
    let (_, page) = get(client, served, "/login").await;
    let form = [("csrf", token(&page)), ("login", login), ("password", password)];
    client
        .post(served.at("/login"))
        .form(&form)
        .send()
        .await
        .unwrap()
        .status()
}

pub async fn signed_in(served: &Served, login: &str) -> Client {
    let client = browser();
    assert_eq!(
        try_sign_in(&client, served, login, PASSWORD).await,
        StatusCode::SEE_OTHER
    );
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_a_page_without_signing_in() {
    let world = World::with_customers(1).await;
    let served = world.serve().await;
    let client = browser();
    for path in [
        "/",
        "/c/ALFR",
        "/c/ALFR/customers",
        "/c/ALFR/customers/C001",
        "/c/ALFR/tasks",
        "/c/ALFR/rules",
        "/admin/users",
    ] {
        let response = client.get(served.at(path)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
        let to = response.headers()["location"].to_str().unwrap();
        assert!(to.starts_with("/login"), "{path} leads to {to}");
    }
    assert_eq!(get(&client, &served, "/health").await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_reviewed_company_is_served_in_both_languages() {
    let world = World::with_customers(2).await;
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    world
        .good(&["run", "--until", "idle", "--at", "2026-03-25T10:00:00+01:00"])
        .await;
    world.user("anne", "admin", "fr").await;
    world.user("john", "admin", "en").await;
    let served = world.serve().await;
    let (anne, john) = (signed_in(&served, "anne").await, signed_in(&served, "john").await);
    for (path, french, english) in [
        ("/c/ALFR", "Tableau de bord", "Dashboard"),
        ("/c/ALFR/customers?q=c001", "Client", "Customer"),
        ("/c/ALFR/customers/C001", "Historique", "Timeline"),
        ("/c/ALFR/messages", "Destinataire", "Recipient"),
        ("/c/ALFR/messages/1", "Pourquoi", "Why"),
        ("/c/ALFR/tasks", "À faire", "To do"),
        ("/c/ALFR/tasks/1", "Résultat", "Outcome"),
        (
            "/c/ALFR/imports",
            "Rien n’a encore été importé",
            "Nothing has been imported",
        ),
        ("/c/ALFR/sending", "Arrêter les envois", "Stop the sending"),
        (
            "/c/ALFR/preview",
            "Aperçu des prochains envois",
            "Preview of the next runs",
        ),
        ("/c/ALFR/preview?until=soon", "n’est pas un jour", "is not a day"),
        (
            "/c/ALFR/preview?until=2020-01-01",
            "Choisissez un jour du",
            "Choose a day from",
        ),
        ("/c/ALFR/rules", "En vigueur", "In force"),
        ("/c/ALFR/rules/1/rules.relance", "révision", "revision"),
        ("/admin/users", "Utilisateurs", "Users"),
    ] {
        for (client, word) in [(&anne, french), (&john, english)] {
            let (status, page) = get(client, &served, path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(page.contains(word), "{path} lacks {word}:\n{page}");
        }
    }
    let (_, fiche) = get(&anne, &served, "/c/ALFR/customers/C001").await;
    assert!(
        fiche.contains("rules/1/rules.relance#L"),
        "reasons lead to their line:\n{fiche}"
    );
    let (status, letter) = get(&anne, &served, "/c/ALFR/messages/1/body").await;
    assert_eq!(status, StatusCode::OK);
    assert!(letter.contains("F-C00"), "{letter}");
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_enforced_on_each_route() {
    let world = World::with_customers(1).await;
    for (login, role) in [
        ("vera", "viewer"),
        ("carl", "collector"),
        ("maria", "credit_manager"),
    ] {
        world.user(login, role, "en").await;
    }
    let served = world.serve().await;
    let fiche = "/c/ALFR/customers/C001";
    let note = format!("{fiche}/note");
    let hold = format!("{fiche}/hold");
    let hold_fields = [
        ("invoice", ""),
        ("kind", "manual"),
        ("to", ""),
        ("note", "asked for patience"),
    ];
    for (login, may_note, may_hold) in [
        ("vera", false, false),
        ("carl", true, false),
        ("maria", true, true),
    ] {
        let client = signed_in(&served, login).await;
        let (_, page) = get(&client, &served, fiche).await;
        let csrf = [("csrf", token(&page))];
        let post = async |path: &str, fields: &[(&str, &str)]| {
            let form: Vec<_> = csrf.iter().chain(fields).copied().collect();
            client
                .post(served.at(path))
                .form(&form)
                .send()
                .await
                .unwrap()
                .status()
        };
        let expected = |may: bool| {
            if may {
                StatusCode::SEE_OTHER
            } else {
                StatusCode::FORBIDDEN
            }
        };
        assert_eq!(
            post(&note, &[("text", "called")]).await,
            expected(may_note),
            "{login} notes"
        );
        assert_eq!(
            post(&hold, &hold_fields).await,
            expected(may_hold),
            "{login} holds"
        );
        assert_eq!(
            get(&client, &served, "/admin/users").await.0,
            StatusCode::FORBIDDEN,
            "{login}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_manager_stops_the_sending_and_every_page_says_so_until_it_goes_on() {
    let world = World::with_customers(2).await;
    for (login, role, language) in [
        ("vera", "viewer", "en"),
        ("maria", "credit_manager", "fr"),
        ("anne", "admin", "en"),
    ] {
        world.user(login, role, language).await;
    }
    let served = world.serve().await;
    let maria = signed_in(&served, "maria").await;
    let (_, page) = get(&maria, &served, "/c/ALFR/sending").await;
    let stop = async |client: &Client, csrf: &str, why: &str| {
        let form = [("csrf", csrf), ("scope", "everything"), ("why", why)];
        let to = served.at("/c/ALFR/sending/stop");
        client.post(to).form(&form).send().await.unwrap().status()
    };
    assert_eq!(
        stop(&maria, token(&page), "  ").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        stop(&maria, token(&page), "prix <faux>").await,
        StatusCode::SEE_OTHER
    );

    let vera = signed_in(&served, "vera").await;
    for path in [
        "/c/ALFR",
        "/c/ALFR/customers/C001",
        "/c/ALFR/messages",
        "/c/ALFR/sending",
    ] {
        let (_, page) = get(&vera, &served, path).await;
        assert!(page.contains("All sending is stopped"), "{path}:\n{page}");
        assert!(page.contains("by maria: prix &lt;faux&gt;"), "{path}:\n{page}");
    }
    let (_, page) = get(&vera, &served, "/c/ALFR/sending").await;
    assert!(
        !page.contains("sending/resume"),
        "a viewer has no button:\n{page}"
    );
    assert_eq!(
        stop(&vera, token(&page), "no").await,
        StatusCode::FORBIDDEN,
        "nor may she"
    );
    let anne = signed_in(&served, "anne").await;
    let (_, page) = get(&anne, &served, "/admin/users").await;
    assert!(page.contains("All sending is stopped"), "{page}");

    let run = ["run", "--until", "idle", "--at", MORNING];
    world.good(&run).await;
    assert_eq!(world.mails(), [], "two messages were decided, none left");
    let form = [("csrf", token(&page)), ("scope", "everything")];
    let to = served.at("/c/ALFR/sending/resume");
    let resumed = anne.post(to).form(&form).send().await.unwrap();
    assert_eq!(resumed.status(), StatusCode::SEE_OTHER);
    let (_, page) = get(&maria, &served, "/c/ALFR/sending").await;
    assert!(!page.contains("role=\"alert\""), "{page}");
    assert!(
        page.contains("maria") && page.contains("anne"),
        "the past stays:\n{page}"
    );
    world.good(&run).await;
    assert_eq!(world.mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_changes_nothing() {
    let world = World::with_customers(1).await;
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let client = signed_in(&served, "carl").await;
    let note = served.at("/c/ALFR/customers/C001/note");
    for form in [vec![("text", "x")], vec![("text", "x"), ("csrf", "guessed")]] {
        let response = client.post(&note).form(&form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert!(response.text().await.unwrap().contains("This page is too old"));
    }
    let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
    assert!(!page.contains("token:"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_passwords_is_slowed_down() {
    let world = World::new().await;
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let client = browser();
    for _ in 0..5 {
        assert_eq!(
            try_sign_in(&client, &served, "carl", "wrong").await,
            StatusCode::UNAUTHORIZED
        );
    }
    assert_eq!(
        try_sign_in(&client, &served, "carl", PASSWORD).await,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(
        try_sign_in(&client, &served, "nobody", "wrong").await,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_forbid_scripts_and_frames_and_cookies_are_out_of_reach() {
    let world = World::new().await;
    let served = world.serve().await;
    let response = browser().get(served.at("/login")).send().await.unwrap();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-security-policy").starts_with("default-src 'none'; style-src 'self';"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("x-frame-options"), "DENY");
    let cookie = header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(!response.text().await.unwrap().contains("<script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_taken_on_the_page_stops_the_reminder() {
    let world = World::with_customers(1).await;
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let client = signed_in(&served, "carl").await;
    let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
    let form = [
        ("csrf", token(&page)),
        ("invoice", "F-C001"),
        ("amount", ""),
        ("pay_by", "2999-12-31"),
    ];
    let path = served.at("/c/ALFR/customers/C001/promise");
    let response = client.post(path).form(&form).send().await.unwrap();
    assert_eq!(
        response.status(),
        StatusCode::SEE_OTHER,
        "{}",
        response.text().await.unwrap()
    );
    world.good(&["run", "--until", "idle"]).await;
    assert!(world.mails().is_empty());
    let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
    assert!(page.contains("promised by"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_refused_is_shown_again_with_the_reason_and_what_was_typed() {
    let world = World::with_customers(1).await;
    world.user("anne", "collector", "fr").await;
    world.user("john", "collector", "en").await;
    let served = world.serve().await;
    for (login, why) in [
        (
            "anne",
            "facture F-C001\u{a0}: une promesse pour le 2 janvier 2020 est déjà passée",
        ),
        (
            "john",
            "invoice F-C001: a promise for 2 January 2020 is in the past",
        ),
    ] {
        let client = signed_in(&served, login).await;
        let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
        assert!(!page.contains("id=\"promise\" open"), "{page}");
        let form = [
            ("csrf", token(&page)),
            ("invoice", "F-C001"),
            ("amount", "12,34"),
            ("pay_by", "2020-01-02"),
        ];
        let path = served.at("/c/ALFR/customers/C001/promise");
        let response = client.post(path).form(&form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CONFLICT);
        let again = response.text().await.unwrap();
        for shown in [
            why,
            "id=\"promise\" open",
            "value=\"12,34\"",
            "value=\"2020-01-02\"",
            "id=\"timeline\"",
        ] {
            assert!(again.contains(shown), "{login}: {shown}\n{again}");
        }
        assert!(
            !again.contains("id=\"note\" open"),
            "only the form that was refused"
        );
        let (_, fresh) = get(&client, &served, "/c/ALFR/customers/C001").await;
        assert!(!fresh.contains("12,34"), "nothing is kept for later");
    }
    // A form without the session's token is not from its page: nothing of it is shown.
    let client = signed_in(&served, "john").await;
    let path = served.at("/c/ALFR/customers/C001/promise");
    let form = [
        ("csrf", "x"),
        ("invoice", "F-C001"),
        ("amount", "56,78"),
        ("pay_by", "2020-01-02"),
    ];
    let foreign = client
        .post(path)
        .form(&form)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!foreign.contains("56,78"), "{foreign}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_plan_agreed_on_the_page_stops_the_reminder_and_is_cancelled_there() {
    let world = World::with_customers(1).await;
    world.user("cleo", "credit_manager", "en").await;
    let served = world.serve().await;
    let client = signed_in(&served, "cleo").await;
    let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let mut form = vec![("csrf", token(&page))];
        form.extend_from_slice(fields);
        let path = served.at(&format!("/c/ALFR/customers/C001/{path}"));
        client.post(path).form(&form).send().await.unwrap()
    };
    let agree = async |first: &str, written: &str| {
        let fields = [
            ("invoice", "all:EUR"),
            ("parts", "3"),
            ("first", first),
            ("written", written),
            ("note", ""),
        ];
        post("plan", &fields).await
    };
    let past = agree("2020-01-01", "").await;
    assert_eq!(past.status(), StatusCode::CONFLICT, "a day that has passed");
    let short = agree("", "2490-12-01 1,00").await;
    let told = short.text().await.unwrap();
    assert!(told.contains("Say why in a note"), "{told}");
    let made = agree("2490-12-01", "").await;
    assert_eq!(
        made.status(),
        StatusCode::SEE_OTHER,
        "{}",
        made.text().await.unwrap()
    );
    world.good(&["run", "--until", "idle"]).await;
    let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
    assert!(
        page.contains("Payment plan F-C001") && page.contains("1 Feb 2491"),
        "{page}"
    );
    assert!(page.contains("On hold (payment plan)"), "{page}");
    let (_, rest) = page.split_once("/customers/C001/plan/").unwrap();
    let id = rest.split('/').next().unwrap();
    let cancelled = post(&format!("plan/{id}/cancel"), &[]).await;
    assert_eq!(cancelled.status(), StatusCode::SEE_OTHER);
    world.good(&["run", "--until", "idle"]).await;
    let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
    assert!(
        page.contains("cancelled") && !page.contains("On hold (payment plan)"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_gave_a_promise_needs_its_day_and_one_that_gave_a_dispute_opens_it() {
    let world = World::with_customers(1).await;
    for moment in [MORNING, "2026-03-25T10:00:00+01:00"] {
        world.good(&["run", "--until", "idle", "--at", moment]).await;
    }
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let client = signed_in(&served, "carl").await;
    let (_, tasks) = get(&client, &served, "/c/ALFR/tasks").await;
    let (_, link) = tasks.split_once("href=\"/c/ALFR/tasks/").unwrap();
    let path = format!("/c/ALFR/tasks/{}", link.split('"').next().unwrap());
    let (_, page) = get(&client, &served, &path).await;
    let close = async |outcome: &str| {
        let form = [
            ("csrf", token(&page)),
            ("outcome", outcome),
            ("note", "the price is wrong"),
            ("pay_by", ""),
        ];
        let path = served.at(&format!("{path}/close"));
        client.post(path).form(&form).send().await.unwrap().status()
    };
    assert_eq!(close("promise").await, StatusCode::CONFLICT);
    assert_eq!(close("dispute").await, StatusCode::SEE_OTHER);
    let (_, fiche) = get(&client, &served, "/c/ALFR/customers/C001").await;
    assert!(fiche.contains("Dispute opened (other)"), "{fiche}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_in_force_at_once_and_a_bad_one_is_shown_on_the_rules_page() {
    let world = World::new().await;
    world.user("vera", "viewer", "en").await;
    let served = world.serve().await;
    let client = signed_in(&served, "vera").await;
    let rules = async |what: &str, word: &str| {
        until(what, async || {
            let (_, page) = get(&client, &served, "/c/ALFR/rules").await;
            page.contains(word).then_some(page)
        })
        .await
    };
    rules("the first rules", "revision 1 ").await;

    write_rules(world.rules.path(), &RULES.replace("courteous", "curteous"));
    let page = rules("the refusal", "is refused").await;
    assert!(page.contains("revision 1 "), "the old rules stay in force");
    assert!(page.contains("tone      curteous"), "the line is shown:\n{page}");
    assert!(page.contains("rules.relance:10"), "the place is shown:\n{page}");

    write_rules(world.rules.path(), &RULES.replace("courteous", "firm"));
    let page = rules("the second revision", "revision 2 ").await;
    assert!(!page.contains("is refused"), "{page}");
}
