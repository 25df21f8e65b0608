//! A receiver of posts on this machine: a real HTTP server that notes what comes and answers as it was told to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use relance_engine::limits::Rate;
use relance_engine::media::webhook::{WebhookSettings, Webhooks};
use relance_engine::sending::InDoubt;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The secret that both sides know.
pub const SECRET: &str = "a secret of the two of us";

/// What the receiver does with the next post.
#[derive(Debug, Clone)]
pub enum Does {
    /// Answers with this status and text.
    Answers(u16, &'static str),
    /// Reads the whole post and closes the connection without an answer.
    CutsOff,
    /// Reads the whole post and says nothing.
    IsSilent,
}

/// A post as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub path: String,
    /// Names in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Came {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Book {
    came: Vec<Came>,
    next: Vec<Does>,
}

pub struct Receiver {
    pub port: u16,
    book: Arc<Mutex<Book>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = Arc::clone(&book);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, Arc::clone(&shared)));
            }
        });
        Self { port, book }
    }

    /// Posts that come are answered in this order; all after them with 200.
    pub fn will(&self, next: &[Does]) {
        self.book.lock().unwrap().next = next.to_vec();
    }

    pub fn came(&self) -> Vec<Came> {
        self.book.lock().unwrap().came.clone()
    }

    /// Settings in which `gate` is this receiver.
    pub fn webhooks(&self, idempotent: bool) -> Webhooks {
        webhooks(self.port, idempotent)
    }

    /// The same, where so many may be posted.
    pub fn webhooks_at(&self, limit: Option<Rate>) -> Webhooks {
        addressed(WebhookSettings {
            limit,
            ..settings(self.port, false)
        })
    }

    /// The same, where it is set what becomes of posts in doubt.
    pub fn webhooks_that(&self, in_doubt: InDoubt) -> Webhooks {
        addressed(WebhookSettings {
            in_doubt,
            ..settings(self.port, false)
        })
    }
}

/// Settings in which `gate` is at this port.
pub fn webhooks(port: u16, idempotent: bool) -> Webhooks {
    addressed(settings(port, idempotent))
}

fn addressed(settings: WebhookSettings) -> Webhooks {
    Webhooks::new(BTreeMap::from([("gate".to_owned(), settings)])).unwrap()
}

fn settings(port: u16, idempotent: bool) -> WebhookSettings {
    WebhookSettings {
        address: format!("http://127.0.0.1:{port}/messages?from=relance")
            .parse()
            .unwrap(),
        secret: SECRET.to_owned(),
        authorization: Some("Bearer of-news".to_owned()),
        idempotent,
        in_doubt: InDoubt::Ask,
        limit: None,
        timeout: Duration::from_secs(1),
    }
}

async fn converse(mut stream: TcpStream, book: Arc<Mutex<Book>>) {
    let does = {
        let mut book = book.lock().unwrap();
        if book.next.is_empty() {
            Does::Answers(200, "")
        } else {
            book.next.remove(0)
        }
    };
    let came = read(&mut stream).await;
    book.lock().unwrap().came.push(came);
    match does {
        Does::Answers(status, text) => {
            let length = text.len();
            let answer = format!(
                "HTTP/1.1 {status} Said\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: {length}\r\n\r\n{text}"
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        Does::IsSilent => {
            // Until the other side goes away.
            let _ = stream.read(&mut [0]).await;
        }
        Does::CutsOff => {}
    }
}

async fn read(stream: &mut TcpStream) -> Came {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end;
        }
        let mut part = [0; 1024];
        let count = stream.read(&mut part).await.unwrap();
        assert!(count > 0, "a request has a head");
        bytes.extend_from_slice(&part[..count]);
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let first = lines.next().unwrap().to_owned();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length: usize = headers["content-length"].parse().unwrap();
    let mut body = bytes[end + 4..].to_vec();
    while body.len() < length {
        let mut part = [0; 1024];
        let count = stream.read(&mut part).await.unwrap();
        assert!(count > 0, "the body is whole");
        body.extend_from_slice(&part[..count]);
    }
    Came {
        path: first
            .trim_start_matches("POST ")
            .trim_end_matches(" HTTP/1.1")
            .to_owned(),
        headers,
        body,
    }
}
