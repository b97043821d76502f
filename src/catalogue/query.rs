//! What is said about a query of the filter.

use super::Lang;

impl Lang {
    /// A term is missing at the end of a query, after an `OR` or `-`, or in parentheses.
    #[must_use]
    pub fn query_wants_term(self) -> String {
        self.pick(
            "expected a word, \"phrase\", /regex/, field: or (",
            "此处应有词、\"短语\"、/正则/、字段: 或 (",
        )
        .to_owned()
    }

    /// Nothing stands after the `:` of a field.
    #[must_use]
    pub fn query_wants_value(self, field: &str, values: &str) -> String {
        match (self, values) {
            (Self::En, "") => format!("expected what to find after {field}:"),
            (Self::Zh, "") => format!("{field}: 后应有要找的内容"),
            (Self::En, values) => format!("expected after {field}: {values}"),
            (Self::Zh, values) => format!("{field}: 后应为：{values}"),
        }
    }

    /// The end of a range of dates is before its beginning.
    #[must_use]
    pub fn query_dates_backwards(self) -> String {
        self.pick("the range ends before it begins", "日期范围的终点早于起点").to_owned()
    }

    /// A `)` without a `(`.
    #[must_use]
    pub fn query_unopened(self) -> String {
        self.pick("no ( before this ): expected a term or the end", "此 ) 之前没有 (：应为条件或结尾")
            .to_owned()
    }

    /// A regular expression that cannot be used.
    #[must_use]
    pub fn query_bad_regex(self, why: &str) -> String {
        match self {
            Self::En => format!("no regular expression: {why}"),
            Self::Zh => format!("正则表达式有误：{}", self.reason(why)),
        }
    }

    /// Where something stands in a query, by characters from 1.
    #[must_use]
    pub fn query_at(self, column: usize, what: &str) -> String {
        match self {
            Self::En => format!("at {column}: {what}"),
            Self::Zh => format!("第 {column} 字：{what}"),
        }
    }

    /// A word before a `:` that is no field.
    #[must_use]
    pub fn query_no_field(self, name: &str, near: Option<&str>) -> String {
        match (self, near) {
            (Self::En, None) => format!("{name}: is no field, looked for as text"),
            (Self::Zh, None) => format!("{name}: 不是字段，按文字查找"),
            (Self::En, Some(near)) => {
                format!("{name}: is no field, looked for as text; did you mean {near}: ?")
            }
            (Self::Zh, Some(near)) => format!("{name}: 不是字段，按文字查找；是否为 {near}:"),
        }
    }

    /// Something is not closed.
    #[must_use]
    pub fn query_open(self, what: &str) -> String {
        match self {
            Self::En => format!("{what} is not closed yet"),
            Self::Zh => format!("{what} 尚未闭合"),
        }
    }

    /// The query is too long.
    #[must_use]
    pub fn query_cut(self, longest: usize) -> String {
        match self {
            Self::En => format!("only the first {longest} characters count"),
            Self::Zh => format!("只有前 {longest} 个字符有效"),
        }
    }

    /// Heading of the query language in the help.
    #[must_use]
    pub fn query_heading(self) -> &'static str {
        self.pick("What / understands", "筛选语言（/）")
    }
}
