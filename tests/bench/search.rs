//! Times of searches over an archive, in process: `cargo bench --bench search -- ARCHIVE [QUERY...]`. The table is kept
//! beside the build, so that only the first run reads the archive for it.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench prints, and fails by panicking"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use wenzhai::archive;
use wenzhai::effect::{Sought, Stage};
use wenzhai::filter::Query;
use wenzhai::search::{Told, read_table, search};
use wenzhai::table::Table;

const QUERIES: [&str; 8] = [
    "rl",
    "diffusion",
    "multimodal reasoning benchmark",
    "graph",
    "强化学习",
    "qianghuaxuexi",
    "\"diffusion policy\"",
    "xyzzyq",
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let Some((archive, queries)) = args.split_first() else {
        println!("search: name an archive");
        return;
    };
    let image = image_of(Path::new(archive));
    let table = Table::open(&image).unwrap();
    println!("{} papers, {} bytes of table", table.len(), image.len());
    let queries: Vec<&str> =
        if queries.is_empty() { QUERIES.to_vec() } else { queries.iter().map(String::as_str).collect() };
    println!("{:<34}{:>9}{:>12}{:>9}{:>12}", "query", "titles", "ms", "texts", "ms");
    for typed in queries {
        let query = Query::parse(typed, jiff::civil::date(2025, 6, 1)).unwrap();
        let sought = Sought { query, decisions: Arc::default(), in_texts: true, most: 500 };
        let mut best: Option<[(usize, Duration); 2]> = None;
        for _ in 0..5 {
            let (begun, mut times) = (Instant::now(), Vec::new());
            search(table, &sought, 30, &AtomicBool::new(false), &mut |told| {
                if let Told::Found(found) = told
                    && matches!(found.stage, Stage::Titles | Stage::Done)
                {
                    times.push((found.total, begun.elapsed()));
                }
            });
            let (first, last) = (times[0], times[times.len() - 1]);
            if best.is_none_or(|[_, (_, before)]| last.1 < before) {
                best = Some([first, last]);
            }
        }
        let [titles, all] = best.unwrap();
        let ms = |d: Duration| format!("{:.1}", d.as_secs_f64() * 1e3);
        println!("{typed:<34}{:>9}{:>12}{:>9}{:>12}", titles.0, ms(titles.1), all.0 - titles.0, ms(all.1));
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|l| l.starts_with("RssAnon") || l.starts_with("VmHWM")) {
        println!("{line}");
    }
}

fn image_of(archive: &Path) -> Vec<u8> {
    let name = archive.to_string_lossy().replace('/', "_");
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("table{name}"));
    std::fs::read(&file).ok().filter(|image| Table::open(image).is_ok()).unwrap_or_else(|| {
        let listing = archive::list(&[archive.to_owned()]);
        let begun = Instant::now();
        let image = read_table(&listing.digests, &AtomicBool::new(false)).unwrap();
        println!("table made in {:?}", begun.elapsed());
        std::fs::write(&file, &image).unwrap();
        image
    })
}
