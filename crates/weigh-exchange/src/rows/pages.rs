//! What the pages of a Parquet file claim to unpack to, read before any of them is.
//!
//! A page's header is a Thrift structure in the compact protocol
//! (<https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>); its fields are those of `PageHeader` in
//! <https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift>.

use parquet::file::metadata::ParquetMetaData;

/// The most bytes of a page once it is unpacked.
const MOST_PAGE: u64 = 64 << 20;
/// The most bytes of all pages.
const MOST_BYTES: u64 = 512 << 20;
/// The most values of all pages: items of lists are values, too.
const MOST_VALUES: u64 = 16 << 20;
/// Structures within structures that a header may have.
const DEPTH: usize = 16;

/// Refuses a file with a page, or pages in all, that are too large.
pub(super) fn check(bytes: &[u8], facts: &ParquetMetaData) -> Result<(), String> {
    let (mut size, mut values) = (0_u64, 0_u64);
    let groups = facts.row_groups().iter();
    for column in groups.flat_map(|group| group.columns()) {
        let start = column
            .dictionary_page_offset()
            .unwrap_or(column.data_page_offset());
        let start = start.min(column.data_page_offset());
        let length = column.compressed_size();
        let range = usize::try_from(start)
            .ok()
            .zip(usize::try_from(length).ok());
        let chunk = range.and_then(|(start, length)| bytes.get(start..start.checked_add(length)?));
        let mut rest = chunk.ok_or("expected Parquet: a column lies outside the file")?;
        while !rest.is_empty() {
            let page = Page::read(&mut rest).ok_or("expected Parquet: a page has no header")?;
            if page.unpacked > MOST_PAGE {
                let message = format!(
                    "a page unpacks to {} bytes, at most {MOST_PAGE}",
                    page.unpacked
                );
                return Err(message);
            }
            size += page.unpacked;
            values += page.values;
            if size > MOST_BYTES || values > MOST_VALUES {
                return Err(format!(
                    "the pages unpack to more than {MOST_BYTES} bytes or {MOST_VALUES} values"
                ));
            }
        }
    }
    Ok(())
}

#[derive(Debug, Default, PartialEq)]
struct Page {
    unpacked: u64,
    values: u64,
}

impl Page {
    /// Reads a header and steps over it and its page.
    fn read(rest: &mut &[u8]) -> Option<Self> {
        let mut reader = Reader { rest };
        let (mut page, mut packed) = (Self::default(), None);
        let mut field = 0;
        while let Some(kind) = reader.field(&mut field)? {
            match (field, kind) {
                (2, 5) => page.unpacked = reader.count()?,
                (3, 5) => packed = Some(reader.count()?),
                // The headers of data pages and dictionaries begin with how many values there are.
                (5 | 7 | 8, 12) => page.values = reader.first_count()?,
                (_, kind) => reader.skip(kind, 0)?,
            }
        }
        let after = reader.rest.get(usize::try_from(packed?).ok()?..)?;
        *rest = after;
        Some(page)
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// A number of up to 64 bits, seven in each byte.
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// An integer that is not negative. Zigzag: the last bit is the sign.
    fn count(&mut self) -> Option<u64> {
        let number = self.varint()?;
        (number & 1 == 0).then_some(number >> 1)
    }

    /// The kind of the next field, whose number follows that of the one before. Inner none: the
    /// structure ends.
    #[expect(clippy::option_option, reason = "a fault, the end, or a kind")]
    fn field(&mut self, number: &mut i64) -> Option<Option<u8>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Some(None);
        }
        match byte >> 4 {
            0 => *number = i64::try_from(self.count()?).ok()?,
            step => *number += i64::from(step),
        }
        Some(Some(byte & 0x0f))
    }

    /// The integer in the first field of a structure.
    fn first_count(&mut self) -> Option<u64> {
        let (mut field, mut found) = (0, 0);
        while let Some(kind) = self.field(&mut field)? {
            match (field, kind) {
                (1, 5) => found = self.count()?,
                (_, kind) => self.skip(kind, 1)?,
            }
        }
        Some(found)
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        match kind {
            // Truth values stand in the kind itself.
            1 | 2 => {}
            3 => drop(self.byte()?),
            4..=6 => drop(self.varint()?),
            7 => self.rest = self.rest.get(8..)?,
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.rest = self.rest.get(length..)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = match head >> 4 {
                    15 => self.varint()?,
                    short => u64::from(short),
                };
                let kind = head & 0x0f;
                for _ in 0..count {
                    // A truth value in a list has a byte of its own.
                    self.skip(if kind <= 2 { 3 } else { kind }, depth + 1)?;
                }
            }
            12 => {
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.skip(kind, depth + 1)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_sizes_and_values() {
        // 1: i32 0, 2: i32 300, 3: i32 2, 5: struct { 1: i32 9, 2: i32 0 }, 9: list of [true], end; two bytes of page.
        let bytes = [
            0x15, 0x00, 0x15, 0xd8, 0x04, 0x15, 0x04, 0x2c, 0x15, 0x12, 0x15, 0x00, 0x00, 0x49,
            0x11, 0x01, 0x00, 0xaa, 0xbb, 0xcc,
        ];
        let mut rest = &bytes[..];
        let expect = Page {
            unpacked: 300,
            values: 9,
        };
        assert_eq!(Page::read(&mut rest), Some(expect));
        assert_eq!(rest, [0xcc]);
        for length in 0..18 {
            assert_eq!(Page::read(&mut &bytes[..length]), None, "{length}");
        }
        // A size below nothing.
        assert_eq!(
            Page::read(&mut &[0x15, 0x00, 0x15, 0x01, 0x15, 0x00, 0x00][..]),
            None
        );
    }
}
