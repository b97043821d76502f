//! Wrapping beside textwrap's first fit on the same texts: issue 4 allows at most 2.0 times its time.
//!
//! `cargo bench --bench text` prints both; textwrap knows none of the rules for Chinese, numbers, formulas
//! and addresses, and measures character by character.

use std::hint::black_box;

use criterion::Criterion;
use textwrap::{Options, WordSeparator, WrapAlgorithm};

const ENGLISH: &str = "We study how small models learn to plan when the reward arrives late, and find that a \
     simple schedule of rewards helps on 4 of 5 benchmarks. The method needs no extra data, and runs 2.5 times faster. ";
const CHINESE: &str = "我们研究小模型在奖励延迟时如何学会规划，发现一种简单的奖励安排在五个基准中的四个上有效。\
     该方法不需要额外的数据，速度也更快；代码与模型都已公开。";
/// About the length of an abstract and its translation.
const CHARS: usize = 2_000;

fn texts() -> [(&'static str, String); 3] {
    let long = |parts: &[&str]| parts.concat().chars().cycle().take(CHARS).collect::<String>();
    let mixed = "使用 GRPO 训练的 7B 模型（Small-R1）在 AIME 2024 上达到 61.3%，超过了 DeepSeek 的基线。";
    [
        ("english", long(&[ENGLISH])),
        ("chinese", long(&[CHINESE])),
        ("mixed", long(&[mixed, ENGLISH, CHINESE])),
    ]
}

fn wrapping(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("wrap 2000 characters at 72 cells");
    let options = Options::new(72)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    for (name, text) in texts() {
        group
            .bench_function(format!("{name}/ours"), |b| b.iter(|| wenzhai::text::wrap(black_box(&text), 72)));
        group.bench_function(format!("{name}/textwrap"), |b| {
            b.iter(|| textwrap::wrap(black_box(&text), &options));
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    wrapping(&mut criterion);
    criterion.final_summary();
}
