//! The way to the mail server: reached, secured, logged in.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::email::{SmtpSettings, Tls};
use super::smtp::words;

/// A connection that is secured and logged in. Whatever goes wrong here is no recipient's fault; the error is in words.
pub(super) async fn connect(
    settings: &SmtpSettings,
    hello: &ClientId,
    tls: Option<&TlsParameters>,
) -> Result<AsyncSmtpConnection, String> {
    let server = format!("{}:{}", settings.host, settings.port);
    let connecting = async {
        match (settings.tls, tls) {
            (Tls::Tls, Some(tls)) => secured(settings, hello, tls.clone()).await,
            (Tls::StartTls, Some(tls)) => {
                let mut connection = plain(settings, hello).await?;
                let started = connection.starttls(tls.clone(), hello).await;
                started.map(|()| connection).map_err(|error| words(&error))
            }
            _ => plain(settings, hello).await,
        }
    };
    let mut connection = match timeout(settings.timeout * 4, connecting).await {
        Ok(Ok(connection)) => connection,
        Ok(Err(why)) => return Err(format!("the mail server {server} cannot be reached: {why}")),
        Err(_) => return Err(format!("the mail server {server} does not answer")),
    };
    if let Some(user) = &settings.user {
        let password = settings.password.clone().unwrap_or_default();
        log_in(&mut connection, user, password, settings.timeout * 2)
            .await
            .map_err(|why| format!("the mail server {server} {why}"))?;
    }
    Ok(connection)
}

/// TLS from the first byte on.
async fn secured(
    settings: &SmtpSettings,
    hello: &ClientId,
    tls: TlsParameters,
) -> Result<AsyncSmtpConnection, String> {
    let server = (settings.host.as_str(), settings.port);
    AsyncSmtpConnection::connect_tokio1(server, Some(settings.timeout), hello, Some(tls), None)
        .await
        .map_err(|error| words(&error))
}

/// Without TLS as yet. A message and its final dot are two writes: with Nagle's algorithm the second one would wait for the
/// server's delayed acknowledgement of the first.
async fn plain(settings: &SmtpSettings, hello: &ClientId) -> Result<AsyncSmtpConnection, String> {
    let server = (settings.host.as_str(), settings.port);
    let stream = match timeout(settings.timeout, TcpStream::connect(server)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err(format!("no answer within {} s", settings.timeout.as_secs())),
    };
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello)
        .await
        .map_err(|error| words(&error))
}

async fn log_in(
    connection: &mut AsyncSmtpConnection,
    user: &str,
    password: String,
    wait: Duration,
) -> Result<(), String> {
    let credentials = Credentials::new(user.to_owned(), password);
    let answer: Result<_, Error> =
        match timeout(wait, connection.auth(DEFAULT_MECHANISMS, &credentials)).await {
            Ok(answer) => answer,
            Err(_) => return Err("does not answer the login".to_owned()),
        };
    answer
        .map(drop)
        .map_err(|error| format!("does not let `{user}` in: {}", words(&error)))
}
