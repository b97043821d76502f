//! Maths, punctuation and spacing: what a reader sees of what a source wrote.

use wenzhai::text::{accents, full_punctuation, math, spacing, typeset};

const NB: char = '\u{a0}';

/// Runs a table: source and what is shown, where `¤` stands for a no-break blank. Each result is shown alike
/// when it is set again.
fn check(set: impl Fn(&str) -> String, table: &[(&str, &str)]) {
    let is_wrong = |(source, expected): &&(&str, &str)| {
        let shown = set(source).replace(NB, "¤");
        shown != *expected || set(&set(source)) != set(source)
    };
    let wrong: Vec<_> =
        table.iter().filter(is_wrong).map(|(s, e)| format!("{s}\n  is {}\n  not {e}", set(s))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formulas() {
    check(
        |s| math(s).into_owned(),
        &[
            // Letters and scripts.
            (r"the ratio $\phi_r$ of facts", "the ratio ϕᵣ of facts"),
            (r"a rate of $10^{-3}$ and $x_{t-1}$", "a rate of 10⁻³ and xₜ₋₁"),
            (r"$\alpha\beta$, $\Gamma$, $\varepsilon$ or $\epsilon$", "αβ, Γ, ε or ϵ"),
            (r"$k$-means with $k=3$ on $n$ points", "k-means with k=3 on n points"),
            (r"an $\ell_2$ norm, an $\ell_{\infty}$ ball", r"an ℓ₂ norm, an ℓ_∞ ball"),
            (r"footnote$^3$ and ${}^2$MIT", "footnote³ and ²MIT"),
            (r"$x_i^2$ and $x^2_i$", "xᵢ² and x²ᵢ"),
            (r"$W^\top x$ and $A^T$", "Wᵀx and Aᵀ"),
            (r"$90^\circ$ and $x^*$ and $f'$", "90° and x* and f'"),
            (r"policies $\pi_\theta$ and $\pi_\theta(a|s)$", "policies π_θ and π_θ(a|s)"),
            (r"$\pi_\theta x$", "π_θ¤x"),
            (r"$x^q$", "x^q"),
            // Scripts that Unicode has not: the source.
            (r"$d \leq n^{3-\omega}$", r"$d \leq n^{3-\omega}$"),
            (r"$x_{i,j}$", r"$x_{i,j}$"),
            (r"$n^{2.5}$", r"$n^{2.5}$"),
            (r"${ab}^2$", r"${ab}^2$"),
            // Operators and their blanks.
            (r"$k \ge 2$ and $k\ge2$", "k¤≥¤2 and k¤≥¤2"),
            (r"$5.03\times 10^{-5}$mm", "5.03¤×¤10⁻⁵mm"),
            (r"($\approx$ 95%), $\sim5$, $2\times$ faster", "(≈ 95%), ∼5, 2× faster"),
            (r"$f(\cdot)$ and $a \cdot b$", "f(⋅) and a¤⋅¤b"),
            (r"$0.95 \pm 0.03$", "0.95¤±¤0.03"),
            (r"$x \in \mathbb{R}^n$, $f: X \to Y$", "x¤∈¤ℝⁿ, f:¤X¤→¤Y"),
            (r"$\epsilon > 0$, $\epsilon>0$, $\omega = 2$", "ϵ¤>¤0, ϵ>0, ω¤=¤2"),
            (r"$n-1$", "n−1"),
            (r"$\sum_{i=1}^n x_i$ and $\prod_k p_k$", "∑ᵢ₌₁ⁿ¤xᵢ and ∏ₖ¤pₖ"),
            (r"$P(A \mid B)$ and $\|x\|$", "P(A¤|¤B) and ‖x‖"),
            (r"$x \not= y$, $x \not\in S$", "x¤≠¤y, x¤∉¤S"),
            (r"$\{1, \ldots, n\}$", "{1,¤…,¤n}"),
            (r"$\left( x \right)$ and $\langle x, y \rangle$", "(x) and ⟨x,¤y⟩"),
            // Functions.
            (r"$O(n \log n)$, $O(\log n)$, $n\log n$", "O(n¤log¤n), O(log¤n), n¤log¤n"),
            (r"$O(\exp{-\mu T})$", "O(exp¤−μT)"),
            (r"$\arg\max_x f(x)$", "arg¤maxₓ¤f(x)"),
            (r"$\operatorname{KL}(p\|q)$", "KL(p‖q)"),
            (r"$\log_2 n$ and $\max(a,b)$", "log₂¤n and max(a,b)"),
        ],
    );
}

#[test]
fn roots_fonts_and_accents() {
    check(
        |s| math(s).into_owned(),
        &[
            // Roots and fractions.
            (r"$\sqrt{n}$, $\sqrt{d_k}$, $\sqrt[3]{x}$", "√n, √dₖ, ∛x"),
            (r"$O(n+\sqrt{n}\epsilon^{-1})$", "O(n+√n¤ϵ⁻¹)"),
            (r"$\omega(\sqrt{n/k})$", "ω(√(n/k))"),
            (r"$\frac{1}{2}$ and $\frac{a+b}{c}$", "1/2 and (a+b)/c"),
            (r"$\frac{1}{2}x$ and $2\frac{1}{2}$", "(1/2)x and 2(1/2)"),
            (r"$\binom{n}{k}$", r"$\binom{n}{k}$"),
            // Fonts and accents of formulas.
            (r"$\mathbb{E}[r]$, $\mathcal{L}$, $\mathcal{N}(0,1)$", "𝔼[r], ℒ, 𝒩(0,1)"),
            (r"$\mathbf{x}$, $\mathrm{d}x$, $\boldsymbol{\theta}$", "𝐱, dx, 𝛉"),
            (r"$\mathbf{Total}$ and $\textit{ctPuLSE}$", "Total and ctPuLSE"),
            (r"$\hat{y}$, $\tilde{O}(n^{2})$, $\bar x$, $\vec{v}$", "ŷ, Õ(n²), x̄, v⃗"),
            (r"$\widetilde{\Omega}(k / h)$", "Ω̃(k¤/¤h)"),
            (r"$\hat{xy}$", r"$\hat{xy}$"),
            (r"$\text{loss} = 1 \text{ if } a$", "loss¤=¤1¤if¤a"),
            (r"$d \text{ 达到 } n$", "d¤达到¤n"),
            (r"$\it{noncanonical}$", "noncanonical"),
        ],
    );
}

#[test]
fn delimiters_and_dollars() {
    check(
        |s| math(s).into_owned(),
        &[
            // Delimiters.
            (r"\(x+y\), \[z\], $$w$$", "x+y, z, w"),
            (r"$19.23\%$ and $>70\%$", "19.23% and >70%"),
            (r"偏差（$\\omega(\\sqrt{x})$）", "偏差（ω(√x)）"),
            (r"$\sim$5\% of $>$90, 2$\times$3", "∼5% of >90, 2×3"),
            (r"open $x and \(y", r"open $x and \(y"),
            (r"$\unknown{x}$ and $\SysName$", r"$\unknown{x}$ and $\SysName$"),
            (r"$x 和 y$", r"$x 和 y$"),
            (
                r"$x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_0$",
                "x₁ + x₂ + x₃ + x₄ + x₅ + x₆ + x₇ + x₈ + x₉ + x₀",
            ),
            // Money, shells, code.
            ("between $5 and $10", "between $5 and $10"),
            ("$5,$6 and US$7 (A$8)", "$5,$6 and US$7 (A$8)"),
            ("it costs $5, where $x$ is free", "it costs $5, where x is free"),
            ("$5M from investors in the US$", "$5M from investors in the US$"),
            ("PATH=$HOME/bin:$PATH", "PATH=$HOME/bin:$PATH"),
            (r"from \$5 to \$10", "from $5 to $10"),
            (r"\$x\$", r"\$x\$"),
            (r"\$5 is $\alpha$ and $\Q$", r"$5 is α and $\Q$"),
            (r"\$5 is$\alpha$or$\Q$", r"\$5 isαor$\Q$"),
            ("see https://a.b/$x$/~c_{d}", "see https://a.b/$x$/~c_{d}"),
        ],
    );
}

#[test]
fn commands_in_running_text() {
    check(
        |s| math(s).into_owned(),
        &[
            (r"\textbf{A}daptive \textit{R}etrieval", "Adaptive Retrieval"),
            (r"\textbf{bold \emph{and} $x$}", "bold and x"),
            (r"code at \url{https://a.b/c_d}.", "code at https://a.b/c_d."),
            (r"\href{https://a.b/c}{our page}", "our page (https://a.b/c)"),
            (r"\href{https://a.b/c/}{a.b/c}", "a.b/c"),
            (r"$\href{https://a.b}{\text{this URL}}$.", "this URL (https://a.b)."),
            (r"\textcolor{red}{hot}", "hot"),
            (r"a 360{\deg} view of {\alpha}-helices", "a 360° view of α-helices"),
            (r"90.3\% of Q\&A on a\_b", "90.3% of Q&A on a_b"),
            (r"Becchetti et al.\ (2017)", "Becchetti et al. (2017)"),
            (r"10^{-3} and O(n^{2}) and CO_{2}", "10⁻³ and O(n²) and CO₂"),
            (r"m\textsuperscript{2}", "m²"),
            (r"{\em very} well", "very well"),
            (r"n^{2.5}", r"n^{2.5}"),
            (r"\SysName, \ie, \cite{x}", r"\SysName, \ie, \cite{x}"),
            (r"\footnote{https://a.b}", r"\footnote{https://a.b}"),
            (r"a ~ b and Fig.~2", "a ~ b and Fig.~2"),
            (r"\textbf{Fig.~2}", "Fig.¤2"),
            (r"\textbf{open", r"\textbf{open"),
            (r"a\\b and C:\new\table", r"a\\b and C:\new\table"),
            ("``quoted'' -- or --- dashed", "``quoted'' -- or --- dashed"),
            ("\\textbf{\u{301}x}", "\\textbf{\u{301}x}"),
            (r"{GPT} and {a}", "{GPT} and {a}"),
        ],
    );
}

#[test]
fn accents_of_names() {
    let table = [
        (r"G\'abor", "Gábor"),
        (r#"Schr\"odinger, J{\"u}rgen, M\"{u}ller"#, "Schrödinger, Jürgen, Müller"),
        (r"Ji\v{r}\'{\i} \v{C}apek", "Jiří Čapek"),
        (r"Gon\c{c}alves, Nu\~nez", "Gonçalves, Nuñez"),
        (r#"S{\o}ren, S\o ren, {\L}ukasz, \AA{}ngstr\"om"#, "Søren, Søren, Łukasz, Ångström"),
        (r"Erd{\H{o}}s, Erd\H{o}s", "Erdős, Erdős"),
        (r"F\`ux\`i and moir\'e", "Fùxì and moiré"),
        (r"It\'s what they\'ve said", r"It\'s what they\'ve said"),
        (
            r#"a \"gold-standard\" judge of \"open\" models"#,
            r#"a \"gold-standard\" judge of \"open\" models"#,
        ),
        (r"Stra\ss e", "Straße"),
    ];
    check(|s| math(s).into_owned(), &table);
    check(|s| accents(s).into_owned(), &table);
    assert_eq!(accents(r"$x$ \% \textbf{M}"), r"$x$ \% \textbf{M}");
}

#[test]
fn punctuation_beside_han_is_full_width() {
    check(
        |s| full_punctuation(s).into_owned(),
        &[
            ("中文,中文;中文:中文?中文!", "中文，中文；中文：中文？中文！"),
            ("大型语言模型(LLM)很有用", "大型语言模型（LLM）很有用"),
            ("图神经网络(GNNs),以及", "图神经网络（GNNs），以及"),
            ("准确率(高达52%)的同时,速度", "准确率（高达52%）的同时，速度"),
            ("中文, 中文", "中文，中文"),
            ("使用BERT,效果更好", "使用BERT，效果更好"),
            ("提升36%,这说明", "提升36%，这说明"),
            ("比例为3:1,时间是12:30。", "比例为3:1，时间是12:30。"),
            ("约1,000个样本", "约1,000个样本"),
            ("Fig. (a), as in (b): yes!", "Fig. (a), as in (b): yes!"),
            ("AALpy, 被动学习", "AALpy, 被动学习"),
            ("见 https://a.b/c?d=e,f(x) 中", "见 https://a.b/c?d=e,f(x) 中"),
            ("见 https://a.b/c?d=e,中文", "见 https://a.b/c?d=e，中文"),
            ("代码`f(x),中`在此,好", "代码`f(x),中`在此，好"),
            ("以$O(1/t)$速率,其中$f(中,x)$", "以$O(1/t)$速率，其中$f(中,x)$"),
            ("O(n)的复杂度和F(X)的值", "O(n)的复杂度和F(X)的值"),
            ("多模态LLM(MLLM)的log(n)项", "多模态LLM（MLLM）的log(n)项"),
            ("(1)首先,(2)然后", "（1）首先，（2）然后"),
            ("包括:(1)构建", "包括：（1）构建"),
            ("CPI(每指令周期)和功耗", "CPI（每指令周期）和功耗"),
            ("GNNs (图神经网络) are", "GNNs（图神经网络）are"),
            ("模型 (LLM) 的", "模型 (LLM) 的"),
            ("混合(甲）与（乙)", "混合（甲）与（乙）"),
            ("(甲(乙)丙)", "（甲（乙）丙）"),
            ("未闭合(甲", "未闭合(甲"),
            // Without its blank the dollars would be another pair.
            ("（$$) $中)$", "（$$) $中)$"),
            ("1)首先 2)其次", "1)首先 2)其次"),
            ("[链接](#中文)和[图](http://a.b)", "[链接](#中文)和[图](http://a.b)"),
            ("类std::中和a!=中", "类std::中和a!=中"),
            ("真的?!不会吧", "真的？！不会吧"),
            ("中文.中文", "中文.中文"),
            ("English, only (here).", "English, only (here)."),
            ("日本語カナ,カナ", "日本語カナ，カナ"),
            ("中文:\n第二行", "中文：\n第二行"),
            ("", ""),
        ],
    );
}

#[test]
fn scripts_stand_apart() {
    check(
        |s| spacing(s).into_owned(),
        &[
            ("使用GRPO训练的7B模型", "使用 GRPO 训练的 7B 模型"),
            ("在2024年5月", "在 2024 年 5 月"),
            ("已经 有 blank 的", "已经 有 blank 的"),
            ("达到95%的准确率", "达到 95% 的准确率"),
            ("分别提升13%和9%、仅%d个与x%y", "分别提升 13% 和 9%、仅%d 个与 x%y"),
            ("旋转90°后", "旋转 90°后"),
            ("（LLM）的，GPT-4。", "（LLM）的，GPT-4。"),
            ("使用GPT-4的C++语言", "使用 GPT-4 的 C++语言"),
            ("见https://a1.b/2c3下载", "见 https://a1.b/2c3 下载"),
            ("见https://a.b/c下载", "见 https://a.b/c 下载"),
            ("速率为$O(1/t)$时", "速率为 $O(1/t)$ 时"),
            ("代码`中a`在", "代码`中a`在"),
            ("10³个和αβ系数与Ünal的", "10³ 个和 αβ 系数与 Ünal 的"),
            ("①首先Ⓐ其次", "①首先Ⓐ其次"),
            ("**加粗**A和_B_", "**加粗**A 和_B_"),
            ("한국어中文カナ", "한국어中文カナ"),
            ("全角ＡＢ中", "全角ＡＢ中"),
            ("x\u{302}的值", "x\u{302} 的值"),
            ("English only", "English only"),
            ("中\nA", "中\nA"),
        ],
    );
}

#[test]
fn whole_sentences() {
    check(
        typeset,
        &[
            ("我们提出GRPO,一种方法(无需标注).", "我们提出 GRPO，一种方法（无需标注）."),
            ("以$O(1/t)$速率下降,其中$\\epsilon>0$。", "以 O(1/t) 速率下降，其中 ϵ>0。"),
            ("事实的比例$\\phi_r$,使其超过阈值", "事实的比例 ϕᵣ，使其超过阈值"),
            ("损失为$\\mathcal{L}(x,y)$的模型(见$x_1$)", "损失为 ℒ(x,y) 的模型（见 x₁）"),
            ("👩\u{200d}🔬与ｶﾅ和co\u{ad}op", "👩与カナ和 coop"),
            ("代码在\\url{https://a.b/c}公开", "代码在 https://a.b/c 公开"),
            ("方法\\textbf{RL}的\\emph{中文}名", "方法 RL 的中文名"),
            ("第$k$个", "第 k 个"),
        ],
    );
}

/// What the built-in sample is there to show.
#[test]
fn the_sample_has_papers_of_every_kind() {
    let digests = wenzhai::archive::sample().digests;
    let papers: Vec<_> =
        digests.iter().flat_map(|d| wenzhai::archive::load(d).unwrap().digest.papers.clone()).collect();
    assert_eq!(papers.len(), 16);
    let has_formula = |text: &Option<String>| text.as_ref().is_some_and(|t| *math(t) != **t);
    for (kind, found) in [
        ("formulas", papers.iter().any(|p| has_formula(&p.abstract_en) && has_formula(&p.abstract_zh))),
        ("a hundred authors", papers.iter().any(|p| p.authors.len() > 100)),
        ("English only", papers.iter().any(|p| p.abstract_zh.is_none() && p.abstract_en.is_some())),
        ("Chinese only", papers.iter().any(|p| p.abstract_zh.is_some() && p.abstract_en.is_none())),
        ("no summary", papers.iter().any(|p| p.abstract_zh.is_some() && p.summary.is_none())),
        ("a Chinese title", papers.iter().any(|p| p.title_zh.is_some())),
    ] {
        assert!(found, "{kind}");
    }
}
