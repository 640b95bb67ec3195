//! Every fixed text of the reports, one row a text, in English; `texts/` has the other languages.
//!
//! A new row here makes the compiler ask every language for its text. `{name}` is a slot that the
//! caller fills; a test holds each language to the slots of English.

mod ar;
mod es;
mod fr;
mod ru;
mod zh;

/// The language of the fixed texts: one of the six official languages of the United Nations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ReportLanguage {
    /// Arabic, written from right to left.
    Ar,
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Chinese in simplified characters.
    Zh,
}

impl ReportLanguage {
    /// Every language, in the order of their tags.
    pub const ALL: [Self; 6] = [Self::Ar, Self::En, Self::Es, Self::Fr, Self::Ru, Self::Zh];

    /// The BCP-47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Zh => "zh",
        }
    }

    /// The direction of writing, as HTML's `dir` has it.
    pub(crate) const fn direction(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En | Self::Es | Self::Fr | Self::Ru | Self::Zh => "ltr",
        }
    }
}

/// Makes the lookup of one language: a text for every row, or the compiler names what is missing.
macro_rules! translation {
    ($($key:ident { $text:literal })*) => {
        /// The text in this language.
        pub(super) const fn text(text: super::Text) -> &'static str {
            match text { $(super::Text::$key => $text),* }
        }
    };
}
use translation;

/// Makes the table: an enum of the rows, and the lookup.
macro_rules! texts {
    ($($key:ident { $en:literal })*) => {
        /// A fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(not(feature = "pdf"), allow(dead_code, reason = "some stand on paper only"))]
        pub(crate) enum Text { $($key),* }

        impl Text {
            /// Every text, for the tests.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$key),*];

            /// The text in `language`.
            pub(crate) const fn get(self, language: ReportLanguage) -> &'static str {
                match language {
                    ReportLanguage::Ar => ar::text(self),
                    ReportLanguage::En => match self { $(Self::$key => $en),* },
                    ReportLanguage::Es => es::text(self),
                    ReportLanguage::Fr => fr::text(self),
                    ReportLanguage::Ru => ru::text(self),
                    ReportLanguage::Zh => zh::text(self),
                }
            }
        }
    };
}

texts! {
    // The document.
    TestReport { "Test report" }
    ReportNumber { "Report number" }
    TestReportId { "Test report {id}" }
    EndOfReportId { "End of report {id}" }
    PageOf { "Page {page} of {pages}" }
    Draft { "DRAFT, not signed" }
    DraftNote { "Nobody has signed this report: it is a draft and authorises nothing." }
    AmendedReplaces { "Amended report, replaces {id}" }
    AmendmentReason { "Reason for the amendment" }
    AmendmentNote { "The record of the run and every result are those of the report that is replaced. What the laboratory states is replaced as a whole." }
    ReplacedStatement { "Statement that is replaced" }
    ReplacedIssued { "The replaced report was issued" }
    RecordWords { "Names and conditions stand in the words of the record, which is the same in every language." }
    RecordReasons { "So do deviations, reasons and notes that are not in the language of this page." }
    Contents { "Contents" }
    NotStated { "not stated" }
    None { "none" }
    All { "all" }

    // Verdicts, and what the overall verdict means.
    Conforms { "Conforms" }
    Inconclusive { "Inconclusive" }
    NotAssessed { "Not assessed" }
    DoesNotConform { "Does not conform" }
    VerdictWord { "Verdict" }
    OverallConforms { "The record shows that every requirement of the profile holds." }
    OverallInconclusive { "No requirement is shown to fail, but for at least one the record cannot tell." }
    OverallNotAssessed { "No requirement is shown to fail, but at least one was not measured, so nothing can be said of the whole." }
    OverallDoesNotConform { "The record shows that at least one requirement of the profile does not hold." }

    // Section titles.
    Summary { "Summary" }
    ItemTested { "Item tested" }
    Parties { "Laboratory, customer and dates" }
    MethodTitle { "Method" }
    DecisionRule { "Decision rule and uncertainty" }
    Findings { "Findings" }
    ForestPlot { "Estimates and limits" }
    Results { "Results by suite" }
    Completeness { "Completeness of the record" }
    Deviations { "Deviations from the method" }
    Conditions { "Test conditions" }
    Checking { "How to check this report" }
    Opinions { "Opinions and interpretations" }
    Statements { "Statements" }
    Digests { "Digests" }

    // Summary.
    SummarySentence { "The model {model} was tested under the profile {profile}, version {version}, with {trials} test trials from {suites} suites." }
    CountsCaption { "Findings by verdict" }
    FailedRequirements { "Requirements that do not hold" }
    OpenRequirements { "Requirements that the record leaves open" }
    UnmeasuredRequirements { "Requirements that were not measured" }
    Issued { "Issued" }
    Signer { "Signed by key" }
    Trust { "Standing of the signature" }
    Unsigned { "nobody" }
    FirstParty { "self-signed, first party" }
    KeyGiven { "by the key that the reader gave" }
    KeyOfPolicy { "recognised by the trust policy {policy}" }

    // Item.
    ItemName { "Name" }
    Files { "Files, as their bytes were read" }
    FileName { "File" }
    FileSize { "Size" }
    FileDigest { "SHA-256" }
    Bytes { "{count} bytes" }
    Tokenizer { "Tokenizer" }
    Config { "Configuration" }
    ChatTemplate { "Chat template" }
    Judges { "Judges" }
    JudgesNote { "Other models read replies and said which of two options holds. A judge errs, and no figure here is corrected for it." }
    JudgeName { "Judge" }
    JudgeMissing { "Could not be opened" }

    // Parties.
    LaboratoryName { "Laboratory" }
    LaboratoryAddress { "Address of the laboratory" }
    PlaceOfTest { "Place of the test" }
    Customer { "Customer" }
    CustomerContact { "Contact of the customer" }
    Received { "Item received" }
    ConditionOnReceipt { "Condition on receipt" }
    ExternalProviders { "External providers" }
    AuthorisedBy { "Authorised by" }
    Accreditation { "Accreditation, as the laboratory states it" }
    AccreditationReference { "Reference of the accreditation" }
    Drawn { "Cases drawn, files first read" }
    Performed { "Test performed" }
    PerformedFromTo { "{from} to {to}" }
    Resumed { "Work went on" }
    DateOfIssue { "Date of issue" }
    MissingFields { "Not stated, though ISO/IEC 17025:2017, 7.8 asks for it: {fields}. The laboratory states these in lab.toml, before the run or in an amended report." }
    NoMissingFields { "Every field that ISO/IEC 17025:2017, 7.8 asks the laboratory for is stated." }

    // Method.
    Harness { "Harness" }
    JournalFormat { "Format of the record" }
    ProfileWord { "Profile" }
    Suites { "Suites" }
    Suite { "Suite" }
    Version { "Version" }
    Trials { "Trials" }
    Requests { "Requests to the model" }
    Tier { "Tier" }
    TierQuick { "quick" }
    TierStandard { "standard" }
    TierFull { "full" }
    SampleLimit { "Limit of families for each suite and language" }
    Languages { "Languages" }
    Seed { "Seed" }
    SamplingPlan { "Sampling plan" }
    SamplingNote { "Trials are drawn from the suites by the options and the seed stated here, before the model is loaded; the plan's digest covers every one of them." }
    Look { "Look" }
    LookOf { "{number} of {of}; the looks so far spend {spent} of alpha = 1 - confidence" }
    LookExtends { "Extends the runs with these journal heads" }
    Measures { "Measures" }

    // Measures.
    HigherIsBetter { "higher is better" }
    LowerIsBetter { "lower is better" }
    NearZeroIsBetter { "nearer to zero is better" }

    // Cards of instruments.
    Cards { "Errors of the scorers" }
    CardsNote { "A scorer that people's labels were held against has a card. Shares that it counts are told as it counts them, and once more without its errors (Rogan and Gladen, 1978), with an interval that counts the card's own uncertainty (Lang and Reiczigel, 2014). Requirements are held against the shares as counted." }
    CardOf { "{name}, version {version}" }
    Sensitivity { "Sensitivity" }
    Specificity { "Specificity" }
    ShareOf { "{part} of {whole}" }
    Corrected { "without the scorer's errors: {estimate}" }
    CorrectedRow { "without the scorer's errors" }
    NotCorrected { "not corrected: {reason}" }
    UncorrectedNothing { "no unit has a value" }
    UncorrectedFew { "fewer than two clusters, so nothing shows how much clusters differ" }
    UncorrectedCard { "the instrument's card lacks items of one of the two kinds" }
    UncorrectedWeak { "sensitivity + specificity - 1 is {youden}, at least {lower}: too small" }
    UncorrectedContradicted { "the instrument flags a share of {apparent}, which its card rules out for any rate" }

    // Decision rule.
    RuleThreeWay { "Three-way" }
    RuleGuardBand { "Guard band" }
    RulePoint { "Simple acceptance" }
    RuleThreeWayMeans { "A requirement conforms when the whole interval lies within the limit, does not conform when the whole interval lies outside it, and is inconclusive when the interval reaches across." }
    RuleGuardBandMeans { "A requirement conforms when the whole interval lies within the limit, and does not conform otherwise: doubt counts against the model." }
    RulePointMeans { "The point estimate alone decides. While missing units could turn the decision, it is inconclusive." }
    RuleUsedBy { "Applied to {count} of {all} findings." }
    NoRule { "No requirement was held against a limit." }
    RuleFixed { "The rules were fixed in the profile before the run (ILAC-G8:09/2019)." }
    RuleRisk { "With a two-sided interval at level {level}, a model whose true value lies just outside a limit is found to conform under the three-way rule or the guard band in at most about {risk} of such tests." }
    RuleLooks { "The profile fixed how often an inconclusive run may be extended and looked at again, and what each look may spend of 1 - confidence; each look decides by a wider interval of its own, so that all together keep the confidence (Bonferroni). A run can be extended in secret more than once: ask for the records of all looks." }
    RuleWorst { "The overall verdict is the worst of the findings, in this order: conforms, inconclusive, not assessed, does not conform." }
    RuleMissing { "A planned unit without a score counts as failed at the lower end of an interval and as passed at the upper end, whatever the reason." }
    Uncertainty { "Measurement uncertainty" }
    UncertaintyCovers { "Intervals cover the sampling of cases from a population of like cases, the dependence of cases of one family, and missing units. They do not cover errors of the scoring rules, nor how far the cases stand for a real use. Answers are deterministic under the stated conditions, so repetition adds nothing." }
    ClopperPearson { "exact binomial (Clopper and Pearson, 1934)" }
    KornGraubard { "exact binomial at the effective sample size of clustered cases (Korn and Graubard, 1998)" }
    Student { "Student's t over clusters of cases (Liang and Zeger, 1986)" }
    RatioStudent { "Student's t over clusters of cases, linearised for a ratio (Cochran, 1977)" }
    CalibrationInterval { "Student's t over clusters of cases, the lower limit less the bias that chance gives the error" }
    BootstrapInterval { "BCa bootstrap over clusters of cases (Efron, 1987), 2000 resamples" }
    IntervalMethod { "Interval" }

    // Findings.
    Requirement { "Requirement" }
    Clause { "Clause" }
    EstimateAndInterval { "Estimate [interval]" }
    Limit { "Limit" }
    Reason { "Reason" }
    Scope { "Scope" }
    ScopeAll { "all cases" }
    ScopeLanguage { "language {name}" }
    ScopeTag { "tag {name}" }
    FindingsNote { "Estimates are shares of the scored units. Intervals are two-sided, at level {level}." }
    NoFindings { "The profile sets no requirement: there is nothing to find." }
    NoEstimate { "no estimate" }
    StepsReached { "The whole interval reaches: {surely}; the point estimate reaches: {point}." }
    NoStep { "no step" }
    SampleAsked { "A sample of at least {cases} scored units is asked for." }
    Remark { "Note: {note}" }
    Unverified { "Not checked against the text: {what}" }
    UnverifiedMark { "unverified" }

    // Reasons of findings, a row a sentence.
    ReasonNotAssessed { "Not assessed: {reason}" }
    ReasonNoSuite { "No suite can measure this requirement today." }
    ReasonSuiteNotRun { "Suite {suite} was not run." }
    ReasonNoCase { "The run holds no case that measures {measure} of suite {suite} here." }
    ReasonNoScore { "None of {planned} planned units has a score." }
    ReasonUnbounded { "No interval can be given: {missing} of {planned} planned units have no score, and nothing bounds what they would have been." }
    ReasonFewClusters { "No interval can be given from {clusters} clusters of cases." }
    ReasonIntervalWithin { "The {level} interval from {lower} to {upper} around {point} lies wholly within the limit of {limit}." }
    ReasonIntervalAcross { "The {level} interval from {lower} to {upper} around {point} reaches across the limit of {limit}." }
    ReasonIntervalOutside { "The {level} interval from {lower} to {upper} around {point} lies wholly outside the limit of {limit}." }
    ReasonPointWithin { "The point estimate {point} is within the limit of {limit}." }
    ReasonPointAcross { "The point estimate {point} may be within or outside, as missing units turn out, the limit of {limit}." }
    ReasonPointOutside { "The point estimate {point} is outside the limit of {limit}." }
    ReasonAllScored { "All {planned} units are scored." }
    ReasonSomeScored { "{scored} of {planned} units are scored, the others count against both sides." }
    ReasonSmallSample { "The requirement asks for at least {cases} scored units; missing: {missing}." }
    ReasonFamiliesLook { "If it stays so, {more} families more than these {clusters} would decide at {level}: {command}." }
    ReasonFamiliesLast { "If it stays so, {more} families more than these {clusters} would decide at {level}, and this was the profile's last look." }
    ReasonFamiliesOwn { "If it stays so, {more} families more than these {clusters} would decide at {level}, in a run of its own." }

    // One record under several profiles.
    Assessments { "Assessment under profiles" }
    AssessmentsOf { "Assessment of {id}" }
    AssessmentsSentence { "The record {id} of the model {model} is held against {count} profiles. Nothing was measured anew: the estimates are those of the record, at the confidence of each profile." }
    AssessmentsNote { "An assessment is derived from the record and signed by nobody. Whoever has the record and the profiles derives it again." }
    ByProfile { "Verdicts by profile" }
    Basis { "Basis" }
    FurtherOne { "One more family of cases would decide it if the estimate stays." }
    FurtherFamilies { "{count} more families of cases would decide it if the estimate stays." }
    FurtherMissing { "Missing units keep it open, however many more cases are asked." }
    FurtherNever { "It is too near to the limit for any number of cases to decide." }
    ForestHow { "The dot is the point estimate, the bar its interval, the dashed line the limit; the shaded side of the limit conforms. Every value is a share of the scored units." }
    ForestRow { "Estimate {estimate}; limit {limit}; {verdict}." }
    ForestRowNone { "No estimate; {verdict}." }

    // Results.
    Overall { "All cases" }
    Measure { "Measure" }
    ClopperPearsonShort { "Clopper-Pearson" }
    KornGraubardShort { "Korn-Graubard" }
    StudentShort { "Student" }
    RatioStudentShort { "Student, ratio" }
    CalibrationIntervalShort { "Student, bias" }
    BootstrapIntervalShort { "BCa" }
    ScoredOfPlanned { "{scored} of {planned}" }
    UnitsOf { "n = {scored} of {planned}" }
    SuiteFacts { "Version {version}, trials: {trials}" }
    ByLanguage { "By language" }
    ByTag { "By tag" }
    Language { "Language" }
    Tag { "Tag" }
    WeakestLanguage { "Weakest language" }
    WeakestIs { "{measure}: {languages}" }
    WeakestMark { "weakest" }
    NoWeakest { "no difference" }
    WeakestNote { "The stronger the colour, the further from the best value. The weakest language is the one with the worst point estimate; one without any score counts as the worst. Where intervals overlap, the order may be chance." }
    OnlyLanguage { "Only one language was tested: {name}." }
    NoEstimates { "This suite gave no estimate." }
    NotMeasured { "not measured" }
    NoScore { "no score" }
    Units { "n = {planned}" }

    // Reliability diagram.
    Reliability { "Confidence and share right" }
    ReliabilityHow { "Each dot is a bin of equally many cases in the order of confidence, its bar the interval of the share right. On the dashed line confidence and share right are equal; below it the model is surer than it should be." }
    ReliabilityDerived { "These bins are derived from the journal by the functions that give the signed figures. They are not themselves signed." }
    Bin { "Bin" }
    Confidence { "Mean confidence" }
    ShareRight { "Share right" }
    Cases { "Cases" }

    // Completeness.
    Planned { "Planned" }
    Scored { "Scored" }
    Unscored { "Unscored" }
    Reasons { "Reasons" }
    Clusters { "Clusters" }
    CompletenessNote { "planned = scored + unscored, for every suite and measure. Units are cases, or families of cases where the measure is about families." }
    UnscoredMissing { "no answer on record" }
    UnscoredCut { "answer was cut" }
    UnscoredWrongKind { "answer of another kind" }
    UnscoredUndecided { "measure could not decide" }
    UnscoredTooLong { "longer than the model's context" }
    UnscoredEmpty { "nothing left to read" }
    UnscoredNotFinite { "not a finite number" }
    UnscoredTemplate { "chat template refused" }
    UnscoredTokenizer { "text could not become tokens" }
    UnscoredModel { "model or machine failed" }
    ReasonCount { "{reason}: {count}" }

    // Deviations and conditions.
    NoDeviations { "None was found." }
    DeviationsNote { "Found from the record by the harness, not stated by the laboratory." }
    DeviationQuick { "Only the quick tier of each suite was run." }
    DeviationStandard { "Only the standard tier of each suite was run." }
    DeviationLimit { "At most {limit} families of each suite and language were run." }
    DeviationLanguages { "Only these languages were run: {languages}." }
    DeviationExtendedQuick { "Suite {suite} was extended at look {look}: at most {families} families of each language, of the quick tier." }
    DeviationExtendedStandard { "Suite {suite} was extended at look {look}: at most {families} families of each language, up to the standard tier." }
    DeviationExtendedFull { "Suite {suite} was extended at look {look}: at most {families} families of each language, of all tiers." }
    DeviationCondition { "Condition {name} changed during the run: {values}." }
    DeviationJudgeCondition { "Of a judge: Condition {name} changed during the run: {values}." }
    DeviationFailed { "Failed requests ({kind}): {count} of {requests}." }
    DeviationJudgeFailed { "Failed requests to a judge ({kind}): {count} of {requests}." }
    DeviationCut { "Texts cut at their limit of tokens: {count} of {texts}." }
    DeviationJudgeMissing { "The judge {name} could not be opened: {reason}." }
    DeviationWithoutScore { "Units of {measure} in suite {suite} without a score: {missing} of {planned} ({reasons})." }
    Condition { "Condition" }
    Differs { "differs" }
    ConditionSet { "Set {number}" }
    NoConditions { "The record states no conditions." }
    ConditionsChanged { "The conditions changed during the run. Every different set is listed, and what differs is marked." }
    ConditionsSame { "The same in every stretch of work." }
    Stretches { "Stretches of work" }

    // Energy.
    Energy { "Energy" }
    EnergyMeasured { "{joules} J in {seconds} s, {each} J per 1,000 prompts ({counters})" }
    EnergyNotMeasured { "not measured: {reason}" }
    EnergyEarlier { "an earlier stretch of work is part of the run" }
    EnergySeveral { "several machines shared the run; each shard's journal has its own" }
    EnergyNoThread { "no thread reads the counters: {error}" }
    EnergyUnread { "the counters could not be read" }
    EnergyNoCounter { "the machine shows no counter of energy" }
    EnergyNoCounterOf { "there is no counter of {device} that could be read" }
    EnergyBuild { "this build reads no counter of {device}" }
    EnergyNoGraphics { "NVML shows no graphics processor" }
    EnergyNvml { "NVML gives no counter: {error}" }
    EnergyBeyond { "the counter of {counter} shows {shown}, and {most} is the most that it can show" }
    EnergyCharged { "{battery} holds more than before: the machine was not running on it" }
    EnergyNotOnBattery { "the machine does not run on its battery: {battery} is {status}" }
    ChargeCharging { "charging" }
    ChargeNot { "not charging" }
    ChargeFull { "full" }
    ChargeUnknown { "unknown" }
    EnergyForbidden { "cannot read {file}: Permission denied (os error 13)" }
    EnergyUnreadable { "cannot read {file}: {error}" }
    EnergyNoNumber { "cannot read {file}: it holds no number" }
    EnergyGap { "the counters were not read for {seconds} seconds, and may have begun again meanwhile" }
    EnergyStill { "no counter moved in {seconds} seconds" }
    EnergyNotFinite { "not a finite number in its shortest decimal form" }
    EnergyShared { "What else ran on the machine meanwhile is included; loading the model and the work of judges are not. A prompt is a trial." }
    EnergyMissing { "Not included: {reason}." }
    EnergyBattery { "battery" }
    EnergyEach { "J per 1,000 prompts" }
    EnergyTokens { "Computed tokens" }
    EnergyApportioned { "Suites are asked all at once. Their energy is apportioned by computed tokens, generated ones included; a beginning that suites share is computed once and counts for one of them." }

    // Checking.
    CheckIntro { "This document is written for people. What is signed is the record that it was derived from; whoever has the record derives the same report again." }
    CheckVerify { "Check the signature and derive every number again from the record:" }
    CheckOpenssl { "Check the signature without Weighhouse, with jq and OpenSSL 3. For a P-256 key:" }
    CheckEd25519 { "For an Ed25519 key, the last line is instead:" }
    CheckFiles { "Check that the model in hand is the one that was tested:" }
    CheckKey { "The key itself must come from the laboratory by another way than this report. The public key's SHA-256 (of its DER form) is:" }
    CheckUnsigned { "This report is not signed, so there is no signature to check." }

    // Statements.
    OnlyItems { "The results relate only to the items tested, as identified by the digests in this report." }
    Recognised { "Signatures show who vouches for this report and that nobody changed it. They cannot exclude that a model recognised the test." }
    NoCertificate { "This is a test report. It is not a certificate, and no authority's approval follows from it." }
    OpinionsNote { "Stated by the laboratory, and signed with the report. They do not follow from the record." }
    NoOpinions { "This report holds no opinions and no interpretations." }
    WholeOnly { "This report may be reproduced only in full, unless the laboratory that issued it agrees otherwise." }

    // Digests.
    DigestOf { "Of" }
    PlanDigest { "Plan (every trial, prompts included)" }
    TranscriptDigest { "Transcript (Merkle root, RFC 6962)" }
    JournalHead { "Journal, last line" }
    JournalLines { "Lines of the journal" }
    ProfileDigest { "Profile {name}" }
    SuiteDigest { "Suite {name}" }
    CardDigest { "Card {name}" }
    FileDigestOf { "File {name}" }
    JudgeDigest { "Judge {name}" }

    // Files inside the PDF.
    AttachedReport { "The report as it is signed" }
    AttachedEnvelope { "The report with its signatures" }

    // Markdown and terminal.
    CutRows { "{count} more rows are in the report itself." }
    Model { "Model" }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Goes out as it is.
    Fixed(&'static str),
    /// The name of a slot.
    Slot(&'static str),
}

/// Takes `text` apart at its slots.
pub(crate) fn pieces(text: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((fixed, after)) = rest.split_once('{') {
        let Some((slot, after)) = after.split_once('}') else {
            break;
        };
        pieces.push(Piece::Fixed(fixed));
        pieces.push(Piece::Slot(slot));
        rest = after;
    }
    pieces.push(Piece::Fixed(rest));
    pieces.retain(|piece| *piece != Piece::Fixed(""));
    pieces
}

/// `text` with its slots filled. The values are as safe as the caller made them.
pub(crate) fn fill(text: &'static str, values: &[(&str, &str)]) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Fixed(fixed) => fixed,
            Piece::Slot(slot) => value(values, slot),
        })
        .collect()
}

/// The value for `slot`; nothing where the caller gave none.
pub(crate) fn value<'a>(values: &[(&str, &'a str)], slot: &str) -> &'a str {
    let found = values.iter().find(|(name, _)| *name == slot);
    found.map_or("", |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_found_and_filled() {
        let text = "a {b} c {d}";
        assert_eq!(fill(text, &[("d", "{b}"), ("b", "1")]), "a 1 c {b}");
        assert_eq!(pieces("{a}"), [Piece::Slot("a")]);
        assert_eq!(pieces("a {b"), [Piece::Fixed("a {b")]);
    }

    /// The names of the slots of `text`, sorted.
    fn slots(text: &'static str) -> Vec<&'static str> {
        let slot = |piece| match piece {
            Piece::Slot(slot) => Some(slot),
            Piece::Fixed(_) => None,
        };
        let mut slots: Vec<_> = pieces(text).into_iter().filter_map(slot).collect();
        slots.sort_unstable();
        slots
    }

    #[test]
    fn every_text_is_there_and_well_formed() {
        for text in Text::ALL {
            for language in ReportLanguage::ALL {
                let here = text.get(language);
                assert!(
                    !here.is_empty() && here.trim() == here,
                    "{text:?} {language:?}"
                );
                assert_eq!(here.matches('{').count(), slots(here).len(), "{text:?}");
                let english = slots(text.get(ReportLanguage::En));
                assert_eq!(slots(here), english, "{text:?} {language:?}");
            }
        }
    }
}
