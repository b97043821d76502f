use super::Lang;

/// A part of a paper that is handed to another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The address of the abstract page.
    Link,
    /// The abstract page.
    Page,
    /// The address of a search for the title.
    Search,
    /// The address of the PDF.
    Pdf,
    /// The address of the code.
    Code,
    /// The project's page.
    Project,
    /// A figure.
    Figure,
    /// An address in a text.
    InText,
    /// Any other address.
    Other,
    /// The id.
    Id,
    /// The title.
    Title,
    /// Title, gist and link.
    Lines,
    /// The English abstract.
    Abstract,
    /// The Chinese translation.
    Chinese,
    /// The summary.
    Summary,
    /// The takeaways.
    Takeaways,
}

impl Lang {
    /// The name of a part of a paper.
    #[must_use]
    pub fn piece(self, piece: Piece) -> &'static str {
        let (en, zh) = match piece {
            Piece::Link => ("link", "链接"),
            Piece::Page => ("abstract page", "摘要页"),
            Piece::Search => ("search by title", "按题名搜"),
            Piece::Pdf => ("PDF", "PDF"),
            Piece::Code => ("code", "代码"),
            Piece::Project => ("project", "项目页"),
            Piece::Figure => ("figure", "图"),
            Piece::InText => ("in the text", "文中"),
            Piece::Other => ("other", "其他"),
            Piece::Id => ("id", "编号"),
            Piece::Title => ("title", "题名"),
            Piece::Lines => ("three lines", "三行"),
            Piece::Abstract => ("abstract", "英文摘要"),
            Piece::Chinese => ("中文", "中文"),
            Piece::Summary => ("summary", "总结"),
            Piece::Takeaways => ("takeaways", "要点"),
        };
        self.pick(en, zh)
    }

    /// A part that none of the papers has.
    #[must_use]
    pub fn has_no(self, what: &str) -> String {
        match self {
            Self::En => format!("Nothing to hand on: no {what} here."),
            Self::Zh => format!("没有可用的{what}。"),
        }
    }

    /// What is copied of so many papers.
    #[must_use]
    pub fn piece_of(self, what: &str, papers: usize, dot: &str) -> String {
        if papers == 1 { what.to_owned() } else { format!("{what} {dot} {}", self.papers(papers)) }
    }

    /// What was copied, how much that is, and how; `way` is of [`Self::by_terminal`] and its like.
    #[must_use]
    pub fn copied(self, what: &str, bytes: usize, way: &str, dot: &str) -> String {
        match self {
            Self::En => format!("Copied: {what} {dot} {bytes} bytes {dot} {way}"),
            Self::Zh => format!("已复制：{what} {dot} {bytes} 字节 {dot} {way}"),
        }
    }

    /// A text went to the terminal, which does not say whether it took it.
    #[must_use]
    pub fn by_terminal(self) -> String {
        self.pick("sent to the terminal (OSC 52)", "已发给终端（OSC 52）").to_owned()
    }

    /// A text went through tmux or GNU screen to the terminal.
    #[must_use]
    pub fn by_multiplexer(self, name: &str) -> String {
        match self {
            Self::En => format!("sent through {name} (OSC 52)"),
            Self::Zh => format!("已通过 {name} 发出（OSC 52）"),
        }
    }

    /// A text is in tmux's buffer, and was sent on to its terminal.
    #[must_use]
    pub fn by_tmux(self) -> String {
        self.pick("in tmux's buffer, and sent to its terminal", "已入 tmux 缓冲区，并发给终端").to_owned()
    }

    /// A program or a file has the text.
    #[must_use]
    pub fn by(self, name: &str) -> String {
        match self {
            Self::En => format!("by {name}"),
            Self::Zh => format!("经 {name}"),
        }
    }

    /// A text stands in a file.
    #[must_use]
    pub fn in_file(self, path: &str) -> String {
        match self {
            Self::En => format!("in {path}"),
            Self::Zh => format!("写入 {path}"),
        }
    }

    /// Why a text was not copied: it is longer than terminals take; `export` is the key that writes a file.
    #[must_use]
    pub fn too_long_to_copy(self, bytes: usize, most: usize, export: &str) -> String {
        match self {
            Self::En => format!("{bytes} bytes, terminals take {most}; {export} writes a file"),
            Self::Zh => format!("{bytes} 字节，终端最多收 {most}；{export} 可写成文件"),
        }
    }

    /// Why a text was not copied: the terminal has nothing to copy to.
    #[must_use]
    pub fn no_clipboard(self) -> &'static str {
        self.pick("this terminal has no clipboard; see --print-yank", "此终端没有剪贴板，可用 --print-yank")
    }

    /// A text could not be copied.
    #[must_use]
    pub fn not_copied(self, why: &str) -> String {
        match self {
            Self::En => format!("Not copied: {why}"),
            Self::Zh => format!("未复制：{}", self.reason(why)),
        }
    }

    /// A browser shows this address.
    #[must_use]
    pub fn opened(self, url: &str) -> String {
        match self {
            Self::En => format!("Opened {url}"),
            Self::Zh => format!("已打开 {url}"),
        }
    }

    /// A browser could not be asked to show this address, which is left out where it stands elsewhere.
    #[must_use]
    pub fn not_opened(self, url: &str, why: &str) -> String {
        let said = match self {
            Self::En => format!("Not opened: {why}"),
            Self::Zh => format!("未能打开：{}", self.reason(why)),
        };
        if url.is_empty() { said } else { format!("{said}{}{url}", self.pick("; ", "；")) }
    }

    /// An address, which is left out where it stands elsewhere, was copied, as there is no browser here.
    #[must_use]
    pub fn no_browser(self, url: &str, way: &str, dot: &str) -> String {
        let said = self.pick("No browser here; link copied", "此处没有浏览器，链接已复制");
        let colon = self.pick(": ", "：");
        if url.is_empty() { format!("{said} {dot} {way}") } else { format!("{said}{colon}{url} {dot} {way}") }
    }

    /// An address that no browser is asked to show.
    #[must_use]
    pub fn not_openable(self, url: &str) -> String {
        match self {
            Self::En => format!("Not opened, neither http nor https: {url}"),
            Self::Zh => format!("不是 http 或 https 链接，未打开：{url}"),
        }
    }

    /// Papers were written to a file.
    #[must_use]
    pub fn exported(self, papers: usize, path: &str) -> String {
        match self {
            Self::En => format!("{} written to {path}", self.papers(papers)),
            Self::Zh => format!("{}已写入 {path}", self.papers(papers)),
        }
    }

    /// Papers could not be written.
    #[must_use]
    pub fn not_exported(self, why: &str) -> String {
        match self {
            Self::En => format!("Not written: {why}"),
            Self::Zh => format!("未能写入：{}", self.reason(why)),
        }
    }

    /// The title of the list of links.
    #[must_use]
    pub fn links_title(self) -> String {
        self.pick("Links", "链接").to_owned()
    }

    /// How to use the list of links; `typed` is the beginning of a label.
    #[must_use]
    pub fn links_hint(self, typed: &str, close: &str, dot: &str) -> String {
        let typed = if typed.is_empty() { String::new() } else { format!("{typed} {dot} ") };
        match self {
            Self::En => format!("{typed}letter: open {dot} capital: copy {dot} {close} close"),
            Self::Zh => format!("{typed}字母打开 {dot} 大写复制 {dot} {close} 关闭"),
        }
    }

    /// How to leave the window with an address.
    #[must_use]
    pub fn any_key_closes(self) -> &'static str {
        self.pick("any key closes", "按任意键关闭")
    }

    /// The title of the window with an address that is too long for a line.
    #[must_use]
    pub fn address_title(self) -> String {
        self.pick("Link", "链接").to_owned()
    }

    /// A command ended with this status; an empty one is the user's shell.
    #[must_use]
    pub fn ran(self, command: &str, status: i32) -> String {
        let command = if command.is_empty() { self.pick("the shell", "shell") } else { command };
        match self {
            Self::En => format!("Status {status}: {command}"),
            Self::Zh => format!("退出状态 {status}：{command}"),
        }
    }

    /// A command could not be started.
    #[must_use]
    pub fn not_run(self, why: &str) -> String {
        match self {
            Self::En => format!("Not run: {why}"),
            Self::Zh => format!("未能运行：{}", self.reason(why)),
        }
    }

    /// Under the output of a command that ended with this status.
    #[must_use]
    pub fn enter_goes_back(self, status: i32) -> String {
        let back = self.pick("Enter goes back", "按回车返回");
        match (self, status) {
            (_, 0) => format!("[wenzhai: {back}]"),
            (Self::En, _) => format!("[wenzhai: status {status}; {back}]"),
            (Self::Zh, _) => format!("[wenzhai：退出状态 {status}；{back}]"),
        }
    }

    /// Above a shell that the user opened.
    #[must_use]
    pub fn exit_goes_back(self) -> &'static str {
        self.pick("[wenzhai: exit goes back]", "[wenzhai：exit 返回]")
    }
}
