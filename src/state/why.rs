//! Why a paper stands where it does: the terms of its score, and where else it was seen.

use super::popup::{Popup, PopupKind};
use super::row::Row;
use super::styled::{Role, StyledLine};
use crate::catalogue::Lang;
use crate::filter::{Interest, Kind, Reason, Rule, Spot, Subject, Worth};
use crate::model::{Digest, Paper};
use crate::text;

/// Cells of the points before a reason.
const POINTS: usize = 6;

impl Popup {
    /// Explains the place of a paper term by term, in rows of `width` cells. O(length of the paper, for each rule).
    #[must_use]
    pub(super) fn why(
        (digest, paper): (&Digest, &Paper),
        row: &Row,
        interest: &Interest,
        lang: Lang,
        width: usize,
    ) -> Self {
        let name = text::fit(&row.title, width).into_owned();
        let mut lines = vec![StyledLine::of(name, Role::Strong), StyledLine::new()];
        lines.push(StyledLine::of(lang.interest_heading(), Role::Heading));
        let reasons = interest.explain(&Subject::bare(digest, paper));
        let rule = |reason: &Reason| interest.rules().get(reason.rule).cloned();
        let (mutes, terms): (Vec<_>, Vec<_>) = reasons
            .iter()
            .filter_map(|reason| Some((reason, rule(reason)?)))
            .partition(|(_, rule)| rule.worth == Worth::Mute);
        for (reason, rule) in &terms {
            let points = format!("{:+}", reason.points);
            set(&points, Role::Plain, &said(reason, rule, lang), width, &mut lines);
        }
        match (interest.rules().is_empty(), reasons.is_empty()) {
            (true, _) => set("", Role::Plain, lang.no_rules(), width, &mut lines),
            (_, true) => set("= 0", Role::Strong, lang.no_rule_met(), width, &mut lines),
            _ => set(&format!("= {}", row.rating.score), Role::Strong, "", width, &mut lines),
        }
        for (reason, rule) in &mutes {
            set(lang.mutes(), Role::Plain, &said(reason, rule, lang), width, &mut lines);
        }
        if !mutes.is_empty() && row.is_kept() {
            set("", Role::Plain, lang.muted_but_kept(), width, &mut lines);
        }
        lines.push(StyledLine::new());
        lines.push(StyledLine::of(lang.elsewhere_heading(), Role::Heading));
        if row.also.is_empty() {
            set("", Role::Plain, lang.seen_nowhere_else(), width, &mut lines);
        }
        for also in &row.also {
            let weekday = lang.weekday(also.date.weekday().to_monday_one_offset());
            let mut parts = vec![format!("{} {weekday}", also.date)];
            parts.extend(also.category.as_deref().map(text::show));
            parts.extend(also.is_other_text.then(|| lang.other_text().to_owned()));
            set("", Role::Plain, &parts.join(&format!(" {} ", text::dot())), width, &mut lines);
        }
        Self::of(PopupKind::Why, lines)
    }
}

/// Says what a rule found and where: `keyword diffusion: title, gist`.
fn said(reason: &Reason, rule: &Rule, lang: Lang) -> String {
    let (colon, comma) = (lang.pick(": ", "："), lang.pick(", ", "，"));
    let found = |(wanted, spots): &(String, Vec<Spot>)| {
        let spots: Vec<&str> = spots.iter().filter_map(|s| spot(*s, lang)).collect();
        let places = if spots.is_empty() { String::new() } else { format!("{colon}{}", spots.join(comma)) };
        format!("{}{places}", text::show(&text::clean_line(wanted.clone())))
    };
    let found: Vec<String> = reason.found.iter().map(found).collect();
    let is_double = rule.kind == Kind::Keyword && reason.points != rule.points();
    let double = if is_double { lang.doubled() } else { "" };
    let name = rule.name.clone().map(|n| format!("  [{}]", text::show(&text::clean_line(n))));
    let kind = lang.rule_kind(rule.kind.name());
    format!("{kind} {}{double}{}", found.join(lang.pick("; ", "；")), name.unwrap_or_default())
}

fn spot(spot: Spot, lang: Lang) -> Option<&'static str> {
    match spot {
        Spot::Title => Some(lang.in_title()),
        Spot::Gist => Some(lang.in_gist()),
        Spot::Keywords => Some(lang.in_keywords()),
        Spot::Takeaways => Some(lang.in_takeaways()),
        Spot::Authors | Spot::Categories | Spot::Paper => None,
    }
}

/// Sets a reason beside its points, wrapped below itself.
fn set(points: &str, role: Role, reason: &str, width: usize, lines: &mut Vec<StyledLine>) {
    let mut points = points.to_owned();
    let mut rows = text::wrap(reason, width.saturating_sub(POINTS).max(2));
    if rows.is_empty() {
        rows.push(0..0);
    }
    for row in rows {
        let pad = " ".repeat(POINTS.saturating_sub(1 + text::width(&points)));
        let line = StyledLine::of(format!("{pad}{points} "), role);
        lines.push(line.with(reason.get(row).unwrap_or_default(), Role::Dim));
        points.clear();
    }
}
