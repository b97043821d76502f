use proptest::prelude::*;

use super::*;
use crate::model::{
    self, ArxivId, Date, Digest, Links, Listed, Paper, Section, Shared, SourceRef, Sources, Stamp,
};

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ]{0,30}",
        "(基于 |LLM|的推理|，|Ｇｒｐｏ|\\$x_2\\$|é| ){0,8}",
        any::<String>().prop_map(crate::text::clean_line),
    ]
}

prop_compose! {
    fn papers()(
        id in prop_oneof!["25[0-9]{2}\\.[0-9]{5}", texts()],
        arxiv in proptest::option::of(prop_oneof!["25[0-9]{2}\\.[0-9]{5}(v[0-9])?", "cs/[0-9]{7}"]),
        title in texts(),
        title_zh in proptest::option::of(texts()),
        authors in proptest::collection::vec(prop_oneof![texts(), Just("G\\'abor".to_owned())], 0..4),
        keywords in proptest::collection::vec(texts(), 0..3),
        tldr in proptest::option::of(texts()),
        comment in proptest::option::of(prop_oneof![texts(), Just("CVPR 2025, 12 pages".to_owned())]),
        has in any::<[bool; 4]>(),
    ) -> Paper {
        let some = |is: bool| is.then(|| "x".to_owned());
        Paper {
            id,
            arxiv: arxiv.map(|id| ArxivId { id, version: None }),
            title,
            title_zh,
            authors,
            keywords,
            comment,
            sections: tldr.map(|text| Section { key: "tldr".to_owned(), title: String::new(), text }).into_iter().collect(),
            summary: some(has[0]),
            takeaways: some(has[1]).into_iter().collect(),
            failed: some(has[2]).into_iter().collect(),
            links: Links { code: some(has[3]), ..Links::default() },
            categories: vec!["cs.CL".to_owned()],
            ..Paper::default()
        }
    }
}

fn archives() -> impl Strategy<Value = Vec<(Listed, Digest)>> {
    let digest = (1..28_i8, proptest::option::of(texts()), proptest::collection::vec(papers(), 0..4));
    proptest::collection::vec(digest, 0..4).prop_map(|digests| {
        let archive = digests.into_iter().enumerate().map(|(i, (day, category, papers))| {
            let date = Date::constant(2025, 3, 1).with().day(day).build().unwrap();
            let listed = Listed {
                date,
                category: Some(Shared::from(format!("slug {i}").as_str())),
                sources: Sources::new(
                    vec![SourceRef::File(format!("a/{i}.json").into()), SourceRef::Sample("x")],
                    vec![Stamp { modified_ns: 7, len: 9 }, Stamp::default()],
                ),
            };
            (listed, Digest { papers, ..Digest::new(date, category) })
        });
        archive.collect()
    })
}

fn image_of(archive: &[(Listed, Digest)]) -> Vec<u8> {
    image(archive.iter().map(|(listed, digest)| (listed, digest)))
}

/// Reads everything there is to read.
fn walk(table: &Table) -> usize {
    let mut seen = 0;
    for digest in table.digests() {
        seen += digest.category().map_or(0, str::len) + digest.sources().map(|s| s.path.len()).sum::<usize>();
        seen += usize::from(digest.is_sound()) + usize::from(digest.date().day().cast_unsigned());
        for row in digest.rows() {
            seen += row.pieces().map(|p| p.text.len()).sum::<usize>() + row.text().len();
            seen += row.title().len() + row.id().len() + row.title_zh().map_or(0, |t| t.len());
            seen += row.authors().2 + row.identity().key.as_str().len() + usize::from(row.has_code());
            seen += row.mask().count_ones() as usize + row.at() as usize;
        }
    }
    let rows = [0, 1, table.len() / 2, table.len().wrapping_sub(1), table.len()];
    seen + rows.into_iter().filter_map(|at| table.row(at)).map(|r| r.index()).sum::<usize>()
}

/// Reads an image as a file is read.
fn of_file(image: &[u8]) -> impl FnMut(&mut [u8], u64) -> std::io::Result<()> {
    move |bytes, at| {
        let from = usize::try_from(at).ok().and_then(|at| image.get(at..at.checked_add(bytes.len())?));
        from.map(|from| bytes.copy_from_slice(from)).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// Looks at an image as a file is looked at.
fn check(image: &[u8]) -> Result<Header, String> {
    Table::check(image.len() as u64, of_file(image)).map_err(|e| e.to_string())
}

/// Everything that is said of a digest.
fn said(digest: DigestRow) -> String {
    let sources: Vec<_> = digest.sources().collect();
    let rows: Vec<_> = digest.rows().map(|r| (r.at(), r.title(), r.pieces().collect::<Vec<_>>())).collect();
    let head = (digest.date(), digest.category(), digest.listed_category());
    format!("{} {head:?} {sources:?} {} {rows:?}", digest.at(), digest.is_sound())
}

/// Reads an image in parts, to its end.
fn walk_parts(image: &[u8], header: Header, most: Option<u64>) -> Vec<String> {
    let (mut said_of, mut from, mut excerpt) = (Vec::new(), 0, Excerpt::default());
    while excerpt.read(header, from, (2, most), &mut of_file(image)).is_ok() {
        let table = excerpt.table();
        walk(&table);
        said_of.extend(table.digests().map(said));
        let Some(last) = table.digests().last() else { break };
        from = last.at() + 1;
    }
    said_of
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn parts_say_what_the_whole_says(archive in archives(), most in 0..2_000_u64) {
        let image = image_of(&archive);
        let (table, header) = (Table::open(&image).unwrap(), check(&image).unwrap());
        let whole: Vec<String> = table.digests().map(said).collect();
        prop_assert_eq!(&walk_parts(&image, header, Some(most)), &whole);
        for digest in table.digests() {
            let mut only = Excerpt::default();
            only.read(header, digest.at(), (1, None), &mut of_file(&image)).unwrap();
            let alone = only.table().digest(digest.at()).unwrap();
            prop_assert!(alone.is_empty());
            prop_assert_eq!(alone.sources().collect::<Vec<_>>(), digest.sources().collect::<Vec<_>>());
            prop_assert!(only.table().digest(digest.at() + 1).is_none());
        }
    }

    #[test]
    fn a_day_is_found_among_all(archive in archives(), day in 1..28_i8) {
        let mut archive = archive;
        archive.sort_by_key(|(listed, _)| std::cmp::Reverse(listed.date));
        let (image, date) = (image_of(&archive), Date::constant(2025, 3, day));
        let of_date = Excerpt::of_date(check(&image).unwrap(), date, &mut of_file(&image)).unwrap();
        let found: Vec<String> = of_date.table().digests().map(said).collect();
        let there = Table::open(&image).unwrap();
        let there: Vec<String> = there.digests().filter(|d| d.date() == date).map(said).collect();
        prop_assert_eq!(found, there);
    }

    #[test]
    fn what_is_written_is_read(archive in archives()) {
        let image = image_of(&archive);
        let table = Table::open(&image).unwrap();
        prop_assert_eq!(table.digest_count() as usize, archive.len());
        let mut at = 0;
        for (row, (listed, digest)) in table.digests().zip(&archive) {
            prop_assert_eq!((row.date(), row.category()), (listed.date, digest.category.as_deref()));
            prop_assert!(row.is_of(listed) && row.is_sound());
            prop_assert_eq!(row.len() as usize, digest.papers.len());
            for (row, paper) in row.rows().zip(&digest.papers) {
                prop_assert_eq!(row.at(), at);
                prop_assert_eq!(table.row(at).map(|r| (r.at(), r.index())), Some((at, row.index())));
                at += 1;
                let pieces = Pieces::short(paper, model::gist(paper).unwrap_or_default(), digest.category.as_deref());
                // A table has one mask for all pieces of a row.
                let of_row = pieces.iter().map(|p| Piece { mask: pieces.mask(), ..p });
                prop_assert_eq!(row.pieces().collect::<Vec<_>>(), of_row.collect::<Vec<_>>());
                prop_assert!(pieces.iter().all(|p| p.mask == mask(p.text)));
                prop_assert_eq!((row.text(), row.mask()), (pieces.text().as_bytes(), pieces.mask()));
                prop_assert_eq!((row.id(), row.title()), ((&*paper.id).into(), (&*paper.title).into()));
                let title_zh = row.title_zh();
                prop_assert_eq!(title_zh.as_deref(), paper.title_zh.as_deref());
                let (first, last, count) = row.authors();
                prop_assert_eq!(&*first, paper.authors.first().map_or("", |a| a));
                prop_assert_eq!(last.as_deref(), paper.authors.get(1..).and_then(|a| a.last()).map(|a| &**a));
                prop_assert_eq!(count, paper.authors.len());
                prop_assert_eq!(row.identity(), paper.identity());
                prop_assert_eq!(row.print(), Print::of(&paper.identity()));
                let has = [row.has_summary(), row.has_takeaways(), row.is_failed(), row.has_code(), row.has_han()];
                let said = [
                    paper.summary.is_some(),
                    !paper.takeaways.is_empty(),
                    !paper.failed.is_empty(),
                    paper.links.code.is_some(),
                    pieces.has_han(),
                ];
                prop_assert_eq!(has, said);
            }
        }
        prop_assert_eq!(table.len(), at);
        prop_assert!(table.row(at).is_none());
    }

    /// A file that was never one, or is one no more, is noticed or read to its end.
    #[test]
    fn no_bytes_do_harm(archive in archives(), edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut image = image_of(&archive);
        prop_assert!(cut.index(image.len()) == image.len() || Table::open(&image[..cut.index(image.len())]).is_err());
        let before = image.clone();
        for (at, byte) in edits {
            let at = at.index(image.len());
            image[at] = byte;
        }
        prop_assert_eq!(check(&image).map(drop), Table::open(&image).map(drop).map_err(|e| e.to_string()));
        if let Ok(table) = Table::open(&image) {
            walk(&table);
            let is_sound = table.digests().all(|d| d.is_sound());
            prop_assert_eq!(is_sound, image == before);
        } else {
            prop_assert_ne!(&image, &before);
        }
        // With its sums put right, nothing is noticed any more.
        forge(&mut image);
        prop_assert_eq!(check(&image).map(drop), Table::open(&image).map(drop).map_err(|e| e.to_string()));
        if let (Ok(table), Ok(header)) = (Table::open(&image), check(&image)) {
            walk(&table);
            walk_parts(&image, header, Some(100));
            walk_parts(&image, header, None);
            let _ = Excerpt::of_date(header, Date::constant(2025, 3, 9), &mut of_file(&image)).map(|e| walk(&e.table()));
        }
    }
}

/// Puts the sums of header and tables right, so that what is between is read as it is.
fn forge(image: &mut [u8]) {
    let at = bytes::u64_at(image, 24).and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
    let tables = print::sum(image.get(at..).unwrap_or_default());
    let len = image.len() as u64;
    image[..8].copy_from_slice(b"wenzhai\x1a");
    image[8..12].copy_from_slice(&VERSION.to_le_bytes());
    image[32..40].copy_from_slice(&tables.to_le_bytes());
    image[40..48].copy_from_slice(&len.to_le_bytes());
    let header = print::sum(&image[..72]);
    image[72..80].copy_from_slice(&header.to_le_bytes());
}

#[test]
fn damage_is_named() {
    let image = image([]);
    assert!(Table::open(&image).unwrap().is_empty());
    assert!(check(&image).is_ok());
    let changed = |at: usize, byte| {
        let mut image = image.clone();
        image[at] = byte;
        image
    };
    // Tables that begin within the header, and more digests than there is room for.
    let [mut early, mut many] = [changed(24, 79), changed(12, 1)];
    forge(&mut early);
    forge(&mut many);
    for (image, damage) in [
        (changed(8, 99), Damage::Version(99)),
        (Vec::new(), Damage::NoIndex),
        (image[..40].to_vec(), Damage::Length),
        ([&image[..], b"x"].concat(), Damage::Length),
        (changed(20, 1), Damage::Sum),
        (early, Damage::Length),
        (many, Damage::Length),
    ] {
        assert_eq!(Table::open(&image).unwrap_err(), damage);
        assert_eq!(check(&image).unwrap_err(), damage.to_string());
    }
}

#[test]
fn prints_go_by_the_rule_of_identities() {
    let identity = |arxiv, title, author| model::Identity::new(arxiv, title, author);
    let all = [
        identity(Some("2501.00001"), "A title of some length", None),
        identity(Some("2501.00002v3"), "A title of some length", None),
        identity(None, "A Title of Some Length!", Some("A B")),
        identity(None, "Short", Some("A B")),
        identity(None, "Short", Some("A C")),
        identity(None, "", None),
    ];
    for a in &all {
        for b in &all {
            assert_eq!(Print::of(a).may_be(Print::of(b)), model::same_paper(a, b), "{a:?} {b:?}");
        }
    }
}
