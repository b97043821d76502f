//! What stays recognisable when a sentence is translated.
//!
//! Owns the glossary of abstracts. Hands over words to be compared. Never says which sentences belong together.

use super::fold_text;

/// Words of abstracts that have one usual translation, by the part of them that does not change.
#[rustfmt::skip]
const GLOSSARY: &[(&str, &str)] = &[
    ("however", "然而"), ("experiment", "实验"), ("dataset", "数据集"), ("benchmark", "基准"),
    ("performance", "性能"), ("accura", "准确"), ("train", "训练"), ("challeng", "挑战"), ("framework", "框架"),
    ("existing", "现有"), ("reason", "推理"), ("image", "图像"), ("video", "视频"), ("reinforcement", "强化"),
    ("attention", "注意力"), ("language", "语言"), ("method", "方法"), ("result", "结果"), ("future", "未来"),
    ("human", "人类"), ("medical", "医"), ("knowledge", "知识"), ("propos", "提出"), ("theor", "理论"),
    ("robot", "机器人"), ("generat", "生成"), ("optimi", "优化"), ("distribut", "分布"), ("network", "网络"),
    ("learn", "学习"), ("search", "搜索"), ("noise", "噪声"), ("diffusion", "扩散"), ("task", "任务"),
    ("user", "用户"), ("feature", "特征"), ("cost", "成本"), ("data", "数据"), ("evaluat", "评估"),
    ("tradition", "传统"), ("quality", "质量"), ("three", "三"), ("space", "空间"), ("semantic", "语义"),
    ("privacy", "隐私"), ("available", "可在"), ("open-source", "开源"), ("code", "代码"), ("survey", "综述"),
    ("applicat", "应用"), ("structur", "结构"), ("environment", "环境"), ("improv", "提"), ("annotat", "标注"),
    ("real-world", "现实"), ("effective", "有效"), ("question", "问题"), ("agent", "智能体"), ("simulat", "模拟"),
    ("algorithm", "算法"),
];

/// Bytes of a sentence that are looked at; who reads in pairs reads shorter ones.
const SENTENCE_BYTES: usize = 16 * 1024;

/// Lists the numbers, Latin words and parts of addresses of a sentence, folded: what translators leave as it is.
pub(super) fn anchors(sentence: &str) -> Vec<String> {
    let end = sentence.floor_char_boundary(SENTENCE_BYTES);
    let folded = fold_text(sentence.get(..end).unwrap_or_default());
    let mut found: Vec<String> = Vec::new();
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',');
    for run in folded.split(|c| !is_inner(c)) {
        // `5.85` and `1,000` are one number each, `a.b` are two words.
        let is_number = run.bytes().all(|b| !b.is_ascii_alphabetic());
        let words: Vec<String> = if is_number {
            vec![run.replace(',', "").trim_matches('.').to_owned()]
        } else {
            run.split(['.', ',']).map(singular).collect()
        };
        let is_telling = |w: &String| w.len() > 1 || w.bytes().any(|b| b.is_ascii_digit());
        found.extend(words.into_iter().filter(is_telling));
    }
    let known = GLOSSARY.iter().filter(|(en, zh)| folded.contains(en) || folded.contains(zh));
    found.extend(known.map(|(_, zh)| (*zh).to_owned()));
    found.sort_unstable();
    found.dedup();
    found
}

/// `LLMs` is `LLM` in Chinese.
fn singular(word: &str) -> String {
    word.strip_suffix('s').filter(|w| w.len() > 1).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_what_stays_in_a_translation() {
        for (sentence, expected) in [
            ("The LLMs gain 1,000 to 95.5% on GSM8K.", "1000 95.5 gain gsm8k llm on the to"),
            ("ＬＬＭ 在 GSM8K 上达到 95.5%。", "95.5 gsm8k llm"),
            ("See https://a.org/x.y", "http org see"),
            ("However, 3.", "3 however 然而"),
        ] {
            assert_eq!(anchors(sentence).join(" "), expected, "{sentence}");
        }
    }
}
