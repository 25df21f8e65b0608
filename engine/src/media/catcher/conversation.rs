//! One client's conversation with the catcher: enough of RFC 5321 for any mail program.

use std::io::{Error, ErrorKind, Result};
use std::sync::Mutex;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

use super::{Book, Caught, Fault, Mood, open};

/// Longest command line.
const LINE: u64 = 8 * 1024;
/// Largest message.
const MESSAGE: usize = 32 * 1024 * 1024;

struct Client<'a> {
    reader: BufReader<tokio::net::tcp::OwnedReadHalf>,
    writer: OwnedWriteHalf,
    book: &'a Mutex<Book>,
    from: Option<String>,
    to: Vec<String>,
    logged_in: bool,
}

/// What follows a command.
enum Next {
    Go,
    Hang,
}

/// Talks until the client quits or something is scripted to go wrong.
pub(super) async fn hold(stream: TcpStream, book: &Mutex<Book>) -> Result<()> {
    stream.set_nodelay(true)?;
    let (reader, writer) = stream.into_split();
    let mut client = Client {
        reader: BufReader::new(reader),
        writer,
        book,
        from: None,
        to: Vec::new(),
        logged_in: false,
    };
    if open(book).mood == Mood::RefusesConnections {
        return client.say("554 no service here").await;
    }
    client.say("220 catcher ready").await?;
    while let Some(line) = client.line().await? {
        match client.obey(&line).await? {
            Next::Go => {}
            Next::Hang => break,
        }
    }
    Ok(())
}

impl Client<'_> {
    async fn say(&mut self, answer: &str) -> Result<()> {
        open(self.book).note(format!("S: {answer}"));
        self.writer.write_all(format!("{answer}\r\n").as_bytes()).await
    }

    /// One line without its line break; none at the end of the stream.
    async fn line(&mut self) -> Result<Option<String>> {
        let mut bytes = Vec::new();
        (&mut self.reader)
            .take(LINE)
            .read_until(b'\n', &mut bytes)
            .await?;
        match bytes.last() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())),
            Some(_) => Err(Error::new(
                ErrorKind::InvalidData,
                "a line that is too long or has no end",
            )),
        }
    }

    async fn obey(&mut self, line: &str) -> Result<Next> {
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let shown = if verb == "AUTH" { "AUTH ..." } else { line };
        open(self.book).note(format!("C: {shown}"));
        match verb.as_str() {
            "EHLO" => {
                self.say("250-catcher\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN")
                    .await?
            }
            "HELO" => self.say("250 catcher").await?,
            "AUTH" => self.login(line).await?,
            "MAIL" => self.mail(line).await?,
            "RCPT" => self.rcpt(line).await?,
            "DATA" => return self.data().await,
            "RSET" => {
                self.forget();
                self.say("250 forgotten").await?;
            }
            "NOOP" => self.say("250 fine").await?,
            "QUIT" => {
                self.say("221 goodbye").await?;
                return Ok(Next::Hang);
            }
            _ => self.say("502 not known here").await?,
        }
        Ok(Next::Go)
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    async fn login(&mut self, line: &str) -> Result<()> {
        if line
            .split_whitespace()
            .nth(1)
            .is_some_and(|way| way.eq_ignore_ascii_case("LOGIN"))
        {
            self.say("334 VXNlcm5hbWU6").await?;
            self.line().await?;
            self.say("334 UGFzc3dvcmQ6").await?;
            self.line().await?;
        }
        if open(self.book).mood == Mood::RefusesLogin {
            return self.say("535 5.7.8 user or password is wrong").await;
        }
        self.logged_in = true;
        self.say("235 welcome").await
    }

    async fn mail(&mut self, line: &str) -> Result<()> {
        let mood = open(self.book).mood;
        if mood == Mood::RefusesLogin && !self.logged_in {
            return self.say("530 5.7.0 log in first").await;
        }
        if mood == Mood::RefusesSender {
            return self.say("550 5.7.1 this sender may not send here").await;
        }
        self.forget();
        match address(line) {
            Some(from) => {
                self.from = Some(from);
                self.say("250 sender noted").await
            }
            None => self.say("501 write MAIL FROM:<address>").await,
        }
    }

    async fn rcpt(&mut self, line: &str) -> Result<()> {
        let Some(to) = address(line).filter(|to| !to.is_empty()) else {
            return self.say("501 write RCPT TO:<address>").await;
        };
        if self.from.is_none() {
            return self.say("503 say MAIL FROM first").await;
        }
        let one = std::slice::from_ref(&to);
        let later = open(self.book).strikes(one, |fault| match fault {
            Fault::Reject4xx(times) => Some(times),
            _ => None,
        });
        if later {
            return self.say("450 4.2.1 this mailbox is busy, come back later").await;
        }
        if open(self.book).fault(one) == Some(Fault::Reject5xx) {
            return self.say("550 5.1.1 there is no such mailbox").await;
        }
        self.to.push(to);
        self.say("250 recipient noted").await
    }

    async fn data(&mut self) -> Result<Next> {
        if self.from.is_none() || self.to.is_empty() {
            self.say("503 say MAIL FROM and RCPT TO first").await?;
            return Ok(Next::Go);
        }
        let cut = open(self.book).strikes(&self.to, |fault| match fault {
            Fault::CutAtData(times) => Some(times),
            _ => None,
        });
        if cut {
            return Ok(Next::Hang);
        }
        self.say("354 go ahead, end with a dot").await?;
        let Some(data) = self.message().await? else {
            return Ok(Next::Hang);
        };
        let fault = open(self.book).fault(&self.to);
        if fault == Some(Fault::RejectMessage) {
            self.forget();
            self.say("554 5.6.0 this message is not taken").await?;
            return Ok(Next::Go);
        }
        let cut = open(self.book).strikes(&self.to, |fault| match fault {
            Fault::CutAfterFinal(times) => Some(times),
            _ => None,
        });
        let mail = Caught {
            from: self.from.take().unwrap_or_default(),
            to: std::mem::take(&mut self.to),
            data,
        };
        open(self.book).keep(mail);
        if cut {
            return Ok(Next::Hang);
        }
        if let Some(Fault::Slow(wait)) = fault {
            tokio::time::sleep(wait).await;
        }
        self.say("250 kept").await?;
        Ok(Next::Go)
    }

    /// The message with its dots unstuffed; none when the connection is to be cut in its middle.
    async fn message(&mut self) -> Result<Option<Vec<u8>>> {
        let mut data = Vec::new();
        let mut line = Vec::new();
        loop {
            line.clear();
            let left = (MESSAGE - data.len()) as u64;
            (&mut self.reader)
                .take(left.max(3))
                .read_until(b'\n', &mut line)
                .await?;
            if line.last() != Some(&b'\n') {
                return Err(Error::new(
                    ErrorKind::UnexpectedEof,
                    "a message without an end, or one that is too large",
                ));
            }
            if line == b".\r\n" || line == b".\n" {
                return Ok(Some(data));
            }
            data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            let cut = open(self.book).strikes(&self.to, |fault| match fault {
                Fault::CutBeforeFinal(times) => Some(times),
                _ => None,
            });
            if cut {
                return Ok(None);
            }
        }
    }
}

/// The address between `<` and `>`.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some(address.to_owned())
}
