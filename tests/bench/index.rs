//! Makes the index of archives, prints what it costs: `cargo bench --bench index -- ARCHIVE...`.
//!
//! Each archive is indexed anew, then with nothing changed. Peaks are those of the whole process, so that one archive at a
//! time tells most.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for the one who measures")]

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use wenzhai::archive::{self, Course, Index, Refreshed};

fn main() {
    let archives = std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from);
    let cache = tempfile::tempdir().unwrap();
    let (progress, cancel) = (|_, _| {}, AtomicBool::new(false));
    let course = Course { progress: &progress, cancel: &cancel, is_wanted: false };
    for archive in archives {
        let roots = [archive.clone()];
        let ms = |since: Instant| since.elapsed().as_secs_f64() * 1000.0;
        let begun = Instant::now();
        let listing = archive::list(&roots);
        println!("{}: {} digests, listed in {:.0} ms", archive.display(), listing.digests.len(), ms(begun));
        for _ in 0..3 {
            let begun = Instant::now();
            let came = archive::refresh(Some(cache.path()), &roots, &listing, None, course).unwrap();
            let took = ms(begun);
            let Refreshed::New(index, None) = came else { panic!("{came:?}") };
            let (papers, bytes) = (index.table().len(), index.len());
            let each = bytes / papers.max(1) as usize;
            println!("  built in {took:.0} ms: {papers} papers, {bytes} bytes, {each} a paper; {}", memory());
        }
        let begun = Instant::now();
        let index = Index::open(cache.path(), &roots).unwrap();
        println!("  opened in {:.2} ms; {}", ms(begun), memory());
        let begun = Instant::now();
        let came = archive::refresh(Some(cache.path()), &roots, &listing, Some(&index), course).unwrap();
        println!("  verified in {:.0} ms ({}); {}", ms(begun), matches!(came, Refreshed::Same), memory());
        let begun = Instant::now();
        let mut fewer = listing.clone();
        fewer.digests = fewer.digests.iter().skip(1).cloned().collect();
        let came = archive::refresh(Some(cache.path()), &roots, &fewer, Some(&index), course).unwrap();
        println!(
            "  taken over in {:.0} ms ({}); {}",
            ms(begun),
            matches!(came, Refreshed::New(..)),
            memory()
        );
    }
}

/// What Linux says of the memory of the process.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name| {
        status
            .lines()
            .find(|l| l.starts_with(name))
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let cpu = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = cpu.split_whitespace().skip(13).take(2).filter_map(|t| t.parse::<u64>().ok()).sum::<u64>();
    let cpu = Some(format!("CPU so far {} ms", ticks * 10));
    [of("VmHWM"), of("VmRSS"), of("RssAnon"), cpu].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
