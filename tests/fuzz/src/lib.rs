//! What holds of every reader, whatever the bytes.

use wenzhai::import::{Format, Parsed, parse};
use wenzhai::model::Problem;

/// Reads `bytes` in one format. No panic; every place is within the file; what is read can be written, and reads the
/// same again, without a problem; cleaned, no text holds a control character.
pub fn read(format: Format, bytes: &[u8], name: &str) {
    // No encoding has more line ends than it has such bytes.
    let lines = 1 + bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
    let within = |line: u32| (1..=lines).contains(&(line as usize));
    let Parsed { digest, problems } = match parse(format, bytes, name) {
        Ok(parsed) => parsed,
        Err(problem) => return assert!(problem.line.is_none_or(within), "{problem} of {lines} lines"),
    };
    for problem in &problems {
        assert!(problem.line.is_none_or(within), "{problem} of {lines} lines");
    }
    let json = digest.to_json();
    let again = parse(Format::Native, json.as_bytes(), name).expect("what is written is read");
    // An odd category is odd each time.
    let is_new = |p: &&Problem| !problems.iter().any(|before| before.what == p.what);
    assert_eq!(again.problems.iter().find(is_new), None, "{json}");
    assert_eq!(again.digest.to_json(), json);
    let mut clean = digest.clean();
    if format != Format::Native {
        let places = clean.papers.iter().flat_map(|paper| &paper.from);
        places.for_each(|(_, line)| assert!(within(*line), "a paper in line {line} of {lines} lines"));
    }
    clean.each_text(&mut |text, _| {
        assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{text:?}");
    });
}
