# The daily commands. `just` alone lists them; each is also readable as what to type.

# lists the commands
default:
    @just --list

# what to run before a commit: format, lints, tests
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test

# the screen on a throw-away home and the embedded AWS
demo:
    cargo run --release -- demo

# the tests that need the AWS CLI, boto3, moto, tmux and a keyring: install those first as .ci/run does
outside:
    cargo test --test it -- --ignored --test-threads=2 --skip panics_in_the_screen --skip look_at_every_state

# draw the pictures of the README and of the snapshot tests anew
pictures:
    SNAPSHOTS=overwrite cargo test --test it pictures_are

# what is printed from tables in the code: README's keys and settings, docs/keys.md, man pages, completions
generated:
    SNAPSHOTS=overwrite cargo test --test it generated

# the document under a fuzzer, for a minute
fuzz:
    cargo +nightly fuzz run document --features libfuzzer -- -max_total_time=60

# one table of measurements (quiet machine; see BENCHMARKS.md)
bench:
    cargo build --release --bin awsprof --examples
    cargo bench --bench parse --no-run
    python3 benches/startup.py target/release/awsprof target/release/examples/empty_frame --profiles 10,1000,10000

# licences and duplicate crates
deny:
    cargo deny check licenses bans sources

# a Debian package in target/debian
deb:
    cargo deb

# everything CI runs
ci:
    bash .ci/run
