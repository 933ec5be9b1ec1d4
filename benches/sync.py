#!/usr/bin/env python3
"""`awsprof sso sync` of many accounts against the embedded AWS: time and peak memory of the first run and of a second,
which must write nothing.

usage: sync.py AWSPROF PORTAL_EXAMPLE [--accounts N] [--roles N]

The file has a thousand profiles of somebody's own before; the part outside the block must be the same bytes after. The
embedded AWS does not throttle, so this is awsprof's own cost: on AWS the portal's pace (about 20 calls a second)
decides, one call an account.
"""
import argparse, hashlib, json, os, subprocess, sys, tempfile, time

START = "https://acme.awsapps.com/start"


def home(token):
    path = tempfile.mkdtemp(prefix="awsprof-bench-")
    os.makedirs(f"{path}/.aws/sso/cache")
    config = f"[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = {START}\n"
    config += "".join(f"\n[profile mine-{i}]\nregion = eu-west-1 # {i}\n" for i in range(1000))
    open(f"{path}/.aws/config", "w").write(config)
    open(f"{path}/.aws/credentials", "w").close()
    cached = {"startUrl": START, "region": "eu-west-1", "accessToken": token, "expiresAt": "2099-01-01T00:00:00Z"}
    name = hashlib.sha1(b"acme").hexdigest()
    json.dump(cached, open(f"{path}/.aws/sso/cache/{name}.json", "w"))
    return path, config


def run(command, env):
    begin = time.perf_counter()
    child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{command} failed")
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ours"), parser.add_argument("portal")
    parser.add_argument("--accounts", type=int, default=2000)
    parser.add_argument("--roles", type=int, default=5)
    asked = parser.parse_args()
    portal = subprocess.Popen([asked.portal, str(asked.accounts), str(asked.roles)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    url, token = portal.stdout.readline().split()
    path, before = home(token)
    env = {"HOME": path, "AWSPROF_HOME": f"{path}/.awsprof", "AWS_ENDPOINT_URL": url, "AWS_EC2_METADATA_DISABLED": "true"}
    for what in ["first run", "second run"]:
        stat = os.stat(f"{path}/.aws/config")
        took, cpu, peak = run([asked.ours, "sso", "sync", "--yes", "--quiet"], env)
        wrote = os.stat(f"{path}/.aws/config").st_ino != stat.st_ino
        print(f"{what}: {asked.accounts} accounts x {asked.roles} roles in {took:.2f} s ({cpu:.2f} s of processor time), "
              f"peak {peak:.1f} MB, {'written' if wrote else 'nothing written'}")
    after = open(f"{path}/.aws/config").read()
    found = after.count("\nsso_role_name = ")
    print(f"{found} profiles; outside the block {'the same bytes' if after.startswith(before) else 'CHANGED'}")
    portal.stdin.close()


if __name__ == "__main__":
    main()
