use super::author::Name;
use crate::model::Paper;
use crate::text::fold_text;

/// Characters of each part of a key.
const PART: usize = 24;
/// Characters of the identifier in a key.
const ID: usize = 40;

/// Words that no title is remembered by.
const SMALL: [&str; 22] = [
    "a", "an", "the", "on", "of", "for", "in", "to", "towards", "toward", "with", "and", "is", "are", "can",
    "how", "what", "why", "do", "does", "from", "via",
];

/// Makes the key that a paper is cited by: `abramov-grokking-2504.20752`, the first author's family name, the first
/// word of weight and the id; letters that are not Latin leave their part out. It depends on the paper alone, so what
/// is exported today and tomorrow fits together, and no two papers share one. ASCII, never empty. O(length).
#[must_use]
pub fn cite_key(paper: &Paper) -> String {
    let latin = |text: &str| -> String {
        fold_text(text).chars().filter(char::is_ascii_alphanumeric).take(PART).collect()
    };
    let family = paper.authors.first().map(|a| latin(Name::new(a).family())).unwrap_or_default();
    let title: String = fold_text(&paper.title.chars().take(300).collect::<String>());
    let words = title.split(|c: char| !c.is_alphanumeric()).map(latin);
    let word = words.into_iter().find(|w| w.len() > 1 && !SMALL.contains(&w.as_str())).unwrap_or_default();
    let id = paper.arxiv.as_ref().map_or(paper.id.as_str(), |a| a.id.as_str());
    let id = id.strip_prefix("t:").unwrap_or(id);
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' };
    let id: String = id.chars().map(safe).take(ID).collect();
    let parts: Vec<String> = [family, word, id].into_iter().filter(|p| !p.is_empty()).collect();
    if parts.is_empty() { "paper".to_owned() } else { parts.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArxivId;

    #[test]
    fn keys_name_author_word_and_id() {
        let long = "x".repeat(1000);
        let table: [(&str, &str, &str, &str); 8] = [
            ("2504.20752", "Roman Abramov", "Grokking in the Wild", "abramov-grokking-2504.20752"),
            ("cs/0112017", "Jörg Müller", "On the Größe", "muller-groe-cs_0112017"),
            ("t:0a1b2c3d", "王小明", "How to Read: 摘要", "read-0a1b2c3d"),
            ("t:0a1b2c3d", "OpenAI", "视觉语言模型", "openai-0a1b2c3d"),
            ("f:1:2", "", "", "f_1_2"),
            ("}{,%\\\n=", "", "", "_______"),
            ("", "", "", "paper"),
            (&long, &long, &long, &format!("{}-{}-{}", "x".repeat(24), "x".repeat(24), "x".repeat(40))),
        ];
        for (id, author, title, key) in table {
            let arxiv = (!id.contains(':')).then(|| ArxivId { id: id.to_owned(), version: Some(3) });
            let authors = Some(author.to_owned()).filter(|a| !a.is_empty()).into_iter().collect();
            let (id, title) = (id.to_owned(), title.to_owned());
            assert_eq!(cite_key(&Paper { id, arxiv, title, authors, ..Paper::default() }), key);
        }
    }
}
