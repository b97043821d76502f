use twox_hash::XxHash3_64;

use super::{Digest, Identity, Paper};

/// What is kept of a paper to know it again in other digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Which paper it is.
    pub identity: Identity,
    /// A hash of its texts; the same ones give the same hash.
    pub texts: u64,
}

impl Sighting {
    /// Takes note of a paper. O(length of its texts).
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        let Paper { title, title_zh, abstract_en, abstract_zh, summary, takeaways, long, .. } = paper;
        let mut texts = XxHash3_64::oneshot(title.as_bytes());
        // Which text it is counts, and one that is missing is not an empty one.
        let mut add = |place: u64, text: &str| {
            texts = (texts ^ place).rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            texts ^= XxHash3_64::oneshot_with_seed(place, text.as_bytes());
        };
        for (place, text) in (1..).zip([title_zh, abstract_en, abstract_zh, summary, long]) {
            if let Some(text) = text {
                add(place, text);
            }
        }
        for text in takeaways {
            add(6, text);
        }
        for section in &paper.sections {
            add(7, &section.key);
            add(8, &section.text);
        }
        Self { identity: paper.identity(), texts }
    }
}

impl Digest {
    /// Takes note of every paper, in their order.
    #[must_use]
    pub fn sightings(&self) -> Vec<Sighting> {
        self.papers.iter().map(Sighting::of).collect()
    }
}
