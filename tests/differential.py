#!/usr/bin/env python3
"""boto3 and AWS CLI v1 against awsprof, over generated environments and file pairs.

usage: differential.py AWSPROF CASES SEED

The real tools run in this process, each case with its own environment and home; awsprof answers with --no-probe, so
nothing is asked of any network. Compared: the link that wins or waits, its key id, the region, and errors by their class.
Exits 1 with every case that differs.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

import awscli.clidriver
import boto3

AWSPROF, CASES, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
LINK = {
    "assume-role-with-web-identity": "web-identity", "shared-credentials-file": "credentials-file",
    "custom-process": "credential-process", "ec2-credentials-file": "ec2-credential-file", "container-role": "container",
}
STATIC = {"env", "shared-credentials-file", "config-file", "custom-process", "ec2-credentials-file", "boto-config"}
NAMES = ["default", "dev", "base", "my prof", "DEFAULT", "ghost", "a.b"]
PROCESS = """/bin/echo '{"Version":1,"AccessKeyId":"AKIDPROC","SecretAccessKey":"s"}'"""

rng = random.Random(SEED)
chance = lambda share: rng.random() < share
pick = rng.choice


def entries(in_credentials):
    """The keys of one section, oddly written now and then."""
    lines = []

    def add(share, key, *values):
        if not chance(share):
            return
        delimiter = pick([" = ", "=", " =", ": ", ":", " : "]) if chance(0.3) else " = "
        indent = pick(["", "", "", " ", "  "]) if chance(0.15) else ""
        name = key.upper() if chance(0.05) else key
        comment = pick([" # c", " ; c", "#x"]) if chance(0.05) and key != "credential_process" else ""
        lines.append(f"{indent}{name}{delimiter}{pick(values)}{comment}")
        if chance(0.03):
            lines.append("   more")
        if chance(0.05):
            lines.append(pick(["", "# note", "  ; note", "   "]))

    keys = 0.97 if chance(0.6 if in_credentials else 0.15) else 0.02
    add(keys, "aws_access_key_id", f"AKID{'C' if in_credentials else 'F'}{rng.randint(0, 99)}")
    add(keys, "aws_secret_access_key", "s")
    add(0.2, pick(["aws_session_token", "aws_security_token"]), "tok", "", "x y")
    add(0.05, "aws_account_id", "111122223333")
    if not in_credentials or chance(0.15):
        add(0.5, "region", "us-west-1", "eu-west-1", "")
        role = 0.9 if chance(0.25) else 0.02
        add(role, "role_arn", f"arn:aws:iam::1:role/r{rng.randint(0, 2)}")
        add(role, "source_profile", *NAMES[:5])
        add(0.06, "credential_source", "Environment", "EcsContainer", "Ec2InstanceMetadata", "environment", "Nope")
        add(0.08, "web_identity_token_file", "/nonexistent", "")
        add(0.1, "credential_process", PROCESS)
        add(0.07, "sso_account_id", "1")
        add(0.07, "sso_role_name", "r")
        add(0.08, "sso_start_url", "https://x")
        add(0.08, "sso_region", "us-east-1")
        add(0.08, "sso_session", "s1", "s2")
        if chance(0.1):
            lines.extend(["s3 =", "  region = nested"])
        if chance(0.003):
            lines.append("junk")
    return lines


def header(in_credentials, name):
    if in_credentials:
        text = f"profile {name}" if chance(0.03) else name
    elif name == "default":
        text = pick(["default", "default", "profile default", 'profile "default"'])
    elif chance(0.4):
        text = pick([f"profile {name}", f'profile "{name}"', f"profile '{name}'", f"profile  {name}", f"profile\t{name}", name])
    else:
        text = f'profile "{name}"' if " " in name else f"profile {name}"
    return f"[{text}]" + (pick([" # c", " ; x [y]", " tail"]) if chance(0.04) else "")


def document(in_credentials, seen):
    """One file's bytes, or None where there is to be no file."""
    if chance(0.1):
        return None
    names = rng.sample(NAMES[:5], rng.randint(1, 4))
    seen.extend(names)
    if chance(0.03):
        names.append(names[0])
    lines = ["early = 1"] if chance(0.02) else []
    for name in names:
        lines += [header(in_credentials, name), *entries(in_credentials)]
        if chance(0.5):
            lines.append("")
    if not in_credentials and chance(0.3):
        lines += ["[sso-session s1]", "sso_start_url = https://x", "sso_region = " + pick(["us-east-1", "eu-west-1"])]
    newline = pick(["\n", "\n", "\n", "\r\n"])
    text = newline.join(lines) + (newline if chance(0.8) else "")
    return (("\ufeff" if chance(0.01) else "") + text).encode() + (b"# \xff\n" if chance(0.01) else b"")


def environment(home, seen):
    env = {"HOME": home, "PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true", "LANG": "C.UTF-8"}
    choices = [
        (0.25, "AWS_ACCESS_KEY_ID", ["AKIDENV", "", " "]), (0.3, "AWS_SECRET_ACCESS_KEY", ["s", "s", ""]),
        (0.1, "AWS_SESSION_TOKEN", ["t", ""]), (0.05, "AWS_SECURITY_TOKEN", ["old"]),
        (0.4, "AWS_PROFILE", seen or NAMES), (0.02, "AWS_PROFILE", ["ghost", ""]),
        (0.15, "AWS_DEFAULT_PROFILE", seen or NAMES),
        (0.15, "AWS_REGION", ["ap-south-1", ""]), (0.15, "AWS_DEFAULT_REGION", ["sa-east-1", ""]),
        (0.06, "AWS_WEB_IDENTITY_TOKEN_FILE", ["/nonexistent", ""]), (0.06, "AWS_ROLE_ARN", ["arn:aws:iam::1:role/w"]),
        (0.04, "AWS_CREDENTIAL_FILE", ["/nonexistent", "~/ec2", ""]), (0.04, "BOTO_CONFIG", ["~/.boto", "/nonexistent", ""]),
        (0.05, "AWS_CONFIG_FILE", ["~/.aws/config", "$HOME/.aws/credentials", "", "/nonexistent", "~"]),
        (0.05, "AWS_SHARED_CREDENTIALS_FILE", ["~/.aws/config", "${HOME}/.aws/credentials", "", "/nonexistent"]),
        (0.03, "AWS_CREDENTIAL_EXPIRATION", ["2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "junk"]),
    ]
    env.update((name, pick(values)) for share, name, values in choices if chance(share))
    return env


def session_of(tool, profile):
    """The tool's own botocore session."""
    if tool == "boto3":
        return boto3.session.Session(profile_name=profile)._session
    session = awscli.clidriver.create_clidriver().session
    if profile:
        session.set_config_variable("profile", profile)
    return session


def real(tool, env, profile):
    """What the tool does: its link, key id and region, or its error's class."""
    os.environ.clear()
    os.environ.update(env)
    try:
        session = session_of(tool, profile)
        credentials = session.get_credentials()
        if tool == "aws-cli-v1":  # It makes a client before it signs anything, and that looks at the sso-session.
            session.get_auth_token()
        method = credentials.method if credentials else "none"
        known = credentials and method in STATIC
        return {
            "end": LINK.get(method, method),
            "key": credentials.get_frozen_credentials().access_key if known else None,
            "region": session.get_config_variable("region") or None,
        }
    except Exception as error:
        return {"end": "error", "error": f"{type(error).__name__}: {error}"}


def ours(tool, traces):
    trace = next(trace for trace in traces if trace["tool"] == tool)
    # What the CLI says when it is to sign a request with nothing is no error of looking for credentials.
    if (trace["error"] or "").startswith("Unable to locate credentials"):
        trace["error"] = None
    won = next((link for link in trace["links"] if link["verdict"] == "won"), {})
    return {
        "end": "error" if trace["error"] else trace["winner"] or trace["would_ask"] or "none",
        "error": trace["error"], "key": won.get("access_key_id"), "region": (trace["region"] or {}).get("value") or None,
        "failed": [link["link"] for link in trace["links"] if link["verdict"] in ("failed", "expired")],
    }


def agree(want, got):
    # A session is fetched when it is used: what fails only then is an error here, and not yet there.
    if got["end"] == "error" and want["end"] in ("assume-role", "web-identity", "sso"):
        return want["end"] in got["failed"]
    # A process is not run here, so what comes after it is not reached; without any keys we name the keys first.
    if "SSO token provider" in (want.get("error") or "") and got["end"] in ("credential-process", "none"):
        return True
    if (got["error"] or "").startswith("An HTTP Client raised"):
        return want["end"] in got["failed"]
    if want["end"] != got["end"]:
        return False
    if want["end"] == "error":
        return True
    if want["region"] != got["region"]:
        return False
    return got["end"] == "credential-process" or want["key"] is None or want["key"] == got["key"]


def main():
    wrong, ends = [], {}
    path = os.environ["PATH"]
    for case in range(CASES):
        os.environ["PATH"] = path
        with tempfile.TemporaryDirectory(prefix="awsprof-differential-") as home:
            os.mkdir(f"{home}/.aws")
            seen = []
            files = {"config": document(False, seen), "credentials": document(True, seen)}
            if chance(0.5):
                files["../ec2"] = b"AWSAccessKeyId=AKIDEC2\nAWSSecretKey=s\n"
            if chance(0.3):
                files["../.boto"] = b"[Credentials]\naws_access_key_id = AKIDBOTO\naws_secret_access_key = s\n"
            for name, content in files.items():
                if content is not None:
                    with open(f"{home}/.aws/{name}", "wb") as file:
                        file.write(content)
            env = environment(home, seen)
            profile = pick(seen or NAMES) if chance(0.25) else None
            command = [AWSPROF, "chain", *([profile] if profile else []), "--all-tools", "--json", "--no-probe"]
            answer = subprocess.run(command, env={**env, "AWSPROF_HOME": f"{home}/own"}, cwd=home, capture_output=True)
            traces = json.loads(answer.stdout)
            for tool in ("boto3", "aws-cli-v1"):
                want, got = real(tool, env, profile), ours(tool, traces)
                ends[want["end"]] = ends.get(want["end"], 0) + 1
                if not agree(want, got):
                    wrong.append(f"--- {case} {tool} {profile}\nthere {want}\nhere  {got}\n{env}\n{files}")
    print("\n".join(wrong))
    print(f"{CASES} cases, {len(wrong)} differ; what the tools did: {ends}")
    sys.exit(1 if wrong else 0)


main()
