use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

use super::complain;
use crate::catalogue::Lang;

/// Files from which on a run without a terminal says how far it is.
const MANY: usize = 50;

/// Shows how far a long job is: a bar where standard error is a terminal, else a plain line every tenth of the way.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    lang: Lang,
}

impl Progress {
    /// Shows nothing yet.
    pub(super) fn new(lang: Lang) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::no_length().with_style(style.progress_chars("=> "))
        });
        Self { bar, lang }
    }

    /// Tells that `done` of `total` files are done. May be called from any thread.
    pub(super) fn tell(&self, done: usize, total: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        } else if is_told(done, total) {
            complain(&self.lang.files_read(done, total));
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn is_told(done: usize, total: usize) -> bool {
    total >= MANY && done * 10 / total > (done - 1) * 10 / total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_files_are_told_ten_times_and_few_never() {
        for (total, times) in [(1, 0), (49, 0), (50, 10), (101, 10), (12_345, 10)] {
            assert_eq!((1..=total).filter(|done| is_told(*done, total)).count(), times, "{total}");
        }
    }
}
