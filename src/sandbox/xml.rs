//! The shapes STS and IAM answer in.

/// What goes back, before headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    /// Beside the content type and the date.
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// A refusal in AWS's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub status: u16,
    pub code: &'static str,
    pub message: String,
}

/// The XML namespace of STS's answers.
pub const STS: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
/// The XML namespace of IAM's.
pub const IAM: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

impl Refused {
    /// A refusal.
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// `AccessDenied`, 403.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new(403, "AccessDenied", message)
    }

    /// `ValidationError`, 400.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "ValidationError", message)
    }

    /// As `<ErrorResponse>`.
    #[must_use]
    pub fn answer(&self, namespace: &str, request_id: &str) -> Answer {
        let kind = if self.status < 500 { "Sender" } else { "Receiver" };
        let (code, message) = (self.code, escape(&self.message));
        let body = format!(
            "<ErrorResponse xmlns=\"{namespace}\">\n  <Error>\n    <Type>{kind}</Type>\n    <Code>{code}</Code>\n    \
             <Message>{message}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n"
        );
        Answer { status: self.status, content_type: "text/xml", headers: Vec::new(), body }
    }
}

/// `<{action}Response><{action}Result>{inner}</…>`
#[must_use]
pub fn result(namespace: &str, action: &str, inner: &str, request_id: &str) -> Answer {
    let body = format!(
        "<{action}Response xmlns=\"{namespace}\">\n  <{action}Result>{inner}</{action}Result>\n  \
         <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</{action}Response>\n"
    );
    Answer { status: 200, content_type: "text/xml", headers: Vec::new(), body }
}

/// `<{action}Response>` of an action that has nothing to say.
#[must_use]
pub fn done(namespace: &str, action: &str, request_id: &str) -> Answer {
    let body = format!(
        "<{action}Response xmlns=\"{namespace}\">\n  <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  \
         </ResponseMetadata>\n</{action}Response>\n"
    );
    Answer { status: 200, content_type: "text/xml", headers: Vec::new(), body }
}

/// `<name>text</name>`
#[must_use]
pub fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
