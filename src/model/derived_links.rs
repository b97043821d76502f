use std::fmt::Write as _;

use super::{Links, Paper, TitleKey};

/// Characters of a title that a search is made of; arXiv takes no longer ones.
const TITLE_CHARS: usize = 300;

impl Paper {
    /// Returns the addresses that no source has to name, where none did: abstract page, PDF and Cool Papers of the
    /// arXiv id; without an id, in `other`, arXiv's search for the title (percent-encoded, RFC 3986). Never stored.
    #[must_use]
    pub fn derived_links(&self) -> Links {
        let mut derived = Links::default();
        match &self.arxiv {
            Some(arxiv) => {
                let address = |stored: &Option<String>, base: &str| {
                    stored.is_none().then(|| format!("https://{base}/{}", arxiv.id))
                };
                derived.abs = address(&self.links.abs, "arxiv.org/abs");
                derived.pdf = address(&self.links.pdf, "arxiv.org/pdf");
                derived.cool_papers = address(&self.links.cool_papers, "papers.cool/arxiv");
            }
            None => derived.other.extend(search(&self.title)),
        }
        derived
    }

    /// The page of the abstract: the one the source names, else arXiv's by the id.
    #[must_use]
    pub fn page_link(&self) -> Option<String> {
        self.links.abs.clone().or_else(|| self.derived_links().abs)
    }

    /// The PDF: the one the source names, else arXiv's by the id.
    #[must_use]
    pub fn pdf_link(&self) -> Option<String> {
        self.links.pdf.clone().or_else(|| self.derived_links().pdf)
    }

    /// arXiv's search for the title of a paper without an id.
    #[must_use]
    pub fn search_link(&self) -> Option<String> {
        self.derived_links().other.into_iter().next()
    }
}

/// The address of arXiv's search for a title; None where nothing of the title can be searched for.
fn search(title: &str) -> Option<String> {
    if TitleKey::new(title).is_empty() {
        return None;
    }
    let words: String = title.chars().take(TITLE_CHARS).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut url = "https://arxiv.org/search/?searchtype=title&query=".to_owned();
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArxivId;

    #[test]
    fn an_id_leads_to_its_pages_and_a_title_to_a_search() {
        let arxiv = Some(ArxivId { id: "cs/0112017".to_owned(), version: Some(2) });
        let links = Links { pdf: Some("x".to_owned()), ..Links::default() };
        let derived = Paper { arxiv, links, title: "T".to_owned(), ..Paper::default() }.derived_links();
        assert_eq!(derived.abs.as_deref(), Some("https://arxiv.org/abs/cs/0112017"));
        assert_eq!(derived.cool_papers.as_deref(), Some("https://papers.cool/arxiv/cs/0112017"));
        assert_eq!((derived.pdf, derived.other), (None, Vec::new()));
        for (title, query) in [
            ("Maps & Boats:\n 1+1", Some("Maps%20%26%20Boats%3A%201%2B1")),
            ("纸船", Some("%E7%BA%B8%E8%88%B9")),
            ("?! $", None),
            (&"a".repeat(1000), Some(&*"a".repeat(300))),
        ] {
            let derived = Paper { title: title.to_owned(), ..Paper::default() }.derived_links();
            let url = query.map(|q| format!("https://arxiv.org/search/?searchtype=title&query={q}"));
            assert_eq!(derived, Links { other: url.into_iter().collect(), ..Links::default() }, "{title}");
        }
    }
}
