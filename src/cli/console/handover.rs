//! A page on this machine that sends a browser on to a secret URL, once.
//!
//! Everybody on a machine can read command lines. On the browser's stands an address of ours with 256 random bits in
//! it; the first who asks for it is sent on, and after that there is nothing any more.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::aws::secret::Secret;
use crate::cli::{Done, serve};
use crate::jobs::{Class, Failure};

/// How long a browser may take to start.
const PATIENCE: Duration = Duration::from_mins(1);
/// A request's first line is not longer.
const LONGEST: usize = 8192;

/// Starts a browser by `start` and sends it on to `url`.
///
/// # Errors
/// `start`'s; nobody came in time.
pub async fn hand_over(url: &Secret, start: impl FnOnce(&str) -> Done) -> Done {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let path = format!("/{}", serve::token()?.expose());
    start(&format!("http://{}{path}", listener.local_addr()?))?;
    tokio::time::timeout(PATIENCE, answer(&listener, &path, url)).await.map_err(|_| {
        let message = format!("the browser did not come within {} s", PATIENCE.as_secs());
        Failure::new(Class::General, "no-browser", message)
            .hint("use --print and open the URL yourself; it is good for 15 minutes")
    })?
}

async fn answer(listener: &TcpListener, path: &str, url: &Secret) -> Done {
    loop {
        let (mut stream, _) = listener.accept().await?;
        let asked = asked(&mut stream).await;
        if asked.as_deref() == Some(path) {
            let head =
                "HTTP/1.1 303 See Other\r\ncache-control: no-store\r\nreferrer-policy: no-referrer\r\n";
            let reply =
                format!("{head}content-length: 0\r\nconnection: close\r\nlocation: {}\r\n\r\n", url.expose());
            stream.write_all(reply.as_bytes()).await?;
            return Ok(stream.shutdown().await?);
        }
        let _ = stream
            .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .await;
    }
}

/// The path of a `GET`, once its head has come.
async fn asked(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST {
        let mut part = [0; 1024];
        let read = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut part)).await;
        match read {
            Ok(Ok(count @ 1..)) => head.extend_from_slice(&part[..count]),
            _ => return None,
        }
    }
    let head = String::from_utf8(head).ok()?;
    Some(head.strip_prefix("GET ")?.split_once(' ')?.0.to_owned())
}
