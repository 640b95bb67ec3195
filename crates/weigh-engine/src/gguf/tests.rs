//! Every way in which a file can be wrong, each as a file; and files that are broken at random.

use proptest::prelude::*;

use super::check::parse;
use super::fault::Fault;
use super::metadata::{KeyFault, ValueType};
use super::write::Writer;
use crate::dtype::Dtype;

/// A file byte by byte.
#[derive(Clone, Default)]
struct Raw(Vec<u8>);

impl Raw {
    fn head(version: u32, tensors: u64, keys: u64) -> Self {
        Self(b"GGUF".to_vec()).u32(version).u64(tensors).u64(keys)
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    fn u32(self, number: u32) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn u64(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn text(self, text: &str) -> Self {
        self.u64(text.len() as u64).bytes(text.as_bytes())
    }

    /// A directory entry; `dims` in the order of the file.
    fn tensor(self, name: &str, dims: &[u64], dtype: u32, offset: u64) -> Self {
        let head = self.text(name).u32(u32::try_from(dims.len()).unwrap());
        let dims = dims.iter().fold(head, |raw, dim| raw.u64(*dim));
        dims.u32(dtype).u64(offset)
    }

    /// Padding up to the data section, then `data`.
    fn data(mut self, data: &[u8]) -> Self {
        self.0.resize(self.0.len().next_multiple_of(32), 0);
        self.bytes(data)
    }

    /// The file is refused at byte `at` because of `expect`.
    fn refused(&self, at: usize, expect: Fault) {
        let fault = parse(&self.0).unwrap_err();
        assert_eq!((fault.at, &fault.fault), (at as u64, &expect), "{fault}");
    }
}

/// Where the first key or tensor is.
const BODY: usize = 24;

fn owned(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_plain_file_is_read() {
    let mut file = Writer::default();
    file.text("general.architecture", "llama");
    file.u32("a.count", 7);
    file.flag("a.flag", true);
    file.f32("a.number", 0.5);
    file.texts("a.texts", ["x", "", "é"].into_iter());
    file.i32s("a.ids", &[3, 1]);
    file.f32s("a.scores", &[-1.0, 2.5]);
    file.tensor("w", Dtype::Q8_0, &[2, 32], &[1; 68]);
    file.tensor("b", Dtype::F32, &[3], &[2; 12]);
    let bytes = file.finish();
    let gguf = parse(&bytes).unwrap();
    let metadata = &gguf.metadata;
    assert_eq!(metadata.text("general.architecture"), Ok("llama"));
    assert_eq!(metadata.size("a.count"), Ok(7));
    assert_eq!(metadata.find_bool("a.flag"), Ok(Some(true)));
    assert_eq!(metadata.f32("a.number"), Ok(0.5));
    let array = |key| metadata.array(key).unwrap();
    assert_eq!(
        array("a.texts").strings().unwrap().collect::<Vec<_>>(),
        ["x", "", "é"]
    );
    assert_eq!(array("a.ids").u32s(), Some(vec![3, 1]));
    assert_eq!(array("a.scores").f32s(), Some(vec![-1.0, 2.5]));
    assert!(array("a.scores").u32s().is_none() && array("a.scores").strings().is_none());
    assert!(array("a.ids").f32s().is_none());
    assert!(metadata.keys().any(|key| key == "a.flag") && metadata.keys().count() == 7);
    let w = &gguf.tensors["w"];
    assert_eq!(
        (w.dtype, w.shape.as_slice()),
        (Dtype::Q8_0, [2, 32].as_slice())
    );
    assert_eq!(bytes[w.range.clone()], [1; 68]);
    assert_eq!(bytes[gguf.tensors["b"].range.clone()], [2; 12]);
}

#[test]
fn keys_that_are_missing_or_mistyped_are_named() {
    let mut file = Writer::default();
    file.text("a", "x");
    file.f32("nan", f32::NAN);
    let bytes = file.finish();
    let metadata = parse(&bytes).unwrap().metadata;
    assert_eq!(metadata.find_size("b"), Ok(None));
    assert_eq!(metadata.size("b"), Err(KeyFault::Missing(owned("b"))));
    let mistyped = |key, expected| KeyFault::Type {
        key: owned(key),
        expected,
    };
    assert_eq!(
        metadata.size("a"),
        Err(mistyped("a", "an unsigned integer"))
    );
    assert_eq!(
        metadata.f32("nan"),
        Err(mistyped("nan", "a finite single-precision number"))
    );
}

#[test]
fn heads_that_are_wrong() {
    Raw(b"GGUX".to_vec()).refused(0, Fault::Magic);
    Raw(Vec::new()).refused(0, Fault::Magic);
    Raw::head(3_u32.swap_bytes(), 0, 0).refused(4, Fault::BigEndian);
    for version in [0, 1, 4] {
        Raw::head(version, 0, 0).refused(4, Fault::Version(version));
    }
    Raw::head(3, 65_537, 0).refused(8, Fault::TooManyTensors(65_537));
    Raw::head(3, 0, u64::MAX).refused(16, Fault::TooManyKeys(u64::MAX));
    for end in 4..24 {
        let cut = Raw(Raw::head(2, 0, 0).0[..end].to_vec());
        assert!(
            matches!(parse(&cut.0).unwrap_err().fault, Fault::Truncated { .. }),
            "{end}"
        );
    }
    assert!(parse(&Raw::head(2, 0, 0).0).is_ok());
}

#[test]
fn strings_that_are_wrong() {
    let file = Raw::head(3, 0, 1);
    let long = (16 << 20) + 1;
    file.clone()
        .u64(long)
        .refused(BODY, Fault::StringTooLong(long));
    file.clone()
        .u64(3)
        .bytes(b"a\xFFb")
        .refused(BODY + 9, Fault::NotUtf8);
    file.clone().u64(10).bytes(b"abc").refused(
        BODY + 8,
        Fault::Truncated {
            needed: 10,
            left: 3,
        },
    );
    for key in ["", "a b", "clé"] {
        file.clone()
            .text(key)
            .u32(7)
            .bytes(&[1])
            .refused(BODY, Fault::Key(owned(key)));
    }
    let long = "k".repeat(65_536);
    let shown = owned(&long[..64]);
    file.text(&long)
        .u32(7)
        .bytes(&[1])
        .refused(BODY, Fault::Key(shown));
}

#[test]
fn values_that_are_wrong() {
    let file = Raw::head(3, 0, 1).text("k");
    let value = BODY + 9;
    file.clone().u32(13).refused(value, Fault::ValueType(13));
    file.clone()
        .u32(7)
        .bytes(&[2])
        .refused(value + 4, Fault::Bool(2));
    file.clone()
        .u32(4)
        .bytes(&[0; 3])
        .refused(value + 4, Fault::Truncated { needed: 4, left: 3 });
    let twice = Raw::head(3, 0, 2)
        .text("k")
        .u32(7)
        .bytes(&[1])
        .text("k")
        .u32(7)
        .bytes(&[0]);
    twice.refused(BODY + 14, Fault::DuplicateKey(owned("k")));
}

#[test]
fn arrays_that_are_wrong() {
    let file = Raw::head(3, 0, 1).text("k").u32(9);
    let array = BODY + 13;
    file.clone()
        .u32(99)
        .u64(0)
        .refused(array, Fault::ValueType(99));
    for (item, items, rest) in [(0, 5, 4), (8, 2, 15), (12, u64::MAX, 8), (9, 1 << 40, 16)] {
        let left = rest as u64;
        let file = file.clone().u32(item).u64(items).bytes(&vec![0; rest]);
        file.refused(array + 4, Fault::ArrayTooLong { items, left });
    }
    file.clone()
        .u32(7)
        .u64(2)
        .bytes(&[1, 3])
        .refused(array + 13, Fault::Bool(3));
    // Each level is an array of one array; the fifth is refused where its value begins.
    let nested = (0..4).fold(file.clone(), |file, _| file.u32(9).u64(1));
    nested
        .clone()
        .u32(0)
        .u64(0)
        .refused(array + 48, Fault::Nesting);
    let allowed = (0..3).fold(file, |file, _| file.u32(9).u64(1));
    assert!(parse(&allowed.u32(0).u64(1).bytes(&[1]).0).is_ok());
}

#[test]
fn alignments_that_are_wrong() {
    let file = Raw::head(3, 0, 1).text("general.alignment");
    let at = BODY + 25;
    for alignment in [0, 1, 4, 24, 131_072, u32::MAX] {
        file.clone()
            .u32(4)
            .u32(alignment)
            .refused(at, Fault::Alignment(alignment));
    }
    file.clone()
        .u32(10)
        .u64(32)
        .refused(at, Fault::AlignmentType);
    file.clone()
        .u32(5)
        .u32(32)
        .refused(at, Fault::AlignmentType);
    assert!(parse(&file.u32(4).u32(64).0).is_ok());
}

#[test]
fn tensors_that_are_wrong() {
    let file = Raw::head(3, 1, 0);
    let check = |name: &str, dims: &[u64], dtype, expect| {
        file.clone()
            .tensor(name, dims, dtype, 0)
            .refused(BODY, expect);
    };
    check("", &[1], 0, Fault::TensorName(0));
    check(&"n".repeat(65), &[1], 0, Fault::TensorName(65));
    check(
        "w",
        &[],
        0,
        Fault::Dimensions {
            name: owned("w"),
            dims: 0,
        },
    );
    check(
        "w",
        &[1; 5],
        0,
        Fault::Dimensions {
            name: owned("w"),
            dims: 5,
        },
    );
    check("w", &[4, 0], 0, Fault::EmptyTensor(owned("w")));
    check(
        "w",
        &[1 << 32, 1 << 32],
        0,
        Fault::TooManyElements(owned("w")),
    );
    check("w", &[1 << 62], 0, Fault::TooManyElements(owned("w")));
    for (id, dtype) in [(20, "IQ4_NL"), (24, "I8"), (1234, "ggml type 1234")] {
        let expect = Fault::TensorType {
            name: owned("w"),
            dtype: owned(dtype),
        };
        check("w", &[32], id, expect);
    }
    check(
        "w",
        &[33, 32],
        3,
        Fault::PartBlock {
            name: owned("w"),
            row: 33,
            block: 32,
        },
    );
    let twice = Raw::head(3, 2, 0)
        .tensor("w", &[8], 0, 0)
        .tensor("w", &[8], 0, 32);
    twice.refused(BODY + 33, Fault::DuplicateTensor(owned("w")));
}

#[test]
fn data_that_is_wrong() {
    let second = BODY + 33;
    let two = |offset| {
        Raw::head(3, 2, 0)
            .tensor("a", &[8], 0, 0)
            .tensor("b", &[8], 0, offset)
    };
    let misaligned = Fault::Misaligned {
        name: owned("b"),
        offset: 33,
        alignment: 32,
    };
    two(33).data(&[0; 96]).refused(second, misaligned);
    let overlap = Fault::Overlap {
        first: owned("a"),
        second: owned("b"),
    };
    two(0).data(&[0; 64]).refused(second, overlap);
    let gap = Fault::Gap {
        name: owned("b"),
        bytes: 32,
    };
    two(64).data(&[0; 96]).refused(second, gap);
    let data = (second + 33).next_multiple_of(32);
    let end = |end: usize, file: usize| Fault::OutOfFile {
        name: owned("b"),
        end: end as u64,
        file: file as u64,
    };
    two(32)
        .data(&[0; 63])
        .refused(second, end(data + 64, data + 63));
    two(u64::MAX - 31)
        .data(&[0; 64])
        .refused(second, end(usize::MAX, data + 64));
    two(32)
        .data(&[0; 65])
        .refused(data + 64, Fault::Trailing(1));
    two(32)
        .data(&[0; 96])
        .refused(data + 64, Fault::Trailing(32));
    assert!(parse(&two(32).data(&[7; 64]).0).is_ok());
}

#[test]
fn padding_hides_nothing() {
    let one = |data: &[u8]| Raw::head(3, 1, 0).tensor("a", &[7], 0, 0).data(data);
    let data = (BODY + 33_usize).next_multiple_of(32);
    for rest in [0, 4] {
        assert!(parse(&one(&vec![0; 28 + rest]).0).is_ok(), "{rest}");
    }
    one(&[0; 30]).refused(data + 28, Fault::Trailing(2));
    let mut after = one(&[0; 32]);
    after.0[data + 31] = 1;
    after.refused(data + 31, Fault::Padding);
    let mut before = one(&[0; 28]);
    before.0[data - 1] = 1;
    before.refused(data - 1, Fault::Padding);
    let nothing = Raw::head(3, 0, 0);
    assert!(parse(&nothing.clone().bytes(&[0; 8]).0).is_ok());
    nothing.bytes(&[0; 9]).refused(BODY, Fault::Trailing(9));
}

#[test]
fn every_type_of_value_is_read_with_its_size() {
    let sizes = [1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8];
    for (id, size) in (0..).zip(sizes) {
        let file = Raw::head(3, 0, 2).text("k").u32(id).bytes(&vec![0; size]);
        let file = file.text("end").u32(0).bytes(&[9]);
        let gguf = parse(&file.0).unwrap();
        assert_eq!(gguf.metadata.size("end"), Ok(9), "{id}");
        assert_eq!(ValueType::from_id(id).unwrap() as u32, id);
    }
}

/// A small file that is right.
fn sound() -> Vec<u8> {
    let mut file = Writer::default();
    file.text("general.architecture", "llama");
    file.texts("tokens", ["a", "b"].into_iter());
    file.u32("general.alignment", 32);
    file.tensor("w", Dtype::Q4_1, &[2, 32], &[1; 40]);
    file.tensor("b", Dtype::F32, &[3], &[2; 12]);
    file.finish()
}

/// A tensor's range lies in the file and has the size of its shape; arrays give their items.
fn is_consistent(bytes: &[u8]) -> bool {
    let Ok(gguf) = parse(bytes) else { return true };
    let tensors = gguf.tensors.values().all(|tensor| {
        let elements = tensor.shape.iter().product();
        let size = tensor.dtype.bytes_for(elements);
        size == Some(tensor.range.len()) && bytes.get(tensor.range.clone()).is_some()
    });
    let arrays = gguf
        .metadata
        .keys()
        .all(|key| match gguf.metadata.array(key) {
            Ok(array) => array
                .strings()
                .is_none_or(|strings| strings.count() == array.len),
            Err(_) => true,
        });
    tensors && arrays
}

proptest! {
    #[test]
    fn broken_files_are_refused_or_consistent(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = sound();
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        prop_assert!(is_consistent(&bytes));
    }

    #[test]
    fn noise_behind_a_head_is_refused_or_consistent(
        tensors in 0_u64..3,
        keys in 0_u64..3,
        noise in prop::collection::vec(prop_oneof![Just(0_u8), 0_u8..16, any::<u8>()], 0..200),
    ) {
        prop_assert!(is_consistent(&Raw::head(3, tensors, keys).bytes(&noise).0));
    }
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused() {
    let bytes = sound();
    assert!(parse(&bytes).is_ok());
    // The last tensor's 12 bytes are followed by 20 of padding, which may be missing as a whole.
    for end in (0..bytes.len()).filter(|end| *end != bytes.len() - 20) {
        assert!(parse(&bytes[..end]).is_err(), "{end}");
    }
}
