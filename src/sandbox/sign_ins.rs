//! Sign-ins at Identity Center under way: clients that were registered, codes that wait for a person.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// Seconds a device code may be confirmed.
pub const DEVICE_LIVES: u32 = 600;
/// Seconds between two questions.
pub const INTERVAL: u32 = 1;

/// What the person at the browser does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Person {
    /// Only what they are asked to on the page.
    #[default]
    Asked,
    /// Confirms a device code by themselves once it was asked about that often.
    Confirms { after: u32 },
    /// Says no to everything.
    Declines,
}

/// Everything under way.
#[derive(Debug, Default)]
pub struct SignIns {
    pub person: Person,
    /// Client id to secret.
    pub clients: BTreeMap<String, String>,
    devices: BTreeMap<String, Device>,
    codes: BTreeMap<String, Code>,
    /// How often the next questions are answered with `slow_down`, whatever their pace.
    pub slow_downs: u32,
}

#[derive(Debug)]
struct Device {
    client: String,
    user_code: String,
    expires_at: Timestamp,
    asked: u32,
    /// The next question may not come before this.
    due: Timestamp,
    /// What the person said.
    verdict: Option<bool>,
}

/// A code that the browser carries.
#[derive(Clone, Debug)]
pub struct Code {
    pub client: String,
    pub challenge: String,
    pub redirect: String,
}

/// What a question about a device code comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Confirmed,
    Pending,
    SlowDown,
    Expired,
    Denied,
    Unknown,
}

impl SignIns {
    /// A device code begins to wait.
    pub fn wait(&mut self, device_code: &str, user_code: &str, client: &str, now: Timestamp) {
        let device = Device {
            client: client.to_owned(),
            user_code: user_code.to_owned(),
            expires_at: now + SignedDuration::from_secs(DEVICE_LIVES.into()),
            asked: 0,
            due: now,
            verdict: None,
        };
        self.devices.insert(device_code.to_owned(), device);
    }

    /// Whether a user code waits.
    #[must_use]
    pub fn waits(&self, user_code: &str) -> bool {
        self.devices.values().any(|device| device.user_code == user_code)
    }

    /// The person's word about a user code.
    pub fn say(&mut self, user_code: &str, yes: bool) {
        for device in self.devices.values_mut().filter(|device| device.user_code == user_code) {
            device.verdict = Some(yes);
        }
    }

    /// A client asks about its device code. One that was confirmed is used up.
    pub fn ask(&mut self, device_code: &str, client: &str, now: Timestamp) -> Verdict {
        let person = self.person;
        let Some(device) = self.devices.get_mut(device_code).filter(|device| device.client == client) else {
            return Verdict::Unknown;
        };
        device.asked += 1;
        match person {
            Person::Confirms { after } if device.asked >= after => device.verdict = Some(true),
            Person::Declines => device.verdict = Some(false),
            _ => {}
        }
        if now >= device.expires_at {
            return Verdict::Expired;
        }
        let hurried = now < device.due;
        device.due = now + SignedDuration::from_secs(INTERVAL.into()) - SignedDuration::from_millis(100);
        if self.slow_downs > 0 {
            self.slow_downs -= 1;
            return Verdict::SlowDown;
        }
        match device.verdict {
            _ if hurried => Verdict::SlowDown,
            None => Verdict::Pending,
            Some(false) => Verdict::Denied,
            Some(true) => {
                self.devices.remove(device_code);
                Verdict::Confirmed
            }
        }
    }

    /// A code for the browser to carry.
    pub fn carry(&mut self, code: &str, of: Code) {
        self.codes.insert(code.to_owned(), of);
    }

    /// The code comes back; it works once.
    pub fn bring(&mut self, code: &str) -> Option<Code> {
        self.codes.remove(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_waits_for_a_person() {
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let mut all = SignIns::default();
        all.wait("d", "ABCD-EFGH", "c", at(0));
        assert_eq!(all.ask("d", "other", at(1)), Verdict::Unknown);
        assert_eq!(all.ask("d", "c", at(1)), Verdict::Pending);
        assert_eq!(all.ask("d", "c", at(1)), Verdict::SlowDown);
        all.say("ABCD-EFGH", true);
        assert_eq!(all.ask("d", "c", at(3)), Verdict::Confirmed);
        assert_eq!(all.ask("d", "c", at(5)), Verdict::Unknown);
        all.wait("e", "X", "c", at(0));
        assert_eq!(all.ask("e", "c", at(700)), Verdict::Expired);
    }
}
