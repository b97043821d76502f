use memchr::memmem;

use crate::model::{ArxivId, Links, urls};

/// Addresses that are neither code nor a project's page.
const PAPER_HOSTS: &[&str] = &[
    "arxiv.org",
    "doi.org",
    "openreview.net",
    "aclanthology.org",
    "papers.cool",
    "ieee.org",
    "acm.org",
    "springer.com",
];

/// Hosts of code, models and data.
const CODE_HOSTS: &[&str] = &["github.com", "gitlab.com", "huggingface.co", "bitbucket.org", "gitee.com"];

/// Addresses of one paper that are looked at; a text with more is no text.
const MOST: usize = 100;

/// Fills `links` with the addresses in `texts` where it has none, and names the fields that were guessed.
pub(super) fn guess<'a>(links: &mut Links, texts: impl IntoIterator<Item = &'a str>) -> Vec<&'static str> {
    let mut guessed = Vec::new();
    for url in texts.into_iter().flat_map(urls).take(MOST) {
        let taken = [&links.abs, &links.pdf, &links.code, &links.project, &links.cool_papers, &links.hf];
        if taken.into_iter().flatten().chain(&links.other).any(|known| known == url) {
            continue;
        }
        let of = |hosts: &[&str]| hosts.iter().any(|h| is_on(url, h));
        let (slot, field) = if of(CODE_HOSTS) || is_on_gitlab(url) {
            (&mut links.code, "code")
        } else if of(PAPER_HOSTS) {
            links.other.push(url.to_owned());
            continue;
        } else {
            (&mut links.project, "project")
        };
        if slot.is_none() {
            *slot = Some(url.to_owned());
            guessed.push(field);
        } else {
            links.other.push(url.to_owned());
        }
    }
    guessed
}

/// The host of an address, without port and user.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
}

fn is_on(url: &str, domain: &str) -> bool {
    host(url).strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
}

fn is_on_gitlab(url: &str) -> bool {
    host(url).starts_with("gitlab.")
}

/// Reads the arXiv id out of the address of an abstract page, a PDF, or a Cool Papers page.
pub(super) fn arxiv_id(url: &str) -> Option<ArxivId> {
    let after = |mark: &&str| url.get(memmem::find(url.as_bytes(), mark.as_bytes())? + mark.len()..);
    let id = ["/abs/", "/pdf/", "papers.cool/arxiv/"].iter().find_map(after)?;
    let id = id.trim_end_matches('/').trim_end_matches(".pdf");
    let (id, version) = match id.rsplit_once('v') {
        Some((bare, v)) if !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()) => (bare, v.parse().ok()),
        _ => (id, None),
    };
    is_arxiv_id(id).then(|| ArxivId { id: id.to_owned(), version })
}

/// Says whether `id` has the shape of an arXiv id without version: `2504.20930` or `cs/0112017`.
pub(super) fn is_arxiv_id(id: &str) -> bool {
    let digits = |s: &str, from: usize, to: usize| {
        (from..=to).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    if let Some((month, number)) = id.split_once('.')
        && digits(month, 4, 4)
    {
        return digits(number, 4, 5);
    }
    id.split_once('/').is_some_and(|(archive, number)| {
        digits(number, 7, 7)
            && archive.starts_with(|c: char| c.is_ascii_alphabetic())
            && archive.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sorted_by_host() {
        let mut links = Links::default();
        let texts = [
            "https://x.github.io/p https://github.com/a/b",
            "https://arxiv.org/abs/1 https://github.com/a/b https://c.org/d",
        ];
        assert_eq!(guess(&mut links, texts), ["project", "code"]);
        assert_eq!(links.code.as_deref(), Some("https://github.com/a/b"));
        assert_eq!(links.project.as_deref(), Some("https://x.github.io/p"));
        assert_eq!(links.other, ["https://arxiv.org/abs/1", "https://c.org/d"]);
    }

    #[test]
    fn arxiv_ids_are_read_from_addresses() {
        for (url, expected) in [
            ("http://arxiv.org/abs/2504.20930v1", Some(("2504.20930", Some(1)))),
            ("https://arxiv.org/pdf/2504.20930.pdf", Some(("2504.20930", None))),
            ("https://arxiv.org/abs/cs/0112017", Some(("cs/0112017", None))),
            ("https://papers.cool/arxiv/2504.20930", Some(("2504.20930", None))),
            ("https://example.org/abs/here", None),
        ] {
            let got = arxiv_id(url);
            assert_eq!(got.as_ref().map(|a| (a.id.as_str(), a.version)), expected, "{url}");
        }
    }
}
