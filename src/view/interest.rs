use std::ops::Range;

use crate::filter::Line;
use crate::state::{Order, Role, Row, State, StyledLine};
use crate::text;

/// Cells the authors of a row take at most, and a followed one beside them.
const AUTHORS: usize = 24;
const FOLLOWED: usize = 12;
/// Cells the category of a row takes at most, where the list is not grouped.
const CATEGORY: usize = 12;

/// What the filter found in a line of a row; in the order of interest, without a filter, what raised the paper.
pub(super) fn hits(state: &State, row: &Row, line: Line, shown: &str) -> Vec<Range<usize>> {
    let list = &state.papers;
    if list.filter.trim().is_empty() && list.order == Order::Interest {
        return state.interest().highlight(&row.rating, line, shown);
    }
    list.hits(line, shown)
}

/// First and last author where there is room. In the order of interest the first one that is followed stands between
/// them, as a hit, and alone where there is none.
pub(super) fn authors(state: &State, row: &Row, has_room: bool) -> StyledLine {
    let short = if has_room { text::fit(&row.authors, AUTHORS).into_owned() } else { String::new() };
    let followed =
        if state.papers.order == Order::Interest { state.followed(row.place()) } else { Vec::new() };
    let Some(name) = followed.first().map(|name| state.form.of_name(name)) else {
        return StyledLine::new().with(short, Role::Dim);
    };
    let family = name.split_whitespace().last().unwrap_or(&name);
    let mut ends = row.authors.splitn(2, text::ellipsis(3)).filter(|_| has_room);
    let (first, last) = (ends.next(), ends.next());
    let is_end = [first, last].contains(&Some(family));
    let names = [first, Some(family).filter(|_| !is_end), last];
    let mut line = StyledLine::new();
    for (at, name) in names.into_iter().flatten().enumerate() {
        line.push(if at > 0 { text::ellipsis(3) } else { "" }, Role::Dim);
        line.push(name, if name == family { Role::Hit } else { Role::Dim });
    }
    if line.width() <= AUTHORS + FOLLOWED {
        line
    } else {
        StyledLine::of(text::fit(family, AUTHORS), Role::Hit)
    }
}

/// The category, where no heading names it.
pub(super) fn category(state: &State, row: &Row) -> Option<String> {
    let list = &state.papers;
    let label = list.groups.get(row.group).filter(|_| list.is_one_run())?;
    (!label.label.is_empty()).then(|| text::fit(&text::show(&label.label), CATEGORY).into_owned())
}
