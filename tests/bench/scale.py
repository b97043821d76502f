#!/usr/bin/env python3
"""Holds the reader to its bounds on archives of 100,000 and 500,000 papers, row by row.

    tests/bench/scale.py target/release/wenzhai ARCHIVES [ROW...]

ARCHIVES holds d600 (one day of 600 papers), a100k (250 days, 4 categories, 100 papers each) and a500k (1,250 days, 20
categories, 20 papers each) in the native format, and d30k (one day of 30,000 papers). Rows: start, filter, memory,
newsboat, fzf, rg, typing, longday, equal; without one, all. Prints for each row its figure, its target and whether it is
met, and ends with status 1 when one is not. A program to compare with, or an archive, that is not there is named, and
its row counts as not measured.

Ratios are medians of pairs that ran one right after the other. Times of a key are from writing it to the first byte that
comes back, so they include the machine's own delays.
"""
import fcntl, json, os, pty, re, select, shutil, signal, statistics, struct, subprocess, sys, tempfile, termios, time
from pathlib import Path

PAIRS = 11
MB = 1 << 20
AFTER_ESC = 25  # milliseconds in which what follows an Escape makes a sequence of it
ROOT = Path(__file__).resolve().parents[2]
missed, unmeasured = [], []


def row(name, what, figure, target, unit="", digits=3):
    good = figure <= target
    print(f"{name:<3} {what:<58} {figure:>10.{digits}f}{unit:<3} target {target:g}{unit:<3} {'met' if good else 'NOT MET'}", flush=True)
    if not good:
        missed.append(name)


def missing(name, what, program):
    print(f"{name:<3} {what:<58} not measured: {program} is not there", flush=True)
    unmeasured.append(name)


def environment(home):
    xdg = {f"XDG_{n}_HOME": f"{home}/{n}" for n in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {**os.environ, **xdg, "HOME": str(home), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


class Screen:
    """A program on a terminal of 200x50."""

    def __init__(self, command, home):
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.begun = time.perf_counter()
        self.child = subprocess.Popen([str(c) for c in command], stdin=theirs, stdout=theirs, stderr=theirs,
                                      env=environment(home), start_new_session=True,
                                      preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(theirs)
        self.seen = b""

    def read(self, timeout):
        if not select.select([self.ours], [], [], timeout)[0]:
            return b""
        try:
            part = os.read(self.ours, 1 << 16)
        except OSError:
            return b""
        if b"\x1b[c" in part:  # ambiguous characters take one cell
            os.write(self.ours, b"\x1b[2;21R" * 4 + b"\x1b[?62c")
        self.seen += part
        return part

    def until(self, mark, limit=60):
        """Seconds from the start until `mark` was written and the frame with it is over."""
        end = time.perf_counter() + limit
        while not re.search(mark, self.seen):
            assert time.perf_counter() < end, (mark, self.seen[-3000:])
            self.read(1)
        return time.perf_counter() - self.begun

    def quiet(self, seconds=0.3, limit=120):
        """Reads until nothing came for so long."""
        end = time.perf_counter() + limit
        while self.read(seconds) and time.perf_counter() < end:
            pass

    def key(self, keys):
        """Milliseconds from the key to the first byte of what it changed; none where it changed nothing."""
        while self.read(0):
            pass
        begun = time.perf_counter()
        os.write(self.ours, keys.encode())
        return (time.perf_counter() - begun) * 1e3 if self.read(1) else None

    def memory(self, *names):
        lines = dict(l.split(":", 1) for l in open(f"/proc/{self.child.pid}/status"))
        return [int(lines[n].split()[0]) * 1024 / MB for n in names]

    def close(self):
        self.child.send_signal(signal.SIGTERM)
        while self.child.poll() is None:
            self.read(0.05)
        os.close(self.ours)


def timed(command, home, stdin=None):
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    begun = time.perf_counter()
    done = subprocess.run([str(c) for c in command], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(home))
    return time.perf_counter() - begun, done.stdout


def first_frame(archive, home, mark):
    screen = Screen([program, archive], home)
    took = screen.until(mark)
    screen.close()
    return took


def paired(ours, theirs, pairs=PAIRS):
    ours(), theirs()
    ratios = []
    for _ in range(pairs):
        a = ours()
        ratios.append(a / theirs())
    return statistics.median(ratios)


def start(archives, work):
    """I1, I2: instructions to the first frame, in process. T2, T3: its wall time."""
    counted("I1", "start", *(archives / name for name in ("d600", "a100k", "a500k")))
    day = next((archives / "d600").glob("*/*.json"))
    frame = lambda name: first_frame(archives / name, work / name, rb"1/\d+")
    if shutil.which("jq"):
        titles = lambda: timed(["jq", "-c", ".papers[]|[.id,.title]", day], work)[0]
        row("T2", "first frame of 600 papers / jq of their titles", paired(lambda: frame("d600"), titles), 0.35)
    else:
        missing("T2", "first frame / jq", "jq")
    row("T3", "first frame, 500,000 papers / a day of 600", paired(lambda: frame("a500k"), lambda: frame("d600")), 1.5)


def filter(archives, work):
    """I3: instructions of one filter over 2,000 titles."""
    counted("I3", "filter", archives / "a100k")


def counted(name, bench, *args):
    """The rows of a bench that counts instructions."""
    if not shutil.which("valgrind"):
        return missing(name, f"cargo bench --bench {bench}", "valgrind")
    done = subprocess.run(["cargo", "bench", "--locked", "--bench", bench, "--", *map(str, args)],
                          cwd=ROOT, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        if line.count("\t") == 4:
            row, what, figure, target, met = line.split("\t")
            print(f"{row:<3} {what:<58} {figure:>10} target {target.removeprefix('at most '):<10} {met.upper() if met != 'met' else met}", flush=True)
            if met != "met":
                missed.append(row)


def index(home, archive):
    """Lets the reader's index be made."""
    subprocess.run([program, "search", "--titles", "nothing-has-this-title", archive], env=environment(home), stdout=subprocess.DEVNULL)


def memory(archives, work):
    """M1: browsing 500,000 papers. M2: after looking for a title in all of them."""
    home, archive = work / "memory", archives / "a500k"
    index(home, archive)
    screen = Screen([program, archive], home)
    screen.until(rb"1/\d+")
    screen.quiet(1)
    for keys in "jjjjjjjj", "JJJJ", "1", "2", "4", "HHHHHHHHHH", "jjjj", "LL", "gdjjjj\r", "=", "=":
        screen.key(keys)
        screen.quiet(0.2)
    peak, now = screen.memory("VmHWM", "VmRSS")
    row("M1", f"most memory while browsing 500,000 papers (now {now:.1f})", peak, 25, " MB", 1)
    screen.key("g/")
    for key in "diffusion":
        screen.key(key)
    screen.quiet(3)
    for _ in range(9):
        screen.key("\x7f")
    for key in "rl":
        screen.key(key)
    screen.quiet(3)
    private, file = screen.memory("RssAnon", "RssFile")
    row("M2", f"private memory after looking for titles (mapped {file:.0f})", private, 60, " MB", 1)
    screen.close()


def newsboat(archives, work):
    """T1: first frame of 100,000 papers against newsboat's list of as many items, and of 1,000."""
    if not shutil.which("newsboat"):
        return missing("T1", "first frame / newsboat's first list", "newsboat")
    frame = lambda: first_frame(archives / "a100k", work / "a100k", rb"1/\d+")
    for feeds, most in ((100, 0.01), (1, 1.0)):
        home = work / f"newsboat{feeds}"
        home.mkdir()
        urls = []
        for feed in range(feeds):
            items = "".join(f"<item><title>Paper {feed} {n} on models of paper boats</title><link>http://example.org/{feed}/{n}</link><guid>{feed}-{n}</guid>"
                            f"<description>{'Boats of paper float on still water. ' * 50}</description></item>" for n in range(1000))
            (home / f"{feed}.xml").write_text(f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title><link>http://example.org/</link><description>d</description>{items}</channel></rss>')
            urls.append(f"file://{home}/{feed}.xml")
        (home / "urls").write_text("\n".join(urls) + "\n")
        (home / "config").write_text("")
        command = ["newsboat", "-q", "-C", home / "config", "-u", home / "urls", "-c", home / "cache.db"]
        subprocess.run([str(c) for c in [*command, "-x", "reload"]], env=environment(home), stdout=subprocess.DEVNULL, check=True)

        def theirs():
            screen = Screen(command, home)
            took = screen.until(rb"Feed 0")
            screen.close()
            return took

        row("T1", f"first frame of 100,000 papers / newsboat, {feeds * 1000:,} items", paired(frame, theirs, 3 if feeds > 1 else PAIRS), most)


def fzf(archives, work):
    """T4: titles of 100,000 papers."""
    if not shutil.which("fzf"):
        return missing("T4", "search over titles / fzf --filter", "fzf")
    home, archive = work / "fzf", archives / "a100k"
    index(home, archive)
    lines = work / "lines"
    listed = timed([program, "list", "--json", archive], home)[1]
    papers = map(json.loads, listed.splitlines())
    lines.write_text("".join(f"{p['title']}  {', '.join(p['authors'])}\n" for p in papers))
    for query, most in (("rl", 1.0), ("diffusion", 0.7), ("multimodal reasoning benchmark", 0.3)):
        ours = lambda: timed([program, "search", "--titles", query, archive], home)[0]
        theirs = lambda: timed(["fzf", "--filter", query], home, lines)[0]
        row("T4", f"search 100,000 titles for `{query}` / fzf --filter", paired(ours, theirs), most)


def rg(archives, work):
    """T5: the digests with a word in the texts of 100,000 papers, named by both programs. Every paper with its place, which
    rg has no like of, is printed beside it without a bound."""
    if not shutil.which("rg"):
        return missing("T5", "search of texts / rg", "rg")
    home, archive = work / "rg", archives / "a100k"
    index(home, archive)
    for word in ("diffusion policy", "强化学习", "rl", "nothing-has-this"):
        ours = lambda *options: timed([program, "search", *options, f'text:"{word}"', archive], home)[0]
        theirs = lambda: timed(["rg", "-i", "-j2", "-l", word, archive], home)[0]
        row("T5", f"search -l in 100,000 papers for `{word}` / rg -i -j2 -l", paired(lambda: ours("-l"), theirs), 1.5)
        print(f"T5  {f'every paper with `{word}` and its place / the same':<58} {paired(ours, theirs, 5):>10.3f}    no target", flush=True)


def typing(archives, work):
    """T6: the longest that a key waits while one types over 100,000 papers, and over 500,000."""
    for name in ("a100k", "a500k"):
        home = work / "typing"
        index(home, archives / name)
        screen = Screen([program, archives / name], home)
        screen.until(rb"1/\d+")
        screen.quiet(2)
        waits = [("g/", screen.key("g/"))]
        for word in ("rl", "diffusion", "multimodal reasoning benchmark", "qianghuaxuexi"):
            for key in word:
                waits.append((f"{word}: {key}", screen.key(key)))
                time.sleep(0.03)
            for _ in word:
                waits.append((f"{word}: backspace", screen.key("\x7f")))
        screen.close()
        heard = [(ms, key) for key, ms in waits if ms is not None]
        ms, key = max(heard)
        middle = statistics.median(ms for ms, _ in heard)
        row("T6", f"longest wait of {len(heard)} keys, {name}, at `{key}` (median {middle:.1f} ms)", ms, 16, " ms", 1)


def longday(archives, work):
    """T6: the longest that a key waits while one filters a day of 30,000 papers and decides in what is left of it."""
    what = "longest wait of a key, filter of 30,000 papers in a day"
    if not (archives / "d30k").exists():
        return missing("T6", what, "the archive d30k")
    screen = Screen([program, archives / "d30k"], work / "longday")
    screen.until(rb"1/\d+")
    screen.quiet(2)
    waits = []
    for word in ("rl", "diffusion", "multimodal reasoning benchmark", "qianghuaxuexi"):
        for key in ("/", *word):
            waits.append((screen.key(key), f"{word}: {key}"))
            time.sleep(0.03)
        for key, name in (("\r", "Enter"), ("j", "j"), ("b", "b"), ("\x1b", "Esc")):
            screen.quiet()
            ms = screen.key(key)
            waits.append((ms and ms - AFTER_ESC if name == "Esc" else ms, f"{word}: {name}"))
        screen.quiet()
    screen.close()
    heard = [wait for wait in waits if wait[0] is not None]
    ms, key = max(heard)
    row("T6", f"{what}, at `{key}`", ms, 16, " ms", 1)


def equal(archives, work):
    """E1: the hits are those of a plain loop."""
    done = subprocess.run(["cargo", "test", "--locked", "--release", "--test", "search", "--test", "filter"], cwd=ROOT, capture_output=True, text=True)
    row("E1", "laws of equal hits that fail", 0 if done.returncode == 0 else 1, 0, digits=0)


ROWS = {f.__name__: f for f in (start, filter, memory, newsboat, fzf, rg, typing, longday, equal)}
program, archives = (Path(a).resolve() for a in sys.argv[1:3])
for part in sys.argv[3:] or ROWS:
    with tempfile.TemporaryDirectory() as scratch:
        ROWS[part](archives, Path(scratch))
print(f"not met: {', '.join(missed) or 'none'}; not measured: {', '.join(unmeasured) or 'none'}")
sys.exit(1 if missed else 0)
