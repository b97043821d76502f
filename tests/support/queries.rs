//! Queries over the sample archive with the papers they find in one day's filter.

/// What the tables call a paper: the id, and the name of its method.
#[rustfmt::skip]
pub(crate) const NAMES: &[(&str, &str)] = &[
    ("1512.03385", "resnet"), ("2103.00020", "clip"), ("1412.6980", "adam"), ("1502.03167", "batchnorm"),
    ("1810.04805", "bert"), ("1910.13461", "bart"), ("2312.00752", "mamba"), ("2305.18290", "dpo"),
    ("2006.11239", "ddpm"), ("1706.03762", "attention"), ("2106.09685", "lora"), ("2201.11903", "cot"),
    ("2003.08934", "nerf"), ("2010.11929", "vit"), ("2205.14135", "flash"), ("2108.07258", "foundation"),
];

/// A query, and the names of what it finds, sorted.
#[rustfmt::skip]
pub(crate) const QUERIES: &[(&str, &str)] = &[
    // Free words: gaps in short texts, in one piece in takeaways; Chinese as typed.
    ("attention", "attention flash"), ("flshattn", "flash"), ("强化学习", "dpo"), ("思维链", "cot"),
    ("扩散 图像", "ddpm"), ("srivas", "foundation nerf"),
    // Width, case, diacritics, blanks beside Chinese.
    ("ＢＥＲＴ", "bart bert flash foundation lora mamba"), ("lukasz kaiser", "attention"), ("tramer", "attention bert foundation vit"), ("双向 Transformer", "bert"), ("双向transformer", "bert"),
    // Pinyin.
    ("qhxx", "dpo"), ("qianghuaxuexi", "dpo"), ("siweilian", "cot"), ("swl", "cot nerf"), ("kuosanmoxing", "ddpm"), ("title:zhuyili", "attention"),
    // Phrases and regular expressions.
    ("\"state space\"", "mamba"), ("“低秩 适配”", "lora"), ("/^(bert|bart):/", "bart bert"), ("/gpt-?\\d/", "cot flash foundation lora"), ("title:/^\\w+:/", "adam bart bert dpo flash lora mamba nerf"),
    // Fields.
    ("title:transformer", "bert vit"), ("author:ermon", "dpo flash foundation"), ("author:\"tri dao\"", "flash mamba"), ("cat:stat.ml", "bart ddpm"), ("venue:cvpr", "resnet"),
    ("venue:neurips2022", "cot flash"), ("comment:oral", "nerf"), ("id:2010", "vit"), ("id:2010.11929v2", "vit"), ("tag:rl", "adam"), ("note:sgd", "adam"),
    ("date:2025-03-04", "bart bert ddpm dpo mamba"), ("date:2025-02..2025-03-03", "adam batchnorm clip resnet"), ("date:1d", "attention bart bert cot ddpm dpo flash foundation lora mamba nerf vit"),
    ("text:recurrent", "attention"), ("zh:循环", "attention"), ("en:residual", "resnet"),
    // What was decided, and what there is.
    ("is:bookmarked", "dpo lora"), ("is:undecided -has:code", "adam batchnorm foundation"), ("is:read OR is:later", "cot dpo"), ("is:failed", "batchnorm"), ("is:repeat", "vit"),
    ("has:note", "adam"), ("-has:takeaways", "batchnorm ddpm"),
    // Together.
    ("transformer -title:transformer", "attention mamba"), ("(author:dao OR author:he) -is:dismissed", "flash foundation mamba resnet vit"), ("cat:cs.cl venue:neurips OR tag:rl", "adam attention cot dpo"),
    ("foo:bar", ""),
    // An id as it is copied, and operators of other programs.
    ("2010.11929", "vit"), ("arXiv:2010.11929v2", "vit"), ("https://arxiv.org/abs/2010.11929", "vit"), ("https://arxiv.org/pdf/2010.11929v1.pdf", "vit"), ("-2010.11929 title:image", "resnet"),
    ("transformer AND mamba", "mamba"), ("transformer NOT title:transformer", "attention mamba"), ("NOT (is:undecided OR is:read)", "bart bert cot lora"), ("AND", "bart bert clip cot flash foundation"),
    // Up to four letters with gaps have to be beginnings of words, or every title has them.
    ("ddpm", "ddpm"), ("tfm", ""), ("cot", "cot"),
    // What must not be there is taken at its word: neither gaps, nor sounds, nor the middle of another word.
    ("title:model -odel", "clip cot ddpm dpo foundation lora mamba"), ("title:model -model -llm", ""), ("qhxx -qhxx", "dpo"), ("-former transformer title:/former/", "bert vit"),
    ("tag:qhxx", "dpo"), ("tag:qianghua", ""), ("tag:xuexi", ""), ("title：残差", "resnet"),
];
