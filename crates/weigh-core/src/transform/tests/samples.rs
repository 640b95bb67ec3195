//! One sentence in many languages, with a number.

use crate::language::Language;

/// Language and sentence: "How many minutes does it take to read 25 pages?"
pub(super) const ALL: &[(&str, &str)] = &[
    ("en", "How many minutes does it take to read 25 pages?"),
    (
        "de",
        "Wie viele Minuten braucht man, um 25 Seiten über Äpfel zu lesen?",
    ),
    (
        "fr",
        "Combien de minutes faut-il à un élève pour lire 25 pages ?",
    ),
    (
        "es",
        "¿Cuántos minutos se tarda en leer 25 páginas con atención?",
    ),
    (
        "pt",
        "Quantos minutos são necessários para ler 25 páginas com atenção?",
    ),
    ("tr", "Işık altında 25 sayfa okumak kaç dakika sürer, İpek?"),
    (
        "ru",
        "Сколько минут нужно, чтобы прочитать 25 страниц о её семье?",
    ),
    ("el", "Πόσα λεπτά χρειάζονται για να διαβάσεις 25 σελίδες;"),
    ("ar", "كم دقيقة تستغرق قراءة 25 صفحة من الكتاب بتأنٍّ؟"),
    ("he", "כמה דקות לוקח לקרוא 25 עמודים מהספר?"),
    (
        "fa",
        "خواندن 25 صفحه از این کتاب چند دقیقه طول می\u{200c}کشد؟",
    ),
    ("hi", "किताब के 25 पन्ने पढ़ने में कितने मिनट लगते हैं?"),
    ("bn", "বইয়ের 25 পৃষ্ঠা পড়তে কত মিনিট সময় লাগে?"),
    ("ta", "புத்தகத்தின் 25 பக்கங்களைப் படிக்க எத்தனை நிமிடங்கள் ஆகும்?"),
    ("th", "การอ่านหนังสือ 25 หน้าต้องใช้เวลากี่นาที"),
    ("ko", "책 25쪽을 천천히 읽는 데 몇 분이 걸립니까?"),
    ("zh", "读完25页书需要几分钟？请用一句话回答。"),
    (
        "ja",
        "本を25ページ読むのに何分かかりますか。カタカナでも答えてください。",
    ),
    (
        "sw",
        "Inachukua dakika ngapi kusoma kurasa 25 za kitabu hiki?",
    ),
    ("yo", "Ìṣẹ́jú mélòó ni ó máa gbà láti ka ojú ìwé 25?"),
    ("am", "25 ገጾችን ለማንበብ ስንት ደቂቃ ይወስዳል?"),
    ("vi", "Đọc 25 trang sách thì mất bao nhiêu phút?"),
    (
        "id",
        "Berapa menit yang diperlukan untuk membaca 25 halaman?",
    ),
];

pub(super) fn language(tag: &str) -> Language {
    tag.parse().unwrap()
}
