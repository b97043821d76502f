//! Any bytes as an index: reading all of it ends, with texts or with nothing; and so with sums that fit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::table::{Excerpt, Table, VERSION, sum};

fuzz_target!(|bytes: &[u8]| {
    walk(bytes);
    // The beginning of a header, filled up so that it is taken for one.
    let mut image = bytes.to_vec();
    image.resize(image.len().max(80), 0);
    let at = u64::from_le_bytes(*image[24..].first_chunk().unwrap());
    let tables = usize::try_from(at).ok().and_then(|at| image.get(at..)).map_or(0, sum);
    let len = image.len() as u64;
    image[..8].copy_from_slice(b"wenzhai\x1a");
    image[8..12].copy_from_slice(&VERSION.to_le_bytes());
    image[32..40].copy_from_slice(&tables.to_le_bytes());
    image[40..48].copy_from_slice(&len.to_le_bytes());
    let header = sum(&image[..72]);
    image[72..80].copy_from_slice(&header.to_le_bytes());
    walk(&image);
});

fn walk(bytes: &[u8]) {
    let mut read = |some: &mut [u8], at: u64| {
        let from = usize::try_from(at).ok().and_then(|at| bytes.get(at..)?.get(..some.len()));
        from.map(|from| some.copy_from_slice(from)).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    };
    let header = Table::check(bytes.len() as u64, &mut read);
    let opened = Table::open(bytes);
    assert_eq!(header.is_ok(), opened.is_ok());
    let (Ok(header), Ok(table)) = (header, opened) else { return };
    for most in [None, Some(1000)] {
        let mut excerpt = Excerpt::default();
        if excerpt.read(header, table.digest_count() / 2, (16, most), &mut read).is_ok() {
            look(excerpt.table(), bytes);
        }
    }
    look(table, bytes);
}

fn look(table: Table, bytes: &[u8]) {
    for at in [0, 1, table.len() / 2, table.len().wrapping_sub(1)] {
        let _ = table.row(at).map(|row| row.id().len());
    }
    // Forged tables may name the same block a million times.
    for digest in table.digests().take(100) {
        let _ = (digest.is_sound(), digest.date(), digest.category(), digest.sources().count());
        for row in digest.rows().take(1000) {
            let texts: usize = row.pieces().map(|piece| piece.text.len()).sum();
            assert!(texts <= bytes.len());
            let _ = (row.title(), row.title_zh(), row.authors(), row.identity(), row.print(), row.mask());
        }
    }
}
