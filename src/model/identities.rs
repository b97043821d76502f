use super::{Identity, TitleKey};

/// The identities of the papers of a digest, in their order. Those of all days that were opened are kept, so they take
/// little memory: one text for all, and where their parts end in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    text: Box<str>,
    ends: Box<[Ends]>,
}

/// Where the parts of an identity end, in bytes. One that is missing is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ends {
    arxiv: u32,
    key: u32,
    author: u32,
}

impl Identities {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Says whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The identity of the paper at this place, or nothing behind the last.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<IdentityRef<'_>> {
        let ends = self.ends.get(at)?;
        let begin =
            at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |before| before.author);
        let part = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or_default();
        Some(IdentityRef {
            arxiv: Some(part(begin, ends.arxiv)).filter(|id| !id.is_empty()),
            key: part(ends.arxiv, ends.key),
            author: Some(part(ends.key, ends.author)).filter(|name| !name.is_empty()),
        })
    }
}

/// An [`Identity`] that is lent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentityRef<'a> {
    /// The arXiv id.
    pub arxiv: Option<&'a str>,
    /// The characters of the title key.
    pub key: &'a str,
    /// The first author, where the key is short.
    pub author: Option<&'a str>,
}

impl IdentityRef<'_> {
    /// Makes one of its own of it. O(its length).
    #[must_use]
    pub fn to_identity(self) -> Identity {
        Identity {
            arxiv: self.arxiv.map(str::to_owned),
            key: TitleKey::from_stored(self.key.to_owned()),
            author: self.author.map(str::to_owned),
        }
    }
}

impl<'a> From<&'a Identity> for IdentityRef<'a> {
    fn from(paper: &'a Identity) -> Self {
        Self { arxiv: paper.arxiv.as_deref(), key: paper.key.as_str(), author: paper.author.as_deref() }
    }
}

impl<'a> FromIterator<&'a Identity> for Identities {
    fn from_iter<I: IntoIterator<Item = &'a Identity>>(identities: I) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        let mut add = |part: &str| {
            text.push_str(part);
            u32::try_from(text.len()).unwrap_or(u32::MAX)
        };
        for Identity { arxiv, key, author } in identities {
            ends.push(Ends {
                arxiv: add(arxiv.as_deref().unwrap_or_default()),
                key: add(key.as_str()),
                author: add(author.as_deref().unwrap_or_default()),
            });
        }
        Self { text: text.into(), ends: ends.into() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_comes_out_as_it_went_in(
            papers in prop::collection::vec((prop::option::of(".{0,12}"), ".{0,20}", prop::option::of(".{0,9}")), 0..9),
        ) {
            let papers: Vec<Identity> = papers
                .iter()
                .map(|(id, title, author)| Identity::new(id.as_deref(), title, author.as_deref()))
                .collect();
            let kept: Identities = papers.iter().collect();
            prop_assert_eq!((kept.len(), kept.is_empty()), (papers.len(), papers.is_empty()));
            let all: Vec<Identity> = (0..).map_while(|at| kept.get(at)).map(IdentityRef::to_identity).collect();
            prop_assert_eq!(all, papers);
        }
    }
}
