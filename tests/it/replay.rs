//! The SDKs' recorded traffic as a server: it answers what was recorded, in that order, and notes what was asked, so
//! that a test can say in what the requests differ.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use awsprof::aws::chain::probe::{EndpointSettings, ImdsAsk};
use awsprof::aws::chain::{Answer, Probe};
use awsprof::aws::world::{Clock, Env, Fs, World};
use awsprof::jobs::probe::Prober;
use awsprof::net::endpoint::{ProfileSettings, Service, endpoint};
use jiff::Timestamp;
use serde_json::Value;

/// What a request must agree in; digits at the end of a session's name are the moment's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    method: String,
    /// Path and sorted query.
    target: String,
    /// Those headers that carry a proof; of a signature only the service.
    proofs: BTreeMap<String, String>,
    /// The form's fields, sorted.
    fields: Vec<String>,
}

impl Asked {
    /// Everything recorded is there. (One recording lacks the header that its SDK sends.)
    fn fits(&self, recorded: &Self) -> bool {
        let proofs = recorded.proofs.iter().all(|(name, value)| self.proofs.get(name) == Some(value));
        proofs && Self { proofs: recorded.proofs.clone(), ..self.clone() } == *recorded
    }
}

struct Recorded {
    origin: String,
    asked: Asked,
    status: u64,
    body: String,
}

/// The server.
pub struct Replay {
    pub url: String,
    recorded: Arc<Vec<Recorded>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Replay {
    /// Replies before the last are given the end of the last one: they were recorded at other times.
    pub fn start(traffic: &Value, expiry: Option<i64>) -> Self {
        let recorded = Arc::new(recorded(traffic, expiry));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (replies, notes) = (Arc::clone(&recorded), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                serve(stream, &replies, &notes);
            }
        });
        Self { url, recorded, asked }
    }

    /// In what the requests differ from the recorded ones. `origins` is where they would have gone.
    pub fn differences(&self, origins: &[String]) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        // The recordings of failures were made without retries.
        let last_failed = self.recorded.last().is_some_and(|last| last.status >= 500);
        if last_failed {
            asked.dedup();
        }
        let expected: Vec<&Asked> = self.recorded.iter().map(|recorded| &recorded.asked).collect();
        let mut there: Vec<&String> = self.recorded.iter().map(|recorded| &recorded.origin).collect();
        there.dedup();
        let mut wrong = Vec::new();
        let fits = |(asked, recorded): (&Asked, &&Asked)| asked.fits(recorded);
        if asked.len() != expected.len() || !asked.iter().zip(&expected).all(fits) {
            wrong.push(format!("asked {asked:#?}, recorded {expected:#?}"));
        }
        if origins.iter().collect::<Vec<_>>() != there {
            wrong.push(format!("asked at {origins:?}, recorded at {there:?}"));
        }
        wrong
    }
}

fn serve(mut stream: TcpStream, replies: &[Recorded], notes: &Mutex<Vec<Asked>>) {
    let asked = read(&stream);
    let mut notes = notes.lock().unwrap();
    let reply = replies.get(notes.len()).or(replies.last());
    notes.push(asked);
    let (status, body) = reply.map_or((404, ""), |reply| (reply.status, reply.body.as_str()));
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

fn read(stream: &TcpStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let (mut first, mut headers) = (String::new(), BTreeMap::new());
    reader.read_line(&mut first).unwrap();
    for line in reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap();
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    asked(method, target, headers, &String::from_utf8(body).unwrap())
}

fn asked(method: &str, target: &str, headers: BTreeMap<String, String>, body: &str) -> Asked {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let sorted = |text: &str| {
        let mut parts: Vec<String> = text.split('&').filter(|part| !part.is_empty()).map(undated).collect();
        parts.sort();
        parts
    };
    let proofs = [
        "authorization",
        "x-amz-security-token",
        "x-amz-sso_bearer_token",
        "x-aws-ec2-metadata-token",
        "x-aws-ec2-metadata-token-ttl-seconds",
        "accept",
    ];
    let kept = headers.into_iter().filter(|(name, _)| proofs.contains(&name.as_str()));
    Asked {
        method: method.to_owned(),
        target: format!("{path}?{}", sorted(query).join("&")),
        proofs: kept.map(proof).filter(|(_, value)| value != "*/*").collect(),
        fields: fields(sorted(body)),
    }
}

/// A header as it is; of a signature that it is there, and for which service: the recordings were edited by hand, and
/// their key ids, regions and session tokens are not always those of the requests. Where one goes says its region.
fn proof((name, value): (String, String)) -> (String, String) {
    let value = match value.strip_prefix("AWS4-HMAC-SHA256 Credential=") {
        Some(claim) => claim.split([',', '/']).nth(3).unwrap().to_owned(),
        None if name == "x-amz-security-token" => "a token".to_owned(),
        None => value,
    };
    (name, value)
}

/// The fields of a form. A web identity's role and token were changed in the files and not in the recordings.
fn fields(mut fields: Vec<String>) -> Vec<String> {
    if fields.iter().any(|field| field == "Action=AssumeRoleWithWebIdentity") {
        let changed = ["RoleArn", "WebIdentityToken"];
        for field in &mut fields {
            let (name, value) = field.split_once('=').unwrap();
            assert!(!value.is_empty());
            *field =
                changed.into_iter().find(|changed| *changed == name).map_or(field.clone(), str::to_owned);
        }
    }
    fields
}

/// A session's name without the moment in it; some recordings have the name of an older SDK.
fn undated(part: &str) -> String {
    match part.strip_prefix("RoleSessionName=") {
        Some("assume-role-provider-session") => "RoleSessionName=assume-role-from-profile-".to_owned(),
        Some(_) => part.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
        None => part.to_owned(),
    }
}

fn recorded(traffic: &Value, expiry: Option<i64>) -> Vec<Recorded> {
    let mut all: BTreeMap<u64, (Value, String, u64, String)> = BTreeMap::new();
    for event in traffic["events"].as_array().unwrap() {
        let one = all.entry(event["connection_id"].as_u64().unwrap()).or_default();
        let action = &event["action"];
        if action["Request"].is_object() {
            one.0 = action["Request"]["request"].clone();
        }
        if let Some(status) = action["Response"]["response"]["Ok"]["status"].as_u64() {
            one.2 = status;
        }
        let text = action["Data"]["data"]["Utf8"].as_str().unwrap_or_default();
        match action["Data"]["direction"].as_str() {
            Some("Request") => one.1.push_str(text),
            Some("Response") => one.3.push_str(text),
            _ => {}
        }
    }
    let last = all.keys().last().copied();
    let one = |(id, (request, sent, status, body)): (u64, (Value, String, u64, String))| {
        let url = reqwest::Url::parse(request["uri"].as_str().unwrap()).unwrap();
        let headers = request["headers"].as_object().unwrap();
        let headers = headers
            .iter()
            .map(|(name, values)| (name.to_lowercase(), values[0].as_str().unwrap().to_owned()));
        let target =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        Recorded {
            origin: url.origin().ascii_serialization(),
            asked: asked(request["method"].as_str().unwrap(), &target, headers.collect(), &sent),
            status,
            body: if Some(id) == last { body } else { until(&body, expiry) },
        }
    };
    all.into_iter().map(one).collect()
}

/// An XML reply with another `Expiration`.
fn until(body: &str, expiry: Option<i64>) -> String {
    let (Some(expiry), Some((before, rest))) = (expiry, body.split_once("<Expiration>")) else {
        return body.to_owned();
    };
    let after = rest.split_once("</Expiration>").unwrap().1;
    format!("{before}<Expiration>{}</Expiration>{after}", Timestamp::from_second(expiry).unwrap())
}

/// Performs probes for real, at the replay instead of where they would go.
pub struct Asker<'a> {
    env: &'a Env,
    url: &'a str,
    prober: Prober,
    /// Where the probes would have gone, each place once in a row.
    pub origins: RefCell<Vec<String>>,
}

impl<'a> Asker<'a> {
    pub fn new(env: &'a Env, replay: &'a Replay, now: Timestamp) -> Self {
        let path = ("PATH".to_owned(), "/usr/bin:/bin".to_owned());
        let world = World { env: [path].into_iter().collect(), fs: Fs::Real, clock: Clock::Fixed(now) };
        Self { env, url: &replay.url, prober: Prober::new(&world), origins: RefCell::default() }
    }

    pub fn answer(&self, probe: &Probe) -> Answer {
        let here = match probe {
            Probe::Metadata { .. } => return Answer::Nothing("not recorded".to_owned()),
            Probe::Imds(how) => {
                self.went(&how.endpoint);
                Probe::Imds(ImdsAsk { endpoint: self.url.to_owned(), ..how.clone() })
            }
            Probe::Container { url, authorization } => {
                let (scheme, rest) = url.split_once("://").unwrap();
                let (host, path) = rest.split_once('/').unwrap();
                self.went(&format!("{scheme}://{host}"));
                Probe::Container { url: format!("{}/{path}", self.url), authorization: authorization.clone() }
            }
            Probe::AssumeRole(ask) => {
                let mut ask = ask.clone();
                ask.endpoint = self.moved(Service::Sts, &ask.endpoint, Some(&ask.role_arn));
                Probe::AssumeRole(ask)
            }
            Probe::WebIdentity(ask) => {
                let mut ask = ask.clone();
                ask.endpoint = self.moved(Service::Sts, &ask.endpoint, Some(&ask.role_arn));
                Probe::WebIdentity(ask)
            }
            Probe::Sso(ask) => {
                let mut ask = ask.clone();
                ask.endpoint = self.moved(Service::Sso, &ask.endpoint, None);
                Probe::Sso(ask)
            }
            other => other.clone(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(self.prober.answer(&here))
    }

    fn went(&self, origin: &str) {
        let mut origins = self.origins.borrow_mut();
        if origins.last().is_none_or(|last| last != origin) {
            origins.push(origin.to_owned());
        }
    }

    /// Notes where a service would be asked, and for which region; the same at the replay.
    fn moved(&self, service: Service, at: &EndpointSettings, arn: Option<&str>) -> EndpointSettings {
        let profile = ProfileSettings {
            region: at.region.as_deref(),
            endpoint_url: at.endpoint_url.as_deref(),
            service_url: at.service_url.as_deref(),
            ignore_configured: at.ignore_configured.as_deref(),
            use_fips: at.use_fips.as_deref(),
            use_dual_stack: at.use_dual_stack.as_deref(),
        };
        let place = endpoint(service, self.env, profile, arn).unwrap();
        self.went(&place.url.origin().ascii_serialization());
        EndpointSettings {
            region: Some(place.region),
            endpoint_url: Some(self.url.to_owned()),
            ..Default::default()
        }
    }
}
