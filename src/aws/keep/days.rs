//! Two days, simulated: a laptop that sleeps, a clock that is wrong for a while, a network that is out, an AWS that
//! throttles. The keeper is driven exactly as the loop drives it: do what is due, then sleep until the next moment.

use jiff::{SignedDuration, Timestamp};

use super::{Fault, Keeper, Rules};
use crate::aws::overview::{Overview, Renewal, SessionRow};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// The days in which Europe's clocks go forward (29 March 2026, 01:00 UTC): nothing here may notice.
const START: &str = "2026-03-28T08:00:00Z";

/// What the world is like between two moments, in minutes from the start.
struct Weather {
    asleep: Vec<(i64, i64)>,
    unreachable: Vec<(i64, i64)>,
    throttled: Vec<(i64, i64)>,
    /// The clock shows an hour too little.
    slow: Vec<(i64, i64)>,
}

struct World {
    weather: Weather,
    start: Timestamp,
    /// By AWS's clock, which is right.
    now: Timestamp,
    keeper: Keeper,
    mfa: Timestamp,
    role: Timestamp,
    requests: u32,
    wakes: u32,
    /// From when to when a session was over, with its name.
    gaps: Vec<(&'static str, Timestamp, Timestamp)>,
}

impl World {
    fn new(seed: u64, weather: Weather) -> Self {
        let start: Timestamp = START.parse().unwrap();
        let keeper = Keeper::new(Rules { seed, ..Rules::default() });
        let (mfa, role) = (start + HOUR * 12, start + HOUR);
        let (requests, wakes, gaps) = (0, 0, Vec::new());
        Self { weather, start, now: start, keeper, mfa, role, requests, wakes, gaps }
    }

    fn minutes(&self, at: Timestamp) -> i64 {
        at.duration_since(self.start).as_mins()
    }

    fn within(&self, spans: &[(i64, i64)], at: Timestamp) -> bool {
        spans.iter().any(|(from, to)| (*from..*to).contains(&self.minutes(at)))
    }

    /// What the clock of the laptop shows.
    fn shown(&self, at: Timestamp) -> Timestamp {
        if self.within(&self.weather.slow, at) { at - HOUR } else { at }
    }

    fn look(&mut self) {
        let session = |profile: &str, end, lifetime, renewal, code_from| SessionRow {
            profile: profile.to_owned(),
            of: None,
            expires_at: Some(end),
            lifetime,
            access_key_tail: String::new(),
            riders: Vec::new(),
            renewal,
            ours: true,
            code_from,
            used: true,
        };
        let rides = Renewal::Rides { on: "work-mfa".to_owned() };
        let sessions = vec![
            session("work-mfa", self.mfa, HOUR * 12, Renewal::Code { serial: None }, Some("keyring")),
            session("admin", self.role, HOUR, rides, None),
        ];
        let shown = self.shown(self.now);
        self.keeper.see(&Overview { sessions, ..Overview::default() }, shown);
    }

    /// One renewal, two seconds long: what AWS would say.
    fn renew(&mut self, profile: &str) {
        self.now += SignedDuration::from_secs(2);
        let off = self.now.duration_since(self.shown(self.now));
        let shown = self.shown(self.now);
        let unreachable = self.within(&self.weather.unreachable, self.now);
        // A name that cannot be looked up is no request; a throttled one is three.
        self.requests += match (unreachable, self.within(&self.weather.throttled, self.now)) {
            (true, _) => 0,
            (_, true) => 3,
            _ => 1 + u32::from(!off.is_zero()),
        };
        if unreachable || self.within(&self.weather.throttled, self.now) {
            self.keeper.failed(profile, Fault::Passing, "later", shown);
            return;
        }
        let (name, end, lifetime) = match profile {
            "admin" if self.mfa <= self.now => {
                self.keeper.failed(profile, Fault::Local, "no source", shown);
                return;
            }
            "admin" => ("admin", &mut self.role, HOUR),
            _ => ("work-mfa", &mut self.mfa, HOUR * 12),
        };
        if *end < self.now {
            self.gaps.push((name, *end, self.now));
        }
        *end = self.now + lifetime;
        self.keeper.renewed(profile, off, shown);
        self.look();
    }

    /// Sleeps until the plan's next moment, or until the world wakes it: the lid, the clock.
    fn sleep(&mut self) {
        let shown = self.shown(self.now);
        // The other session may have come due while this one was renewed.
        let next = self.keeper.next(shown, &[]).unwrap().max(shown);
        let planned = self.now + next.duration_since(shown);
        let at = |minute: i64| self.start + SignedDuration::from_mins(minute);
        let edges = self.weather.slow.iter().flat_map(|(from, to)| [*from, *to]).map(at);
        let woken = edges.filter(|edge| *edge > self.now).chain([planned]).min().unwrap();
        let lid = self.weather.asleep.iter().find(|(from, to)| at(*from) <= woken && woken < at(*to));
        let (before, was) = (self.now, shown);
        self.now = lid.map_or(woken, |(_, to)| at(*to));
        let elapsed = self.now.duration_since(before);
        let back = elapsed - self.shown(self.now).duration_since(was);
        if back.is_positive() {
            self.keeper.set_back(back);
        }
    }

    fn run(&mut self, days: i64) {
        self.look();
        while self.minutes(self.now) < days * 24 * 60 {
            self.wakes += 1;
            let (due, before) = (self.keeper.due(self.shown(self.now), &[]), self.now);
            for step in &due {
                assert!(step.renews(), "{step:?}");
                self.renew(&step.profile);
            }
            self.sleep();
            assert!(self.now > before, "a busy loop at minute {}", self.minutes(before));
        }
    }
}

fn weather() -> Weather {
    Weather {
        // Eight hours each night, and a lunch.
        asleep: vec![(4 * 60, 5 * 60), (14 * 60, 22 * 60), (38 * 60, 46 * 60)],
        unreachable: vec![(2 * 60, 3 * 60), (22 * 60, 22 * 60 + 1)],
        throttled: vec![(30 * 60, 31 * 60)],
        slow: vec![(8 * 60, 13 * 60)],
    }
}

/// The lengths of the hours in which nothing could have been done, around a moment.
fn excuse(world: &World, from: Timestamp, to: Timestamp) -> i64 {
    let Weather { asleep, unreachable, throttled, .. } = &world.weather;
    let (from, to) = (world.minutes(from), world.minutes(to));
    let overlaps = |span: &&(i64, i64)| span.0 <= to && span.1 >= from;
    let all = asleep.iter().chain(unreachable).chain(throttled);
    all.filter(overlaps).map(|(from, to)| to - from).sum()
}

#[test]
fn two_days_without_a_gap_of_its_own() {
    for seed in 0..300 {
        let mut world = World::new(seed, weather());
        world.run(2);
        for (name, from, to) in &world.gaps {
            let (gap, excuse) = (to.duration_since(*from).as_secs(), excuse(&world, *from, *to) * 60);
            assert!(gap <= excuse, "{seed}: {name} was over for {gap} s at {from}, excused {excuse} s");
        }
        // 31 hours awake: a role an hour long wants some 47 renewals, the hour of throttling takes three each try.
        assert!((50..220).contains(&world.requests), "{seed}: {} requests", world.requests);
        assert!(world.wakes < 200, "{seed}: woken {} times", world.wakes);
    }
}

#[test]
fn a_quiet_day_has_nothing_to_excuse() {
    let quiet = Weather { asleep: vec![], unreachable: vec![], throttled: vec![], slow: vec![] };
    let mut world = World::new(7, quiet);
    world.run(2);
    assert!(world.gaps.is_empty(), "{:?}", world.gaps);
    assert!(world.requests <= 2 * 24 * 60 / 38 + 5, "{} requests", world.requests);
    assert!(world.wakes <= world.requests + 1, "woken {} times for {} requests", world.wakes, world.requests);
}

/// A week offline: tries never stop and never crowd.
#[test]
fn a_week_offline_is_waited_out() {
    let away = Weather { asleep: vec![], unreachable: vec![(0, 7 * 1440)], throttled: vec![], slow: vec![] };
    let mut world = World::new(1, away);
    world.run(7);
    assert_eq!(world.requests, 0);
    let tries = 7 * 1440 * 2 * 60 / 150;
    assert!(i64::from(world.wakes) < tries, "{} wakes", world.wakes);
    let next = world.keeper.next(world.shown(world.now), &[]).unwrap();
    assert!(next.duration_since(world.now) <= SignedDuration::from_mins(5));
}
