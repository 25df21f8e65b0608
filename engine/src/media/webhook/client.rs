//! One exchange with a receiver: reached, secured, posted, answered.
//!
//! Each message has a connection of its own. Here it matters *where* an exchange broke off: as long as not all of the message can
//! have left it may be posted again, after that nobody knows.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::{Either, select};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::sign::{SIGNATURE, signature};
use super::{Address, Post, WebhookError, WebhookSettings};

/// How this program names itself.
const AGENT: &str = concat!("relance/", env!("CARGO_PKG_VERSION"));
/// So much of an answer is kept, in bytes: it is shown to people.
const LONGEST_ANSWER: usize = 500;

/// How an exchange ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// No connection: nothing was posted.
    Unreached(String),
    /// The connection broke before all was posted.
    Unfinished(String),
    /// All may have been posted, and no answer came.
    Unanswered(String),
    /// An answer came, with its first words.
    Answered(StatusCode, String),
}

/// Trust in whom this machine trusts.
pub(super) fn tls() -> Result<TlsConnector, WebhookError> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        let why = found.errors.first().map_or_else(
            || "this machine has no certificates to trust (package ca-certificates)".to_owned(),
            ToString::to_string,
        );
        return Err(WebhookError::Tls(why));
    }
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| WebhookError::Tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Posts one message and waits for the answer.
pub(super) async fn exchange(
    settings: &WebhookSettings,
    tls: Option<&TlsConnector>,
    post: &Post,
    now: DateTime<Utc>,
) -> Ended {
    let wait = settings.timeout;
    let stream = match timeout(wait, reach(&settings.address, tls)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Ended::Unreached(error.to_string()),
        Err(_) => return Ended::Unreached(too_long(wait)),
    };
    let request = match request(settings, post, now) {
        Ok(request) => request,
        Err(error) => return Ended::Unreached(error.to_string()),
    };
    let written = Arc::new(AtomicUsize::new(0));
    let counted = Counted {
        inner: stream,
        written: Arc::clone(&written),
    };
    let broken = |why: String| {
        // The head of a request is longer than nothing: with so few bytes out, the end of the body is not among them.
        if written.load(Ordering::SeqCst) <= post.body.len() {
            Ended::Unfinished(why)
        } else {
            Ended::Unanswered(why)
        }
    };
    match converse(counted, request, wait).await {
        Ok((status, words)) => Ended::Answered(status, words),
        Err(why) => broken(why),
    }
}

fn too_long(wait: Duration) -> String {
    format!("no answer within {} s", wait.as_secs())
}

type Stream = Box<dyn Duplex>;

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

async fn reach(address: &Address, tls: Option<&TlsConnector>) -> io::Result<Stream> {
    let stream = TcpStream::connect((address.host(), address.port())).await?;
    stream.set_nodelay(true)?;
    let Some(tls) = tls else {
        return Ok(Box::new(stream));
    };
    let name = ServerName::try_from(address.host().to_owned()).map_err(io::Error::other)?;
    Ok(Box::new(tls.connect(name, stream).await?))
}

fn request(
    settings: &WebhookSettings,
    post: &Post,
    now: DateTime<Utc>,
) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(settings.address.path())
        .header(HOST, settings.address.authority())
        .header(USER_AGENT, AGENT)
        .header(CONTENT_TYPE, post.content_type)
        .header(CONNECTION, "close")
        .header("idempotency-key", &post.key)
        .header(SIGNATURE, signature(&settings.secret, &post.body, now));
    if let Some(authorization) = &settings.authorization {
        let mut value = HeaderValue::try_from(authorization)?;
        value.set_sensitive(true);
        request = request.header(AUTHORIZATION, value);
    }
    request.body(Full::new(Bytes::from(post.body.clone())))
}

/// Writes the request and reads the answer. Nothing goes on in the background: what was not written when this ends is never written.
async fn converse(
    stream: Counted,
    request: Request<Full<Bytes>>,
    wait: Duration,
) -> Result<(StatusCode, String), String> {
    let handshake = http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| chain(&error))?;
    let answered = async move {
        let response = timeout(wait, sender.send_request(request)).await;
        let response = response.map_err(|_| too_long(wait))?;
        let response = response.map_err(|error| chain(&error))?;
        let status = response.status();
        // The status is what counts; the words are for people.
        let words = timeout(wait, words(response.into_body())).await;
        Ok((status, words.unwrap_or_default()))
    };
    match select(pin!(answered), pin!(connection)).await {
        Either::Left((answered, _)) => answered,
        Either::Right((_, answered)) => answered.await,
    }
}

/// The beginning of an answer, on one line.
async fn words(mut body: Incoming) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < LONGEST_ANSWER
        && let Some(Ok(frame)) = body.frame().await
    {
        bytes.extend(frame.data_ref().into_iter().flatten());
    }
    bytes.truncate(LONGEST_ANSWER);
    let text = String::from_utf8_lossy(&bytes);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An error with what is behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut behind = error.source();
    while let Some(source) = behind {
        text = format!("{text}: {source}");
        behind = source.source();
    }
    text
}

/// A connection that counts what was written to it.
struct Counted {
    inner: Stream,
    written: Arc<AtomicUsize>,
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        if let Poll::Ready(Ok(count)) = &polled {
            self.written.fetch_add(*count, Ordering::SeqCst);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
