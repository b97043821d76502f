use proptest::prelude::*;
use serde_json::{Value, json};

use super::native::parse;
use super::{Format, Parsed, detect, peek};

const NAME: &str = "2031-02-03/LLM.json";

fn paper(n: usize) -> Value {
    json!({"id": format!("3102.0000{n}"), "title": format!("Title \"{n}\" {{"), "authors": ["A", "B"], "summary": "摘要"})
}

fn digest(papers: &[Value]) -> String {
    let digest = json!({"schema": 1, "date": "2031-02-03", "category": "LLM", "papers": papers, "made_by": {"x": [1]}});
    serde_json::to_string_pretty(&digest).unwrap()
}

fn read(json: &str) -> (Vec<String>, Vec<String>) {
    let parsed = parse(json.as_bytes(), NAME).unwrap();
    let titles = parsed.digest.digest.papers.iter().map(|p| p.id.clone()).collect();
    (titles, problems(&parsed))
}

fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_list_among_the_papers_costs_only_itself() {
    for junk in ["[]", "[1, [2], {\"id\": 1}]", "[\"a]\"]"] {
        let good = |n: u8| format!(r#"{{"id":"3102.0000{n}","title":"Good {n}"}}"#);
        let papers = format!("[{junk},{},{junk},{}]", good(1), good(2));
        let json = format!(r#"{{"schema":1,"date":"2031-02-03","category":"A","papers":{papers}}}"#);
        let parsed = parse(json.as_bytes(), NAME).unwrap();
        assert_eq!(parsed.digest.papers(), 2, "{json}: {:?}", problems(&parsed));
        assert_eq!(parsed.problems.len(), 2, "{:?}", problems(&parsed));
    }
}

#[test]
fn what_is_written_reads_the_same_again() {
    let paper = r#"{"id":"3102.00001","title":"Good","own":[1.222222222222222e+68, 0.1]}"#;
    for odd in
        [r#""papers": null,"#, r#""category": " ","#, r#""papers": "x", "own": 8.888888888888889e+55,"#, ""]
    {
        let json = format!(r#"{{"schema":1,"date":"2031-02-03",{odd} "papers":[{paper}]}}"#);
        let first = parse(json.as_bytes(), NAME).unwrap();
        assert_eq!(first.digest.papers(), 1, "{json}");
        let written = first.digest.to_json();
        let again = parse(written.as_bytes(), NAME).unwrap();
        assert_eq!((problems(&again), again.digest.to_json()), (vec![], written), "{json}");
    }
}

fn three() -> String {
    digest(&[paper(1), paper(2), paper(3)])
}

#[test]
fn a_whole_file_survives_a_round_trip() {
    let json = three();
    assert_eq!(detect(json.as_bytes(), NAME), Some(Format::Native));
    let (date, category) = peek(&json.as_bytes()[..80], "x.json");
    assert_eq!((date.unwrap().to_string().as_str(), category.as_deref()), ("2031-02-03", Some("LLM")));
    let parsed = parse(json.as_bytes(), NAME).unwrap();
    assert_eq!(problems(&parsed), Vec::<String>::new());
    assert_eq!(parsed.digest.papers(), 3);
    assert_eq!(parsed.digest.digest.extra, json!({"made_by": {"x": [1]}}).as_object().unwrap().clone());
    let written = parsed.digest.to_json();
    assert!(
        written.starts_with("{\n  \"schema\": 1,\n  \"date\": \"2031-02-03\",\n") && written.ends_with("}\n")
    );
    assert_eq!(parse(written.as_bytes(), NAME).unwrap().digest, parsed.digest);
}

#[test]
fn a_slip_costs_one_record() {
    let all = ["3102.00001", "3102.00002", "3102.00003"];
    let without_2 = ["3102.00001", "3102.00003"];
    let json = three();
    // Lines 15 to 23 are the second paper.
    let second = |from: &str, to: &str| {
        let (head, tail) = json.split_at(json.find("3102.00002").unwrap());
        format!("{head}{}", tail.replacen(from, to, 1))
    };
    let conflict = json.replacen(
        "    {\n      \"id\": \"3102.00002\"",
        "<<<<<<< mine\n    {\n      \"id\": \"3102.00002\"",
        1,
    );
    for (json, ids, expected) in [
        (
            second("\"title\": ", "\"title\" "),
            &without_2[..],
            "2031-02-03/LLM.json:17: this paper is not readable and was left out: expected `:`",
        ),
        (
            second("\"summary\": \"摘要\"", "\"summary\": \"摘要"),
            &without_2,
            "2031-02-03/LLM.json:23: this paper is not readable and was left out: control character (\\u0000-\\u001F) found while parsing a string",
        ),
        (
            second("    },\n", "    ,\n"),
            &without_2,
            "2031-02-03/LLM.json:15: this paper has no end; it was left out",
        ),
        (
            second("\"摘要\"", "7"),
            &all,
            "2031-02-03/LLM.json:22: `summary`: invalid type: integer `7`, expected a string; kept aside in `extra`",
        ),
        (conflict, &all, "2031-02-03/LLM.json:15: this is no paper; it was left out"),
        (
            json.replace("\"schema\": 1", "\"schema\": 2"),
            &all,
            "2031-02-03/LLM.json: schema 2 is not known; it was read as schema 1",
        ),
        (
            json.replace("2031-02-03", "soon"),
            &all,
            "2031-02-03/LLM.json: no member `date` with a date as YYYY-MM-DD; the file's name was asked",
        ),
        (format!("{json}}}"), &all, "2031-02-03/LLM.json:39: text after the end of the digest was left out"),
        (
            json.replacen("\"LLM\"", "[]", 1),
            &all,
            "2031-02-03/LLM.json:4: `category` is not what a digest has there; it was left out",
        ),
    ] {
        let (got, problems) = read(&json);
        assert_eq!(
            (got.as_slice(), problems.as_slice()),
            (ids.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice(), &[expected.to_owned()][..]),
            "{json}"
        );
    }
}

#[test]
fn nulls_are_as_good_as_nothing() {
    let mut odd = paper(1);
    odd["takeaways"] = Value::Null;
    odd["score"] = json!(0.5);
    let json = digest(&[odd, paper(2)]);
    let parsed = parse(json.as_bytes(), NAME).unwrap();
    assert_eq!(problems(&parsed), Vec::<String>::new());
    let first = &parsed.digest.digest.papers[0];
    assert_eq!((first.takeaways.len(), first.extra.get("score")), (0, Some(&json!(0.5))));
    assert_eq!(first.arxiv.as_ref().map(|a| a.id.as_str()), Some("3102.00001"));
}

#[test]
fn every_prefix_yields_its_whole_records() {
    for json in [three(), three().replace(['\n', ' '], "")] {
        let ends: Vec<usize> = json.match_indices("摘要").map(|(at, _)| at).collect();
        let mut most = 0;
        for end in 0..json.len() {
            let Ok(parsed) = parse(&json.as_bytes()[..end], NAME) else {
                assert_eq!(most, 0);
                continue;
            };
            let papers = parsed.digest.papers();
            assert!(papers >= most && papers <= ends.iter().filter(|at| **at < end).count(), "at {end}");
            assert!(!parsed.problems.is_empty(), "at {end}");
            most = papers;
        }
        assert_eq!(most, 3);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_replaced() {
    let mut json = three().into_bytes();
    let at = json.windows(5).position(|w| w == b"Title").unwrap();
    json[at] = 0xff;
    let parsed = parse(&json, NAME).unwrap();
    assert_eq!(parsed.digest.digest.papers[0].title, "\u{fffd}itle \"1\" {");
    assert_eq!(
        problems(&parsed),
        ["2031-02-03/LLM.json:8: bytes or escapes that no text may hold were replaced"]
    );
}

proptest! {
    #[test]
    fn no_damage_panics(at in 0_usize..700, byte in any::<u8>(), gone in 0_usize..40) {
        let mut json = three().into_bytes();
        let at = at.min(json.len() - 1);
        json.splice(at..(at + gone).min(json.len()), [byte]);
        if let Ok(parsed) = parse(&json, NAME) {
            prop_assert!(parsed.digest.papers() <= 3);
        }
    }
}
