//! Which records are the same paper, over titles of many scripts and spellings.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use wenzhai::model::{Identity, TitleKey, same_paper};

/// Words of several scripts, joined by what titles are joined by.
fn title() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[A-Za-z0-9]{1,8}",
        "[\u{c0}-\u{17f}]{1,6}",
        "[Α-Ωα-ω]{1,6}",
        "[А-Яа-я]{1,6}",
        "[一-龥]{1,5}",
        "[ぁ-ゖァ-ヺ가-힣]{1,5}",
        "\\PC{1,4}",
    ];
    let gap = prop_oneof![Just(" "), Just("-"), Just(": "), Just("，"), Just("")];
    proptest::collection::vec((word, gap), 0..8)
        .prop_map(|words| words.into_iter().map(|(word, gap)| word + gap).collect())
}

/// Titles in which no backslash stands, which would take what follows with it.
fn plain_title() -> impl Strategy<Value = String> {
    title().prop_map(|t| t.replace(['\\', '＼', '﹨'], ""))
}

fn record() -> impl Strategy<Value = Identity> {
    let id = proptest::option::of(prop_oneof![
        Just("2504.20930"),
        Just("2504.20930v2"),
        Just("cs/0112017"),
        Just(" ")
    ]);
    let title = prop_oneof![Just(String::new()), Just("Attention".to_owned()), title()];
    let author = proptest::option::of(prop_oneof![Just("Ada Lin"), Just("A. LIN"), Just("王伟"), Just(" ")]);
    (id, title, author).prop_map(|(id, title, author)| Identity::new(id, &title, author))
}

proptest! {
    #[test]
    fn sameness_is_symmetric(a in record(), b in record()) {
        prop_assert_eq!(same_paper(&a, &b), same_paper(&b, &a));
    }

    #[test]
    fn a_paper_is_itself_when_anything_tells_it(a in record()) {
        prop_assert_eq!(same_paper(&a, &a.clone()), a.arxiv.is_some() || !a.key.is_empty());
    }

    #[test]
    fn ids_decide_where_both_are_known(a in record(), b in record()) {
        if let (Some(x), Some(y)) = (&a.arxiv, &b.arxiv) {
            prop_assert_eq!(same_paper(&a, &b), x == y);
        }
    }

    #[test]
    fn versions_and_case_of_ids_do_not_matter(
        id in "[0-9]{4}\\.[0-9]{5}|(cs|math|solv-int|hep-th)(\\.[A-Z]{2})?/[0-9]{7}",
        version in 1..30_u32,
        titles in (title(), title()),
    ) {
        let bare = Identity::new(Some(&id), &titles.0, None);
        for other in [format!("{id}v{version}"), format!("{id}V{version}"), id.to_uppercase(), format!(" {id} ")] {
            prop_assert!(same_paper(&bare, &Identity::new(Some(&other), &titles.1, None)), "{}", other);
        }
    }

    #[test]
    fn case_does_not_matter(title in plain_title()) {
        let key = TitleKey::new(&title);
        prop_assert_eq!(&TitleKey::new(&title.to_lowercase()), &key);
        prop_assert_eq!(&TitleKey::new(&title.to_uppercase()), &key);
    }

    #[test]
    fn normal_forms_do_not_matter(title in title()) {
        let key = TitleKey::new(&title);
        prop_assert_eq!(&TitleKey::new(&title.nfkc().collect::<String>()), &key);
        prop_assert_eq!(&TitleKey::new(&title.nfd().collect::<String>()), &key);
        prop_assert_eq!(&TitleKey::new(&title.nfkd().collect::<String>()), &key);
    }

    #[test]
    fn width_does_not_matter(title in "[ -\\[\\]-~]*") {
        let wide: String = title.chars().map(|c| match c {
            ' ' => '\u{3000}',
            c => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        }).collect();
        prop_assert_eq!(TitleKey::new(&wide), TitleKey::new(&title));
    }

    #[test]
    fn punctuation_and_latex_do_not_matter(
        words in proptest::collection::vec("[a-z0-9]{1,6}|[一-龥]{1,4}", 1..8),
        gaps in proptest::collection::vec(0..12_usize, 8),
    ) {
        const GAPS: [&str; 12] =
            ["", " ", "-", ": ", "，", " \\, ", "$", "{", "}", "\\emph{", "$\\alpha$", "\\\\"];
        let spelt: String = words.iter().zip(gaps).flat_map(|(w, gap)| [w.as_str(), GAPS[gap]]).collect();
        prop_assert_eq!(TitleKey::new(&spelt), TitleKey::new(&words.concat()));
    }

    #[test]
    fn a_key_has_letters_and_digits_only(title in title()) {
        prop_assert!(TitleKey::new(&title).as_str().chars().all(char::is_alphanumeric));
    }

    #[test]
    fn short_titles_need_the_author(title in plain_title(), authors in ("[a-z]{2,8}", "[a-z]{2,8}")) {
        let by = |author: &str| Identity::new(None, &title, Some(author));
        let (a, b) = (by(&format!("First {}", authors.0)), by(&authors.1.to_uppercase()));
        let short = a.key.as_str().chars().count() < 16;
        prop_assert_eq!(a.key.is_short(), short);
        prop_assert_eq!(a.author.is_some(), short);
        let same = !a.key.is_empty() && (!short || authors.0 == authors.1);
        prop_assert_eq!(same_paper(&a, &b), same);
        prop_assert_eq!(same_paper(&a, &Identity::new(None, &title, None)), !a.key.is_empty() && !short);
    }
}
