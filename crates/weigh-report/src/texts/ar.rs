//! The fixed texts in Arabic.

super::translation! {
    // The document.
    TestReport { "تقرير اختبار" }
    ReportNumber { "رقم التقرير" }
    TestReportId { "تقرير الاختبار {id}" }
    EndOfReportId { "نهاية التقرير {id}" }
    PageOf { "صفحة {page} من {pages}" }
    Draft { "مسودة، غير موقعة" }
    DraftNote { "لم يوقع أحد هذا التقرير: فهو مسودة ولا يجيز شيئًا." }
    AmendedReplaces { "تقرير معدل، يحل محل {id}" }
    AmendmentReason { "سبب التعديل" }
    AmendmentNote { "سجل الاختبار وجميع النتائج هي نفسها في التقرير المستبدل. أما ما يصرح به المختبر فيستبدل كله." }
    ReplacedStatement { "البيان المستبدل" }
    ReplacedIssued { "صدر التقرير المستبدل في" }
    RecordWords { "ترد الأسماء والشروط بألفاظ السجل، وهو واحد في كل اللغات." }
    RecordReasons { "وكذلك الانحرافات والأسباب والملاحظات التي ليست بلغة هذه الصفحة." }
    Contents { "المحتويات" }
    NotStated { "غير مذكور" }
    None { "لا يوجد" }
    All { "الكل" }

    // Verdicts, and what the overall verdict means.
    Conforms { "مطابق" }
    Inconclusive { "غير حاسم" }
    NotAssessed { "لم يقيّم" }
    DoesNotConform { "غير مطابق" }
    VerdictWord { "الحكم" }
    OverallConforms { "يبين السجل أن جميع متطلبات الملف التعريفي مستوفاة." }
    OverallInconclusive { "لم يثبت عدم استيفاء أي متطلب، لكن السجل لا يتيح الحسم في متطلب واحد على الأقل." }
    OverallNotAssessed { "لم يثبت عدم استيفاء أي متطلب، لكن متطلبًا واحدًا على الأقل لم يقس، فلا يمكن قول شيء عن المجموع." }
    OverallDoesNotConform { "يبين السجل أن متطلبًا واحدًا على الأقل من متطلبات الملف التعريفي غير مستوفى." }

    // Section titles.
    Summary { "الملخص" }
    ItemTested { "العنصر المختبر" }
    Parties { "المختبر والعميل والتواريخ" }
    MethodTitle { "الطريقة" }
    DecisionRule { "قاعدة القرار وعدم اليقين" }
    Findings { "الاستنتاجات" }
    ForestPlot { "التقديرات والحدود" }
    Results { "النتائج حسب المجموعة" }
    Completeness { "اكتمال السجل" }
    Deviations { "الانحرافات عن الطريقة" }
    Conditions { "شروط الاختبار" }
    Checking { "كيفية التحقق من هذا التقرير" }
    Opinions { "الآراء والتفسيرات" }
    Statements { "تصريحات" }
    Digests { "البصمات الرقمية" }

    // Summary.
    SummarySentence { "اختبر النموذج {model} وفق الملف التعريفي {profile}، الإصدار {version} (عدد الاختبارات: {trials}؛ عدد المجموعات: {suites})." }
    CountsCaption { "الاستنتاجات حسب الحكم" }
    FailedRequirements { "متطلبات غير مستوفاة" }
    OpenRequirements { "متطلبات لا يحسمها السجل" }
    UnmeasuredRequirements { "متطلبات لم تقس" }
    Issued { "تاريخ الإصدار" }
    Signer { "موقع بالمفتاح" }
    Trust { "مكانة التوقيع" }
    Unsigned { "لا أحد" }
    FirstParty { "توقيع ذاتي من الطرف الأول" }
    KeyGiven { "بالمفتاح الذي قدمه القارئ" }
    KeyOfPolicy { "تعترف به سياسة الثقة {policy}" }

    // Item.
    ItemName { "الاسم" }
    Files { "الملفات كما قرئت بايتاتها" }
    FileName { "الملف" }
    FileSize { "الحجم" }
    FileDigest { "SHA-256" }
    Bytes { "{count} بايت" }
    Tokenizer { "المقطّع" }
    Config { "الإعدادات" }
    ChatTemplate { "قالب المحادثة" }
    Judges { "النماذج المحكّمة" }
    JudgesNote { "قرأت نماذج أخرى الردود وبينت أي الخيارين صحيح. النموذج المحكّم يخطئ، ولم يصحح هنا أي رقم لهذا السبب." }
    JudgeName { "النموذج المحكّم" }
    JudgeMissing { "تعذر فتحه" }

    // Parties.
    LaboratoryName { "المختبر" }
    LaboratoryAddress { "عنوان المختبر" }
    PlaceOfTest { "مكان الاختبار" }
    Customer { "العميل" }
    CustomerContact { "بيانات الاتصال بالعميل" }
    Received { "تاريخ استلام العنصر" }
    ConditionOnReceipt { "الحالة عند الاستلام" }
    ExternalProviders { "مقدمو الخدمات الخارجيون" }
    AuthorisedBy { "اعتمده" }
    Accreditation { "الاعتماد كما يصرح به المختبر" }
    AccreditationReference { "مرجع الاعتماد" }
    Drawn { "سحب الحالات وأول قراءة للملفات" }
    Performed { "إجراء الاختبار" }
    PerformedFromTo { "من {from} إلى {to}" }
    Resumed { "استئناف العمل" }
    DateOfIssue { "تاريخ الإصدار" }
    MissingFields { "غير مذكور مع أن ISO/IEC 17025:2017, 7.8 تطلبه: {fields}. يذكره المختبر في lab.toml قبل الاختبار أو في تقرير معدل." }
    NoMissingFields { "ذكر كل ما تطلبه ISO/IEC 17025:2017, 7.8 من المختبر." }

    // Method.
    Harness { "برنامج الاختبار" }
    JournalFormat { "صيغة السجل" }
    ProfileWord { "الملف التعريفي" }
    Suites { "المجموعات" }
    Suite { "المجموعة" }
    Version { "الإصدار" }
    Trials { "الاختبارات" }
    Requests { "الطلبات الموجهة إلى النموذج" }
    Tier { "المستوى" }
    TierQuick { "سريع" }
    TierStandard { "قياسي" }
    TierFull { "كامل" }
    SampleLimit { "حد العائلات لكل مجموعة ولغة" }
    Languages { "اللغات" }
    Seed { "البذرة" }
    SamplingPlan { "خطة أخذ العينات" }
    SamplingNote { "تسحب الاختبارات من المجموعات وفق الخيارات والبذرة المذكورة هنا قبل تحميل النموذج؛ وتشمل بصمة الخطة كل اختبار منها." }
    Look { "النظرة" }
    LookOf { "{number} من {of}؛ تنفق النظرات حتى الآن {spent} من ألفا = 1 - مستوى الثقة" }
    LookExtends { "يمدد الاختبارات ذات رؤوس السجلات هذه" }
    Measures { "المقاييس" }

    // Measures.
    HigherIsBetter { "الأعلى أفضل" }
    LowerIsBetter { "الأدنى أفضل" }
    NearZeroIsBetter { "الأقرب إلى الصفر أفضل" }

    // Cards of instruments.
    Cards { "أخطاء أدوات التقييم" }
    CardsNote { "لأداة التقييم التي قورنت بتصنيفات أشخاص بطاقة. تذكر النسب كما تعدها الأداة، ثم مرة أخرى بلا أخطائها (Rogan و Gladen، 1978)، مع مجال يشمل عدم يقين البطاقة نفسها (Lang و Reiczigel، 2014). وتقارن المتطلبات بالنسب كما عدت." }
    CardOf { "{name}، الإصدار {version}" }
    Sensitivity { "الحساسية" }
    Specificity { "النوعية" }
    ShareOf { "{part} من {whole}" }
    Corrected { "بلا أخطاء أداة التقييم: {estimate}" }
    CorrectedRow { "بلا أخطاء أداة التقييم" }
    NotCorrected { "غير مصحح: {reason}" }
    UncorrectedNothing { "ليس لأي وحدة قيمة" }
    UncorrectedFew { "عدد العناقيد أقل من اثنين، فلا شيء يبين مدى اختلافها" }
    UncorrectedCard { "ليس في بطاقة أداة التقييم عناصر من أحد النوعين" }
    UncorrectedWeak { "مجموع الحساسية والنوعية ناقص 1 يساوي {youden}، ولا يقل عن {lower}: وهذا قليل جدًا" }
    UncorrectedContradicted { "تشير أداة التقييم إلى نسبة قدرها {apparent}، وبطاقتها تستبعدها أيًا كانت النسبة الحقيقية" }

    // Decision rule.
    RuleThreeWay { "ثلاثية النتائج" }
    RuleGuardBand { "نطاق الحماية" }
    RulePoint { "القبول البسيط" }
    RuleThreeWayMeans { "يستوفى المتطلب إذا وقع المجال كله داخل الحد، ولا يستوفى إذا وقع المجال كله خارجه، ويكون غير حاسم إذا عبر المجال الحد." }
    RuleGuardBandMeans { "يستوفى المتطلب إذا وقع المجال كله داخل الحد، ولا يستوفى في غير ذلك: الشك يحسب على النموذج." }
    RulePointMeans { "يقرر التقدير النقطي وحده. وما دامت الوحدات الناقصة قد تغير القرار فهو غير حاسم." }
    RuleUsedBy { "طبقت على {count} من {all} من الاستنتاجات." }
    NoRule { "لم يقارن أي متطلب بحد." }
    RuleFixed { "حددت القواعد في الملف التعريفي قبل الاختبار (ILAC-G8:09/2019)." }
    RuleRisk { "بمجال ثنائي الجانب عند مستوى الثقة {level}، فإن نموذجًا تقع قيمته الحقيقية خارج الحد مباشرة يحكم بمطابقته وفق القاعدة الثلاثية أو نطاق الحماية في نحو {risk} على الأكثر من مثل هذه الاختبارات." }
    RuleLooks { "حدد الملف التعريفي مسبقًا كم مرة يجوز تمديد اختبار غير حاسم والنظر فيه من جديد، وما يجوز لكل نظرة أن تنفقه من 1 - مستوى الثقة؛ وتحكم كل نظرة بمجال أوسع خاص بها، فتحفظ كلها معًا مستوى الثقة (بونفيروني). يمكن تمديد اختبار سرًّا أكثر من مرة: اطلب سجلات جميع النظرات." }
    RuleWorst { "الحكم العام هو أسوأ الاستنتاجات بهذا الترتيب: مطابق، غير حاسم، لم يقيّم، غير مطابق." }
    RuleMissing { "الوحدة المخططة التي لا نتيجة لها تحسب إخفاقًا عند الطرف الأدنى للمجال ونجاحًا عند الطرف الأعلى، أيًا كان السبب." }
    Uncertainty { "عدم اليقين في القياس" }
    UncertaintyCovers { "تشمل المجالات سحب الحالات من مجتمع حالات مماثلة، وترابط حالات العائلة الواحدة، والوحدات الناقصة. ولا تشمل أخطاء قواعد التقييم ولا مدى تمثيل الحالات لاستخدام حقيقي. الردود محددة في الشروط المذكورة، فلا يضيف التكرار شيئًا." }
    ClopperPearson { "ذو الحدين المضبوط (Clopper و Pearson، 1934)" }
    KornGraubard { "ذو الحدين المضبوط عند الحجم الفعال للحالات العنقودية (Korn و Graubard، 1998)" }
    Student { "توزيع t لستيودنت على عناقيد الحالات (Liang و Zeger، 1986)" }
    RatioStudent { "توزيع t لستيودنت على عناقيد الحالات، بتقريب خطي للنسبة (Cochran، 1977)" }
    CalibrationInterval { "توزيع t لستيودنت على عناقيد الحالات، مع طرح الانحياز الذي تحدثه الصدفة في الخطأ من الطرف الأدنى" }
    BootstrapInterval { "إعادة المعاينة BCa على عناقيد الحالات (Efron، 1987)، 2000 عينة معادة" }
    IntervalMethod { "المجال" }

    // Findings.
    Requirement { "المتطلب" }
    Clause { "البند" }
    EstimateAndInterval { "التقدير [المجال]" }
    Limit { "الحد" }
    Reason { "السبب" }
    Scope { "النطاق" }
    ScopeAll { "كل الحالات" }
    ScopeLanguage { "اللغة: {name}" }
    ScopeTag { "الوسم: {name}" }
    FindingsNote { "التقديرات نسب من الوحدات المقيّمة. المجالات ثنائية الجانب عند مستوى الثقة {level}." }
    NoFindings { "لا يضع الملف التعريفي أي متطلب: لا شيء يستنتج." }
    NoEstimate { "لا تقدير" }
    ForestHow { "النقطة هي التقدير النقطي، والخط مجاله، والخط المتقطع هو الحد؛ والجانب المظلل من الحد مطابق. كل قيمة نسبة من الوحدات المقيّمة." }
    ForestRow { "التقدير {estimate}؛ الحد {limit}؛ {verdict}." }
    ForestRowNone { "لا تقدير؛ {verdict}." }

    // Results.
    Overall { "كل الحالات" }
    Measure { "المقياس" }
    ClopperPearsonShort { "Clopper-Pearson" }
    KornGraubardShort { "Korn-Graubard" }
    StudentShort { "ستيودنت" }
    RatioStudentShort { "ستيودنت، نسبة" }
    CalibrationIntervalShort { "ستيودنت، انحياز" }
    BootstrapIntervalShort { "BCa" }
    ScoredOfPlanned { "{scored} من {planned}" }
    UnitsOf { "n = {scored} من {planned}" }
    SuiteFacts { "الإصدار {version}، عدد الاختبارات: {trials}" }
    ByLanguage { "حسب اللغة" }
    ByTag { "حسب الوسم" }
    Language { "اللغة" }
    Tag { "الوسم" }
    WeakestLanguage { "أضعف لغة" }
    WeakestIs { "{measure}: {languages}" }
    WeakestMark { "الأضعف" }
    NoWeakest { "لا فرق" }
    WeakestNote { "كلما اشتد اللون ابتعدت القيمة عن الأفضل. أضعف لغة هي ذات أسوأ تقدير نقطي؛ واللغة التي لا نتيجة لها تعد الأسوأ. إذا تداخلت المجالات فقد يكون الترتيب صدفة." }
    OnlyLanguage { "اختبرت لغة واحدة فقط: {name}." }
    NoEstimates { "لم تعط هذه المجموعة أي تقدير." }
    NotMeasured { "لم يقس" }
    NoScore { "لا نتيجة" }
    Units { "n = {planned}" }

    // Reliability diagram.
    Reliability { "الثقة ونسبة الصواب" }
    ReliabilityHow { "كل نقطة فئة من حالات متساوية العدد بترتيب الثقة، وخطها مجال نسبة الصواب. على الخط المتقطع تتساوى الثقة ونسبة الصواب؛ وتحته يكون النموذج أوثق مما ينبغي." }
    ReliabilityDerived { "هذه الفئات مشتقة من اليومية بالدوال التي تعطي الأرقام الموقعة. وهي نفسها غير موقعة." }
    Bin { "الفئة" }
    Confidence { "متوسط الثقة" }
    ShareRight { "نسبة الصواب" }
    Cases { "الحالات" }

    // Completeness.
    Planned { "المخطط" }
    Scored { "المقيّم" }
    Unscored { "غير المقيّم" }
    Reasons { "الأسباب" }
    Clusters { "العناقيد" }
    CompletenessNote { "المخطط = المقيّم + غير المقيّم، لكل مجموعة ومقياس. الوحدات حالات، أو عائلات حالات إذا كان المقياس عن العائلات." }
    UnscoredMissing { "لا رد في السجل" }
    UnscoredCut { "الرد مقطوع" }
    UnscoredWrongKind { "رد من نوع آخر" }
    UnscoredUndecided { "تعذر على المقياس الحسم" }
    UnscoredTooLong { "أطول من سياق النموذج" }
    UnscoredEmpty { "لم يبق ما يقرأ" }
    UnscoredNotFinite { "ليس عددًا منتهيًا" }
    UnscoredTemplate { "رفض قالب المحادثة" }
    UnscoredTokenizer { "تعذر تحويل النص إلى رموز" }
    UnscoredModel { "تعطل النموذج أو الآلة" }
    ReasonCount { "{reason}: {count}" }

    // Deviations and conditions.
    NoDeviations { "لم يعثر على أي انحراف." }
    DeviationsNote { "عثر عليها برنامج الاختبار في السجل، ولم يصرح بها المختبر." }
    DeviationQuick { "لم يشغّل من كل مجموعة إلا المستوى السريع." }
    DeviationStandard { "لم يشغّل من كل مجموعة إلا المستوى القياسي." }
    DeviationLimit { "شغّلت من كل مجموعة ولغة عائلات لا يتجاوز عددها {limit}." }
    DeviationLanguages { "لم تختبر إلا هذه اللغات: {languages}." }
    DeviationExtendedQuick { "مددت المجموعة {suite} عند النظرة {look}: لكل لغة عائلات لا يتجاوز عددها {families}، من المستوى السريع." }
    DeviationExtendedStandard { "مددت المجموعة {suite} عند النظرة {look}: لكل لغة عائلات لا يتجاوز عددها {families}، حتى المستوى القياسي." }
    DeviationExtendedFull { "مددت المجموعة {suite} عند النظرة {look}: لكل لغة عائلات لا يتجاوز عددها {families}، من جميع المستويات." }
    DeviationCondition { "تغير الشرط {name} أثناء الاختبار: {values}." }
    DeviationJudgeCondition { "تغير لدى نموذج محكّم الشرط {name} أثناء الاختبار: {values}." }
    DeviationFailed { "الطلبات الفاشلة ({kind}): {count} من {requests}." }
    DeviationJudgeFailed { "الطلبات الفاشلة الموجهة إلى نموذج محكّم ({kind}): {count} من {requests}." }
    DeviationCut { "النصوص المقطوعة عند حدها من الرموز: {count} من {texts}." }
    DeviationJudgeMissing { "تعذر فتح النموذج المحكّم {name}: {reason}." }
    DeviationWithoutScore { "وحدات «{measure}» في المجموعة {suite} بلا نتيجة: {missing} من {planned} ({reasons})." }
    Condition { "الشرط" }
    Differs { "مختلف" }
    ConditionSet { "المجموعة {number}" }
    NoConditions { "لا يذكر السجل أي شروط." }
    ConditionsChanged { "تغيرت الشروط أثناء الاختبار. تذكر كل مجموعة مختلفة ويعلّم ما اختلف." }
    ConditionsSame { "هي نفسها في كل فترات العمل." }
    Stretches { "فترات العمل" }

    // Energy.
    Energy { "الطاقة" }
    EnergyMeasured { "{joules} J خلال {seconds} s، و{each} J لكل 1000 طلب ({counters})" }
    EnergyNotMeasured { "لم تقس: {reason}" }
    EnergyEarlier { "فترة عمل سابقة هي جزء من الاختبار" }
    EnergySeveral { "تقاسمت الاختبار عدة آلات؛ وفي يومية كل جزء طاقته" }
    EnergyNoThread { "لا خيط تنفيذ يقرأ العدادات: {error}" }
    EnergyUnread { "تعذرت قراءة العدادات" }
    EnergyNoCounter { "لا تظهر الآلة أي عداد للطاقة" }
    EnergyNoCounterOf { "لا يوجد عداد للجهاز {device} يمكن قراءته" }
    EnergyBuild { "هذه النسخة من البرنامج لا تقرأ أي عداد للجهاز {device}" }
    EnergyNoGraphics { "لا تظهر NVML أي معالج رسوميات" }
    EnergyNvml { "لا تعطي NVML أي عداد: {error}" }
    EnergyBeyond { "يظهر عداد {counter} القيمة {shown}، وأقصى ما يمكنه إظهاره {most}" }
    EnergyCharged { "في {battery} أكثر مما كان فيها: لم تكن الآلة تعمل بها" }
    EnergyNotOnBattery { "لا تعمل الآلة ببطاريتها ({battery}: {status})" }
    ChargeCharging { "قيد الشحن" }
    ChargeNot { "ليست قيد الشحن" }
    ChargeFull { "مشحونة بالكامل" }
    ChargeUnknown { "حالتها غير معروفة" }
    EnergyForbidden { "لا يسمح بقراءة {file}" }
    EnergyUnreadable { "تعذرت قراءة {file}: {error}" }
    EnergyNoNumber { "تعذرت قراءة {file}: ليس فيه عدد" }
    EnergyGap { "لم تقرأ العدادات مدة {seconds} s، وربما بدأت العد من جديد في أثنائها" }
    EnergyStill { "لم يتحرك أي عداد خلال {seconds} s" }
    EnergyNotFinite { "ليس عددًا منتهيًا في أقصر صورة عشرية له" }
    EnergyShared { "يشمل ذلك كل ما عمل على الآلة في أثناء القياس، ولا يشمل تحميل النموذج ولا عمل المحكمين. والطلب هو اختبار واحد." }
    EnergyMissing { "لا يشمل ذلك: {reason}." }
    EnergyBattery { "البطارية" }
    EnergyEach { "J لكل 1000 طلب" }
    EnergyTokens { "الرموز المحسوبة" }
    EnergyApportioned { "تسأل المجموعات كلها معا، وتوزع طاقتها بحسب الرموز المحسوبة بما فيها الرموز المولدة؛ وما تشترك فيه المجموعات من بدايات يحسب مرة واحدة وينسب إلى إحداها." }

    // Checking.
    CheckIntro { "كتبت هذه الوثيقة للقراءة. الموقع هو السجل الذي اشتقت منه؛ ومن لديه السجل يشتق التقرير نفسه مرة أخرى." }
    CheckVerify { "تحقق من التوقيع واشتق كل رقم من السجل مرة أخرى:" }
    CheckOpenssl { "تحقق من التوقيع بدون Weighhouse، باستخدام jq و OpenSSL 3. لمفتاح P-256:" }
    CheckEd25519 { "لمفتاح Ed25519 يكون السطر الأخير:" }
    CheckFiles { "تحقق من أن النموذج الذي بين يديك هو الذي اختبر:" }
    CheckKey { "يجب أن يصل المفتاح نفسه من المختبر بطريق غير هذا التقرير. بصمة SHA-256 للمفتاح العام (بصيغة DER) هي:" }
    CheckUnsigned { "هذا التقرير غير موقع، فلا توقيع يتحقق منه." }

    // Statements.
    OnlyItems { "تتعلق النتائج بالعناصر المختبرة وحدها، كما تحددها البصمات الواردة في هذا التقرير." }
    Recognised { "تبين التوقيعات من يضمن هذا التقرير وأن أحدًا لم يغيره. ولا يمكنها أن تنفي أن يكون النموذج قد تعرف على الاختبار." }
    NoCertificate { "هذا تقرير اختبار. وهو ليس شهادة، ولا تترتب عليه موافقة أي سلطة." }
    OpinionsNote { "عبر عنها المختبر ووقعت مع التقرير. وهي لا تنتج عن السجل." }
    NoOpinions { "لا يتضمن هذا التقرير آراء ولا تفسيرات." }
    WholeOnly { "لا يجوز نسخ هذا التقرير إلا كاملًا، ما لم يوافق المختبر الذي أصدره على غير ذلك." }

    // Digests.
    DigestOf { "بصمة" }
    PlanDigest { "الخطة (كل اختبار مع نصوص الطلبات)" }
    TranscriptDigest { "المحضر (جذر ميركل، RFC 6962)" }
    JournalHead { "اليومية، السطر الأخير" }
    JournalLines { "عدد أسطر اليومية" }
    ProfileDigest { "الملف التعريفي {name}" }
    SuiteDigest { "المجموعة {name}" }
    CardDigest { "البطاقة {name}" }
    FileDigestOf { "الملف {name}" }
    JudgeDigest { "النموذج المحكّم {name}" }

    // Files inside the PDF.
    AttachedReport { "التقرير كما هو موقَّع" }
    AttachedEnvelope { "التقرير مع توقيعاته" }

    // Markdown and terminal.
    CutRows { "أسطر أخرى في التقرير نفسه: {count}." }
    Model { "النموذج" }

    // Reasons of findings, a row a sentence.
    ReasonNotAssessed { "لم يقيّم: {reason}" }
    ReasonNoSuite { "لا تستطيع أي مجموعة اليوم قياس هذا المتطلب." }
    ReasonSuiteNotRun { "لم تشغّل المجموعة {suite}." }
    ReasonNoCase { "لا يتضمن الاختبار هنا أي حالة من المجموعة {suite} تقيس «{measure}»." }
    ReasonNoScore { "ليس لأي من الوحدات المخططة نتيجة، وعددها {planned}." }
    ReasonUnbounded { "لا يمكن إعطاء مجال: الوحدات المخططة التي لا نتيجة لها {missing} من {planned}، ولا شيء يحد ما كانت ستكون عليه." }
    ReasonFewClusters { "لا يمكن إعطاء مجال لقلة عناقيد الحالات، وعددها {clusters}." }
    ReasonIntervalWithin { "المجال عند مستوى الثقة {level}، من {lower} إلى {upper} حول {point}، يقع كله داخل الحد ({limit})." }
    ReasonIntervalAcross { "المجال عند مستوى الثقة {level}، من {lower} إلى {upper} حول {point}، يعبر الحد ({limit})." }
    ReasonIntervalOutside { "المجال عند مستوى الثقة {level}، من {lower} إلى {upper} حول {point}، يقع كله خارج الحد ({limit})." }
    ReasonPointWithin { "التقدير النقطي {point} داخل الحد ({limit})." }
    ReasonPointAcross { "قد يكون التقدير النقطي {point} داخل الحد ({limit}) أو خارجه، بحسب ما كانت ستكون عليه الوحدات الناقصة." }
    ReasonPointOutside { "التقدير النقطي {point} خارج الحد ({limit})." }
    ReasonAllScored { "الوحدات كلها مقيّمة، وعددها {planned}." }
    ReasonSomeScored { "الوحدات المقيّمة: {scored} من {planned}؛ وتحسب الأخرى ضد كلا الجانبين." }
    ReasonSmallSample { "يطلب المتطلب ألا يقل عدد الوحدات المقيّمة عن {cases}؛ الناقص منها: {missing}." }
    ReasonFamiliesLook { "إذا بقي الأمر كذلك، فعدد العائلات الذي يكفي للحسم عند مستوى الثقة {level}، زيادة على العائلات الموجودة ({clusters}): {more}. الأمر: {command}." }
    ReasonFamiliesLast { "إذا بقي الأمر كذلك، فعدد العائلات الذي يكفي للحسم عند مستوى الثقة {level}، زيادة على العائلات الموجودة ({clusters}): {more}. وكانت هذه آخر نظرة في الملف التعريفي." }
    ReasonFamiliesOwn { "إذا بقي الأمر كذلك، فعدد العائلات الذي يكفي للحسم عند مستوى الثقة {level}، زيادة على العائلات الموجودة ({clusters}): {more}، في اختبار مستقل." }

    // Assessments under profiles.
    StepsReached { "يبلغ المجال كله: {surely}؛ ويبلغ التقدير النقطي: {point}." }
    NoStep { "لا درجة" }
    SampleAsked { "المطلوب عيّنة لا تقل عن {cases} من الوحدات المقيَّمة." }
    Remark { "ملاحظة: {note}" }
    Unverified { "لم يُطابَق مع النص: {what}" }
    UnverifiedMark { "غير مُتحقَّق منه" }
    Assessments { "التقييم وفق الملفات التعريفية" }
    AssessmentsOf { "تقييم {id}" }
    AssessmentsSentence { "يُقابَل السجل {id} للنموذج {model} بملفات تعريفية عددها {count}. لم يُقَس شيء من جديد: التقديرات هي تقديرات السجل، بمستوى الثقة الذي يحدده كل ملف." }
    AssessmentsNote { "يُستخلص التقييم من السجل ولا يوقّعه أحد. ومن لديه السجل والملفات التعريفية يستطيع استخلاصه من جديد." }
    ByProfile { "الأحكام وفق كل ملف تعريفي" }
    Basis { "الأساس" }
    FurtherOne { "تكفي مجموعة حالات إضافية واحدة للحسم إذا بقي التقدير كما هو." }
    FurtherFamilies { "عدد مجموعات الحالات الإضافية الكافي للحسم إذا بقي التقدير كما هو: {count}." }
    FurtherMissing { "تُبقي الوحدات الناقصة الأمر مفتوحًا مهما زاد عدد الحالات." }
    FurtherNever { "التقدير أقرب إلى الحد من أن يحسمه أي عدد من الحالات." }
}
