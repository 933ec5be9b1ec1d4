#!/usr/bin/env python3
"""The fast path: `awsprof export P --format process` and `awsprof prompt` with a fresh session, beside an empty program
that reads the same two files and beside the AWS CLI reading one value of them.

usage: export.py AWSPROF READ_TWO_FILES [--profiles N,N] [--runs N] [--aws PATH]

All run in turn, so that other load hits all of them; from `posix_spawn` to the end of the process, stdout to a pipe
that is read. The CLI (`aws configure export-credentials` where it has it, `aws configure get` on version 1) is run
less often: it takes a second. With strace on PATH it also counts what the fast path must not do: sockets, threads, and
processes.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

FUTURE = "2099-01-01T00:00:00Z"


def home(profiles):
    path = tempfile.mkdtemp(prefix="awsprof-bench-")
    os.mkdir(f"{path}/.aws")
    with open(f"{path}/.aws/config", "w") as config, open(f"{path}/.aws/credentials", "w") as credentials:
        for i in range(profiles):
            config.write(f"[profile team-{i}]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::{i:012}:mfa/alice\n\n")
            credentials.write(f"[team-{i}]\naws_access_key_id = AKIA{i:016}\naws_secret_access_key = {i:040}\n\n")
            if i % 2 == 0:
                credentials.write(f"[team-{i}-mfa]\naws_access_key_id = ASIA{i:016}\naws_secret_access_key = {i:040}\n"
                                  f"aws_session_token = {'t' * 400}\nx_security_token_expires = {FUTURE}\n\n")
    return path


def clean(folder):
    return {"HOME": folder, "AWSPROF_HOME": f"{folder}/.awsprof", "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "AWS_EC2_METADATA_DISABLED": "true"}


def took(command, env):
    begin = time.perf_counter()
    child = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ms = (time.perf_counter() - begin) * 1000
    if child.returncode or not child.stdout:
        sys.exit(f"{command} ended with {child.returncode}: {child.stderr.decode()}")
    return ms


def aws_command(aws, name, env):
    export = [aws, "configure", "export-credentials", "--profile", f"{name}-mfa"]
    if subprocess.run(export, env=env, capture_output=True).returncode == 0:
        return export
    return [aws, "configure", "get", "aws_access_key_id", "--profile", f"{name}-mfa"]


def measure(commands, env, runs):
    times = {what: [] for what, _, _ in commands}
    for run in range(runs + 1):
        for what, command, every in commands:
            if run % every == 0:
                ms = took(command, env)
                if run:  # the first one warms the page cache
                    times[what].append(ms)
    return {what: (statistics.median(all), min(all)) for what, all in times.items()}


def forbidden(command, env):
    """System calls the fast path must not make, by strace."""
    if not shutil.which("strace"):
        return "strace is not there"
    calls = "socket,connect,clone,clone3,fork,vfork,epoll_create1,eventfd2,execve"
    traced = subprocess.run(["strace", "-f", "-qq", "-e", f"trace={calls}", *command], env=env, capture_output=True, text=True)
    made = [line.split("(")[0].split()[-1] for line in traced.stderr.splitlines() if "(" in line]
    made.remove("execve") if "execve" in made else None
    return "no socket, thread or child" if not made else f"IT CALLS {sorted(set(made))}"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ours"), parser.add_argument("empty")
    parser.add_argument("--profiles", default="10,1000")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--aws", default=shutil.which("aws"))
    asked = parser.parse_args()
    for profiles in map(int, asked.profiles.split(",")):
        folder, name = home(profiles), f"team-{profiles // 2 // 2 * 2}"
        env = clean(folder)
        export = [asked.ours, "export", name, "--format", "process"]
        commands = [("awsprof export", export, 1), ("reads the two files", [asked.empty], 1),
                    ("awsprof prompt", [asked.ours, "prompt"], 1)]
        env["AWS_PROFILE"] = name
        if asked.aws:
            commands.append(("aws", aws_command(asked.aws, name, env), max(1, asked.runs // 5)))
        found = measure(commands, env, asked.runs)
        (ours, ours_best), (empty, empty_best) = found["awsprof export"], found["reads the two files"]
        print(f"{profiles:6} profiles, {asked.runs} runs: export {ours:.2f} ms, empty {empty:.2f} ms, "
              f"ratio {ours / empty:.2f} (minima {ours_best:.2f}, {empty_best:.2f}, {ours_best / empty_best:.2f}); "
              f"prompt {found['awsprof prompt'][0]:.2f} ms (minimum {found['awsprof prompt'][1]:.2f}); {forbidden(export, env)}")
        if asked.aws:
            aws, best = found["aws"]
            what = " ".join(commands[-1][1][1:3])
            print(f"        `aws {what}` {aws:.0f} ms: {aws / ours:.0f} times as long (minima {best / ours_best:.0f})", flush=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
