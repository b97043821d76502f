//! What subcommands say: reports, labels of `show`, and complaints that are not about files.

use super::Lang;

messages! {
    /// The user has no home directory.
    no_home() "no home directory: set HOME, or XDG_CONFIG_HOME and its like" "没有主目录：请设置 HOME，或 XDG_CONFIG_HOME 等";
    /// The reader cannot start: TERM is not there.
    term_missing() "TERM is not set, so the terminal is not known" "TERM 未设置，不知道是什么终端";
    /// The reader cannot start: TERM says nothing.
    term_empty() "TERM is empty, so the terminal is not known" "TERM 为空，不知道是什么终端";
    /// The reader cannot start: the terminal only prints lines.
    term_dumb() "the terminal cannot place text (TERM=dumb)" "此终端无法定位文字（TERM=dumb）";
    /// The reader cannot start: output goes to a file or a pipe.
    needs_terminal() "standard output is not a terminal; `wenzhai list` and `show` print without one" "标准输出不是终端；`wenzhai list` 和 `show` 不需要终端";
    /// The reader cannot start: there are no keys.
    no_terminal_for_keys() "there is no terminal to read keys from" "没有可读按键的终端";
    /// What a tag may be.
    tag_rule() "a tag has 1 to 64 characters, and no blank, comma or control character" "标签有 1 到 64 个字符，不含空白、逗号和控制字符";
    /// What the name of a theme may be.
    theme_name_rule() "letters, digits, - and _" "只用字母、数字、- 和 _";
    /// What a format may be called.
    one_of(names: &str) "one of {names}" "可用 {names}";
    /// How dates are written.
    dates_rule() "dates such as 7d, 2025-04 or 2025-04-01..2025-04-07" "日期写作 7d、2025-04 或 2025-04-01..2025-04-07";
    /// Archives stand before a subcommand.
    archives_come_after() "archives come after the subcommand, or with --archive; see wenzhai --help" "文摘目录写在子命令之后，或用 --archive；用法见 wenzhai --help";
    /// The built-in sample is used.
    no_archive_yet() "no archive yet, this is the built-in sample; `wenzhai import FILE...` makes one" "还没有文摘目录，这是内置样例；`wenzhai import 文件...` 可新建";
    /// A folder that is not there, and the subcommand that was meant.
    no_folder_but_subcommand(typed: &str, near: &str) "{typed}: no such folder; did you mean `{near}`?" "{typed}：没有这个目录；是否指 `{near}`？";
    /// An id without a paper.
    no_paper_has_id(id: &str) "no paper has the id {id:?}" "没有编号为 {id:?} 的论文";
    /// A text that is neither an id nor a part of a title.
    no_paper_fits(typed: &str) "no paper has the id {typed:?} or has it in its title" "没有编号为 {typed:?} 或题名含它的论文";
    /// A text that several papers have in their titles, some of which are named.
    several_fit(typed: &str, n: usize, some: &str) "{typed:?} fits {n} papers: {some}" "{typed:?} 符合 {n} 篇：{some}";
    /// An export without papers.
    nothing_to_export() "no paper to export; nothing was written" "没有可导出的论文，什么都没写";
    /// How far a long job is.
    files_read(done: usize, total: usize) "{done} of {total} files read" "已读文件 {done} / {total}";
    /// An archive without an update command.
    no_update_for(archive: &str) "{archive}: no update command is configured for it" "{archive}：没有为它配置更新命令";
    /// There is no update command at all.
    no_update_in(file: &str) "no [[archive]] with an update command in {file}" "{file} 中没有带更新命令的 [[archive]]";
    /// There is no rule to list.
    no_rules_yet() "no rules yet; `wenzhai config default` shows how to write one" "还没有规则；写法见 `wenzhai config default`";
    /// What is neither of both.
    no_rule_nor_file(given: &str) "{given}: neither a rule, such as 'keyword = \"graph\"', nor a file or folder" "{given}：既不是规则（如 'keyword = \"graph\"'），也没有这个文件或目录";
    /// There is no rule to try.
    no_rule_to_test() "no rule is given, and the configuration has none" "没有给出规则，配置中也没有";
    /// Dates that the archive has not.
    no_digest_then(newest: &str) "no digest of these dates; the newest is of {newest}" "没有这些日期的文摘；最新的是 {newest}";
    /// Rules that do nothing.
    would_move_none(all: usize) "would move none of {all} papers" "{all} 篇中没有一篇会变动";
    /// What rules do to papers; the parts are of [`Lang::would_do`].
    would_move(parts: &str, all: usize) "would {parts} of {all} papers" "{all} 篇中会{parts}";
    /// A setting file that was named is not there.
    no_such_file(name: &str) "{name}: no such file" "{name}：没有此文件";
    /// Digests that cannot be counted.
    day_unread(date: &str, n: usize) "{date}: digests that cannot be read: {n}; see wenzhai check" "{date}：读不了的文摘：{n}；见 wenzhai check";
    /// The theme in use, above the configuration.
    theme_in_use(why: &str) "theme: {why}" "配色：{why}";
    /// What was read by a check.
    checked(files: usize, digests: usize, papers: usize, problems: usize) "files {files}, digests {digests}, papers {papers}, problems {problems}" "文件 {files}，文摘 {digests}，论文 {papers}，问题 {problems}";
    /// Nothing was written by an import.
    dry_run() " (dry run: nothing was written)" "（试运行：什么都没写）";
    /// Digests of an import.
    digests_came(written: usize, unchanged: usize) "{written} written, {unchanged} unchanged" "写入 {written}，未变 {unchanged}";
    /// Papers of an import.
    papers_came(new: usize, updated: usize, unchanged: usize, repeated: usize) "{new} new, {updated} updated, {unchanged} unchanged, {repeated} repeated in the sources" "新增 {new}，更新 {updated}，未变 {unchanged}，来源中重复 {repeated}";
    /// Fields that the source failed to write.
    fields_failed(n: usize) "{n} fields at the source" "来源生成失败的字段 {n}";
    /// Keys of an import that are not known.
    keys_unknown(n: usize) ", and {n} of keys that are not known: see `wenzhai check`" "，另有不认识的键 {n}：见 `wenzhai check`";
    /// A machine of the journal, its columns separated by tabs.
    machine_wrote(machine: &str, lines: usize, settled: usize, bytes: u64, last: &str) "{machine}\t{lines} lines\t{settled} compacted values\t{bytes} bytes\tlast {last}" "{machine}\t{lines} 行\t{settled} 个压缩的值\t{bytes} 字节\t最后 {last}";
    /// What all machines decided.
    decided_in_all(bookmarked: usize, later: usize, dismissed: usize, read: usize) "{bookmarked} bookmarked, {later} later, {dismissed} dismissed, {read} read" "收藏 {bookmarked}，稍后 {later}，略过 {dismissed}，已读 {read}";
    /// A label of `show`: the title in Chinese.
    label_title_zh() "Title (zh)" "中文题名";
    /// A label of `show`: the day of the digest.
    label_date() "Date" "日期";
    /// A label of `show`: the category of the digest.
    label_category() "Category" "分类";
    /// A label of `show`: the id.
    label_id() "Id" "编号";
    /// A label of `show`: the arXiv id.
    label_arxiv() "arXiv" "arXiv 号";
    /// A label of `show`: the authors as the source has them.
    label_author_line() "Author line" "作者原文";
    /// A label of `show`: the categories of arXiv.
    label_categories() "Categories" "所属分类";
    /// A label of `show`: the language.
    label_language() "Language" "语言";
    /// A label of `show`: the page of the abstract.
    label_page() "Abstract page" "摘要页";
    /// A label of `show`: the code.
    label_code() "Code" "代码";
    /// A label of `show`: the page of the project.
    label_project() "Project" "项目页";
    /// A label of `show`: another link.
    label_link() "Link" "链接";
    /// A label of `show`: a figure.
    label_image() "Image" "图";
    /// A label of `show`: a number of the source.
    label_metric(name: &str) "Metrics {name}" "数据 {name}";
    /// A label of `show`: a field that the program does not know.
    label_other(name: &str) "Other {name}" "其他 {name}";
    /// A label of `show`: what the source failed to write.
    label_failed() "Failed" "来源生成失败";
    /// A label of `show`: the file and the line that a paper came from.
    label_from() "From" "来自";
    /// A heading of `show`: the abstract.
    head_abstract() "Abstract" "英文摘要";
    /// A heading of `show`: the abstract in Chinese.
    head_abstract_zh() "Abstract (zh)" "中文摘要";
    /// A heading of `show`: the summary.
    head_summary() "Summary" "总结";
    /// A heading of `show`: the takeaways.
    head_takeaways() "Key takeaways" "要点";
    /// A heading of `show`: what stands below the takeaways.
    head_takeaways_note() "Note on the takeaways" "要点说明";
    /// A heading of `show`: the long reading.
    head_long() "Long" "详细解读";
}

failures! {
    /// The journal could not be written.
    unsaved(&why) "Not saved: {why}. Tried again with the next decision." "未能保存：{why}。下次决定时重试。";
    /// The terminal cannot be taken over.
    terminal_not_set_up(&why) "the terminal cannot be set up: {why}" "终端无法准备好：{why}";
    /// The reader cannot go on.
    terminal_unusable(&why) "the terminal cannot be used: {why}" "终端不能使用：{why}";
    /// The reader ended with decisions that are not on disk.
    decisions_lost(count: usize, &why) "decisions not saved: {count}; {why}" "未保存的决定：{count}；{why}";
    /// Something went wrong with what is read or written in a pipe.
    standard_input(&why) "standard input: {why}" "标准输入：{why}";
    /// Output could not be written.
    standard_output(&why) "standard output: {why}" "标准输出：{why}";
    /// The decisions cannot be read.
    journal_closed(&why) "the journal cannot be opened: {why}" "决定日志打不开：{why}";
    /// Decisions could not be written.
    decisions_not_saved(&why) "not saved: {why}" "未能保存：{why}";
}

impl Lang {
    /// What stands between a label and its value.
    #[must_use]
    pub fn colon(self) -> &'static str {
        self.pick(": ", "：")
    }

    /// The heads of the table of problems: the kind, then the severities from bad to worse.
    #[must_use]
    pub fn problem_heads(self) -> [&'static str; 4] {
        match self {
            Self::En => ["kind", "error", "warning", "info"],
            Self::Zh => ["种类", "错误", "警告", "提示"],
        }
    }

    /// The labels of what an import came to: where to, files, digests, papers, failed fields, warnings.
    #[must_use]
    pub fn import_labels(self) -> [&'static str; 6] {
        match self {
            Self::En => ["into", "files", "digests", "papers", "failed", "warnings"],
            Self::Zh => ["写入", "文件", "文摘", "论文", "失败", "警告"],
        }
    }

    /// What was done to papers from the command line; `say` is the journal's stable English: `bookmark, tag rl 2`.
    #[must_use]
    pub fn marked(self, say: &str) -> String {
        if self == Self::En { say.to_owned() } else { self.said(say) }
    }

    /// Translates one thing that the journal says was done.
    pub(super) fn said_word(self, verb: &str) -> Option<&'static str> {
        Some(match verb {
            "bookmark" => self.pick("bookmark", "收藏"),
            "later" => self.pick("later", "稍后"),
            "dismiss" => self.pick("dismiss", "略过"),
            "undecide" => self.pick("verdict taken back", "取消决定"),
            "read" => self.pick("read", "已读"),
            "unread" => self.pick("unread", "未读"),
            _ => return None,
        })
    }

    /// Translates what the journal says was done in one step: `bookmark, tag rl 2`.
    pub(super) fn said_together(self, say: &str) -> String {
        let word = |what: &str| match what.strip_prefix("tag ") {
            Some(tag) => Some(format!("标签 +{tag}")),
            None => Some(self.said_word(what)?.to_owned()),
        };
        let said = || {
            let (what, count) = say.rsplit_once(' ')?;
            let words = what.split(", ").map(word).collect::<Option<Vec<_>>>()?;
            Some(format!("{}（{count} 篇）", words.join("、")))
        };
        if self == Self::En { None } else { said() }.unwrap_or_else(|| say.to_owned())
    }

    /// How a journal file became shorter: its lines and bytes before and after.
    #[must_use]
    pub fn compacted(self, machine: &str, lines: (usize, usize), bytes: (u64, u64)) -> String {
        let ((lines, lines_after), (bytes, bytes_after)) = (lines, bytes);
        match self {
            Self::En => {
                format!("{machine}: {lines} lines -> {lines_after}, {bytes} bytes -> {bytes_after}")
            }
            Self::Zh => format!("{machine}：{lines} -> {lines_after} 行，{bytes} -> {bytes_after} 字节"),
        }
    }

    /// What rules would do: how many papers they lift, lower and mute. None is left out.
    #[must_use]
    pub fn would_do(self, [lift, lower, mute]: [usize; 3], all: usize) -> String {
        let parts = [
            (self.pick("lift", "提升"), lift),
            (self.pick("lower", "降低"), lower),
            (self.pick("mute", "静音"), mute),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(_, n)| *n > 0).map(|(verb, n)| format!("{verb} {n}")).collect();
        match parts.as_slice() {
            [] => self.would_move_none(all),
            parts => self.would_move(&parts.join(self.pick(", ", "、")), all),
        }
    }

    /// What a subcommand would write although nothing is to be written.
    #[must_use]
    pub fn would_write(self, what: Written) -> &'static str {
        let (en, zh) = match what {
            Written::Digests => {
                ("import writes digests; --dry-run says which", "import 会写入文摘；--dry-run 可先看写哪些")
            }
            Written::Export => ("export --output writes a file", "export --output 会写文件"),
            Written::Decisions => ("mark writes decisions", "mark 会写入决定"),
            Written::Journal => ("journal compact writes the journal", "journal compact 会写决定日志"),
            Written::Updates => ("update runs commands that write digests", "update 会运行写入文摘的命令"),
        };
        self.pick(en, zh)
    }
}

/// What a subcommand writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Digests, by an import.
    Digests,
    /// A file of exported papers.
    Export,
    /// Decisions about papers.
    Decisions,
    /// The journal, when it is compacted.
    Journal,
    /// Digests, by update commands.
    Updates,
}
