//! A form body, `Action=…&Version=…`, in memory that is zeroed when the last user lets go of it.

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::zeroize::Zeroizing;

/// RFC 3986's unreserved characters stay, as SigV4 wants it in a query too.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The pairs, encoded. Grown once to the longest they can get, so that no copy is left behind by growing.
#[must_use]
pub fn encode(pairs: &[(&str, &str)]) -> Bytes {
    let longest = pairs.iter().map(|(key, value)| 3 * (key.len() + value.len()) + 2).sum();
    let mut out = Zeroizing::new(Vec::with_capacity(longest));
    for (index, (key, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        push(&mut out, key);
        out.push(b'=');
        push(&mut out, value);
    }
    Bytes::from_owner(out)
}

fn push(out: &mut Vec<u8>, text: &str) {
    utf8_percent_encode(text, RESERVED).for_each(|piece| out.extend_from_slice(piece.as_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_what_a_form_must() {
        let body = encode(&[("RoleArn", "arn:aws:iam::1:role/a b"), ("X", "+=,.@-ä")]);
        assert_eq!(&body[..], b"RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa%20b&X=%2B%3D%2C.%40-%C3%A4");
    }
}
