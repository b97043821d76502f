//! Stories of a reader's mornings, told to the real program on a real pseudo-terminal.

#[path = "support/pty.rs"]
mod pty;

use std::fs;

use pty::{Launch, Pty, rows_of};
use rustix::process::Signal;

fn wenzhai() -> Launch {
    Launch::new(env!("CARGO_BIN_EXE_wenzhai")).env("LC_ALL", "zh_CN.UTF-8").size(100, 30)
}

fn again(before: &Pty) -> Launch {
    Launch::again(env!("CARGO_BIN_EXE_wenzhai"), before).env("LC_ALL", "zh_CN.UTF-8").size(100, 30)
}

/// The rows of the paper list that hold a title, with their bar and mark.
fn titles(pty: &Pty) -> Vec<String> {
    let is_title = |row: &String| {
        ["Attention Is", "LoRA", "Chain-of", "NeRF", "An Image", "FlashAtt", "On the Opp"]
            .iter()
            .any(|t| row.chars().skip(3).collect::<String>().starts_with(t))
    };
    let cut = |row: String| row.chars().take(18).collect::<String>();
    pty.look(|s| rows_of(s).into_iter().filter(is_title).map(cut).collect())
}

#[test]
fn what_was_decided_survives_kill_9_and_can_still_be_taken_back() {
    let mut pty = wenzhai().start();
    pty.wait_for("未定 7");
    pty.keys("b d w");
    pty.wait_for("未定 4");
    pty.wait("the cursor moved on", |s| rows_of(s).iter().any(|r| r.starts_with("▌  NeRF")));
    let before = titles(&pty);
    assert_eq!(
        before.iter().filter(|t| t.starts_with(" ★") || t.starts_with(" -") || t.starts_with(" +")).count(),
        3
    );
    pty.signal(Signal::KILL);
    pty.wait_exit();

    let mut pty = again(&pty).start();
    pty.wait_for("7 篇 · 未定 4");
    assert_eq!(titles(&pty), before, "the same marks, the same row");
    pty.keys("u");
    pty.wait_for("已撤销：稍后 1 篇");
    pty.wait_for("未定 5");
    pty.keys("u u");
    pty.wait_for("未定 7");
    pty.keys("u");
    pty.wait_for("没有可撤销的决定");
    pty.keys("<C-r>");
    pty.wait_for("已恢复：收藏 1 篇");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);

    let pty = again(&pty).start();
    pty.wait_for("未定 6 · ★ 1");
}

#[test]
fn a_real_page_is_read_in_both_languages_and_reopened_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let page = include_bytes!("fixtures/import/2031-02-03_compact.txt");
    fs::write(folder.path().join("2031-02-03_compact.txt"), page).unwrap();
    let mut pty = wenzhai().arg(folder.path()).start();
    pty.wait_for("2031-02-03");
    pty.keys("Enter 1");
    pty.wait_for("[1 English]");
    pty.keys("2");
    pty.wait_for("[2 中文]");
    let row = |pty: &Pty| pty.look(|s| rows_of(s).into_iter().find(|r| r.starts_with('▌')));
    let (there, place) = (row(&pty), pty.look(|s| rows_of(s).last().cloned()));
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);

    // Without an argument the archive opened last is opened, at the same paper, tab and pane.
    let pty = again(&pty).start();
    pty.wait_for("[2 中文]");
    assert_eq!((row(&pty), pty.look(|s| rows_of(s).last().cloned())), (there, place));
}

#[test]
fn a_page_is_swept_in_one_key_and_comes_back_in_one_after_a_restart() {
    let mut pty = wenzhai().start();
    pty.wait_for("未定 7");
    pty.keys("; J");
    pty.wait_for("★ 1");
    pty.keys("x");
    pty.wait_for("略过 6 篇 · u 撤销 · 7 篇 → 收藏 1，略过 6");
    pty.wait_for("已定完");
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
    let mut pty = again(&pty).start();
    pty.wait_for("已定完 · ★ 1 · 略过 6");
    pty.keys("u");
    pty.wait_for("已撤销：略过 6 篇");
    pty.wait_for("未定 6 · ★ 1");
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_filter_is_typed_kept_and_peeled() {
    let pty = wenzhai().start();
    pty.wait_for("未定 7");
    pty.keys("/ 注意力");
    pty.wait_for("/注意力");
    // The terminal's cursor stands where an input method opens its window.
    pty.wait("the cursor after the query", |s| !s.hide_cursor() && s.cursor_position() == (28, 8));
    pty.keys("Enter");
    pty.wait_for("1/3  /注意力");
    pty.keys("Esc");
    pty.wait("the whole list again", |s| rows_of(s).last().is_some_and(|r| r.contains("1/7")));
}

#[test]
fn a_hostile_archive_puts_nothing_of_its_own_on_the_wire() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "\\u001b]0;pwned\\u0007\\u001b[2J\\u009b31m\\u202e\\u0007x";
    let paper = format!(
        r#"{{"id":"{evil}","title":"T{evil}","authors":["A{evil}"],"abstract_en":"E{evil}","summary":"S{evil}",
        "takeaways":["K{evil}"],"comment":"C{evil}","links":{{"code":"https://x/{evil}"}},"keywords":["{evil}"]}}"#
    );
    let digest = format!(
        r#"{{"schema":1,"date":"2031-02-03","category":"{evil}","notices":["{evil}"],"papers":[{paper}]}}"#
    );
    fs::create_dir(folder.path().join("2031-02-03")).unwrap();
    fs::write(folder.path().join("2031-02-03/a\u{1b}[31m.json"), digest).unwrap();
    fs::write(folder.path().join("2031-02-03/b.json"), "{ broken").unwrap();
    let mut pty = wenzhai().arg(folder.path()).start();
    pty.wait_for("2031-02-03");
    for keys in ["Enter", "0", "1", "3", "4", "5", "G", "g l", "q", "q"] {
        pty.keys(keys);
    }
    pty.keys("/ K Enter");
    pty.wait_for("/K");
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
    let output = String::from_utf8(pty.output()).expect("only UTF-8 is written");
    // What the terminal is asked comes first and is always the same.
    let (asked, output) = output.split_once("\u{1b}[?1049h").unwrap();
    let colours = "\u{1b}]10;?\u{1b}\\\u{1b}]11;?\u{1b}\\\u{1b}[c";
    assert!(asked.len() == 78 && asked.ends_with(colours), "{asked:?}");
    for forbidden in ["\u{1b}]", "\u{7}", "\u{9b}", "\u{202e}", "pwned"] {
        assert!(!output.contains(forbidden), "{forbidden:?} is on the wire");
    }
    // Every other escape sequence is one of those the program itself uses.
    for sequence in output.split('\u{1b}').skip(1) {
        let body = sequence.strip_prefix('[').unwrap_or("");
        let last = body.chars().find(char::is_ascii_alphabetic);
        assert!(last.is_some_and(|c| "HCKJmhlABDGXd".contains(c)), "ESC{sequence:?}");
    }
}

#[test]
fn two_readers_at_once_lose_nothing() {
    let mut one = wenzhai().start();
    one.wait_for("未定 7");
    one.keys("b");
    one.wait_for("未定 6");
    let mut two = again(&one).start();
    two.wait_for("未定 6");
    two.keys("d");
    two.wait_for("未定 5");
    // The next save of the first reader finds what the second wrote meanwhile.
    one.keys("G w");
    one.wait_for("未定 4");
    one.keys("Q");
    one.wait_exit();
    two.keys("Q");
    two.wait_exit();
    let three = again(&one).start();
    three.wait_for("未定 4 · ★ 1 · 稍后 1");
}

#[test]
fn decisions_that_cannot_be_saved_are_kept_in_sight_and_said_at_the_end() {
    let launch = wenzhai();
    let data = launch.home().join("data/wenzhai");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("journal"), "a file where the folder should be").unwrap();
    let mut pty = launch.start();
    pty.wait_for("未定 7");
    pty.keys("b");
    pty.wait_for("未能保存");
    pty.wait_for("未定 6");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 1);
    let output = String::from_utf8_lossy(&pty.output()).into_owned();
    assert!(output.contains("wenzhai: 未保存的决定：1；"), "{output:?}");
}

#[test]
fn all_dates_are_searched_and_a_paper_is_read_in_its_day() {
    let mut pty = wenzhai().start();
    pty.wait_for("未定 7");
    pty.keys("g / model");
    pty.wait_for("题名 7 · 正文 4 · 3 天");
    pty.keys("Enter G b");
    pty.wait("it is bookmarked", |s| rows_of(s).iter().any(|r| r.starts_with("▌★ Batch")));
    pty.keys("Enter");
    pty.wait_for("2025-03-03");
    pty.wait_for("回到搜索结果");
    pty.wait("the cursor is on it", |s| rows_of(s).iter().any(|r| r.starts_with("▌★ Batch")));
    pty.keys("g /");
    pty.wait_for("题名 7 · 正文 4 · 3 天");
    pty.keys("<Esc>");
    pty.wait_for("到该日");
    pty.keys("<Esc> q");
    assert_eq!(pty.wait_exit(), 0);
}
