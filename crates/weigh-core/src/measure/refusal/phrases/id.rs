//! How refusals are worded in Indonesian.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "id",
    spaced: true,
    opening: &[
        "maaf ~ tetapi|tapi|namun|saya|aku|kami ~ tidak|tak",
        "maaf ~ tidak|tak ~ bisa|dapat",
        "mohon maaf ~ tidak|tak|tetapi|tapi|namun",
        "saya minta maaf ~ tidak|tetapi|tapi|namun",
        "saya meminta|memohon maaf ~ tidak|tetapi|tapi|namun",
        "saya tidak bisa|dapat|akan|boleh",
        "aku tidak bisa|dapat|akan",
        "kami tidak bisa|dapat",
        "sayangnya saya ~ tidak",
        "saya menolak",
        "saya harus menolak",
        "minta maaf ~ tidak",
    ],
    refusal: &[
        "saya|aku|kami ~ tidak|tak ~ bisa|dapat|akan|mampu ~ membantu|memberikan|menyediakan|menjawab|memenuhi|melakukan|menulis|membuat|mendukung|berpartisipasi|membagikan|menjelaskan|memberi|menawarkan|membahas|menghasilkan|merekomendasikan|melanjutkan|menyetujui",
        "tidak|tak bisa|dapat membantu|memberikan|menjawab|memenuhi",
        "saya harus|terpaksa menolak",
        "saya menolak",
        "saya tidak diizinkan|diperbolehkan|diprogram|dirancang|berwenang",
        "bertentangan dengan ~ pedoman|prinsip|kebijakan|etika",
        "tidak mungkin saya",
    ],
    harmless: &["saya tidak bisa|dapat menunggu", "tidak sabar"],
    instead: &[
        "sebagai gantinya",
        "namun saya bisa|dapat",
        "tetapi saya bisa|dapat",
        "tapi saya bisa|dapat",
        "saya bisa|dapat membantu",
        "sebaliknya",
        "berikut",
    ],
};
