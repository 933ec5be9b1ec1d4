//! What AWS objects to: code, text and request id out of an error answer, whatever its shape.
//!
//! The Query services (STS, IAM) answer in XML, the SSO portal in JSON with the code in a header, a load
//! balancer in HTML, the instance metadata in nothing at all.

use reqwest::header::HeaderMap;
use roxmltree::Document;

use super::plain::sanitised;

/// An error answer, sanitised. Fields are empty where the answer does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
}

/// Reads an error answer.
#[must_use]
pub fn read(headers: &HeaderMap, body: &[u8]) -> Refusal {
    let text = String::from_utf8_lossy(body);
    let mut found = from_xml(&text).or_else(|| from_json(headers, &text)).unwrap_or_default();
    found.request_id = found.request_id.or_else(|| request_id(headers));
    found
}

/// The request id AWS puts in a header.
#[must_use]
pub fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-amzn-requestid").or_else(|| headers.get("x-amz-request-id"))?;
    Some(sanitised(value.to_str().ok()?))
}

/// `<ErrorResponse><Error><Code/><Message/></Error><RequestId/></ErrorResponse>`
fn from_xml(text: &str) -> Option<Refusal> {
    let document = Document::parse(text).ok()?;
    let find = |name: &str| {
        let node = document.descendants().find(|node| node.tag_name().name() == name)?;
        node.text().map(sanitised)
    };
    let code = find("Code")?;
    Some(Refusal { code, message: find("Message").unwrap_or_default(), request_id: find("RequestId") })
}

/// `{"message": …}` with the code in `x-amzn-errortype` (up to a `:`), or in `__type` (after a `#`); OAuth's
/// `{"error": …, "error_description": …}` from OIDC.
fn from_json(headers: &HeaderMap, text: &str) -> Option<Refusal> {
    let body: serde_json::Value = serde_json::from_str(text).ok()?;
    let field = |name: &str| body.get(name).and_then(|value| value.as_str());
    let header = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let named = ["__type", "code", "Code", "error"];
    let code = header.or_else(|| named.into_iter().find_map(field));
    let code = code.unwrap_or_default().split(':').next().unwrap_or_default();
    let said = ["message", "Message", "error_description"];
    let message = said.into_iter().find_map(field).unwrap_or_default();
    Some(Refusal {
        code: sanitised(code.rsplit('#').next().unwrap_or_default()),
        message: sanitised(message),
        request_id: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes() {
        let xml = b"<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type><Code>AccessDenied</Code>\
            <Message>no\x09way</Message></Error><RequestId>r-1</RequestId></ErrorResponse>";
        let got = read(&HeaderMap::new(), xml);
        assert_eq!((got.code.as_str(), got.message.as_str()), ("AccessDenied", "no way"));
        assert_eq!(got.request_id.as_deref(), Some("r-1"));

        let json = br#"{"message":"Session token not found or invalid","__type":"com.amazonaws.switchboard.portal#UnauthorizedException"}"#;
        assert_eq!(read(&HeaderMap::new(), json).code, "UnauthorizedException");
    }

    #[test]
    fn anything_else_is_empty() {
        assert_eq!(read(&HeaderMap::new(), b"<html><body>nope"), Refusal::default());
        assert_eq!(read(&HeaderMap::new(), b"\xff\xfe"), Refusal::default());
    }
}
