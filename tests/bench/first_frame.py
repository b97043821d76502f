#!/usr/bin/env python3
"""Pairs the reader's first frame of a day with jq's listing of the same file: wall time, 21 runs, 200x50.

    tests/bench/first_frame.py target/release/wenzhai ARCHIVE/DATE/SLUG.json

The archive must hold that one digest. Counts from exec to the end of the frame that shows the papers. Needs jq.
"""
import fcntl, json, os, pty, statistics, struct, subprocess, sys, tempfile, termios, time

RUNS = 21


def first_frame(program, archive, mark, home):
    """Seconds until the frame that holds `mark` has been written, and the peak memory till then in kB."""
    xdg = {f"XDG_{n}_HOME": f"{home}/{n}" for n in ("CONFIG", "DATA", "STATE", "CACHE")}
    env = {**os.environ, **xdg, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
    begun = time.perf_counter()
    child = subprocess.Popen([program, archive], stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True,
                             preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(theirs)
    seen, asked = b"", False
    while b"\x1b[?2026l" not in seen or mark not in seen:
        seen += os.read(ours, 65536)
        if not asked and b"\x1b[c" in seen:  # the width of ambiguous characters: one cell
            asked = os.write(ours, b"\x1b[2;21R" * 4 + b"\x1b[?62c") > 0
    took = time.perf_counter() - begun
    peak = next(l for l in open(f"/proc/{child.pid}/status") if l.startswith("VmHWM")).split()[1]
    os.write(ours, b"Q")
    try:
        while os.read(ours, 65536):
            pass
    except OSError:
        pass
    child.wait()
    os.close(ours)
    return took, int(peak)


def jq(digest):
    begun = time.perf_counter()
    subprocess.run(["jq", "-c", ".papers[]|[.id,.title]", digest], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main():
    program, digest = map(os.path.abspath, sys.argv[1:3])
    archive = os.path.dirname(os.path.dirname(digest))
    mark = f"1/{len(json.load(open(digest, encoding='utf-8'))['papers'])}".encode()
    with tempfile.TemporaryDirectory() as home:
        runs = [(*first_frame(program, archive, mark, home), jq(digest)) for _ in range(RUNS + 1)][1:]
    ratios = sorted(ours / theirs for ours, _, theirs in runs)
    print(f"reader / jq: min {ratios[0]:.3f}, median {statistics.median(ratios):.3f}, max {ratios[-1]:.3f}")
    print(f"reader {statistics.median(r[0] for r in runs) * 1e3:.1f} ms, jq {statistics.median(r[2] for r in runs) * 1e3:.1f} ms,"
          f" peak memory {max(r[1] for r in runs)} kB")


if __name__ == "__main__":
    main()
