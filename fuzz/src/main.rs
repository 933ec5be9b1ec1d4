//! The same property without cargo-fuzz: random pieces put together and damaged, for so many seconds.
//!
//! `cargo run --release --manifest-path fuzz/Cargo.toml -- SECONDS [SEED]`. A failure prints the input as a Rust literal.

use std::time::{Duration, Instant};

const PIECES: [&[u8]; 48] = [
    b"[a]",
    b"[b]",
    b"[default]",
    b"[profile a]",
    b"[profile default]",
    b"[a-mfa]",
    b"[sso-session a]",
    b"[services s]",
    b"[profile  b] # c",
    b" [a]",
    b"[a",
    b"[]",
    b"[a b]",
    b"[b]]",
    b"[ a ]",
    b"k = v",
    b"K=w",
    b"j =",
    b" n = 1",
    b"\tn=2",
    b"s3 =",
    b"region = eu-west-1 # c",
    b"aws_session_token = x==",
    b"aws_session_token = x ; y",
    b"= v",
    b"junk",
    b"# c",
    b" # c",
    b"; c",
    b"  more",
    b"k",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r\n",
    b"\r",
    b"\n\n",
    b" ",
    b"\t",
    b"=",
    b"#",
    b"\xEF\xBB\xBF",
    b"\xff",
    b"\xc3\xa9",
    b"\0",
    b"[work]\nk = v\n",
];

/// xorshift64*: as good as the job needs.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap_or(0)
    }

    fn input(&mut self) -> Vec<u8> {
        let mut data: Vec<u8> = (0..4).map(|_| self.byte()).collect();
        for _ in 0..self.below(24) {
            data.extend_from_slice(PIECES[self.below(PIECES.len())]);
            if self.below(3) > 0 {
                data.push(b'\n');
            }
        }
        for _ in 0..self.below(8).saturating_sub(5) {
            let at = self.below(data.len());
            data[at] = self.byte();
        }
        data
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds = args.next().and_then(|text| text.parse().ok()).unwrap_or(10);
    let clock = || std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(1, |past| past.as_nanos() as u64 | 1);
    let seed = args.next().and_then(|text| text.parse().ok()).unwrap_or_else(clock);
    let mut dice = Dice(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut runs = 0_u64;
    while Instant::now() < end {
        let input = dice.input();
        if std::panic::catch_unwind(|| awsprof_fuzz::document(&input)).is_err() {
            eprintln!("seed {seed}, run {runs}: b\"{}\"", input.escape_ascii());
            std::process::exit(1);
        }
        runs += 1;
    }
    println!("{runs} documents in {seconds} s held (seed {seed})");
}
