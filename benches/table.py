#!/usr/bin/env python3
"""One table of what BENCHMARKS.md promises, every row measured in one run: awsprof, the SDK's loader, botocore, the AWS CLI.

usage: table.py AWSPROF EMPTY_FRAME [PARSE_BENCH] [--profiles N] [--runs N]

PARSE_BENCH is the binary `cargo bench --bench parse --no-run` names. Whole processes are run in turn, so that other
load hits all of them, and are compared by the processor time they use (user and system), which a busy machine inflates
least; the table shows median and minimum. botocore needs a Python with it, the CLI an `aws` on PATH.
"""
import argparse, os, pty, re, select, shutil, signal, statistics, subprocess, sys, tempfile, time

import keys
from startup import compare, home

FULL_CONFIG = """
import time, botocore.session
begin = time.process_time()
found = botocore.session.Session().full_config["profiles"]
print((time.process_time() - begin) * 1000)
"""


def clean(folder):
    return {"HOME": folder, "AWSPROF_HOME": f"{folder}/.awsprof", "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "AWS_EC2_METADATA_DISABLED": "true", "TERM": "xterm-256color"}


def process(command, env):
    """Milliseconds of processor time, and the peak resident set in MB."""
    child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = (usage.ru_utime + usage.ru_stime) * 1000
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}")
    return took, usage.ru_maxrss / 1024


def commands(ours, folder, profiles):
    name = f"team-{profiles // 2}"
    rows = {
        "awsprof list": [ours, "list"],
        "awsprof show": [ours, "show", name],
        "awsprof chain --no-probe": [ours, "chain", name, "--no-probe"],
        "awsprof chain --all-tools --no-probe": [ours, "chain", name, "--all-tools", "--no-probe"],
        "awsprof use": [ours, "use", name, "--yes"],
        "aws configure list-profiles": ["aws", "configure", "list-profiles"],
    }
    subcommand = shutil.which("aws") and subprocess.run(rows["aws configure list-profiles"], env=clean(folder),
                                                        capture_output=True).returncode == 0
    if not subcommand:  # AWS CLI v1 has no list-profiles
        rows.pop("aws configure list-profiles")
        rows["python: botocore available_profiles"] = [
            sys.executable, "-c", "import botocore.session; botocore.session.Session().available_profiles"]
    return rows


def in_process(bench, profiles):
    """Medians of the Rust bench's rows for this size, in ms."""
    text = subprocess.run([bench, "--bench", "--sample-count", "20"], capture_output=True, text=True).stdout
    unit, group, found = {"ns": 1e-6, "µs": 1e-3, "ms": 1, "s": 1e3}, None, {}
    for line in text.splitlines():
        if named := re.match(r"[├╰]─ (\w+)", line):
            group = named[1]
        row = re.match(r".*[├╰]─ (\d+)\s+([\d.]+) (\S+)\s*│\s*[\d.]+ \S+\s*│\s*([\d.]+) (\S+)", line)
        if row and int(row[1]) == profiles:
            found[group] = (float(row[4]) * unit[row[5]], float(row[2]) * unit[row[3]])
    return found


def botocore(env, runs):
    run = lambda: float(subprocess.run([sys.executable, "-c", FULL_CONFIG], env=env, capture_output=True, text=True).stdout)
    times = [run() for _ in range(runs)]
    return statistics.median(times), min(times)


def screen_peak(ours, folder):
    """Peak resident set of the screen, in MB, two seconds after its first frame."""
    pid, master = pty.fork()
    if pid == 0:
        os.execve(ours, [ours], clean(folder))
    end, peak = time.monotonic() + 4, "0"
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            os.read(master, 65536)
    peak = re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    os.close(master)
    return int(peak) / 1024


def spoil(folder, how):
    """Returns at every line's end, or one section that tools read differently."""
    for name in ("config", "credentials"):
        path = f"{folder}/.aws/{name}"
        text = open(path, "rb").read()
        text = {"crlf": text.replace(b"\n", b"\r\n"), "nested": text + b"[profile odd]\ns3 =\n  a = b\n"}.get(how, text)
        open(path, "wb").write(text)


def row_of_size(ours):
    print(f"| size of the binary | {os.path.getsize(ours) / 1e6:.2f} MB | | |")


def row(what, median, least, note=""):
    print(f"| {what} | {median:.1f} ms | {least:.1f} ms | {note} |", flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ours"), parser.add_argument("empty"), parser.add_argument("bench", nargs="?")
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--odd", choices=["crlf", "nested"], help="make the files odd first")
    asked = parser.parse_args()
    folder = home(asked.profiles)
    spoil(folder, asked.odd)
    env = clean(folder)
    size = sum(os.path.getsize(f"{folder}/.aws/{name}") for name in ("config", "credentials")) / 2**20
    print(f"{asked.profiles} profiles, {size:.2f} MiB in both files, {asked.runs} runs; load {os.getloadavg()[0]:.1f}\n")
    print("| what | median | minimum | |\n|---|---|---|---|")
    if asked.bench:
        found = in_process(asked.bench, asked.profiles)
        found["botocore_full_config"] = botocore(env, asked.runs)
        base = found["list"]
        for what, (median, least) in found.items():
            row(what, median, least, f"{median / base[0]:.2f} x list (minima {least / base[1]:.2f})")
    times = {}
    rows = commands(asked.ours, folder, asked.profiles)
    for _ in range(asked.runs):
        for what, command in rows.items():
            times.setdefault(what, []).append(process(command, env))
    for what, runs in times.items():
        took = [ms for ms, _ in runs]
        row(f"`{what}`", statistics.median(took), min(took), f"peak {max(mb for _, mb in runs):.1f} MB")
    for profiles in (10, asked.profiles):
        found = compare(asked.ours, asked.empty, profiles, 15)
        (ours, least), (empty, empty_least) = found["awsprof"], found["empty"]
        small = home(profiles)
        note = f"{ours / empty:.2f} x the empty frame (minima {least / empty_least:.2f}), screen peak {screen_peak(asked.ours, small):.1f} MB"
        row(f"first complete frame, {profiles} profiles", ours, least, note)
        shutil.rmtree(small)
    shutil.rmtree(folder)
    for what, count, half, most in keys.rows(asked.ours, asked.profiles, 200):
        row(f"{what}, p50", half, half, f"p99 {most:.2f} ms of {count}")
    row_of_size(asked.ours)


main()
