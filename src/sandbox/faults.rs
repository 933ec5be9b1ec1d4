//! Bad days, to order: what a test has the sandbox answer instead of, or do to, the truth.

/// One bad answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This, and nothing is done.
    Instead { status: u16, headers: Vec<(&'static str, String)>, body: String },
    /// The request is done, and the answer cut after so many bytes (its length honest).
    Cut(usize),
    /// The request is done, and the answer lacks this element.
    Without(&'static str),
    /// The request is done, and this element of the answer is empty.
    Empty(&'static str),
    /// This many bytes of nothing.
    Huge(usize),
    /// The request is done, and the connection breaks in the middle of the answer.
    Broken,
    /// The request is done, and no answer comes.
    Silence,
}

impl Fault {
    /// STS's throttling (status 400).
    #[must_use]
    pub fn throttled() -> Self {
        Self::refusal(400, "Throttling", "Rate exceeded")
    }

    /// A refusal with any status.
    #[must_use]
    pub fn refusal(status: u16, code: &'static str, message: &str) -> Self {
        let answer = super::xml::Refused::new(status, code, message).answer(super::xml::STS, "fault-0001");
        Self::Instead { status, headers: vec![("content-type", "text/xml".to_owned())], body: answer.body }
    }

    /// A refusal of a service that speaks JSON.
    #[must_use]
    pub fn json(status: u16, code: &'static str, message: &str) -> Self {
        let headers =
            vec![("content-type", "application/json".to_owned()), ("x-amzn-errortype", code.to_owned())];
        Self::Instead { status, headers, body: serde_json::json!({"message": message}).to_string() }
    }

    /// A status with nothing to read.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Instead { status, headers: Vec::new(), body: String::new() }
    }

    /// A captive portal's page, with a friendly 200.
    #[must_use]
    pub fn captive_portal() -> Self {
        let body = "<!DOCTYPE html><html><title>Welcome to HotelNet</title></html>".to_owned();
        Self::Instead { status: 200, headers: vec![("content-type", "text/html".to_owned())], body }
    }

    /// A redirect.
    #[must_use]
    pub fn redirect(to: &str) -> Self {
        Self::Instead { status: 302, headers: vec![("location", to.to_owned())], body: String::new() }
    }
}

/// The text without the element.
#[must_use]
pub fn without(text: &str, element: &str, keep_empty: bool) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let (Some(start), Some(end)) = (text.find(&open), text.find(&close)) else { return text.to_owned() };
    let middle = if keep_empty { format!("{open}{close}") } else { String::new() };
    format!("{}{middle}{}", &text[..start], &text[end + close.len()..])
}
