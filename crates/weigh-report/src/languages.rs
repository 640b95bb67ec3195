//! What languages are called in the languages of the reports.

use weigh_core::language::Language;

use crate::texts::ReportLanguage;

/// `Swahili (sw)`, or the tag alone where its name is not in the table.
pub(crate) fn language_name(tag: &Language, language: ReportLanguage) -> String {
    match NAMES.iter().find(|(code, _)| *code == tag.primary()) {
        Some((_, [en, fr, es, ru, ar, zh])) => {
            let name = match language {
                ReportLanguage::Ar => ar,
                ReportLanguage::En => en,
                ReportLanguage::Es => es,
                ReportLanguage::Fr => fr,
                ReportLanguage::Ru => ru,
                ReportLanguage::Zh => zh,
            };
            format!("{name} ({tag})")
        }
        None => tag.to_string(),
    }
}

/// ISO 639 code; the language's name in English, French, Spanish, Russian, Arabic and Chinese.
#[rustfmt::skip]
const NAMES: [(&str, [&str; 6]); 66] = [
    ("af", ["Afrikaans", "afrikaans", "afrikáans", "африкаанс", "الأفريقانية", "南非荷兰语"]),
    ("am", ["Amharic", "amharique", "amárico", "амхарский", "الأمهرية", "阿姆哈拉语"]),
    ("ar", ["Arabic", "arabe", "árabe", "арабский", "العربية", "阿拉伯语"]),
    ("az", ["Azerbaijani", "azerbaïdjanais", "azerbaiyano", "азербайджанский", "الأذربيجانية", "阿塞拜疆语"]),
    ("be", ["Belarusian", "biélorusse", "bielorruso", "белорусский", "البيلاروسية", "白俄罗斯语"]),
    ("bg", ["Bulgarian", "bulgare", "búlgaro", "болгарский", "البلغارية", "保加利亚语"]),
    ("bn", ["Bengali", "bengali", "bengalí", "бенгальский", "البنغالية", "孟加拉语"]),
    ("ca", ["Catalan", "catalan", "catalán", "каталанский", "الكتالانية", "加泰罗尼亚语"]),
    ("cs", ["Czech", "tchèque", "checo", "чешский", "التشيكية", "捷克语"]),
    ("da", ["Danish", "danois", "danés", "датский", "الدنماركية", "丹麦语"]),
    ("de", ["German", "allemand", "alemán", "немецкий", "الألمانية", "德语"]),
    ("el", ["Greek", "grec", "griego", "греческий", "اليونانية", "希腊语"]),
    ("en", ["English", "anglais", "inglés", "английский", "الإنجليزية", "英语"]),
    ("es", ["Spanish", "espagnol", "español", "испанский", "الإسبانية", "西班牙语"]),
    ("et", ["Estonian", "estonien", "estonio", "эстонский", "الإستونية", "爱沙尼亚语"]),
    ("fa", ["Persian", "persan", "persa", "персидский", "الفارسية", "波斯语"]),
    ("fi", ["Finnish", "finnois", "finés", "финский", "الفنلندية", "芬兰语"]),
    ("fr", ["French", "français", "francés", "французский", "الفرنسية", "法语"]),
    ("gu", ["Gujarati", "gujarati", "guyaratí", "гуджарати", "الغوجاراتية", "古吉拉特语"]),
    ("ha", ["Hausa", "haoussa", "hausa", "хауса", "الهوسا", "豪萨语"]),
    ("he", ["Hebrew", "hébreu", "hebreo", "иврит", "العبرية", "希伯来语"]),
    ("hi", ["Hindi", "hindi", "hindi", "хинди", "الهندية", "印地语"]),
    ("hr", ["Croatian", "croate", "croata", "хорватский", "الكرواتية", "克罗地亚语"]),
    ("hu", ["Hungarian", "hongrois", "húngaro", "венгерский", "المجرية", "匈牙利语"]),
    ("hy", ["Armenian", "arménien", "armenio", "армянский", "الأرمنية", "亚美尼亚语"]),
    ("id", ["Indonesian", "indonésien", "indonesio", "индонезийский", "الإندونيسية", "印度尼西亚语"]),
    ("ig", ["Igbo", "igbo", "igbo", "игбо", "الإغبو", "伊博语"]),
    ("it", ["Italian", "italien", "italiano", "итальянский", "الإيطالية", "意大利语"]),
    ("ja", ["Japanese", "japonais", "japonés", "японский", "اليابانية", "日语"]),
    ("ka", ["Georgian", "géorgien", "georgiano", "грузинский", "الجورجية", "格鲁吉亚语"]),
    ("kk", ["Kazakh", "kazakh", "kazajo", "казахский", "الكازاخية", "哈萨克语"]),
    ("km", ["Khmer", "khmer", "jemer", "кхмерский", "الخميرية", "高棉语"]),
    ("ko", ["Korean", "coréen", "coreano", "корейский", "الكورية", "韩语"]),
    ("lo", ["Lao", "lao", "lao", "лаосский", "اللاوية", "老挝语"]),
    ("lt", ["Lithuanian", "lituanien", "lituano", "литовский", "الليتوانية", "立陶宛语"]),
    ("lv", ["Latvian", "letton", "letón", "латышский", "اللاتفية", "拉脱维亚语"]),
    ("mn", ["Mongolian", "mongol", "mongol", "монгольский", "المنغولية", "蒙古语"]),
    ("mr", ["Marathi", "marathi", "maratí", "маратхи", "الماراثية", "马拉地语"]),
    ("ms", ["Malay", "malais", "malayo", "малайский", "الملايوية", "马来语"]),
    ("my", ["Burmese", "birman", "birmano", "бирманский", "البورمية", "缅甸语"]),
    ("ne", ["Nepali", "népalais", "nepalí", "непальский", "النيبالية", "尼泊尔语"]),
    ("nl", ["Dutch", "néerlandais", "neerlandés", "нидерландский", "الهولندية", "荷兰语"]),
    ("no", ["Norwegian", "norvégien", "noruego", "норвежский", "النرويجية", "挪威语"]),
    ("pa", ["Punjabi", "pendjabi", "panyabí", "панджаби", "البنجابية", "旁遮普语"]),
    ("pl", ["Polish", "polonais", "polaco", "польский", "البولندية", "波兰语"]),
    ("pt", ["Portuguese", "portugais", "portugués", "португальский", "البرتغالية", "葡萄牙语"]),
    ("ro", ["Romanian", "roumain", "rumano", "румынский", "الرومانية", "罗马尼亚语"]),
    ("ru", ["Russian", "russe", "ruso", "русский", "الروسية", "俄语"]),
    ("si", ["Sinhala", "cingalais", "cingalés", "сингальский", "السنهالية", "僧伽罗语"]),
    ("sk", ["Slovak", "slovaque", "eslovaco", "словацкий", "السلوفاكية", "斯洛伐克语"]),
    ("sl", ["Slovenian", "slovène", "esloveno", "словенский", "السلوفينية", "斯洛文尼亚语"]),
    ("sr", ["Serbian", "serbe", "serbio", "сербский", "الصربية", "塞尔维亚语"]),
    ("sv", ["Swedish", "suédois", "sueco", "шведский", "السويدية", "瑞典语"]),
    ("sw", ["Swahili", "swahili", "suajili", "суахили", "السواحيلية", "斯瓦希里语"]),
    ("ta", ["Tamil", "tamoul", "tamil", "тамильский", "التاميلية", "泰米尔语"]),
    ("te", ["Telugu", "télougou", "telugu", "телугу", "التيلوغوية", "泰卢固语"]),
    ("th", ["Thai", "thaï", "tailandés", "тайский", "التايلاندية", "泰语"]),
    ("tl", ["Tagalog", "tagalog", "tagalo", "тагальский", "التاغالوغية", "他加禄语"]),
    ("tr", ["Turkish", "turc", "turco", "турецкий", "التركية", "土耳其语"]),
    ("uk", ["Ukrainian", "ukrainien", "ucraniano", "украинский", "الأوكرانية", "乌克兰语"]),
    ("ur", ["Urdu", "ourdou", "urdu", "урду", "الأردية", "乌尔都语"]),
    ("uz", ["Uzbek", "ouzbek", "uzbeko", "узбекский", "الأوزبكية", "乌兹别克语"]),
    ("vi", ["Vietnamese", "vietnamien", "vietnamita", "вьетнамский", "الفيتنامية", "越南语"]),
    ("yo", ["Yoruba", "yoruba", "yoruba", "йоруба", "اليوروبا", "约鲁巴语"]),
    ("zh", ["Chinese", "chinois", "chino", "китайский", "الصينية", "中文"]),
    ("zu", ["Zulu", "zoulou", "zulú", "зулу", "الزولو", "祖鲁语"]),
];
