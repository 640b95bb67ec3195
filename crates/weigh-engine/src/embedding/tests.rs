//! Embeddings: tokens, faults of files, and that a result depends on its own text alone.

use std::fs;

use proptest::prelude::*;
use weigh_core::request::Prompt;

use super::*;
use crate::tiny::write_encoder;

const PIECES: [&str; 20] = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##aff",
    "##able",
    "a",
    "##b",
    "b",
    "##a",
    ".",
    "!",
    "e",
    "##e",
    "天",
    "##ß",
    "ss",
    "i",
    "##\u{302}",
];

fn tokenizer() -> WordPiece {
    WordPiece::read(PIECES.join("\n").as_bytes(), 100).unwrap()
}

/// Hugging Face's tokenizer with the same vocabulary. Its tables of Unicode are older than ours, so it
/// is asked of characters that it knows.
fn library() -> tokenizers::Tokenizer {
    use tokenizers::models::wordpiece::WordPiece;
    use tokenizers::normalizers::BertNormalizer;
    use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
    let vocab: [(String, u32); 20] = std::array::from_fn(|at| {
        let id = u32::try_from(at).unwrap();
        (PIECES[at].to_owned(), id)
    });
    let model = WordPiece::builder()
        .vocab(vocab)
        .unk_token("[UNK]".to_owned())
        .build()
        .unwrap();
    let mut tokenizer = tokenizers::Tokenizer::new(model);
    let normalizer = BertNormalizer::new(true, true, None, true);
    tokenizer.with_normalizer(Some(normalizer)).unwrap();
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    tokenizer
}

#[test]
fn words_are_cut_into_the_longest_pieces() {
    let tokenizer = tokenizer();
    for (text, expect) in [
        ("", vec![]),
        ("Unaffable", vec![4, 5, 6]),
        ("aba  ba", vec![7, 8, 10, 9, 10]),
        ("É é", vec![13, 13]),
        ("a天a", vec![7, 15, 7]),
        ("a.b!", vec![7, 11, 9, 12]),
        ("axe", vec![1]),
        ("a\u{0}b\u{200b}a\u{fffd}", vec![7, 8, 10]),
        ("[SEP]", vec![1, 1, 1]),
        (&"a".repeat(101), vec![1]),
    ] {
        let found = tokenizer.tokens(text);
        let (first, last) = (found[0], found[found.len() - 1]);
        assert_eq!((first, last), (2, 3));
        assert_eq!(found[1..found.len() - 1], expect, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn tokens_agree_with_the_library(text in "([ -~\u{a0}-\u{17f}\u{300}-\u{36f}Α-ωА-я\u{621}-\u{652}\u{905}-\u{94d}\u{e01}-\u{e4e}\u{2010}-\u{2027}、-】一-龥가-힣！-～😀-🙏]|[ab天e .!ÉßİǅΣ\u{302}\u{0}\t\n\u{200b}]){0,24}") {
        let expect = library().encode(text.as_str(), false).unwrap();
        let found = tokenizer().tokens(&text);
        prop_assert_eq!(&found[1..found.len() - 1], expect.get_ids(), "{:?}", text);
    }
}

/// What all-MiniLM-L6-v2 has.
const STEPS: &str = r#"[{"type": "sentence_transformers.models.Transformer"},
    {"type": "sentence_transformers.models.Pooling"},
    {"type": "sentence_transformers.models.Normalize"}]"#;

fn near(text: &str, reference: &str) -> Request {
    Request::Similarity {
        text: text.to_owned(),
        reference: reference.to_owned(),
    }
}

fn answers(embedder: &mut Embedder, requests: &[Request]) -> Vec<Response> {
    let mut found = vec![None; requests.len()];
    let requests: Vec<&Request> = requests.iter().collect();
    let mut sink = |at: usize, response| {
        assert!(found[at].replace(response).is_none());
        ControlFlow::Continue(())
    };
    embedder.answer(&requests, &mut sink).unwrap();
    found.into_iter().map(Option::unwrap).collect()
}

fn cosine_of(response: &Response) -> f64 {
    match response {
        Response::Similarity { cosine } => cosine.get(),
        other
        @ (Response::Likelihood { .. } | Response::Generated { .. } | Response::Failed(_)) => {
            panic!("{other:?}")
        }
    }
}

#[test]
fn a_cosine_depends_on_its_two_texts_alone() {
    let folder = tempfile::tempdir().unwrap();
    write_encoder(3, folder.path()).unwrap();
    let open = |threads, isa: Option<&str>| {
        let options = OpenOptions {
            threads: Some(threads),
            isa: isa.map(str::to_owned),
            ..OpenOptions::default()
        };
        Embedder::open(folder.path(), &options).unwrap()
    };
    let texts = [
        "the ferry",
        "a boat leaves.",
        "",
        "goats ate it",
        "the ferry",
    ];
    let requests: Vec<Request> = texts
        .iter()
        .flat_map(|one| texts.iter().map(|other| near(one, other)))
        .collect();
    let expect = answers(&mut open(1, None), &requests);
    for isa in [None, Some("avx2"), Some("portable")] {
        // Not every machine has every one of them.
        if Isa::choose(isa).is_err() {
            continue;
        }
        for threads in [1, 3] {
            let mut embedder = open(threads, isa);
            assert_eq!(
                answers(&mut embedder, &requests),
                expect,
                "{isa:?}, {threads}"
            );
            for (request, expect) in requests.iter().zip(&expect) {
                let alone = answers(&mut embedder, std::slice::from_ref(request));
                assert_eq!(alone, std::slice::from_ref(expect));
            }
        }
    }
    let itself = cosine_of(&expect[0]);
    assert!((itself - 1.0).abs() < 1e-6, "{itself}");
    assert_eq!(expect[1], expect[5], "symmetric");
    assert_ne!(cosine_of(&expect[1]), cosine_of(&expect[3]));
}

#[test]
fn what_it_cannot_compare_has_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    write_encoder(3, folder.path()).unwrap();
    let mut embedder = Embedder::open(folder.path(), &OpenOptions::default()).unwrap();
    let long = "a ".repeat(47);
    let writes = Request::Likelihood {
        context: Prompt::Text("a".into()),
        continuation: "b".to_owned(),
    };
    let found = answers(&mut embedder, &[near("a", &long), near("a", "b"), writes]);
    let too_long = Failure::TooLong {
        needed: 49,
        limit: 48,
    };
    assert_eq!(found[0], Response::Failed(too_long));
    assert!(matches!(found[1], Response::Similarity { .. }));
    assert!(matches!(found[2], Response::Failed(Failure::Model(_))));
}

/// Each edit of a good folder, and what the refusal says.
#[test]
fn every_way_a_folder_is_no_encoder() {
    let edit = |name: &str, old: &str, new: &str| {
        let folder = tempfile::tempdir().unwrap();
        write_encoder(3, folder.path()).unwrap();
        let path = folder.path().join(name);
        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains(old), "{name} has no {old}");
        if name.ends_with("safetensors") {
            let mut windows = bytes.windows(old.len());
            let at = windows.position(|part| part == old.as_bytes()).unwrap();
            let edited = [&bytes[..at], new.as_bytes(), &bytes[at + old.len()..]].concat();
            fs::write(&path, edited).unwrap();
        } else {
            fs::write(&path, text.replacen(old, new, 1)).unwrap();
        }
        let opened = Embedder::open(folder.path(), &OpenOptions::default());
        opened.map(drop).unwrap_err().to_string()
    };
    for (name, old, new, expect) in [
        (
            "config.json",
            "\"bert\"",
            "\"roberta\"",
            "`model_type` is \"roberta\", only `bert`",
        ),
        (
            "config.json",
            "\"gelu\"",
            "\"relu\"",
            "`hidden_act` is \"relu\", only `gelu`",
        ),
        (
            "config.json",
            "\"hidden_size\": 16",
            "\"hidden_size\": 18",
            "does not divide among 4 heads",
        ),
        (
            "config.json",
            "\"hidden_size\": 16",
            "\"hidden_size\": 0",
            "`hidden_size` is 0, expected",
        ),
        (
            "config.json",
            "\"num_hidden_layers\": 2",
            "\"num_hidden_layers\": 3",
            "no tensor `encoder.layer.2.",
        ),
        (
            "config.json",
            "\"vocab_size\": 57",
            "\"vocab_size\": 56",
            "more than 56 pieces",
        ),
        ("config.json", "{", "[", "config.json: no embedding model"),
        (
            "sentence_bert_config.json",
            "48",
            "65",
            "`max_seq_length` is 65, expected a number from 1 to 64",
        ),
        ("vocab.txt", "[CLS]", "[cls]", "it has no `[CLS]`"),
        ("vocab.txt", "##b", "a", "stands twice"),
        ("vocab.txt", "##b", "##B", "vocabulary of a cased model"),
        (
            "config.json",
            "{",
            "{\"is_decoder\": true,",
            "`is_decoder` is true, which is not computed",
        ),
        (
            "config.json",
            "{",
            "{\"embedding_size\": 128,",
            "`embedding_size` is 128",
        ),
        (
            "model.safetensors",
            "\"shape\":[16]",
            "\"shape\":[61]",
            "tensor `",
        ),
    ] {
        let found = edit(name, old, new);
        assert!(found.contains(expect), "{new}: {found}");
    }
    for (name, text, expect) in [
        ("modules.json", STEPS, None),
        (
            "modules.json",
            r#"[{"type": "sentence_transformers.models.Dense"}]"#,
            Some("the step `sentence_transformers.models.Dense`"),
        ),
        ("modules.json", "{}", Some("modules.json: ")),
        (
            "1_Pooling/config.json",
            r#"{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false}"#,
            None,
        ),
        (
            "1_Pooling/config.json",
            r#"{"pooling_mode_mean_tokens": false, "pooling_mode_cls_token": true}"#,
            Some("only the mean of the tokens"),
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write_encoder(3, folder.path()).unwrap();
        fs::create_dir(folder.path().join("1_Pooling")).unwrap();
        fs::write(folder.path().join(name), text).unwrap();
        let opened = Embedder::open(folder.path(), &OpenOptions::default());
        let found = opened.err().map(|fault| fault.to_string());
        let said = found.as_deref().unwrap_or_default();
        assert_eq!(found.is_some(), expect.is_some(), "{text}: {said}");
        assert!(said.contains(expect.unwrap_or_default()), "{text}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    write_encoder(3, folder.path()).unwrap();
    assert!(is_encoder(folder.path()));
    fs::remove_file(folder.path().join(VOCABULARY)).unwrap();
    let missing = Embedder::open(folder.path(), &OpenOptions::default());
    let missing = missing.map(drop).unwrap_err().to_string();
    assert!(missing.contains("the folder has no vocab.txt"), "{missing}");
    assert!(!is_encoder(&folder.path().join("nothing")));
}
