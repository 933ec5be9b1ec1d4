//! What to do about a warning, for a person.

/// The next step for a warning's code; empty for a code nobody has advice on. Keys are named by what they do:
/// `{renew}`.
#[must_use]
pub fn advice(code: &str) -> &'static str {
    match code {
        "env-shadows-instance-profile" => {
            "unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: the machine's role is there for the job"
        }
        "env-shadows-profile" => {
            "unset the key variables, or name the profile with --profile where the tool has it"
        }
        "stale-session-token" => "unset AWS_SESSION_TOKEN: it belongs to other keys",
        "stale-security-token" => "unset AWS_SECURITY_TOKEN: every tool reads AWS_SESSION_TOKEN",
        "tools-disagree" => "compare the tools ({compare}), then keep the credentials in one place",
        "pasted-keys-over-sso" => {
            "remove the keys from the profile's section in the credentials file ({editor} goes there)"
        }
        "expired-session-blocks" => {
            "renew the session ({renew}), or remove it from the file so that the links below are tried"
        }
        "process-shadowed" => {
            "remove the keys that come first if the process is meant, or the process if it is not"
        }
        "region-unset" => "set region in the profile, or the variable that is named",
        "region-variable-ignored" => "set the variable this tool reads as well, or region in the profile",
        "profile-missing" => "correct the name, or add the profile",
        "keys-on-instance" => {
            "remove the long-term keys from this machine and let the instance's role do the work"
        }
        "partial-keys" => "add the missing half, or remove the half that is there",
        "inline-comment-in-value" => "move the comment to a line of its own",
        super::limits::CODE => "set duration_seconds in the role's profile within the limit that is named",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each code that a check names in its source has advice.
    #[test]
    fn every_warning_has_advice() {
        let source = include_str!("warn.rs");
        let quoted = source.split('"').skip(1).step_by(2);
        let code =
            |text: &&str| text.contains('-') && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let tools: Vec<&str> = super::super::tools().iter().map(|tool| tool.id).collect();
        let codes: Vec<&str> = quoted.filter(code).filter(|text| !tools.contains(text)).collect();
        assert!(codes.len() > 10, "{codes:?}");
        for code in codes.into_iter().chain([super::super::limits::CODE]) {
            assert!(!advice(code).is_empty(), "{code}");
        }
    }
}
