//! One conversation of RFC 5321, as far as a mail program needs it, with all that can go wrong in it.

use std::io::Result;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::{Answer, Entry, Fate, Shared};

type Lines = BufReader<TcpStream>;

pub(super) async fn hold(stream: TcpStream, shared: &Shared) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream);
    if shared.goes_wrong("connections refused", |odds| odds.refuses_connection) {
        return Ok(());
    }
    if shared.goes_wrong("connections half open", |odds| odds.stays_silent) {
        // Says nothing until the other side gives up.
        let mut nothing = Vec::new();
        return lines.read_to_end(&mut nothing).await.map(drop);
    }
    say(&mut lines, "220 witness").await?;
    while let Some(line) = next(&mut lines).await? {
        match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say(&mut lines, "250-witness\r\n250 8BITMIME").await?,
            "RCPT" if shared.goes_wrong("recipients delayed (4xx)", |odds| odds.delays_recipient) => {
                say(&mut lines, "450 later").await?;
            }
            "RCPT" if shared.goes_wrong("recipients refused (5xx)", |odds| odds.refuses_recipient) => {
                say(&mut lines, "550 nobody").await?;
            }
            "DATA" => {
                shared.open.fetch_add(1, Ordering::SeqCst);
                let goes_on = data(&mut lines, shared).await;
                shared.open.fetch_sub(1, Ordering::SeqCst);
                if !goes_on? {
                    return Ok(());
                }
            }
            "QUIT" => return say(&mut lines, "221 bye").await,
            _ => say(&mut lines, "250 fine").await?,
        }
    }
    Ok(())
}

/// Reads a message and decides its fate; whether the conversation goes on.
async fn data(lines: &mut Lines, shared: &Shared) -> Result<bool> {
    say(lines, "354 go on").await?;
    let cuts = shared.goes_wrong("cut in the message", |odds| odds.cuts_in_the_message);
    let mut key = String::new();
    loop {
        let Some(line) = next(lines).await? else {
            return Ok(false);
        };
        if line == "." {
            break;
        }
        if let Some(id) = line.strip_prefix("Message-ID: <") {
            id.split('@').next().unwrap_or_default().clone_into(&mut key);
            if cuts {
                let (fate, answer) = (Fate::Lost, Answer::CutEarly);
                shared.note(Entry { key, fate, answer })?;
                return Ok(false);
            }
        }
    }
    let note = |fate, answer| {
        let key = key.clone();
        shared.note(Entry { key, fate, answer })
    };
    if shared.goes_wrong("answers that were slow", |odds| odds.dawdles) {
        tokio::time::sleep(shared.pause()).await;
    }
    if shared.goes_wrong("taken, and cut before the final 250", |odds| {
        odds.cuts_before_the_answer
    }) {
        note(Fate::Taken, Answer::Cut)?;
        return Ok(false);
    }
    if shared.goes_wrong("lost, and cut before any answer", |odds| odds.loses) {
        note(Fate::Lost, Answer::Cut)?;
        return Ok(false);
    }
    if shared.goes_wrong("messages delayed (4xx)", |odds| odds.delays_message) {
        note(Fate::Delayed, Answer::Told)?;
        say(lines, "451 later").await?;
        return Ok(true);
    }
    if shared.goes_wrong("messages refused (5xx)", |odds| odds.refuses_message) {
        note(Fate::Refused, Answer::Told)?;
        say(lines, "554 no").await?;
        return Ok(true);
    }
    if shared.goes_wrong("taken, and cut after the final 250", |odds| {
        odds.cuts_after_the_answer
    }) {
        note(Fate::Taken, Answer::ToldAndCut)?;
        say(lines, "250 taken").await?;
        return Ok(false);
    }
    note(Fate::Taken, Answer::Told)?;
    say(lines, "250 taken").await?;
    Ok(true)
}

async fn say(lines: &mut Lines, answer: &str) -> Result<()> {
    let answer = format!("{answer}\r\n");
    lines.get_mut().write_all(answer.as_bytes()).await
}

/// One line; none at the end, and none when nothing comes for a minute.
async fn next(lines: &mut Lines) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = lines.read_until(b'\n', &mut bytes);
    match tokio::time::timeout(Duration::from_secs(60), read).await {
        Ok(Ok(0)) | Err(_) => Ok(None),
        Ok(Ok(_)) => Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())),
        Ok(Err(error)) => Err(error),
    }
}
