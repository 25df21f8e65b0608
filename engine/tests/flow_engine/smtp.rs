//! Where a conversation broke off decides what it means.

use relance_engine::media::catcher::{Catcher, Fault};
use relance_engine::media::email::{Mailer, Outcome, Prepared};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::world::settings;

fn mail(bytes: Vec<u8>) -> Prepared {
    Prepared {
        from: "a@a.example".parse().unwrap(),
        to: "b@b.example".parse().unwrap(),
        bytes,
    }
}

#[tokio::test]
async fn cut_in_the_middle_of_a_message_it_has_not_left() {
    let catcher = Catcher::start(0).await.unwrap();
    catcher.set_fault("b@b.example", Fault::CutBeforeFinal(1));
    let mailer = Mailer::new(settings(&catcher)).unwrap();
    // Larger than all buffers on the way: the end of it cannot have been written when the connection breaks.
    let large = b"0123456789abcdef\r\n".repeat(2 * 1024 * 1024);
    let outcome = mailer.send(&mail(large), || true).await.unwrap();
    assert!(
        matches!(outcome, Outcome::Trouble(_) | Outcome::Down(_)),
        "{outcome:?}"
    );
    assert_eq!(catcher.count(), 0);
    let outcome = mailer
        .send(&mail(b"Subject: x\r\n\r\nx\r\n".to_vec()), || true)
        .await
        .unwrap();
    assert_eq!(outcome, Outcome::Accepted);
}

#[tokio::test]
async fn no_answer_to_the_whole_message_is_a_doubt() {
    let catcher = Catcher::start(0).await.unwrap();
    catcher.set_fault("b@b.example", Fault::Slow(std::time::Duration::from_secs(60)));
    let quick = relance_engine::media::email::SmtpSettings {
        timeout: std::time::Duration::from_millis(100),
        ..catcher.settings()
    };
    let outcome = Mailer::new(quick)
        .unwrap()
        .send(&mail(b"x\r\n".to_vec()), || true)
        .await
        .unwrap();
    assert!(matches!(outcome, Outcome::Doubt(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_mail_that_may_not_begin_is_not_begun() {
    let catcher = Catcher::start(0).await.unwrap();
    let mailer = Mailer::new(settings(&catcher)).unwrap();
    assert_eq!(mailer.send(&mail(b"x\r\n".to_vec()), || false).await, None);
    assert!(catcher.log().is_empty(), "not even a connection");
}

#[tokio::test]
async fn a_kept_connection_that_the_server_has_closed_is_replaced_within_the_same_mail() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // A server that closes each connection after one mail.
    let server = tokio::spawn(async move {
        for _ in 0..2 {
            let (stream, _) = listener.accept().await.unwrap();
            let (reader, mut writer) = stream.into_split();
            let mut lines = BufReader::new(reader).lines();
            writer.write_all(b"220 x\r\n").await.unwrap();
            let mut in_message = false;
            while let Some(line) = lines.next_line().await.unwrap() {
                let answer: &[u8] = match (in_message, line.as_str()) {
                    (false, "DATA") => {
                        in_message = true;
                        b"354 go\r\n"
                    }
                    (true, ".") => {
                        writer.write_all(b"250 ok\r\n").await.unwrap();
                        break;
                    }
                    (true, _) => continue,
                    (false, _) => b"250 ok\r\n",
                };
                writer.write_all(answer).await.unwrap();
            }
        }
    });
    let mailer = Mailer::new(relance_engine::media::email::SmtpSettings::local(port)).unwrap();
    for _ in 0..2 {
        assert_eq!(
            mailer.send(&mail(b"x\r\n".to_vec()), || true).await,
            Some(Outcome::Accepted)
        );
    }
    server.await.unwrap();
}
