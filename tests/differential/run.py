#!/usr/bin/env python3
"""Real tools against awsprof, over generated worlds (`cases.py`).

usage: run.py AWSPROF CASES SEED TOOL=COMMAND... [--plain] [--no-explicit] [--no-shrink] [--limit=N] [--without=WORD]

A COMMAND is an oracle: a program that reads a case a line (`{"env", "profile"}`) and writes a line with what the tool
does: `{"akid", "region", "error"}`. Everything runs in a network namespace of its own, in which a mock answers as
STS, IMDS, the container endpoint and the Identity Center portal, and says in the key id which way was taken.
Each difference is made as small as it gets before it is shown. Exits 1 with all of them.
"""
import base64
import json
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import socket

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import cases  # noqa: E402

PORT = int(os.environ.get("AWSPROF_PORT", "18998"))


def into_namespace():
    if os.environ.get("AWSPROF_NAMESPACE") != "1":
        os.environ["AWSPROF_NAMESPACE"] = "1"
        flags = ["-n"] if os.geteuid() == 0 else ["-rn"]
        os.execvp("unshare", ["unshare", *flags, sys.executable, *sys.argv])
    ip = lambda *words: subprocess.run(["ip", *words], stderr=subprocess.DEVNULL, check=False)
    ip("link", "set", "lo", "up")
    for address in ("169.254.170.2/32", "169.254.170.23/32", "169.254.169.254/32"):
        ip("addr", "add", address, "dev", "lo")


class Oracle:
    def __init__(self, tool, command):
        self.tool, self.command, self.child = tool, shlex.split(command), None

    def start(self):
        env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {"LANG": "C.UTF-8"}
        self.child = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                      env=env, text=True, bufsize=1, start_new_session=True)

    def ask(self, env, profile):
        if self.child is None:
            self.start()
        try:
            self.child.stdin.write(json.dumps({"env": env, "profile": profile}) + "\n")
        except BrokenPipeError:
            pass
        return self

    def answer(self):
        line = self.child.stdout.readline()
        # A credential_process may speak on the same stream.
        while line and not line.startswith('{"akid"'):
            line = self.child.stdout.readline()
        if not line:
            self.child = None
            return {"akid": None, "region": None, "error": "the oracle died"}
        return json.loads(line)


class World:
    """A case laid out in a home of its own."""

    def __init__(self, case):
        self.case, self.home = case, tempfile.mkdtemp(prefix="awsprof-differential-")
        for name, content in case["files"].items():
            path = os.path.join(self.home, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(self.fill(content))
        os.makedirs(f"{self.home}/.aws", exist_ok=True)
        here = f"http://127.0.0.1:{PORT}"
        own = {"HOME": self.home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "AWS_MAX_ATTEMPTS": "1",
               "AWS_METADATA_SERVICE_TIMEOUT": "1", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "1"}
        own.update({f"AWS_ENDPOINT_URL_{name}": here for name in ("STS", "SSO", "SSO_OIDC", "SIGNIN")})
        self.env = {**own, **{name: self.fill(text.encode()).decode() for name, text in case["env"].items()}}

    def fill(self, content):
        return content.replace(b"{HOME}", self.home.encode()).replace(b"{PORT}", str(PORT).encode())

    def ours(self, binary, tool=None):
        which = ["--tool", tool] if tool else ["--all-tools"]
        profile = [self.case["profile"]] if self.case["profile"] is not None else []
        done = subprocess.run([binary, "chain", *profile, *which, "--json"], env={**self.env, "AWSPROF_HOME": f"{self.home}/own"},
                              cwd=self.home, capture_output=True, timeout=60, check=False)
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            return {"": f"exit {done.returncode}: {done.stderr.decode()[:200]}"}
        return {trace["tool"]: trace for trace in (answer if isinstance(answer, list) else [answer])}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.home, ignore_errors=True)


def judge(want, trace):
    """None if they agree, else how they differ."""
    if isinstance(trace, str) or trace is None:
        return f"no trace: {trace}"
    won = next((link for link in trace["links"] if link["verdict"] == "won"), {})
    here = won.get("access_key_id")
    # The mock names a role's key after the one that signed; AWS makes none with white space, and awsprof believes none.
    if " " in (want["akid"] or "").strip():
        return None
    # Signed for a region without a name: the mock cannot tell by whom.
    if (want["akid"] or "").endswith("~anon") and here:
        want = {**want, "akid": here if here.split("~")[0] == want["akid"].split("~")[0] else want["akid"]}
    if (want["akid"] or None) != (here or None):
        return f"key {want['akid']} ({want.get('source')}; {(want['error'] or '')[:300]}), here {here} ({trace['winner']}; {trace['error']})"
    region = (trace["region"] or {}).get("value")
    # After an error most tools have no region to ask for.
    if want["error"] is None and "accepted" not in want.get("region_error", "") and (want["region"] or "").strip() != (region or "").strip():
        return f"region {want['region']}, here {region}"
    return None


def differs(case, oracle, binary):
    with World(case) as world:
        want = oracle.ask(world.env, case["profile"]).answer()
        return judge(want, world.ours(binary, oracle.tool).get(oracle.tool))


def smaller(case):
    """The same case with one thing less, all of them."""
    if case["profile"] is not None:
        yield {**case, "profile": None}
    for name in case["files"]:
        yield {**case, "files": {k: v for k, v in case["files"].items() if k != name}}
    for name in case["env"]:
        yield {**case, "env": {k: v for k, v in case["env"].items() if k != name}}
    for name in (".aws/config", ".aws/credentials"):
        if name not in case["files"]:
            continue
        lines = case["files"][name].splitlines(keepends=True)
        for size in (len(lines) // 2, len(lines) // 4, 2, 1):
            for at in range(0, len(lines), max(size, 1)):
                if size and size < len(lines):
                    yield {**case, "files": {**case["files"], name: b"".join(lines[:at] + lines[at + size:])}}


def shrunk(case, oracle, binary, still, budget=150):
    """A case that differs, made smaller until nothing can be left out."""
    found = True
    while found and budget > 0:
        found = False
        for less in smaller(case):
            budget -= 1
            why = differs(less, oracle, binary)
            if why:
                case, still, found = less, why, True
                break
            if budget <= 0:
                break
    return case, still


def shown(case):
    text = [f"  env {case['env']}", f"  profile {case['profile']!r}"]
    text += [f"  {name}: {content.decode(errors='backslashreplace')!r}" for name, content in case["files"].items()]
    return "\n".join(text)


def main():
    binary, count, seed, *rest = sys.argv[1:]
    into_namespace()
    mock = subprocess.Popen([sys.executable, f"{HERE}/mock.py", str(PORT)], stderr=subprocess.DEVNULL)
    oracles = [Oracle(*word.split("=", 1)) for word in rest if not word.startswith("--")]
    without = [word.split("=", 1)[1] for word in rest if word.startswith("--without=")]
    shrink = "--no-shrink" not in rest
    limit = int(next((word.split("=")[1] for word in rest if word.startswith("--limit=")), 12))
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", PORT), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        wrong = {oracle.tool: 0 for oracle in oracles}
        ends = {oracle.tool: {} for oracle in oracles}
        for number in range(int(count)):
            case = cases.Maker(random.Random(f"{seed}.{number}"), plain="--plain" in rest).case()
            if "--no-explicit" in rest:
                case["profile"] = None
            if any(word in content.decode(errors="replace") for word in without for content in case["files"].values()):
                continue
            with World(case) as world:
                waiting = [oracle.ask(world.env, case["profile"]) for oracle in oracles]
                ours = world.ours(binary, oracles[0].tool if len(oracles) == 1 else None)
                answers = [oracle.answer() for oracle in waiting]
            for oracle, want in zip(oracles, answers):
                end = (want["akid"] or ("error" if want["error"] else "none")).split("~")[0].rstrip("0123456789")
                ends[oracle.tool][end] = ends[oracle.tool].get(end, 0) + 1
                why = judge(want, ours.get(oracle.tool, ours.get("")))
                if why:
                    wrong[oracle.tool] += 1
                    if wrong[oracle.tool] <= limit:
                        small, why = shrunk(case, oracle, binary, why) if shrink else (case, why)
                        print(f"--- {oracle.tool} case {number}: {why}\n{shown(small)}", flush=True)
        for tool, count_wrong in wrong.items():
            print(f"{tool}: {count} cases, {count_wrong} differ; what the tool did: {dict(sorted(ends[tool].items()))}")
    finally:
        mock.kill()
        for oracle in oracles:
            if oracle.child:
                oracle.child.kill()
    sys.exit(1 if any(wrong.values()) else 0)


main()
