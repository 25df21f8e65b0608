//! The pages in a real browser, by keyboard and by mouse, on a desk and on a phone.

use std::io::BufRead as _;
use std::process::{Child, Command, Stdio};

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use tempfile::TempDir;

use crate::world::{MORNING, PASSWORD, Served, World, until};

/// A browser with a profile of its own; ended when it is dropped.
struct Browser {
    client: Client,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    async fn start(width: u32, height: u32) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver (Debian: chromium-driver)");
        let stdout = driver.stdout.take().unwrap();
        let port = tokio::task::spawn_blocking(move || {
            let mut lines = std::io::BufReader::new(stdout).lines().map_while(Result::ok);
            let port = lines.find_map(|line| {
                let (_, port) = line.rsplit_once("started successfully on port ")?;
                Some(port.trim_end_matches('.').to_owned())
            });
            std::thread::spawn(move || lines.for_each(drop));
            port
        })
        .await
        .unwrap()
        .expect("the driver's port");
        let profile = TempDir::new().unwrap();
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--lang=en".to_owned(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let capabilities = serde_json::json!({ "goog:chromeOptions": { "args": arguments } });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a browser");
        Self {
            client,
            driver,
            _profile: profile,
        }
    }

    /// The element, once it is there.
    async fn find(&self, css: &str) -> fantoccini::elements::Element {
        until(css, async || self.client.find(Locator::Css(css)).await.ok()).await
    }

    async fn type_in(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    /// Waits until the page's text holds this.
    async fn sees(&self, text: &str) -> String {
        until(text, async || {
            let body = self.client.find(Locator::Css("body")).await.ok()?;
            body.text().await.ok().filter(|body| body.contains(text))
        })
        .await
    }

    async fn sign_in(&self, served: &Served, login: &str) {
        self.client.goto(&served.at("/")).await.unwrap();
        self.type_in("input[name=login]", login).await;
        let password = format!("{PASSWORD}{}", char::from(Key::Enter));
        self.type_in("input[name=password]", &password).await;
    }

    /// Closes the browser; the driver ends with the value.
    async fn end(self) {
        let _ = self.client.clone().close().await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_signs_in_searches_and_closes_a_call() {
    let world = World::with_customers(3).await;
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    world
        .good(&["run", "--until", "idle", "--at", "2026-03-25T10:00:00+01:00"])
        .await;
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let browser = Browser::start(1280, 900).await;

    browser.sign_in(&served, "carl").await;
    let dashboard = browser.sees("Dashboard").await;
    assert!(dashboard.contains("EUR 3,600.00"), "{dashboard}");
    assert!(
        browser
            .find("svg.ageing[role=img] desc")
            .await
            .html(true)
            .await
            .unwrap()
            .contains("&gt; 90")
    );

    browser
        .client
        .goto(&served.at("/c/ALFR/customers"))
        .await
        .unwrap();
    let search = format!("c002{}", char::from(Key::Enter));
    browser.type_in("input[name=q]", &search).await;
    until("one customer", async || {
        let rows = browser.client.find_all(Locator::Css("tbody tr")).await.ok()?;
        (rows.len() == 1).then_some(())
    })
    .await;
    browser.click("tbody tr td a").await;
    let fiche = browser.sees("Timeline").await;
    assert!(
        fiche.contains("F-C002") && fiche.contains("Reminder call"),
        "{fiche}"
    );
    assert!(fiche.contains("Sent to c002@customer.example"), "{fiche}");
    browser.click(".timeline .why summary").await;
    browser.sees("rules.relance:").await;

    browser.client.goto(&served.at("/c/ALFR/tasks")).await.unwrap();
    browser.click("tbody tr td:nth-child(2) a").await;
    browser.sees("Outcome").await;
    browser.click("input[name=outcome][value=no_answer]").await;
    browser.type_in("textarea[name=note]", "will call again").await;
    browser.click("form.stack button").await;
    browser.sees("It is saved.").await;
    browser
        .client
        .goto(&served.at("/c/ALFR/tasks?state=done"))
        .await
        .unwrap();
    let done = browser.sees("will call again").await;
    assert!(done.contains("no answer"), "{done}");
    browser.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_switched_by_one_button_and_kept() {
    let world = World::with_customers(1).await;
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let browser = Browser::start(1280, 900).await;
    browser.sign_in(&served, "carl").await;
    browser.sees("Dashboard").await;
    browser.click("button[name=language]").await;
    browser.sees("Tableau de bord").await;
    browser
        .client
        .goto(&served.at("/c/ALFR/customers"))
        .await
        .unwrap();
    browser.sees("Échu").await;
    browser.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_no_page_is_wider_than_the_screen() {
    let world = World::with_customers(2).await;
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    world.user("anne", "admin", "fr").await;
    let served = world.serve().await;
    let browser = Browser::start(500, 900).await;
    browser.sign_in(&served, "anne").await;
    browser.sees("Tableau de bord").await;
    for path in [
        "",
        "/customers",
        "/customers/C001",
        "/tasks",
        "/messages",
        "/messages/1",
        "/rules",
        "/imports",
    ] {
        browser
            .client
            .goto(&served.at(&format!("/c/ALFR{path}")))
            .await
            .unwrap();
        let wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wider = browser.client.execute(wider, Vec::new()).await.unwrap();
        assert_eq!(wider.as_i64(), Some(0), "{path} is wider than the screen");
    }
    browser.end().await;
}
