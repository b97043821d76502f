#!/usr/bin/env python3
"""Times the replay of a long journal against `jq -c .` on the same file.

usage: replay.py WENZHAI [LINES] [RUNS]

Writes a journal of LINES (200,000) actions of one machine into a temporary home: verdicts on new and old papers,
sweeps of several papers, undo and redo. Then runs `wenzhai journal status`, which reads and replays it, and jq in
turn, RUNS (11) times, and prints the median and the range of the ratios.
"""
import json, os, random, statistics, subprocess, sys, tempfile, time

wenzhai = os.path.abspath(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 11
draw = random.Random(7)


def paper(n):
    return {"arxiv": f"25{n % 12 + 1:02}.{n:05}", "key": f"onthelengthoftitlesofpapersaboutreaders{n}"}


def line(n):
    stamp = {"v": 1, "n": n, "t": 1740000000000 + n * 900, "w": 1740000000000 + n * 900}
    kind = draw.random()
    if n > 1 and kind < 0.05:
        return {**stamp, ("undo" if kind < 0.03 else "redo"): n - 1}
    papers = [draw.randrange(90_000) for _ in range(12 if kind > 0.97 else 1)]
    verdict = draw.choice(["dismissed", "dismissed", "later", "bookmarked", None])
    return {**stamp, "do": [[paper(p), "verdict", verdict] for p in papers], "say": f"dismiss {len(papers)}"}


with tempfile.TemporaryDirectory() as home:
    folder = os.path.join(home, "data/wenzhai/journal")
    os.makedirs(folder)
    os.makedirs(os.path.join(home, "state/wenzhai"))
    with open(os.path.join(home, "state/wenzhai/machine"), "w") as f:
        f.write("bench-1\n")
    path = os.path.join(folder, "bench-1.jsonl")
    with open(path, "w") as f:
        for n in range(1, count + 1):
            f.write(json.dumps(line(n), separators=(",", ":")) + "\n")
    env = dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data", XDG_STATE_HOME=f"{home}/state")

    def timed(command):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
        return time.perf_counter() - begun

    ratios = []
    for _ in range(runs):
        ours = timed([wenzhai, "journal", "status"])
        theirs = timed(["jq", "-c", ".", path])
        ratios.append(ours / theirs)
    size = os.path.getsize(path) / 1e6
    print(f"{count} lines, {size:.1f} MB: replay / jq -c . median {statistics.median(ratios):.3f} "
          f"({min(ratios):.3f}-{max(ratios):.3f}), last {ours:.2f} s / {theirs:.2f} s")
