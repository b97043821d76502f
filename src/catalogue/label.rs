//! The labels of fields, sections and tabs.

use super::Lang;

messages! {
    /// Comment.
    comment() "Comment" "备注";
    /// Links.
    links() "Links" "链接";
    /// Keywords.
    keywords() "Keywords" "关键词";
    /// Categories.
    categories() "Categories" "分类";
    /// Published.
    published() "Published" "发表";
    /// Updated.
    updated() "Updated" "更新";
    /// Failed at the source.
    failed_fields() "Failed at the source" "来源生成失败";
    /// Numbers.
    numbers() "Numbers" "数据";
    /// Notices.
    notices() "Notices" "声明";
    /// Source.
    source() "Source" "来源";
    /// Figures.
    figures() "Figures" "图";
    /// Folded characters.
    folded_characters() "Folded characters" "折叠的字符";
    /// Title.
    title() "Title" "题名";
    /// Chinese title.
    chinese_title() "Chinese title" "中文题名";
    /// Authors.
    authors() "Authors" "作者";
    /// Long reading.
    long_reading() "Long reading" "详细解读";
    /// Motivation.
    motivation() "Motivation" "动机";
    /// Method.
    method() "Method" "方法";
    /// Result.
    result() "Result" "结果";
    /// Conclusion.
    conclusion() "Conclusion" "结论";
    /// AI comment.
    ai_comments() "AI comment" "AI 点评";
    /// All.
    tab_all() "All" "全部";
    /// English.
    tab_english() "English" "English";
    /// 中文.
    tab_chinese() "中文" "中文";
    /// Summary.
    tab_summary() "Summary" "总结";
    /// Takeaways.
    tab_takeaways() "Takeaways" "要点";
    /// More.
    tab_more() "More" "更多";
}
