/// Meetings and journals whose name alone tells a researcher something, as they are written.
const VENUES: [&str; 58] = [
    "NeurIPS",
    "NIPS",
    "ICML",
    "ICLR",
    "AISTATS",
    "UAI",
    "COLT",
    "COLM",
    "AAAI",
    "IJCAI",
    "CVPR",
    "ICCV",
    "ECCV",
    "WACV",
    "BMVC",
    "3DV",
    "ACCV",
    "MICCAI",
    "ISBI",
    "ACL",
    "EMNLP",
    "NAACL",
    "EACL",
    "AACL",
    "COLING",
    "CoNLL",
    "TACL",
    "LREC",
    "INTERSPEECH",
    "Interspeech",
    "ICASSP",
    "SIGIR",
    "KDD",
    "WWW",
    "WSDM",
    "CIKM",
    "RecSys",
    "ECIR",
    "CoRL",
    "ICRA",
    "IROS",
    "RSS",
    "SIGGRAPH",
    "SIGMOD",
    "VLDB",
    "ICDE",
    "ICSE",
    "FSE",
    "ASE",
    "CHI",
    "USENIX",
    "CCS",
    "NDSS",
    "TMLR",
    "JMLR",
    "TPAMI",
    "TIP",
    "Nature",
];
/// A paper that was only handed in is not at the venue.
const NOT_YET: [&str; 4] = ["submit", "under review", "in submission", "preprint for"];

/// Finds the venue in an arXiv comment, shortened: `Accepted to CVPR 2025, 12 pages` gives `CVPR 25`.
///
/// None when the comment names no known venue or the paper was only submitted.
#[must_use]
pub fn venue(comment: &str) -> Option<String> {
    let lower = comment.to_lowercase();
    if NOT_YET.iter().any(|w| lower.contains(w)) {
        return None;
    }
    let mut words = comment.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    while let Some(word) = words.next() {
        let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
        // `3DV` ends in no digit, `CVPR2025` does: both name and year then stand in one word.
        let Some(venue) = VENUES.iter().find(|v| **v == name || **v == word) else { continue };
        let glued = word.strip_prefix(venue).unwrap_or("");
        let next = words.peek().copied().unwrap_or("");
        let year = [glued, next].into_iter().find_map(short_year);
        return Some(year.map_or_else(|| (*venue).to_owned(), |y| format!("{venue} {y}")));
    }
    None
}

/// `2025` and `25` give `25`; anything else is no year.
fn short_year(digits: &str) -> Option<&str> {
    let is_year = digits.bytes().all(|b| b.is_ascii_digit()) && (digits.len() == 2 || digits.len() == 4);
    let short = digits.get(digits.len().checked_sub(2)?..)?;
    (is_year && (digits.len() == 2 || digits.starts_with("19") || digits.starts_with("20"))).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn venues_are_found_and_shortened() {
        for (comment, want) in [
            ("Accepted to CVPR 2025, 12 pages", Some("CVPR 25")),
            ("CVPR2024 highlight", Some("CVPR 24")),
            ("Published at ICLR'23", Some("ICLR 23")),
            ("ACL 2025 Findings", Some("ACL 25")),
            ("NeurIPS Workshop", Some("NeurIPS")),
            ("3DV 2024", Some("3DV 24")),
            ("Submitted to ICML 2025", None),
            ("under review at TMLR", None),
            ("15 pages, 3 figures", None),
            ("oracle 2025", None),
            ("", None),
        ] {
            assert_eq!(venue(comment).as_deref(), want, "{comment}");
        }
    }
}
