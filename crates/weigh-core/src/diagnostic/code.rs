//! Every code that a diagnostic can carry, with what `weigh explain` says of it.

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code: `E` for an error, `W` for a warning, and four digits.
    pub code: &'static str,
    /// The rule, in a few words.
    pub title: &'static str,
    /// Why the rule is there and how to follow it.
    pub text: &'static str,
}

/// What `code` stands for, in either letter case.
#[must_use]
pub fn explain(code: &str) -> Option<&'static Explanation> {
    EXPLANATIONS
        .iter()
        .find(|explanation| explanation.code.eq_ignore_ascii_case(code))
}

macro_rules! codes {
    ($($name:ident $code:literal $title:literal $text:literal)*) => {
        $(#[doc = concat!("Code: ", $title, ".")]
        pub const $name: &str = $code;)*

        /// Every code, sorted.
        pub const EXPLANATIONS: &[Explanation] = &[$(Explanation {
            code: $code,
            title: $title,
            text: $text,
        }),*];
    };
}

codes! {
    NOT_UTF8 "E0001" "the file is not UTF-8"
        "Every text file is read as UTF-8, strictly: a byte that is no part of a character could \
         be shown as one thing and given to a model as another. Save the file as UTF-8."
    TOML_SYNTAX "E0002" "the file is not TOML"
        "The text breaks the grammar of TOML 1.1, for instance by a quote that is not closed or a \
         key that is given twice. Nothing else in the file is checked until it can be read."
    JSON_SYNTAX "E0003" "the line is not strict JSON"
        "A cases file holds one JSON object on each line (RFC 8259). Comments, trailing commas, \
         single quotes, NaN, blank lines and anything after the object are refused."
    DUPLICATE_KEY "E0004" "a key stands twice in one object"
        "Readers disagree on which of two equal keys counts, so that one file could be two suites. \
         Keep one of them."
    UNKNOWN_KEY "E0005" "the key is not known here"
        "A key that nobody reads is usually a typing mistake, and would silently leave the default \
         in force. Correct it or remove it."
    MISSING_KEY "E0006" "a required key is missing"
        "Without the key the file cannot be used, cited or judged. Licence, sources \
         and authors are required because a report has to name them."
    WRONG_TYPE "E0007" "the value is of another type"
        "The key is known, but its value is of another type than the format asks for, for instance \
         a text where a number is expected."
    UNKNOWN_WORD "E0008" "the value is not one of those allowed"
        "The key takes one of a few words. The message lists them."
    EMPTY "E0009" "the text or list is empty"
        "An empty value here is the same as none, and one is required."
    NOT_A_LANGUAGE "E0010" "the language tag is not well-formed"
        "Languages are named by BCP-47 tags in their usual letter case: `sw`, `zh-Hant`, `pt-BR`. \
         A suite has one file for each: `cases.pt-BR.jsonl`."
    BAD_ID "E0011" "the name has other characters than ids may have"
        "Ids, families, variants and the names of fields are 1 to 64 characters out of A-Z, a-z, \
         0-9, `.`, `_` and `-`, so that they are the same in a file name, a shell, an address and \
         a spreadsheet. Tags may hold `:` and `/`, too."
    UNKNOWN_MEASURE "E0012" "no measure has this name"
        "Measures are a closed, versioned set, so that a name means one rule in every report. \
         `weigh explain MEASURE` tells what each computes."
    NOT_UNIQUE "E0013" "the name stands twice"
        "Ids must differ even when letter case and compatibility forms are ignored (NFKC and case \
         folding), because readers and file systems may take two such names for one."
    HIDDEN_IN_ID "E0014" "the name holds a hidden character"
        "A control character, a direction mark or an invisible character makes two names that \
         look equal differ, or one name look like another. Remove it."
    BAD_VERSION "E0015" "the version is not a semantic version"
        "Versions are MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0), for instance 1.4.0. A change \
         of any prompt or key is a new version."
    NO_ENGLISH "E0016" "the title or reason lacks English"
        "Reports can be read in several languages and fall back to English, so `en` is required."
    OUT_OF_RANGE "E0017" "the number is out of range"
        "The key takes a number within limits that the message names."
    BAD_LICENCE "E0018" "the licence is not an SPDX expression"
        "Write the licence as an SPDX expression, for instance `CC-BY-4.0` or \
         `Apache-2.0 OR MIT`, so that tools can read it."

    CSV_SYNTAX "E0019" "the file is not CSV"
        "A table is CSV (RFC 4180): one line with the names of the columns, then a line for each \
         case with as many cells. A cell with a comma, a line break or a quote stands in double \
         quotes, and each quote in it is doubled. Semicolons or tabulations may stand for commas."
    YAML_SYNTAX "E0020" "the file is not YAML"
        "The text breaks the grammar of YAML 1.2, or holds more than one document. Often the \
         indentation is uneven or a text with `: ` or `#` in it needs quotes."
    YAML_ANCHOR "E0021" "anchors, aliases and tags are not read"
        "A document with aliases can be thousands of times as large as it looks, and tags make one \
         text two values. Write each value out."
    BYTE_ORDER_MARK "E0022" "the file begins with a byte order mark"
        "U+FEFF at the beginning is invisible and part of the text for some readers and not for \
         others. Save the file as UTF-8 without it. In CSV, where spreadsheets write it, it is skipped."
    NO_LANGUAGE "E0023" "the language of the case is not known"
        "Prompts, digits and refusals are per language, so every case has one: give the file the \
         key `language`, a name with the tag in it such as `capitals.sw.csv`, or the case its own \
         `language`."

    BAD_PATH "E0101" "the path leaves the folder"
        "A suite's files lie in its own folder. Absolute paths, drive letters, `..` and control \
         characters are refused, because a record that is unpacked elsewhere would write there."
    UNEXPECTED_FILE "E0102" "the folder holds a file that no suite has"
        "A suite is `suite.toml`, `README.md` and for each language one `cases.<language>.jsonl` (or \
         `.csv`) and perhaps one `shots.<language>.jsonl` with solved examples. Every file is part of the digest, so nothing else may lie there."
    MISSING_FILE "E0103" "a file is missing"
        "A suite needs `suite.toml`, a `README.md` (purpose, sources, limits) and at least one \
         `cases.<language>.jsonl`."
    SAME_FILE "E0104" "two files have one name"
        "Two paths differ only in letter case or compatibility form: some file systems would keep \
         only one of them."
    FILE_TOO_LARGE "E0105" "the file is too large"
        "A file has at most 64 MiB, a CSV file 4 MiB, a TOML or YAML file 1 MiB, so that a hostile one cannot take all \
         memory."
    LINE_TOO_LONG "E0106" "the line is too long"
        "A line has at most 1 MiB, so that a hostile one cannot take all memory."
    TOO_MANY_CASES "E0107" "the suite has too many cases"
        "A suite has at most one million cases, those counted that it makes by `[perturb]` and \
         `control`, and a language at most 1,000 solved examples. Split it."
    TOO_DEEP "E0108" "the value is nested too deep"
        "Arrays and objects are nested at most 16 deep, so that a hostile file cannot take all \
         stack."
    NO_CASES "E0109" "the file holds no case"
        "A language without cases would be listed as tested although nothing was. Add cases or \
         remove the file."

    TOO_MANY_KEYS "E0110" "the case or table has too many keys"
        "A case has at most 1,000 keys and a table as many columns, so that a hostile one cannot \
         take all time."
    PROMPT_TOO_LONG "E0111" "the prompt is too long"
        "A prompt has at most 1 MiB when its fields are filled in, and a template names fields at \
         most 100 times, so that a small file cannot become a huge plan."
    TOO_MANY_PATTERNS "E0112" "the patterns of the file take too long to read"
        "Each pattern is compiled when the suite is read. A file has room for 10,000 small ones, \
         1,000 of middle size (128 KiB) or 130 of the largest (1 MiB). Split the suite."

    PROMPTS_TOO_LONG "E0113" "the prompts of the suite are too long together"
        "All prompts of a run, their fields filled in, are held at once, and take at most 768 MiB: a \
         template of 900 KB in 2,000 cases takes 1.8 GB. Shorten it or split the suite."

    UNCLOSED_BRACE "E0201" "a brace is not closed"
        "In a template `{name}` stands for a field of the case. Write `{{` for a brace itself."
    STRAY_BRACE "E0202" "a closing brace has no opening one"
        "Write `}}` for a closing brace itself."
    BAD_FIELD "E0203" "the name between braces is no field name"
        "A field name has the characters of an id. Write `{{` and `}}` for braces themselves."
    TEMPLATE_OR_TURNS "E0204" "a prompt is either a template or a conversation"
        "Give `template` (plain text, with an optional `delimiter`) or `[[prompt.<lang>.turn]]` \
         with `role` and `content` for models with a chat template, not both and not neither."
    BAD_TURNS "E0205" "the conversation has another order than models know"
        "An optional system turn comes first; then user and assistant take turns; the last turn is \
         the user's, because the model answers next."
    NO_PROMPT "E0206" "a language has no prompt"
        "Each language with cases needs `[prompt.<lang>]`, or `[prompt.default]` for all that have \
         none of their own."
    MEASURE_MISFIT "E0207" "the measure does not fit the task"
        "Accuracies and consistency read the likelihoods of choices (tasks `choice` and `pair`); \
         those per code point and per byte divide by the length of a choice, which has none where \
         its letter is scored. Refusal and over_refusal read texts (task `generate`)."

    CHOICES_LIST "E0208" "`{choices}` stands where it should not, or does not where it should"
        "With `by = \"letter\"` the model sees the choices where the prompt names `{choices}` and \
         answers with a letter. With `by = \"text\"` the choices continue the prompt one by one."
    SHOTS_MISFIT "E0209" "a solved example does not fit"
        "Solved examples stand before each case if the suite has `[few_shot]`, show an answer \
         (`answer` or `number`), and are of no use where only the likelihood of a text is measured."
    FEW_SHOTS "E0210" "there are too few solved examples"
        "Each case needs `few_shot.count` examples in its language that are of other families, or \
         it would be shown its own answer."
    JUDGE_MISFIT "E0211" "the judge does not fit the suite"
        "A judge reads replies: the task is `generate`, the measures hold `judged`, and each language \
         with cases has `[judge.rubric.<lang>]` or there is `[judge.rubric.default]`. A rubric names \
         `{reply}`, and perhaps `{request}`, `{fence}` and `{options}`."

    EMBEDDING_MISFIT "E0212" "the embedding model does not fit the suite"
        "An embedding model compares replies with references: the task is `generate`, the measures hold \
         `similarity`, and cases have `answer`. A suite has `[judge]` or `[embedding]`: a \
         reply is read by one other model. Make two suites of the same cases where both are wanted."

    NO_CANARY "E0301" "the first line is not the canary"
        "The first line of every cases file is `{\"canary\": \"...\"}` with the suite's canary, so \
         that whoever collects training data can find and leave out the file, and whoever tests a \
         model can find out whether they did."
    WRONG_CANARY "E0302" "the canary is another one than the suite's"
        "One suite has one canary, in `suite.toml` and on the first line of every cases file."
    LATE_CANARY "E0303" "the canary stands below the first line"
        "The canary comes once, on the first line."
    FEW_CHOICES "E0304" "there are fewer than two choices"
        "With one choice every model is right."
    EQUAL_CHOICES "E0305" "two choices are equal"
        "Choices must differ after NFKC and without white space at their ends, or two answers \
         would be right, or the right one wrong."
    ANSWER_RANGE "E0306" "the answer is no index of a choice"
        "`answer` is the index of the right choice, counted from 0, or its text, or its letter where \
         choices have letters. In a table it is the text or the letter."
    EXPECT_MISFIT "E0307" "the expectation does not fit the task"
        "A case of task `choice` has `choices` and `answer`, one of task `pair` has `better` and \
         `worse`, one of task `likelihood` has `text`. A case of task `generate` has exactly one \
         of `expect`, `answer`, `number`, `contains_any`, `contains_all`, `pattern` and `instructions`."
    MISSING_FIELD "E0308" "the case lacks a field that the prompt names"
        "Every `{name}` of the language's prompt must be a key of the case, with a text."
    UNSCORED_CASE "E0309" "no measure scores the case"
        "A case that is asked and never scored costs time and looks like evidence. Add a measure \
         that reads it or remove the case."
    FAMILY_ORIGINAL "E0310" "the family has not exactly one original"
        "Consistency compares each perturbed case with its original: in each language a family of \
         several cases needs exactly one whose `variant` is `original` (the default)."

    BAD_PATTERN "E0311" "the pattern is no regular expression that can be used"
        "A pattern follows the syntax of Rust's `regex` crate, which has no look-around and no \
         back-references and so takes time linear in the reply. It has at most 1,000 bytes and \
         compiles to at most 1 MiB."
    BAD_ROLES "E0312" "the roles are not as many as the choices"
        "`roles` names for each choice, in their order, whether it is `stereotyped`, `counter` or \
         `unknown`."
    TURNS_MISFIT "E0313" "the scripted turns do not fit the prompt"
        "`turns` take the place of the user's turn of the prompt, so the prompt is a conversation \
         in which the user speaks once, after an optional system turn."
    FEW_LETTERS "E0314" "there are more choices than letters"
        "A prompt gives its choices the letters A to Z unless it has `letters` of its own."
    MADE_VARIANT "E0315" "the variant is one that the suite makes"
        "Cases with the variant `control` are made from each original and the prompt's `control`."

    BAD_INSTRUCTION "E0316" "the instruction is none that a program can check"
        "An instruction names a kind and its parameters, as docs/measures/instruction_following.md \
         lists them. One that is not known would leave every answer without a score."
    LIMIT "E0401" "a requirement sets exactly one limit"
        "A requirement with a suite has `at_least` or `at_most`, not both and not neither."
    UNMEASURED "E0402" "a requirement without a suite measures nothing"
        "A requirement that no suite can measure has an id, a title and perhaps a clause and a reason, \
         and is reported as not assessed. `measure`, `scope`, `rule`, `cases`, `steps` and limits need \
         a `suite`."
    NO_REQUIREMENT "E0403" "the profile requires nothing"
        "A profile without a requirement would hold for every model."
    LOOKS "E0404" "the looks do not hold the profile's confidence"
        "`looks` gives each look at a run that is extended its share of 1 - confidence: 1 to 8 \
         shares above 0 whose sum is 1 at most. Then the chance that some look is wrong keeps the \
         confidence. The rule `point` reads no confidence and cannot stand beside looks."
    MEASURED "E0405" "a requirement with a suite says why nothing is measured"
        "`reason` tells why no suite can measure a requirement. One that a suite measures has none: a \
         reader would take it for not assessed. What a reader should know of it is its `note`."
    STEPS "E0406" "the steps are not in order"
        "Steps are named grades, the best one first: with `at_least` each limit is below the one before, \
         with `at_most` above it. Otherwise a better figure would reach a worse step."

    BAD_FILE_NAME "E0601" "the file's name is not a base name"
        "A model's file is kept under this name, so that it holds no separator, does not begin with \
         a dot or a dash, and has only characters that every file system takes."
    BAD_DIGEST "E0602" "the digest is not SHA-256 in hexadecimal"
        "A digest is 64 digits out of 0-9 and a-f. Without it a file from anywhere cannot be told \
         from another one."
    BAD_SOURCE "E0603" "the source cannot be asked"
        "A hub is asked for `<owner>/<name>` at a revision, a package client for \
         `<name>==<version>` and for members of the package by their path. The parts begin with a \
         letter or a digit, so that none can be read as an option of a command."

    WRONG_RATES "E0701" "the card contradicts its counts"
        "A card's totals and rates follow from the counts of its sets. They are written for readers, \
         and a card whose parts disagree was not written by the calibration. Make it again."
    BAD_DATE "E0702" "the date is not YYYY-MM-DD"
        "Dates are written as in ISO 8601, for instance 2026-03-01, so that no reader takes the day \
         for the month."

    NOT_A_KEY "E0801" "the text is no public key"
        "Keys stand in a trust policy as SPKI in PEM, ECDSA P-256 or Ed25519, as `weigh key show` and \
         openssl write them."
    UNKNOWN_MEMBER "E0802" "nobody before this place has this name"
        "Members of a group and the quorum are authorities or groups that stand before, in the same \
         letter case. So no group can be its own member."
    BAD_THRESHOLD "E0803" "the threshold cannot be met, or is met by nobody"
        "A threshold is at least 1 and at most the number of members or keys. With 0 everything would \
         be trusted, with more nothing ever."
    BAD_PERIOD "E0804" "the period ends before it begins"
        "`valid_until` is the last day on which the key's signatures count, `valid_from` the first."

    BAD_ROW "E0901" "the row of a data set cannot become a case"
        "No row is dropped in silence. Mend the row, or import the others with `--skip-bad`: the \
         suite's README then lists what was left out."
    BAD_DATA_SET "E0902" "the data set cannot be imported"
        "The file is none of the format, or something is missing that concerns all of its rows. \
         docs/import.md says what of each format is read."
    BAD_TASK_FILE "E0903" "the task file cannot be used"
        "docs/lm_eval.md says what of a task file of lm-evaluation-harness is read."

    SAME_PROMPT "W0501" "two cases ask the same"
        "Two cases of one language have equal prompts and choices after NFKC. Both count, so that \
         the item weighs double and the interval is too narrow."
    ANSWER_POSITION "W0502" "the right answers favour a position"
        "Pearson's chi-square over the positions of the right answers, for cases of one language \
         with the same number of choices and at least five expected at each position, is above the \
         99.9 % quantile (Wilson and Hilferty's approximation). A model that always takes one \
         position would score too high or too low. Shuffle the choices."
    LONGEST_ANSWER "W0503" "the right answer is often the longest"
        "Over the cases of one language whose longest choice (in characters) is unique, at least \
         20 of them, that choice is right more often than 1 in the number of choices, by more than \
         3.09 standard deviations (99.9 %). A model could score by length alone."
    NOT_PARALLEL "W0504" "a language lacks cases that others have"
        "The suite says `parallel = true`: every case exists in every language, or languages are \
         compared on different items."
    HIDDEN_IN_TEXT "W0505" "the text holds a hidden character"
        "A control character, a direction mark or an invisible character reaches the model and not \
         the reader. Remove it unless the test is about it. The joiners U+200C and U+200D and the \
         variation selectors are not counted, because writing needs them."
    ID_NOT_PATH "W0506" "the id is not the place of the file"
        "A suite in `suites/safety/refusal/` has the id `safety/refusal`; a profile in \
         `profiles/baseline.toml` has the id `baseline`. Then a name leads to its file."
    UNUSED_PROMPT "W0507" "a prompt serves no cases"
        "There is a prompt for a language that has no cases file."
    IDLE_MEASURE "W0508" "the measure scores no case"
        "The suite names a measure that reads none of its cases: a requirement on it can never be \
         assessed."
    LIKELY_TYPO "W0509" "the field's name looks like a key with a meaning"
        "Any key with a text is a field for the prompt. This one is named by no prompt and is \
         nearly a key that means something, so that it is probably a typing mistake."
    MORE_FAULTS "W0510" "more faults than are listed"
        "At most 1,000 errors and 1,000 warnings are listed for each file. Mend those first."
    NOT_PERTURBED "W0511" "a transform does not apply to the case"
        "`[perturb]` makes one case more for each transform, but this one has nothing to change in \
         this text or does not know its language. The case stands as it is."
    NO_ORIGIN "W0512" "a local suite does not say where it comes from"
        "A suite below `local/` needs no licence, authors or sources, and cannot be published \
         without them."
    NO_REFUSAL_RULES "W0513" "replies in the language cannot be read for refusals"
        "Whether a reply refuses is read by phrases of its language. For this language there are \
         none, so that every such case stays unscored."
    SAME_IN_OTHER_SUITE "W0514" "two suites ask the same"
        "A case that stands in two suites counts twice in a report that has both. Keep one of them, \
         or word the other anew."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_each_says_something() {
        assert!(EXPLANATIONS.is_sorted_by(|a, b| a.code < b.code));
        for explanation in EXPLANATIONS {
            assert_eq!(explanation.code.len(), 5, "{explanation:?}");
            assert!(explanation.code.starts_with(['E', 'W']), "{explanation:?}");
            assert!(!explanation.title.ends_with('.'), "{explanation:?}");
            assert!(explanation.text.ends_with('.'), "{explanation:?}");
            assert!(!explanation.text.contains("  "), "{explanation:?}");
        }
    }

    #[test]
    fn a_code_is_found_in_either_case() {
        assert_eq!(explain("e0012").map(|e| e.code), Some("E0012"));
        assert_eq!(explain("E9999"), None);
    }
}
