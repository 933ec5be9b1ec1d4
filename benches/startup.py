#!/usr/bin/env python3
"""Exec to first complete frame in a 120x40 pty, as a ratio to a ratatui program that draws one empty frame.

usage: startup.py AWSPROF EMPTY_FRAME [--runs N]

Both are run in turn, so that whatever else the machine does hits both. A frame is complete when the end of its
synchronized update (CSI ? 2026 l) has arrived; for awsprof it is the first such frame that shows the last profile.
"""
import fcntl, os, pty, select, shutil, signal, statistics, struct, sys, tempfile, termios, time

PROFILES = 10


def home():
    path = tempfile.mkdtemp(prefix="awsprof-bench-")
    os.mkdir(f"{path}/.aws")
    with open(f"{path}/.aws/config", "w") as config, open(f"{path}/.aws/credentials", "w") as credentials:
        for i in range(PROFILES):
            config.write(f"[profile p{i}]\nregion = eu-west-1\n\n")
            credentials.write(f"[p{i}]\naws_access_key_id = AKIAIOSFODNN7EXAM{i:03}\naws_secret_access_key = not-a-secret\n\n")
    return path


def first_frame(program, env, wanted):
    """Milliseconds from fork to the frame that holds `wanted`."""
    begin = time.perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.execve(program, [program], env)
    seen, took = b"", None
    try:
        while time.perf_counter() - begin < 10:
            if not select.select([master], [], [], 10)[0]:
                break
            try:
                seen += os.read(master, 65536)
            except OSError:
                break
            if wanted in seen and b"\x1b[?2026l" in seen[seen.find(wanted):]:
                took = (time.perf_counter() - begin) * 1000
                break
    finally:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(pid, 0)
        os.close(master)
    if took is None:
        sys.exit(f"{program}: no complete frame in 10 s; it wrote {seen[-300:]!r}")
    return took


def main():
    ours, empty = sys.argv[1:3]
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 40
    folder = home()
    env = {"HOME": folder, "AWSPROF_HOME": f"{folder}/.awsprof", "TERM": "xterm-256color", "LANG": "C.UTF-8",
           "AWS_EC2_METADATA_DISABLED": "true", "PATH": os.environ["PATH"]}
    try:
        for program, wanted in ((ours, b"p9"), (empty, b"\x1b[?2026h")):
            first_frame(program, env, wanted)  # warm the page cache
        times = {"awsprof": [], "empty": []}
        for _ in range(runs):
            times["awsprof"].append(first_frame(ours, env, b"p9"))
            times["empty"].append(first_frame(empty, env, b"\x1b[?2026h"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    a, e = (statistics.median(times[k]) for k in ("awsprof", "empty"))
    print(f"first complete frame at {PROFILES} profiles, median of {runs}: awsprof {a:.2f} ms, empty program {e:.2f} ms, ratio {a / e:.2f}")


main()
