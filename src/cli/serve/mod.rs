//! `awsprof serve`: the container credentials endpoint of ECS, on this machine and for chosen profiles.
//!
//! A program that runs longer than a session asks here again before its credentials end. Only 127.0.0.1 is listened
//! on; who asks must know the token, and must mean this address (a page in a browser can send requests here, under
//! another name). [`answer`] says what is answered; the credentials are those of `export`, renewed the same way, with
//! the question for a code on the terminal of the server.

mod answer;

use std::future::Future;
use std::net::TcpListener;

use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tokio::sync::oneshot;

use self::answer::Endpoint;
use super::args::Serve;
use super::environment::CLEARED;
use super::{Done, Verbs};
use crate::aws::profile::Estate;
use crate::aws::secret::Secret;
use crate::jobs::Failure;

/// What a path segment may hold as it is (RFC 3986, *unreserved*).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What would win over the endpoint, beside what is cleared for everybody.
const RIVALS: [&str; 2] =
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];

/// Serves until Ctrl-C, SIGTERM or SIGHUP.
///
/// # Errors
/// A profile that does not exist, a port that is taken.
pub fn run(verbs: Verbs, args: Serve) -> Done {
    let estate = Estate::read(&verbs.context.world);
    if let Some(ghost) = args.profiles.iter().find(|name| estate.profile(name).is_none()) {
        return Err(Failure::no_profile(ghost));
    }
    let listener = TcpListener::bind(("127.0.0.1", args.port.unwrap_or(0)))?;
    listener.set_nonblocking(true)?;
    let (host, token) = (listener.local_addr()?.to_string(), token()?);
    let ended = signals()?;
    announce(&verbs, &args.profiles, &host, &token)?;
    let out = verbs.out;
    out.say(&format!("serving {} on {host}; Ctrl-C ends it", args.profiles.join(", ")));
    let endpoint = Endpoint::new(verbs, args.profiles, host, &token);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(serve(listener, endpoint, ended));
    // A question on the terminal may still be open: nobody waits for its answer.
    runtime.shutdown_background();
    served
}

async fn serve(listener: TcpListener, endpoint: Endpoint, ended: impl Future) -> Done {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::select! {
        served = axum::serve(listener, answer::router(endpoint)) => Ok(served?),
        _ = ended => Ok(()),
    }
}

/// 256 random bits in hexadecimal.
pub fn token() -> Done<Secret> {
    let bytes = Key::try_generate().map_err(|error| std::io::Error::other(error.to_string()))?;
    let hex = |text: String, byte: &u8| text + &format!("{byte:02x}");
    Ok(Secret::new(bytes.iter().fold(String::with_capacity(64), hex)))
}

/// Comes when somebody wants the end.
fn signals() -> Done<impl Future> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let (send, receive) = oneshot::channel();
    let wait = move || {
        if signals.forever().next().is_some() {
            let _ = send.send(());
        }
    };
    std::thread::Builder::new().name("awsprof-signals".to_owned()).spawn(wait)?;
    Ok(receive)
}

/// What a program needs in its environment.
fn announce(verbs: &Verbs, profiles: &[String], host: &str, token: &Secret) -> Done {
    let url = |name: &String| format!("http://{host}/{}", utf8_percent_encode(name, ESCAPED));
    if verbs.out.json {
        let all = profiles.iter().map(|name| {
            json!({
                "profile": name,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": url(name),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": token.expose(),
            })
        });
        return verbs.out.answer_json(&all.collect::<Vec<_>>());
    }
    let lines =
        profiles.iter().map(|name| format!("export AWS_CONTAINER_CREDENTIALS_FULL_URI={}\n", url(name)));
    let rivals = [&CLEARED[..], &RIVALS[..]].concat().join(" ");
    let token = format!("export AWS_CONTAINER_AUTHORIZATION_TOKEN={}\n", token.expose());
    verbs.out.answer(&format!("unset {rivals}\n{}{token}", lines.collect::<String>()))
}
