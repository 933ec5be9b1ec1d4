#!/usr/bin/env python3
"""Key to frame and filter keystroke to frame: the real screen in a 120x40 pty, from the write of a key to the end of the
frame that answers it.

usage: keys.py AWSPROF [--profiles N] [--keys N]

Each key is written when the screen has been quiet for a while, and timed until the end of the next synchronized update.
"""
import argparse, fcntl, os, pty, select, shutil, signal, statistics, struct, termios, time

from startup import END, home

FILTER = "team-4321\x7f\x7f\x7f\x7f99\x7f\x7f00\x7f\x7f"


def frame(master, key):
    """Milliseconds from a key to the end of the first frame after it; None if none comes within a second."""
    begin, seen = time.perf_counter(), b""
    os.write(master, key.encode())
    while select.select([master], [], [], 1)[0]:
        seen += os.read(master, 65536)
        if END in seen:
            return (time.perf_counter() - begin) * 1000
    return None


def settle(master, quiet=0.01):
    while select.select([master], [], [], quiet)[0]:
        os.read(master, 65536)


def measure(program, profiles, count):
    """Times of moving, and of typing into the filter, in ms."""
    folder = home(profiles)
    env = {"HOME": folder, "AWSPROF_HOME": f"{folder}/.awsprof", "TERM": "xterm-256color", "LANG": "C.UTF-8",
           "AWS_EC2_METADATA_DISABLED": "true"}
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.execve(program, [program], env)
    try:
        settle(master, 1.5)
        moves, typed = [], []
        for at in range(count):
            moves.append(frame(master, "jjkjGkjk"[at % 8])), settle(master)
        os.write(master, b"/"), settle(master, 0.2)
        for at in range(count):
            typed.append(frame(master, FILTER[at % len(FILTER)])), settle(master)
        return [took for took in moves if took], [took for took in typed if took]
    finally:
        os.kill(pid, signal.SIGKILL), os.waitpid(pid, 0), os.close(master)
        shutil.rmtree(folder, ignore_errors=True)


def quantile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def rows(program, profiles, count):
    for what, times in zip(("key to frame", "filter keystroke to frame"), measure(program, profiles, count)):
        yield what, len(times), quantile(times, 0.5), quantile(times, 0.99)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ours")
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=300)
    asked = parser.parse_args()
    print(f"{asked.profiles} profiles\n\n| what | times | p50 | p99 |\n|---|---|---|---|")
    for what, count, half, most in rows(asked.ours, asked.profiles, asked.keys):
        print(f"| {what} | {count} | {half:.2f} ms | {most:.2f} ms |", flush=True)


if __name__ == "__main__":
    main()
