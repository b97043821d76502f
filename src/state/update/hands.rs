//! What is handed to other programs: texts to copy, addresses to open, papers to export.

use super::decide::{chosen, mark_read};
use super::errand;
use super::search::wait_for_digests;
use crate::action::{Action, Context};
use crate::catalogue::Piece;
use crate::effect::{Copied, Effect, NotCopied, Report, Way};
use crate::export::{self, Entry, Exporter, Format};
use crate::keymap::{Key, Lookup};
use crate::model::{Paper, openable};
use crate::state::links::Typed;
use crate::state::{Now, Popup, PopupKind, Row, State};
use crate::text;

/// Carries out a verb that hands something on; none for all other verbs.
pub(super) fn act(state: &mut State, now: Now, action: Action) -> Option<Vec<Effect>> {
    let is_of_hands = ["open-", "links", "yank-", "export-"].iter().any(|n| action.name().starts_with(n));
    if is_of_hands && wait_for_digests(state, action) {
        return Some(Vec::new());
    }
    Some(match action {
        Action::OpenPage => open(state, now, Piece::Page),
        Action::OpenPdf => open(state, now, Piece::Pdf),
        Action::OpenCode => open(state, now, Piece::Code),
        Action::Links => {
            open_links(state);
            Vec::new()
        }
        Action::YankBibtex => yank_bibtex(state),
        Action::YankLink => yank(state, Piece::Link),
        Action::YankPdf => yank(state, Piece::Pdf),
        Action::YankId => yank(state, Piece::Id),
        Action::YankTitle => yank(state, Piece::Title),
        Action::YankLines => yank(state, Piece::Lines),
        Action::YankAbstract => yank(state, Piece::Abstract),
        Action::YankChinese => yank(state, Piece::Chinese),
        Action::YankSummary => yank(state, Piece::Summary),
        Action::YankTakeaways => yank(state, Piece::Takeaways),
        Action::Pipe => errand::open(state, true),
        Action::Shell => errand::open(state, false),
        Action::ExportBibtex => write_file(state, Format::Bibtex),
        Action::ExportRis => write_file(state, Format::Ris),
        Action::ExportCslJson => write_file(state, Format::CslJson),
        Action::ExportMarkdown => write_file(state, Format::Markdown),
        Action::ExportOrg => write_file(state, Format::Org),
        Action::ExportJson => write_file(state, Format::Json),
        Action::ExportCsv => write_file(state, Format::Csv),
        _ => return None,
    })
}

/// The selected rows, else the one under the cursor.
pub(super) fn rows(state: &State) -> Vec<Row> {
    let mut rows = chosen(state);
    if rows.is_empty() {
        rows.extend(state.papers.selected_row().cloned());
    }
    rows
}

pub(super) fn paper_of<'a>(state: &'a State, row: &Row) -> Option<&'a Paper> {
    state.library.digest(row.slot)?.papers.get(row.index)
}

/// Copies a part of each paper; those without it are passed over.
fn yank(state: &mut State, piece: Piece) -> Vec<Effect> {
    let rows = rows(state);
    let parts: Vec<(&Paper, String)> =
        rows.iter().filter_map(|r| paper_of(state, r)).filter_map(|p| Some((p, part(p, piece)?))).collect();
    let is_search = parts.iter().all(|(p, _)| piece == Piece::Link && p.page_link().is_none());
    let named = if is_search && !parts.is_empty() { Piece::Search } else { piece };
    let is_long = matches!(piece, Piece::Abstract | Piece::Chinese | Piece::Summary | Piece::Takeaways);
    let text = match parts.as_slice() {
        [(_, only)] => only.clone(),
        // Long texts of several papers need to be told apart.
        _ if is_long => join(parts.iter().map(|(p, text)| format!("{}\n{text}", p.title)), "\n\n"),
        _ if piece == Piece::Lines => join(parts.iter().map(|(_, text)| text.clone()), "\n\n"),
        _ => join(parts.iter().map(|(_, text)| text.clone()), "\n"),
    };
    let count = parts.len();
    copy(state, &text, state.lang.piece(named), count)
}

fn join(texts: impl Iterator<Item = String>, gap: &str) -> String {
    texts.collect::<Vec<_>>().join(gap)
}

fn yank_bibtex(state: &mut State) -> Vec<Effect> {
    let (text, papers) = exported(state, Format::Bibtex, &rows(state));
    copy(state, &text, "BibTeX", papers)
}

/// Asks for a text to be copied; it does not end in a line end, which would run what is pasted into a shell.
fn copy(state: &mut State, text: &str, what: &str, papers: usize) -> Vec<Effect> {
    let text = text.trim_end().to_owned();
    if text.is_empty() {
        if state.papers.selected_row().is_some() {
            state.complain(state.lang.has_no(what));
        }
        return Vec::new();
    }
    vec![Effect::Copy { text, what: state.lang.piece_of(what, papers, text::dot()) }]
}

/// A part of a paper as clean text.
fn part(paper: &Paper, piece: Piece) -> Option<String> {
    let section = |key: &str| paper.section(key).map(str::to_owned);
    let text = match piece {
        Piece::Link => paper.page_link().or_else(|| paper.search_link())?,
        Piece::Pdf => paper.pdf_link()?,
        Piece::Id => paper.id.clone(),
        Piece::Title => paper.title.clone(),
        Piece::Lines => export::lines(paper).trim_end().to_owned(),
        Piece::Abstract => paper.abstract_en.clone()?,
        Piece::Chinese => paper.abstract_zh.clone()?,
        Piece::Summary => paper.summary.clone().or_else(|| section("tldr"))?,
        Piece::Takeaways => takeaways(paper),
        _ => return None,
    };
    Some(text).filter(|t| !t.trim().is_empty())
}

/// The takeaways, numbered; the labelled parts of the analysis where there are none, as the tab shows them.
fn takeaways(paper: &Paper) -> String {
    let numbered = paper.takeaways.iter().enumerate().map(|(i, t)| format!("{}. {t}", i + 1));
    let parts = paper.sections.iter().map(|s| {
        let label = if s.title.is_empty() { &s.key } else { &s.title };
        format!("{label}: {}", s.text)
    });
    let is_numbered = !paper.takeaways.is_empty();
    if is_numbered { join(numbered, "\n") } else { join(parts, "\n") }
}

/// Opens an address of the selected paper, which counts as reading it.
fn open(state: &mut State, now: Now, piece: Piece) -> Vec<Effect> {
    let Some(paper) = state.papers.selected_row().and_then(|r| paper_of(state, r)) else {
        return Vec::new();
    };
    let url = match piece {
        Piece::Page => paper.page_link().or_else(|| paper.search_link()),
        Piece::Pdf => paper.pdf_link(),
        _ => paper.links.code.clone(),
    };
    let Some(url) = url else {
        state.complain(state.lang.has_no(state.lang.piece(piece)));
        return Vec::new();
    };
    open_url(state, now, &url)
}

fn open_url(state: &mut State, now: Now, url: &str) -> Vec<Effect> {
    let Some(url) = openable(url) else {
        state.complain(state.lang.not_openable(url));
        return Vec::new();
    };
    mark_read(state, now);
    vec![Effect::Open { url }]
}

fn open_links(state: &mut State) {
    let (_, cells) = state.popup_room();
    let Some(row) = state.papers.selected_row() else { return };
    let note = row.remarks.note.as_deref();
    match paper_of(state, row).and_then(|paper| Popup::links(paper, note, state.lang, cells)) {
        Some(popup) => state.popup = Some(popup),
        None => state.complain(state.lang.has_no(state.lang.piece(Piece::Link))),
    }
}

/// Takes a key while the list of links is open; none where it is no letter of a label.
pub(super) fn press_in_links(state: &mut State, now: Now, key: Key) -> Option<Vec<Effect>> {
    let links = state.popup.as_ref().map(|p| &p.links).filter(|links| !links.is_empty())?;
    let is_fresh = links.typed.is_empty();
    let is_bound = !matches!(state.keymap.lookup(Context::Popups, &[key]), Lookup::Miss);
    match state.popup.as_mut()?.links.press(key.as_char()?) {
        Typed::Link(url, is_copy) => {
            state.popup = None;
            let what = state.lang.piece(Piece::Link);
            Some(if is_copy { copy(state, &url, what, 1) } else { open_url(state, now, &url) })
        }
        Typed::Nothing if is_fresh && is_bound => None,
        Typed::Pending | Typed::Nothing => Some(Vec::new()),
    }
}

/// Asks for a file of the papers: called by the paper's key where it is one, else by the day.
fn write_file(state: &mut State, format: Format) -> Vec<Effect> {
    let rows = rows(state);
    let (text, papers) = exported(state, format, &rows);
    let Some(first) = rows.first().and_then(|r| paper_of(state, r)).filter(|_| papers > 0) else {
        return Vec::new();
    };
    let day = state.papers.date.map_or_else(|| "search".to_owned(), |d| d.to_string());
    let name = if papers == 1 { export::cite_key(first) } else { format!("wenzhai-{day}") };
    // No file may be hidden, or its name taken for an option.
    let name = name.trim_start_matches(['.', '-', '_']);
    let name = if name.is_empty() { "paper".to_owned() } else { name.to_owned() };
    vec![Effect::Export { name: (name, format.extension()), text, papers }]
}

/// Writes the papers of `rows` in a format, and counts them.
pub(super) fn exported(state: &State, format: Format, rows: &[Row]) -> (String, usize) {
    let mut exporter = Exporter::new(format);
    let mut text = exporter.head();
    for row in rows {
        let Some(digest) = state.library.digest(row.slot) else { continue };
        let paper = digest.papers.get(row.index);
        text.extend(paper.and_then(|p| exporter.paper(&Entry::new(digest, p, &state.decisions))));
    }
    if exporter.count() == 0 {
        return (String::new(), 0);
    }
    text.push_str(exporter.tail());
    (text, exporter.count())
}

/// Says what came of handing something on.
pub(super) fn hear(state: &mut State, report: Report) {
    let (lang, dot) = (state.lang, text::dot());
    match report {
        Report::Copied { what, bytes, came: Ok(way) } => {
            let way = match way {
                Way::Terminal => lang.by_terminal(),
                Way::Through(name) => lang.by_multiplexer(name),
                Way::Tmux => lang.by_tmux(),
                Way::Program(name) => lang.by(name),
                Way::File(path) => lang.in_file(&path),
            };
            match what {
                Copied::Text(what) => state.say(lang.copied(&what, bytes, &way, dot)),
                Copied::Address(url) => {
                    let said = |url: &str| lang.no_browser(url, &way, dot);
                    show_address(state, &url, false, said);
                }
            }
        }
        Report::Copied { what, bytes, came: Err(why) } => {
            let why = match why {
                NotCopied::TooLong(most) => {
                    let key = state.keymap.keys_for(Context::Papers, Action::ExportMarkdown);
                    let key = key.first().map(ToString::to_string).unwrap_or_default();
                    lang.too_long_to_copy(bytes, most, &key)
                }
                NotCopied::File(why) => why,
                NotCopied::NoClipboard => lang.no_clipboard().to_owned(),
            };
            match what {
                Copied::Text(_) => state.complain(lang.not_copied(&why)),
                Copied::Address(url) => show_address(state, &url, true, |url| lang.not_opened(url, &why)),
            }
        }
        Report::Opened(url, Ok(())) => state.say(lang.opened(&url)),
        Report::Opened(url, Err(why)) => show_address(state, &url, true, |url| lang.not_opened(url, &why)),
        Report::Exported(papers, Ok(path)) => state.say(lang.exported(papers, &path)),
        Report::Exported(_, Err(why)) => state.complain(lang.not_exported(&why)),
        _ => {}
    }
}

/// Says something with an address, which the terminal may make a hyperlink of; one that the last line cannot hold gets a
/// window of its own, unless something is open there already.
fn show_address(state: &mut State, url: &str, is_error: bool, said: impl Fn(&str) -> String) {
    let has_room = text::width(&said(url)) + 2 <= usize::from(state.size.cols);
    let is_free = state.popup.is_none() && state.prompt.is_none();
    if !has_room && is_free {
        let (_, cells) = state.popup_room();
        state.popup = Some(Popup::address(url, cells));
    }
    let text = said(if has_room || !is_free { url } else { "" });
    state.message = None;
    if is_error {
        state.complain(text);
    } else {
        state.say(text);
    }
    if let Some(message) = &mut state.message {
        message.link = Some(url.to_owned());
    }
}

/// Takes the window with an address away at any key; true for one that does nothing else.
pub(super) fn close_address(state: &mut State, key: Key) -> bool {
    let is_open = state.popup.as_ref().is_some_and(|p| p.kind == PopupKind::Address);
    let closes = Lookup::Hit(Action::Close) == state.keymap.lookup(Context::Popups, &[key]);
    if is_open {
        state.popup = None;
    }
    is_open && closes
}
