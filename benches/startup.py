#!/usr/bin/env python3
"""Exec to first complete frame in a 120x40 pty, as a ratio to a ratatui program that draws one empty frame.

usage: startup.py AWSPROF EMPTY_FRAME [--runs N] [--profiles N,N,...]

Both are run in turn, so that whatever else the machine does hits both. The clock starts in the child, right before
`execve` (a fork of Python would flatter the ratio). Both draw inside a synchronized update, and a frame is complete
when the end of it (CSI ? 2026 l) has arrived; for awsprof it is the first such frame that shows a profile.
"""
import argparse, fcntl, os, pty, select, shutil, signal, statistics, struct, sys, tempfile, termios, time

END = b"\x1b[?2026l"


def home(profiles):
    path = tempfile.mkdtemp(prefix="awsprof-bench-")
    os.mkdir(f"{path}/.aws")
    with open(f"{path}/.aws/config", "w") as config, open(f"{path}/.aws/credentials", "w") as credentials:
        for i in range(profiles):
            config.write(f"[profile team-{i}]\nregion = eu-west-1\noutput = json\n"
                         f"mfa_serial = arn:aws:iam::{i:012}:mfa/alice\n\n")
            credentials.write(f"[team-{i}]\naws_access_key_id = AKIA{i:016}\naws_secret_access_key = {i:040}\n\n")
    return path


def first_frame(program, env, wanted):
    """Milliseconds from exec to the end of the first frame that holds `wanted`."""
    started, start = os.pipe()
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.write(start, struct.pack("d", time.perf_counter()))
        os.execve(program, [program], env)
    begin = struct.unpack("d", os.read(started, 8))[0]
    os.close(started), os.close(start)
    seen, took = b"", None
    try:
        while time.perf_counter() - begin < 10 and select.select([master], [], [], 10)[0]:
            try:
                seen += os.read(master, 65536)
            except OSError:
                break
            if wanted in seen and END in seen[seen.find(wanted):]:
                took = (time.perf_counter() - begin) * 1000
                break
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(master)
    return took or sys.exit(f"{program}: no complete frame in 10 s; it wrote {seen[-300:]!r}")


def compare(ours, empty, profiles, runs):
    folder = home(profiles)
    env = {"HOME": folder, "AWSPROF_HOME": f"{folder}/.awsprof", "TERM": "xterm-256color", "LANG": "C.UTF-8",
           "AWS_EC2_METADATA_DISABLED": "true", "PATH": os.environ["PATH"]}
    programs = {"awsprof": (ours, b"team-0"), "empty": (empty, b"\x1b[?2026h")}
    times = {name: [] for name in programs}
    try:
        for run in range(runs + 1):
            for name, (program, wanted) in programs.items():
                took = first_frame(program, env, wanted)
                if run:  # the first one warms the page cache
                    times[name].append(took)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {name: (statistics.median(took), min(took)) for name, took in times.items()}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ours"), parser.add_argument("empty")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--profiles", default="10")
    asked = parser.parse_args()
    for profiles in map(int, asked.profiles.split(",")):
        found = compare(asked.ours, asked.empty, profiles, asked.runs)
        (ours, ours_best), (empty, empty_best) = found["awsprof"], found["empty"]
        print(f"first complete frame, {profiles:6} profiles, {asked.runs} runs: median awsprof {ours:6.2f} ms, "
              f"empty {empty:5.2f} ms, ratio {ours / empty:5.2f}; "
              f"minimum {ours_best:6.2f}, {empty_best:5.2f}, {ours_best / empty_best:5.2f}", flush=True)


if __name__ == "__main__":
    main()
