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
/// Words after which a name is another journal's.
const OTHERS: [&str; 10] = [
    "Communications",
    "Machine",
    "Methods",
    "Medicine",
    "Physics",
    "Scientific",
    "Reviews",
    "Computational",
    "Biotechnology",
    "Portfolio",
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
    // The first venue named is the paper's own; of two that begin at one place the longer is meant.
    let (venue, after) = word_starts(comment).find_map(|rest| {
        let fits = |v: &&&str| {
            rest.starts_with(**v) && !rest.get(v.len()..).unwrap_or_default().starts_with(char::is_alphabetic)
        };
        let venue = VENUES.iter().filter(fits).max_by_key(|v| v.len())?;
        let after = rest.get(venue.len()..)?;
        let is_other = OTHERS.iter().any(|o| after.trim_start().starts_with(o));
        (!is_other).then_some((*venue, after))
    })?;
    Some(year(after).map_or_else(|| venue.to_owned(), |y| format!("{venue} {y}")))
}

/// What is left of `text` from the start of each of its words on.
fn word_starts(text: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let is_start = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        text.get(at..).filter(|_| is_start)
    })
}

/// The last two digits of the year right after a venue: ` 2025`, `2025`, `'25`, `’25`, `-2025`. Two digits alone are
/// a year only when they are glued to the name: `ICML, 10 pages` has none.
fn year(after: &str) -> Option<&str> {
    let bare = after.trim_start_matches([' ', '-', '\'', '’', ',', '(']);
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = bare.get(..digits)?;
    let is_glued = after.len() == bare.len() || after.trim_start().starts_with(['\'', '’']);
    match digits {
        4 if number.starts_with("19") || number.starts_with("20") => number.get(2..),
        2 if is_glued => Some(number),
        _ => None,
    }
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
            ("Accepted to ICML, 10 pages", Some("ICML")),
            ("ICML 10 pages", Some("ICML")),
            ("Nature Communications 2024", None),
            ("Nature 2024", Some("Nature 24")),
            ("Findings of EMNLP-2023; extends our ACL 2022 paper", Some("EMNLP 23")),
            ("ICML2025", Some("ICML 25")),
            ("", None),
        ] {
            assert_eq!(venue(comment).as_deref(), want, "{comment}");
        }
    }
}
