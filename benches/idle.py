#!/usr/bin/env python3
"""What the screen does while nobody touches it: wake-ups of all its threads and bytes it writes, over N seconds.

usage: idle.py AWSPROF [--seconds N]

A wake-up is a context switch, voluntary or not, of any thread in /proc/PID/task. Four states: the demo (the embedded
AWS and the file watch run too), a home without a countdown, and a session in hours and minutes, then minutes and seconds.
"""
import argparse, datetime, fcntl, glob, os, pty, re, select, shutil, signal, struct, tempfile, termios, time

KEYS = "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n"


def session(minutes):
    end = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=minutes)
    return (f"\n[work-mfa]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n"
            f"aws_session_token = not-a-token\nx_security_token_expires = {end:%Y-%m-%dT%H:%M:%SZ}\n")


def switches(pid):
    """Context switches by thread."""
    found = {}
    for task in glob.glob(f"/proc/{pid}/task/*/status"):
        text = open(task).read()
        counts = re.findall(r"voluntary_ctxt_switches:\s+(\d+)", text)
        found[re.search(r"Name:\s+(.*)", text)[1], task] = sum(map(int, counts))
    return found


def listen(master, seconds):
    """What it writes until it has been quiet that long, or for exactly that long if it never is."""
    end, seen = time.monotonic() + seconds, b""
    while (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], left)[0]:
            seen += os.read(master, 65536)
    return seen


def idle(program, credentials, seconds):
    folder = tempfile.mkdtemp(prefix="awsprof-idle-")
    os.mkdir(f"{folder}/.aws", 0o700)
    open(f"{folder}/.aws/credentials", "w").write(credentials)
    env = {"HOME": folder, "TMPDIR": folder, "AWSPROF_HOME": f"{folder}/.awsprof", "TERM": "xterm-256color",
           "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true"}
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.execve(program[0], program, env)
    listen(master, 4)
    before = switches(pid)
    written = listen(master, seconds)
    after = switches(pid)
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    os.close(master)
    shutil.rmtree(folder)
    woken = {name: after[name, task] - before.get((name, task), 0) for name, task in after}
    return len(after), woken, written


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ours")
    parser.add_argument("--seconds", type=int, default=30)
    asked = parser.parse_args()
    print("| state | threads | wake-ups | bytes | a thread |\n|---|---|---|---|---|")
    for what, program, credentials in (
        ("demo --no-authenticator", [asked.ours, "demo", "--no-authenticator"], ""),
        ("no countdown", [asked.ours], KEYS),
        ("session ends in 3 h", [asked.ours], KEYS + session(180)),
        ("session ends in 45 min", [asked.ours], KEYS + session(45)),
    ):
        threads, woken, written = idle(program, credentials, asked.seconds)
        awake = {name: count for name, count in woken.items() if count}
        print(f"| {what}, {asked.seconds} s | {threads} | {sum(awake.values())} | {len(written)} | {awake or ''} |", flush=True)


main()
