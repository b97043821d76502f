//! The words of the query language and what they mean: the one source of the help, the README and the parser.

use std::fmt::Write as _;

use crate::catalogue::Lang;

/// Writes an enum of names, with the name of each and all of them.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $( $variant:ident $name:literal $en:literal $zh:literal; )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $( #[doc = $en] $variant, )+ }

        impl $type {
            /// All of them, in the order of the help.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name, as it is typed.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// What it means.
            #[must_use]
            pub fn help(self, lang: Lang) -> &'static str {
                match self { $( Self::$variant => lang.pick($en, $zh), )+ }
            }

            /// Finds one by what was typed, case aside.
            pub(super) fn from_name(typed: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|v| v.name().eq_ignore_ascii_case(typed))
            }
        }
    };
}

names! {
    /// What stands before a `:`.
    Field {
        Title "title" "the title, as published or translated" "题名，原文或译文";
        Author "author" "an author, by the beginning of a name" "作者，姓或名的开头";
        Cat "cat" "a category: of the digest, or of arXiv" "类别：文摘的，或 arXiv 的";
        Tag "tag" "a whole tag of yours" "自己加的标签（整个）";
        Note "note" "your note" "自己的笔记";
        Venue "venue" "the venue: venue:cvpr, venue:cvpr2025" "发表处：venue:cvpr、venue:cvpr2025";
        Comment "comment" "the arXiv comment" "arXiv 备注";
        Id "id" "the beginning of the id; a whole arXiv id or address needs no field" "编号的开头；完整的 arXiv 号或网址不用字段";
        Date "date" "the date of the digest: 2025, 2025-04, 2025-04-03, A..B, today, 7d (7 days ago or later; also w, m, y)" "文摘日期：2025、2025-04、2025-04-03、A..B、today、7d（7 天前起；另有 w、m、y）";
        Text "text" "the whole text in both languages" "两种语言的全文";
        Zh "zh" "the Chinese text" "中文全文";
        En "en" "the English text" "英文全文";
        Is "is" "bookmarked, later, dismissed, undecided, read, repeat, failed (at the source)" "bookmarked 收藏、later 稍后、dismissed 略过、undecided 未定、read 已读、repeat 重复、failed 来源生成失败";
        Has "has" "zh, summary, takeaways, code, note" "zh 中文、summary 总结、takeaways 要点、code 代码、note 笔记";
    }
}

names! {
    /// What can follow `is:`.
    Is {
        Bookmarked "bookmarked" "bookmarked" "收藏";
        Later "later" "kept for later" "稍后";
        Dismissed "dismissed" "dismissed" "略过";
        Undecided "undecided" "without a verdict" "未定";
        Read "read" "read" "已读";
        Repeat "repeat" "seen on an earlier date" "重复";
        Failed "failed" "the source failed to write a part" "来源生成失败";
    }
}

names! {
    /// What can follow `has:`.
    Has {
        Zh "zh" "a Chinese title or abstract" "中文题名或摘要";
        Summary "summary" "a summary" "总结";
        Takeaways "takeaways" "takeaways" "要点";
        Code "code" "a link to code" "代码链接";
        Note "note" "a note of yours" "笔记";
    }
}

/// Words of `date:` that are no numbers.
pub(super) const DAYS: [&str; 2] = ["today", "yesterday"];

/// Forms beside the fields: how they are typed, and what they mean.
const FORMS: [(&str, &str, &str); 7] = [
    (
        "word",
        "in title, gist, keywords, authors and tags, also with gaps: between beginnings of words or within one, for words of five letters and more also a few others; in takeaways and notes in one piece",
        "题名、要旨、关键词、作者、标签，可有间隔：都在词首，或在一个词内；五个字母以上的词另可有少数间隔；要点和笔记中须连续",
    ),
    (
        "qhxx",
        "Chinese by pinyin (qianghuaxuexi), or by the first letters of three or more characters",
        "拼音（qianghuaxuexi），或三个字以上的首字母",
    ),
    (
        "\"a phrase\"",
        "exactly these characters; case, width and accents never matter",
        "原样连续；大小写、全半角、重音不计",
    ),
    ("/regex/", "a regular expression, in the same texts as a word", "正则表达式，范围同单词"),
    (
        "-word",
        "without a word that begins so; also before a field, a phrase or a parenthesis, and as NOT word",
        "不含以此开头的词；也可放在字段、短语或括号前，或写 NOT word",
    ),
    ("a OR b", "one of them; side by side, or with AND, means all of them", "其一；并列或用 AND 则为都要"),
    ("( )", "what belongs together", "分组"),
];

/// The language in the order of the help: how a part is typed, and what it means.
#[must_use]
pub fn reference(lang: Lang) -> Vec<(String, &'static str)> {
    let forms = FORMS.into_iter().map(|(form, en, zh)| (form.to_owned(), lang.pick(en, zh)));
    let fields = Field::ALL.into_iter().map(|f| (format!("{}:", f.name()), f.help(lang)));
    forms.chain(fields).collect()
}

/// Writes the table of the language for README.md.
#[must_use]
pub fn markdown() -> String {
    let mut out = "\n| query | finds |\n| --- | --- |\n".to_owned();
    for (form, help) in reference(Lang::En) {
        let _ = writeln!(out, "| `{form}` | {help} |");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_value() {
        for lang in [Lang::En, Lang::Zh] {
            for (field, names) in
                [(Field::Is, Is::ALL.map(Is::name).to_vec()), (Field::Has, Has::ALL.map(Has::name).to_vec())]
            {
                for name in names {
                    assert!(field.help(lang).contains(name), "{name}");
                }
            }
        }
    }
}
