#!/usr/bin/env python3
"""Holds `import` and `check` to their bounds of time and memory, on made-up digests. Needs jq and two cores.

    tests/bench/import.py target/release/wenzhai [day cores large start lines check]

Every ratio is the median of pairs that ran one right after the other; CPU is user plus system time. Imports go to a
new folder each, fsyncs included. Ends with status 1 when a bound is missed.
"""
import json, os, random, shutil, statistics, subprocess, sys, tempfile, time
from pathlib import Path

sys.dont_write_bytecode = True
from first_frame import first_frame

PAIRS = 21
MB = 1_000_000
BASE = 16 * MB
ENGLISH = ("we show that small models of paper boats learn to float on still water when the curriculum is long and the wax is thin "
           "results on nine benchmarks improve by a wide margin over strong baselines without any further data").split()
CHINESE = "我们提出一种新的方法让小模型学会折纸船并在静水中漂浮实验表明打蜡可以显著延长时间且不需要额外数据本文还公开了代码与模型"
missed = []


def text(rng, words):
    return " ".join(rng.choices(ENGLISH, k=words)).capitalize() + "."


def chinese(rng, length):
    return "".join(rng.choices(CHINESE, k=length)) + "。"


def record(rng, n):
    arxiv = f"3102.{n:05}"
    ai = {"title_translation": chinese(rng, 20), "tldr": chinese(rng, 60), "motivation": chinese(rng, 80),
          "method": chinese(rng, 110), "result": chinese(rng, 90), "conclusion": chinese(rng, 60),
          "translation": chinese(rng, 400), "summary": chinese(rng, 150), "keywords": ", ".join(chinese(rng, 4) for _ in range(5)),
          "comments": chinese(rng, 120)}
    return {"id": arxiv, "title": text(rng, 11), "authors": [text(rng, 2) for _ in range(rng.randrange(1, 9))],
            "summary": "\n".join(text(rng, 12) for _ in range(16)), "comment": rng.choice([None, f"{n % 40} pages, code at https://github.com/x/y"]),
            "cate": "cs.LG", "categories": ["cs.LG", "cs.AI"], "url": f"http://arxiv.org/abs/{arxiv}v1",
            "pdf_url": f"http://arxiv.org/pdf/{arxiv}v1", "date": "2031-02-01", "updated": "2031-02-02", "AI": ai}


def write_day(path, size, seed, escaped=False):
    rng, n = random.Random(seed), 0
    with open(path, "w", encoding="utf-8") as file:
        while file.tell() < size:
            n += 1
            file.write(json.dumps(record(rng, n), ensure_ascii=escaped) + "\n")


def write_archive(root, days, categories):
    for day in range(days):
        date = time.strftime("%Y-%m-%d", time.gmtime(1_900_000_000 + day * 86400))
        (root / date).mkdir(parents=True)
        for c in range(categories):
            papers = [{"id": f"3102.{n:05}", "title": f"Paper-{n}-of-{c}", "authors": ["A B"], "abstract_en": "Boats float. " * 30} for n in range(c * 3, c * 3 + 3)]
            digest = {"schema": 1, "date": date, "category": f"C{c}", "sources": [], "notices": [], "papers": papers}
            (root / date / f"C{c}.json").write_text(json.dumps(digest))


class Run:
    """A finished child: seconds of wall time and of CPU, bytes of peak memory (this script's own at the least)."""

    def __init__(self, *command, statuses=(0,), output=subprocess.DEVNULL):
        begun = time.perf_counter()
        child = subprocess.Popen([str(c) for c in command], stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode in statuses, (command, child.returncode)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * 1024


def import_into_new(work, source, cores=None):
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    pinned = ("taskset", "-c", cores) if cores else ()
    return Run(*pinned, program, "import", source, "--into", out)


def bound(what, value, limit, at_most=True, unit=""):
    good = value <= limit if at_most else value >= limit
    print(f"  {'ok  ' if good else 'MISS'} {what}: {value:.3g}{unit} (bound: {'<=' if at_most else '>='} {limit:.3g}{unit})", flush=True)
    if not good:
        missed.append(what)


def ratios(pairs):
    walls, cpus = sorted(a.wall / b.wall for a, b in pairs), [a.cpu / b.cpu for a, b in pairs]
    ours, theirs = zip(*pairs)
    print(f"  wall {statistics.median(r.wall for r in ours) * 1e3:.1f} / {statistics.median(r.wall for r in theirs) * 1e3:.1f} ms,"
          f" ratio min {walls[0]:.3f} median {statistics.median(walls):.3f} max {walls[-1]:.3f};"
          f" CPU {statistics.median(r.cpu for r in ours) * 1e3:.1f} / {statistics.median(r.cpu for r in theirs) * 1e3:.1f} ms,"
          f" ratio {statistics.median(cpus):.3f}")
    return statistics.median(walls)


def peak(what, runs, largest, workers):
    bound(f"{what}: peak memory", max(r.peak for r in runs) / MB, (BASE + 4 * largest * workers) / MB, unit=" MB")


def day(work):
    for escaped in (False, True):
        source = work / "2031-02-03_AI_enhanced_Chinese.jsonl"
        write_day(source, 2.5 * MB, 1, escaped)
        print(f"one day of 2.5 MB, {'escaped' if escaped else 'UTF-8'}: import / jq -c .")
        pairs = [(import_into_new(work, source), Run("jq", "-c", ".", source)) for _ in range(PAIRS + 1)][1:]
        bound("import / jq", ratios(pairs), 0.5)
        peak("import of a day", [ours for ours, _ in pairs], source.stat().st_size, 1)


def cores(work):
    source = work / "days"
    source.mkdir()
    write_day(work / "day", 2.5 * MB, 1)
    for n in range(100):
        shutil.copy(work / "day", source / f"{2000 + n}-02-03_AI_enhanced_Chinese.jsonl")
    print("100 days of 2.5 MB: one core / two cores")
    pairs = [(import_into_new(work, source, "0"), import_into_new(work, source, "0,1")) for _ in range(5)]
    bound("one core / two cores", ratios(pairs), 1.6, at_most=False)
    largest = max(f.stat().st_size for f in source.iterdir())
    peak("import on one core", [one for one, _ in pairs], largest, 1)
    peak("import on two cores", [two for _, two in pairs], largest, 2)
    print("check of the same 100 days on two cores")
    peak("check of days", [Run("taskset", "-c", "0,1", program, "check", source, statuses=(0, 1))], largest, 2)


def large(work):
    source = work / "2031-02-03_AI_enhanced_Chinese.jsonl"
    write_day(source, 100 * MB, 1)
    print("one file of 100 MB")
    peak("import of 100 MB", [import_into_new(work, source)], source.stat().st_size, 1)
    peak("check of 100 MB", [Run(program, "check", source, statuses=(0, 1))], source.stat().st_size, 1)


def start(work):
    write_archive(work / "large", 1250, 20)
    write_archive(work / "small", 5, 20)
    print("first frame: 25,000 files / 100 files")
    frame = lambda size: first_frame(program, str(work / size), b"Paper-0-of-0", str(work / f"home-{size}"))
    pairs = [(frame("large"), frame("small")) for _ in range(PAIRS + 1)][1:]
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    print(f"  wall {statistics.median(a[0] for a, _ in pairs) * 1e3:.1f} / {statistics.median(b[0] for _, b in pairs) * 1e3:.1f} ms,"
          f" peak memory {max(a[1] for a, _ in pairs)} / {max(b[1] for _, b in pairs)} kB")
    bound("25,000 files / 100 files", ratio, 1.5)


def lines(work):
    source = work / "lines"
    source.mkdir()
    write_day(source / "2031-02-03_AI_enhanced_Chinese.jsonl", 2.5 * MB, 1)
    Run(program, "import", source, "--into", work / "native")
    print("list of a day of 2.5 MB: JSON Lines / its native file")
    pairs = [(Run(program, "list", source), Run(program, "list", work / "native")) for _ in range(2 * PAIRS + 1)][1:]
    bound("JSON Lines / native", ratios(pairs), 1.1)


def check(work):
    write_archive(work / "large", 1250, 20)
    print("check of 25,000 small files")
    run = Run(program, "check", work / "large", statuses=(0, 1))
    print(f"  wall {run.wall:.2f} s, CPU {run.cpu:.2f} s")
    bound("check of 25,000 files: peak memory", run.peak / MB, (BASE + 25_000 * 400) / MB, unit=" MB")


parts = {f.__name__: f for f in (day, cores, large, start, lines, check)}
program = os.path.abspath(sys.argv[1])
for part in sys.argv[2:] or parts:
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", ".")) as scratch:
        parts[part](Path(scratch))
sys.exit(1 if missed else 0)
