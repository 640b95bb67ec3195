//! Hangul syllables as the letters that are typed (Unicode Standard, section 3.12).

/// The letters of a syllable's beginning, middle and end, in the order of their code points.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

const FIRST: u32 = 0xac00;
const LAST: u32 = 0xd7a3;

/// What a syllable is made of: places in the lists above; the end is 0 for none.
#[derive(Clone, Copy)]
struct Syllable {
    initial: u32,
    vowel: u32,
    last: u32,
}

impl Syllable {
    fn read(cluster: &str) -> Option<Self> {
        let mut chars = cluster.chars();
        let code = chars.next().map(u32::from)?;
        let place = code.checked_sub(FIRST).filter(|_| code <= LAST)?;
        chars.next().is_none().then_some(Self {
            initial: place / 588,
            vowel: place / 28 % 21,
            last: place % 28,
        })
    }

    fn write(self) -> Option<String> {
        let code = FIRST + self.initial * 588 + self.vowel * 28 + self.last;
        char::from_u32(code).map(String::from)
    }
}

/// How many letters the syllable has; 1 for any other cluster. Double letters count once.
pub(super) fn letters(cluster: &str) -> usize {
    Syllable::read(cluster).map_or(1, |s| if s.last > 0 { 3 } else { 2 })
}

/// The syllable without the letter that ends it.
pub(super) fn without_final(cluster: &str) -> Option<String> {
    let syllable = Syllable::read(cluster).filter(|s| s.last > 0)?;
    Syllable {
        last: 0,
        ..syllable
    }
    .write()
}

/// The syllables that one neighbouring key would have made, with the keys that `near` gives.
pub(super) fn near(cluster: &str, near: impl Fn(char) -> Vec<char>) -> Vec<String> {
    let Some(s) = Syllable::read(cluster) else {
        return Vec::new();
    };
    let others = |list: &'static str, place: Option<u32>| {
        let letter = place.and_then(|at| list.chars().nth(at as usize));
        let keys = letter.map(&near).unwrap_or_default();
        keys.into_iter().filter_map(|key| {
            (0..)
                .zip(list.chars())
                .find_map(|(at, c): (u32, char)| (c == key).then_some(at))
        })
    };
    let initials = others(INITIALS, Some(s.initial)).map(|initial| Syllable { initial, ..s });
    let vowels = others(VOWELS, Some(s.vowel)).map(|vowel| Syllable { vowel, ..s });
    let last = others(FINALS, s.last.checked_sub(1)).map(|at| Syllable { last: at + 1, ..s });
    initials
        .chain(vowels)
        .chain(last)
        .filter_map(Syllable::write)
        .collect()
}
