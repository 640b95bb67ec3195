//! The fixed texts in Chinese, in simplified characters.

super::translation! {
    // The document.
    TestReport { "检测报告" }
    ReportNumber { "报告编号" }
    TestReportId { "检测报告 {id}" }
    EndOfReportId { "报告 {id} 结束" }
    PageOf { "第 {page} 页，共 {pages} 页" }
    Draft { "草稿，未签名" }
    DraftNote { "本报告无人签名：仅为草稿，不产生任何批准效力。" }
    AmendedReplaces { "修改后的报告，代替 {id}" }
    AmendmentReason { "修改原因" }
    AmendmentNote { "检测记录和全部结果与被代替的报告相同。实验室陈述的内容整体替换。" }
    ReplacedStatement { "被代替的声明" }
    ReplacedIssued { "被代替报告的签发时间" }
    RecordWords { "名称和条件均按记录原文列出；无论报告使用何种语言，记录都相同。" }
    RecordReasons { "未使用本页语言的偏离、理由和备注也按记录原文列出。" }
    Contents { "目录" }
    NotStated { "未说明" }
    None { "无" }
    All { "全部" }

    // Verdicts, and what the overall verdict means.
    Conforms { "符合" }
    Inconclusive { "无法判定" }
    NotAssessed { "未评估" }
    DoesNotConform { "不符合" }
    VerdictWord { "判定" }
    OverallConforms { "记录表明，规范中的每项要求均得到满足。" }
    OverallInconclusive { "没有任何要求被证明不满足，但至少有一项根据记录无法判定。" }
    OverallNotAssessed { "没有任何要求被证明不满足，但至少有一项未经测量，因此不能对整体作出结论。" }
    OverallDoesNotConform { "记录表明，规范中至少有一项要求未得到满足。" }

    // Section titles.
    Summary { "摘要" }
    ItemTested { "检测对象" }
    Parties { "实验室、客户与日期" }
    MethodTitle { "方法" }
    DecisionRule { "判定规则与不确定度" }
    Findings { "判定结果" }
    ForestPlot { "估计值与限值" }
    Results { "各测试集结果" }
    Completeness { "记录的完整性" }
    Deviations { "与方法的偏离" }
    Conditions { "检测条件" }
    Checking { "如何核验本报告" }
    Opinions { "意见和解释" }
    Statements { "声明" }
    Digests { "摘要值" }

    // Summary.
    SummarySentence { "模型 {model} 按规范 {profile}（版本 {version}）进行了检测；试验次数：{trials}，测试集数：{suites}。" }
    CountsCaption { "按判定分类的结果" }
    FailedRequirements { "未满足的要求" }
    OpenRequirements { "根据记录无法判定的要求" }
    UnmeasuredRequirements { "未测量的要求" }
    Issued { "签发时间" }
    Signer { "签名密钥" }
    Trust { "签名的效力" }
    Unsigned { "无人" }
    FirstParty { "自行签名，第一方" }
    KeyGiven { "由读者提供的密钥签名" }
    KeyOfPolicy { "为信任策略 {policy} 所认可" }

    // Item.
    ItemName { "名称" }
    Files { "文件（按所读取的字节）" }
    FileName { "文件" }
    FileSize { "大小" }
    FileDigest { "SHA-256" }
    Bytes { "{count} 字节" }
    Tokenizer { "分词器" }
    Config { "配置" }
    ChatTemplate { "对话模板" }
    Judges { "评判模型" }
    JudgesNote { "由其他模型阅读回复，并说明两个选项中哪一个成立。评判模型会出错，此处的数值均未为此修正。" }
    JudgeName { "评判模型" }
    JudgeMissing { "无法打开" }

    // Parties.
    LaboratoryName { "实验室" }
    LaboratoryAddress { "实验室地址" }
    PlaceOfTest { "检测地点" }
    Customer { "客户" }
    CustomerContact { "客户联络信息" }
    Received { "对象接收日期" }
    ConditionOnReceipt { "接收时的状态" }
    ExternalProviders { "外部供应者" }
    AuthorisedBy { "批准人" }
    Accreditation { "认可（由实验室陈述）" }
    AccreditationReference { "认可编号" }
    Drawn { "抽取用例、首次读取文件的时间" }
    Performed { "检测时间" }
    PerformedFromTo { "{from} 至 {to}" }
    Resumed { "继续工作的时间" }
    DateOfIssue { "签发日期" }
    MissingFields { "ISO/IEC 17025:2017 第 7.8 条要求但未说明的内容：{fields}。实验室应在检测前于 lab.toml 中说明，或在修改后的报告中说明。" }
    NoMissingFields { "ISO/IEC 17025:2017 第 7.8 条要求实验室说明的内容均已说明。" }

    // Method.
    Harness { "检测程序" }
    JournalFormat { "记录格式" }
    ProfileWord { "规范" }
    Suites { "测试集" }
    Suite { "测试集" }
    Version { "版本" }
    Trials { "试验" }
    Requests { "对模型的请求" }
    Tier { "级别" }
    TierQuick { "快速" }
    TierStandard { "标准" }
    TierFull { "完整" }
    SampleLimit { "每个测试集和语言的用例族上限" }
    Languages { "语言" }
    Seed { "随机种子" }
    SamplingPlan { "抽样计划" }
    SamplingNote { "试验在加载模型之前，按此处所列的选项和种子从测试集中抽取；计划的摘要值涵盖每一次试验。" }
    Look { "检视" }
    LookOf { "第 {number} 次，共 {of} 次；至今的检视用去 α = 1 - 置信水平 中的 {spent}" }
    LookExtends { "延续具有下列日志头的检测" }
    Measures { "指标" }

    // Measures.
    HigherIsBetter { "越高越好" }
    LowerIsBetter { "越低越好" }
    NearZeroIsBetter { "越接近零越好" }

    // Cards of instruments.
    Cards { "评分器的误差" }
    CardsNote { "与人工标注对照过的评分器附有卡片。其统计的比例先按原样给出，再给出去除其误差后的值（Rogan 和 Gladen，1978），所附区间计入卡片自身的不确定度（Lang 和 Reiczigel，2014）。要求以原样统计的比例为准。" }
    CardOf { "{name}，版本 {version}" }
    Sensitivity { "灵敏度" }
    Specificity { "特异度" }
    ShareOf { "{part} / {whole}" }
    Corrected { "去除评分器误差后：{estimate}" }
    CorrectedRow { "去除评分器误差后" }
    NotCorrected { "未修正：{reason}" }
    UncorrectedNothing { "没有任何单元有值" }
    UncorrectedFew { "聚类少于两个，无法看出聚类之间有多大差异" }
    UncorrectedCard { "评分器的卡片缺少两类样本中的一类" }
    UncorrectedWeak { "灵敏度 + 特异度 - 1 为 {youden}，至少为 {lower}：过小" }
    UncorrectedContradicted { "评分器标记的比例为 {apparent}，无论真实比例为何，其卡片都排除这一比例" }

    // Decision rule.
    RuleThreeWay { "三分判定" }
    RuleGuardBand { "保护带" }
    RulePoint { "简单接受" }
    RuleThreeWayMeans { "整个区间在限值之内时要求满足，整个区间在限值之外时要求不满足，区间跨越限值时无法判定。" }
    RuleGuardBandMeans { "整个区间在限值之内时要求满足，否则不满足：存疑时对模型从严。" }
    RulePointMeans { "仅由点估计判定。若缺失的单元可能改变判定，则无法判定。" }
    RuleUsedBy { "适用于 {all} 项结果中的 {count} 项。" }
    NoRule { "没有任何要求与限值作过比较。" }
    RuleFixed { "规则在检测之前已在规范中确定（ILAC-G8:09/2019）。" }
    RuleRisk { "采用置信水平为 {level} 的双侧区间时，真值恰在限值之外的模型按三分判定或保护带被判为符合的情况，在此类检测中至多约占 {risk}。" }
    RuleLooks { "规范预先规定了无法判定的检测可以延续并重新检视几次，以及每次检视可用去 1 - 置信水平 的多少；每次检视都用各自更宽的区间判定，因此全部检视合起来仍保持置信水平（Bonferroni）。同一检测可能被暗中延续多次：请索取所有检视的记录。" }
    RuleWorst { "总判定取各项结果中最差者，次序为：符合、无法判定、未评估、不符合。" }
    RuleMissing { "计划内而没有得分的单元，无论原因如何，在区间下限按失败计，在上限按通过计。" }
    Uncertainty { "测量不确定度" }
    UncertaintyCovers { "区间涵盖从同类用例总体中的抽样、同族用例之间的相依性以及缺失的单元。区间不涵盖评分规则的误差，也不涵盖用例对实际使用的代表程度。在所述条件下回复是确定的，因此重复检测不增加信息。" }
    ClopperPearson { "二项分布精确区间（Clopper 和 Pearson，1934）" }
    KornGraubard { "按聚类用例有效样本量的二项分布精确区间（Korn 和 Graubard，1998）" }
    Student { "按用例聚类的学生 t 区间（Liang 和 Zeger，1986）" }
    RatioStudent { "按用例聚类的学生 t 区间，对比率作线性化（Cochran，1977）" }
    CalibrationInterval { "按用例聚类的学生 t 区间，下限减去偶然性给误差带来的偏差" }
    BootstrapInterval { "按用例聚类的 BCa 自助法（Efron，1987），重抽样 2000 次" }
    IntervalMethod { "区间" }

    // Findings.
    Requirement { "要求" }
    Clause { "条款" }
    EstimateAndInterval { "估计值 [区间]" }
    Limit { "限值" }
    Reason { "理由" }
    Scope { "范围" }
    ScopeAll { "全部用例" }
    ScopeLanguage { "语言：{name}" }
    ScopeTag { "标签：{name}" }
    FindingsNote { "估计值为已评分单元的比例。区间为双侧，置信水平 {level}。" }
    NoFindings { "规范未提出要求：没有可判定的内容。" }
    NoEstimate { "无估计值" }
    ForestHow { "圆点为点估计，横线为其区间，虚线为限值；限值着色的一侧为符合。各数值均为已评分单元的比例。" }
    ForestRow { "估计值 {estimate}；限值 {limit}；{verdict}。" }
    ForestRowNone { "无估计值；{verdict}。" }

    // Results.
    Overall { "全部用例" }
    Measure { "指标" }
    ClopperPearsonShort { "Clopper-Pearson" }
    KornGraubardShort { "Korn-Graubard" }
    StudentShort { "学生 t" }
    RatioStudentShort { "学生 t，比率" }
    CalibrationIntervalShort { "学生 t，偏差" }
    BootstrapIntervalShort { "BCa" }
    ScoredOfPlanned { "{scored} / {planned}" }
    UnitsOf { "n = {scored} / {planned}" }
    SuiteFacts { "版本 {version}，试验次数：{trials}" }
    ByLanguage { "按语言" }
    ByTag { "按标签" }
    Language { "语言" }
    Tag { "标签" }
    WeakestLanguage { "最弱的语言" }
    WeakestIs { "{measure}：{languages}" }
    WeakestMark { "最弱" }
    NoWeakest { "无差别" }
    WeakestNote { "颜色越深，离最佳值越远。最弱的语言是点估计最差的语言；没有任何得分的语言视为最差。区间重叠时，次序可能出于偶然。" }
    OnlyLanguage { "只检测了一种语言：{name}。" }
    NoEstimates { "该测试集没有给出估计值。" }
    NotMeasured { "未测量" }
    NoScore { "无得分" }
    Units { "n = {planned}" }

    // Reliability diagram.
    Reliability { "置信度与正确比例" }
    ReliabilityHow { "每个点代表按置信度排序、用例数相等的一组，竖线为正确比例的区间。虚线上置信度与正确比例相等；在虚线之下，模型过于自信。" }
    ReliabilityDerived { "这些分组由得出签名数值的同一组函数从日志导出，其本身未经签名。" }
    Bin { "组" }
    Confidence { "平均置信度" }
    ShareRight { "正确比例" }
    Cases { "用例数" }

    // Completeness.
    Planned { "计划" }
    Scored { "已评分" }
    Unscored { "未评分" }
    Reasons { "原因" }
    Clusters { "聚类" }
    CompletenessNote { "对每个测试集和指标：计划 = 已评分 + 未评分。单元为用例；若指标针对用例族，则为用例族。" }
    UnscoredMissing { "记录中没有回复" }
    UnscoredCut { "回复被截断" }
    UnscoredWrongKind { "回复类型不同" }
    UnscoredUndecided { "指标无法判定" }
    UnscoredTooLong { "超出模型的上下文长度" }
    UnscoredEmpty { "没有可读的内容" }
    UnscoredNotFinite { "不是有限数" }
    UnscoredTemplate { "对话模板拒绝" }
    UnscoredTokenizer { "文本无法转换为词元" }
    UnscoredModel { "模型或机器故障" }
    ReasonCount { "{reason}：{count}" }

    // Deviations and conditions.
    NoDeviations { "未发现。" }
    DeviationsNote { "由检测程序从记录中发现，并非实验室的陈述。" }
    DeviationQuick { "每个测试集只运行了快速级别。" }
    DeviationStandard { "每个测试集只运行了标准级别。" }
    DeviationLimit { "每个测试集和语言最多运行了 {limit} 个用例族。" }
    DeviationLanguages { "只检测了以下语言：{languages}。" }
    DeviationExtendedQuick { "测试集 {suite} 在第 {look} 次检视时作了扩充：每种语言最多 {families} 个用例族，限于快速级别。" }
    DeviationExtendedStandard { "测试集 {suite} 在第 {look} 次检视时作了扩充：每种语言最多 {families} 个用例族，至标准级别为止。" }
    DeviationExtendedFull { "测试集 {suite} 在第 {look} 次检视时作了扩充：每种语言最多 {families} 个用例族，取自所有级别。" }
    DeviationCondition { "检测期间条件 {name} 有变化：{values}。" }
    DeviationJudgeCondition { "检测期间某个评判模型的条件 {name} 有变化：{values}。" }
    DeviationFailed { "失败的请求（{kind}）：{requests} 个中有 {count} 个。" }
    DeviationJudgeFailed { "向评判模型提出而失败的请求（{kind}）：{requests} 个中有 {count} 个。" }
    DeviationCut { "达到词元上限而被截断的文本：{texts} 个中有 {count} 个。" }
    DeviationJudgeMissing { "无法打开评判模型 {name}：{reason}。" }
    DeviationWithoutScore { "测试集 {suite} 中指标“{measure}”没有得分的单元：{planned} 个中有 {missing} 个（{reasons}）。" }
    Condition { "条件" }
    Differs { "不同" }
    ConditionSet { "条件组 {number}" }
    NoConditions { "记录未说明条件。" }
    ConditionsChanged { "检测期间条件有变化。此处列出每一组不同的条件，并标出不同之处。" }
    ConditionsSame { "各段工作中条件相同。" }
    Stretches { "各段工作" }

    // Energy.
    Energy { "能耗" }
    EnergyMeasured { "{seconds} s 内 {joules} J，每 1000 条提示 {each} J（{counters}）" }
    EnergyNotMeasured { "未测量：{reason}" }
    EnergyEarlier { "本次检测包含较早的一段工作" }
    EnergySeveral { "多台机器分担了本次检测；各分片的日志中有各自的能耗" }
    EnergyNoThread { "没有线程读取计数器：{error}" }
    EnergyUnread { "无法读取计数器" }
    EnergyNoCounter { "该机器没有显示任何能耗计数器" }
    EnergyNoCounterOf { "没有可读取的 {device} 计数器" }
    EnergyBuild { "此构建版本不读取 {device} 的任何计数器" }
    EnergyNoGraphics { "NVML 未显示任何图形处理器" }
    EnergyNvml { "NVML 未给出计数器：{error}" }
    EnergyBeyond { "{counter} 的计数器显示 {shown}，而它最多只能显示 {most}" }
    EnergyCharged { "{battery} 的电量比之前多：机器当时并非由它供电" }
    EnergyNotOnBattery { "机器并非由其电池供电（{battery}：{status}）" }
    ChargeCharging { "正在充电" }
    ChargeNot { "未在充电" }
    ChargeFull { "已充满" }
    ChargeUnknown { "状态未知" }
    EnergyForbidden { "没有读取 {file} 的权限" }
    EnergyUnreadable { "无法读取 {file}：{error}" }
    EnergyNoNumber { "无法读取 {file}：其中没有数字" }
    EnergyGap { "计数器有 {seconds} s 未被读取，其间可能已重新开始计数" }
    EnergyStill { "{seconds} s 内没有任何计数器变动" }
    EnergyNotFinite { "不是最短十进制形式的有限数" }
    EnergyShared { "包括同一时间在该机器上运行的其他程序；不包括加载模型和评判模型的工作。一条提示即一次试验。" }
    EnergyMissing { "未包括：{reason}。" }
    EnergyBattery { "电池" }
    EnergyEach { "每 1000 条提示的 J" }
    EnergyTokens { "计算的词元" }
    EnergyApportioned { "所有测试集同时提问。其能耗按计算的词元（包括生成的词元）分摊；多个测试集共有的开头只计算一次，计入其中一个。" }

    // Checking.
    CheckIntro { "本文件供人阅读。被签名的是导出本文件的记录；持有记录者可再次导出同一份报告。" }
    CheckVerify { "核验签名，并从记录重新导出每个数值：" }
    CheckOpenssl { "不使用 Weighhouse，用 jq 和 OpenSSL 3 核验签名。对于 P-256 密钥：" }
    CheckEd25519 { "对于 Ed25519 密钥，最后一行改为：" }
    CheckFiles { "核验手中的模型就是所检测的模型：" }
    CheckKey { "密钥本身必须由实验室通过本报告以外的途径提供。公钥（DER 形式）的 SHA-256 为：" }
    CheckUnsigned { "本报告未签名，没有可核验的签名。" }

    // Statements.
    OnlyItems { "结果仅与所检测的对象有关，对象由本报告中的摘要值标识。" }
    Recognised { "签名表明由谁对本报告负责，以及报告未被更改。签名不能排除模型识别出检测的可能。" }
    NoCertificate { "本文件是检测报告，不是证书，也不意味着任何主管机构的批准。" }
    OpinionsNote { "由实验室陈述，与报告一并签名，并非从记录得出。" }
    NoOpinions { "本报告不含意见和解释。" }
    WholeOnly { "未经签发实验室同意，本报告只能完整复制。" }

    // Digests.
    DigestOf { "对象" }
    PlanDigest { "计划（每次试验，含提示）" }
    TranscriptDigest { "笔录（Merkle 根，RFC 6962）" }
    JournalHead { "日志末行" }
    JournalLines { "日志行数" }
    ProfileDigest { "规范 {name}" }
    SuiteDigest { "测试集 {name}" }
    CardDigest { "卡片 {name}" }
    FileDigestOf { "文件 {name}" }
    JudgeDigest { "评判模型 {name}" }

    // Files inside the PDF.
    AttachedReport { "所签署的报告原文" }
    AttachedEnvelope { "报告及其签名" }

    // Markdown and terminal.
    CutRows { "报告本身另有 {count} 行。" }
    Model { "模型" }

    // Reasons of findings, a row a sentence.
    ReasonNotAssessed { "未评估：{reason}" }
    ReasonNoSuite { "目前没有任何测试集能测量这项要求。" }
    ReasonSuiteNotRun { "测试集 {suite} 未运行。" }
    ReasonNoCase { "本次检测在此处没有测试集 {suite} 中用于指标“{measure}”的用例。" }
    ReasonNoScore { "计划的 {planned} 个单元都没有得分。" }
    ReasonUnbounded { "无法给出区间：计划的 {planned} 个单元中有 {missing} 个没有得分，而且它们本来的取值没有界限。" }
    ReasonFewClusters { "无法给出区间：用例聚类太少（{clusters} 个）。" }
    ReasonIntervalWithin { "置信水平 {level} 的区间（{lower} 至 {upper}，点估计 {point}）整个在限值（{limit}）之内。" }
    ReasonIntervalAcross { "置信水平 {level} 的区间（{lower} 至 {upper}，点估计 {point}）跨越限值（{limit}）。" }
    ReasonIntervalOutside { "置信水平 {level} 的区间（{lower} 至 {upper}，点估计 {point}）整个在限值（{limit}）之外。" }
    ReasonPointWithin { "点估计 {point} 在限值（{limit}）之内。" }
    ReasonPointAcross { "点估计 {point} 可能在限值（{limit}）之内，也可能在限值之外，取决于缺失单元本来的结果。" }
    ReasonPointOutside { "点估计 {point} 在限值（{limit}）之外。" }
    ReasonAllScored { "全部 {planned} 个单元均已评分。" }
    ReasonSomeScored { "{planned} 个单元中有 {scored} 个已评分，其余单元对两侧均按不利计。" }
    ReasonSmallSample { "该要求至少需要 {cases} 个已评分单元；还缺 {missing} 个。" }
    ReasonFamiliesLook { "如果保持不变，在现有 {clusters} 个用例族之外再增加 {more} 个，即可在置信水平 {level} 下判定：{command}。" }
    ReasonFamiliesLast { "如果保持不变，在现有 {clusters} 个用例族之外再增加 {more} 个，即可在置信水平 {level} 下判定；这已是规范允许的最后一次检视。" }
    ReasonFamiliesOwn { "如果保持不变，在现有 {clusters} 个用例族之外再增加 {more} 个，即可在置信水平 {level} 下判定；须另作一次检测。" }

    // Assessments under profiles.
    StepsReached { "整个区间达到：{surely}；点估计达到：{point}。" }
    NoStep { "未达到任何等级" }
    SampleAsked { "要求样本至少有 {cases} 个已评分单元。" }
    Remark { "注：{note}" }
    Unverified { "未与原文核对：{what}" }
    UnverifiedMark { "未核对" }
    Assessments { "按各规范的评定" }
    AssessmentsOf { "{id} 的评定" }
    AssessmentsSentence { "将模型 {model} 的记录 {id} 与 {count} 个规范对照。没有重新测量：估计值取自该记录，置信水平按各规范。" }
    AssessmentsNote { "评定由记录推导而来，无人签名。任何持有记录和规范的人都可以重新推导。" }
    ByProfile { "各规范的结论" }
    Basis { "依据" }
    FurtherOne { "如果估计值不变，再增加一组用例即可判定。" }
    FurtherFamilies { "如果估计值不变，再增加 {count} 组用例即可判定。" }
    FurtherMissing { "由于有缺失单元，无论再增加多少用例都无法判定。" }
    FurtherNever { "它离限值太近，任何数量的用例都无法判定。" }
}
