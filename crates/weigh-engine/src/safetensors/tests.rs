//! Every way in which a file or an index can be wrong, and the library's own files.

use std::collections::HashMap;

use proptest::prelude::*;
use safetensors::Dtype as TheirDtype;
use safetensors::tensor::TensorView;

use super::{SafetensorsFault as Fault, parse, parse_index};
use crate::dtype::Dtype;

fn file(header: &str, data: usize) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.resize(bytes.len() + data, 0);
    bytes
}

fn refused(header: &str, data: usize) -> Fault {
    parse(&file(header, data)).unwrap_err()
}

fn entry(name: &str, dtype: &str, shape: &str, begin: u64, end: u64) -> String {
    format!(r#""{name}":{{"dtype":"{dtype}","shape":{shape},"data_offsets":[{begin},{end}]}}"#)
}

fn one(dtype: &str, shape: &str, end: u64) -> String {
    format!("{{{}}}", entry("w", dtype, shape, 0, end))
}

#[test]
fn files_of_the_library_are_read() {
    let (a, b) = (vec![1; 24], vec![2; 8]);
    let views = HashMap::from([
        (
            "a",
            TensorView::new(TheirDtype::F32, vec![2, 3], &a).unwrap(),
        ),
        ("b", TensorView::new(TheirDtype::BF16, vec![4], &b).unwrap()),
    ]);
    let about = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    let bytes = safetensors::serialize(views, Some(about)).unwrap();
    let tensors = parse(&bytes).unwrap();
    assert_eq!(
        (tensors["a"].dtype, tensors["a"].shape.as_slice()),
        (Dtype::F32, &[2, 3][..])
    );
    assert_eq!(
        (tensors["b"].dtype, tensors["b"].shape.as_slice()),
        (Dtype::BF16, &[4][..])
    );
    assert_eq!(bytes[tensors["a"].range.clone()], a);
    assert_eq!(bytes[tensors["b"].range.clone()], b);
}

#[test]
fn heads_that_are_wrong() {
    assert_eq!(parse(&[0; 7]), Err(Fault::Truncated { file: 7, needed: 8 }));
    let bytes = [100_u64.to_le_bytes().as_slice(), b"{}"].concat();
    assert_eq!(
        parse(&bytes),
        Err(Fault::Truncated {
            file: 10,
            needed: 108
        })
    );
    assert_eq!(
        parse(&u64::MAX.to_le_bytes()),
        Err(Fault::HeaderTooLong(u64::MAX))
    );
    let about = r#"{"__metadata__":{"a":"1","a":"2"}}"#;
    let other = r#"{"w":{"format":"pt"}}"#;
    let twice = format!("{{{0},{0}}}", entry("w", "F32", "[1]", 0, 4));
    for header in [
        "",
        "[]",
        "{",
        about,
        other,
        &twice,
        r#"{"w":{"dtype":"F32"}}"#,
    ] {
        assert!(matches!(refused(header, 4), Fault::Header(_)), "{header}");
    }
    let many: Vec<String> = (0..=65_536)
        .map(|n| format!(r#""{n}":{{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#))
        .collect();
    assert_eq!(
        refused(&format!("{{{}}}", many.join(",")), 4),
        Fault::TooManyTensors(65_537)
    );
}

#[test]
fn tensors_that_are_wrong() {
    let name = || "w".to_owned();
    let dtype = "I64".to_owned();
    assert_eq!(
        refused(&one("I64", "[1]", 8), 8),
        Fault::Dtype {
            name: name(),
            dtype
        }
    );
    for shape in [
        vec![],
        vec![0],
        vec![1; 9],
        vec![1 << 32, 1 << 32],
        vec![u64::MAX],
    ] {
        let header = one("F32", &format!("{shape:?}"), 4);
        assert_eq!(
            refused(&header, 4),
            Fault::Shape {
                name: name(),
                shape
            }
        );
    }
    let length = Fault::Length {
        name: name(),
        found: 8,
        needed: 12,
    };
    assert_eq!(refused(&one("F32", "[3]", 8), 8), length);
    let end = Fault::End {
        tensors: 12,
        data: 13,
    };
    assert_eq!(refused(&one("F32", "[3]", 12), 13), end);
    let out_of = |begin, end, data| Fault::OutOfFile {
        name: name(),
        begin,
        end,
        data,
    };
    let backwards = format!("{{{}}}", entry("w", "F32", "[1]", 4, 0));
    assert_eq!(refused(&backwards, 8), out_of(4, 0, 8));
    let cut = out_of(0, 12, 11);
    assert_eq!(refused(&one("F32", "[3]", 12), 11), cut);
}

#[test]
fn holes_and_overlaps_are_refused() {
    let two = |begin: u64| {
        let (a, b) = (
            entry("a", "F32", "[1]", 0, 4),
            entry("b", "F16", "[2]", begin, begin + 4),
        );
        file(&format!("{{{a},{b}}}"), 9.min(begin as usize + 4))
    };
    assert!(parse(&two(4)).is_ok());
    for found in [2, 5] {
        let name = "b".to_owned();
        let expect = Fault::NotContiguous {
            name,
            found,
            expected: 4,
        };
        assert_eq!(parse(&two(found)), Err(expect));
    }
}

#[test]
fn an_index_names_files_beside_it_and_no_others() {
    let index = |file: &str| {
        let json =
            serde_json::json!({ "metadata": { "total_size": 1 }, "weight_map": { "w": file } });
        parse_index(json.to_string().as_bytes())
    };
    assert_eq!(
        index("model-00001-of-00002.safetensors").unwrap()["w"],
        "model-00001-of-00002.safetensors"
    );
    for file in [
        "",
        "../model.safetensors",
        "/etc/passwd",
        "a/b.safetensors",
        ".safetensors",
        "model.bin",
        "a\\b.safetensors",
        "a\u{0}.safetensors",
    ] {
        assert_eq!(index(file), Err(Fault::NotABaseName(file.to_owned())));
    }
    for text in [
        "",
        "{}",
        r#"{"weight_map":{"w":"a.safetensors","w":"b.safetensors"}}"#,
    ] {
        assert!(
            matches!(parse_index(text.as_bytes()), Err(Fault::Index(_))),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn broken_files_are_refused_or_consistent(
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![32_u8..127, any::<u8>()]), 1..5),
    ) {
        let header = format!("{{{},{}}}", entry("a", "F32", "[2,3]", 0, 24), entry("b", "F16", "[4]", 24, 32));
        let mut bytes = file(&header, 32);
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        for tensor in parse(&bytes).unwrap_or_default().values() {
            let elements = tensor.shape.iter().product();
            prop_assert_eq!(tensor.dtype.bytes_for(elements), Some(tensor.range.len()));
            prop_assert!(bytes.get(tensor.range.clone()).is_some());
        }
    }
}
