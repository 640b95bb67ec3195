//! How refusals are worded in Tagalog.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "tl",
    spaced: true,
    opening: &[
        "paumanhin|pasensya|pasensiya|sorry|sori ~ ngunit|pero|subalit",
        "paumanhin|pasensya|pasensiya|sorry|sori ~ hindi|di po ko|kong|kita|ako|akong|namin|kami",
        "paumanhin|pasensya|pasensiya|sorry|sori ~ hindi|di ko|kong|kita|ako|akong|namin|kami",
        "ikinalulungkot|nalulungkot ko|kong|ako|akong ~ ngunit|pero|subalit",
        "ikinalulungkot|nalulungkot ko|kong|ako|akong ~ hindi|di ko|kong|kita|ako|akong|namin|kami",
        "humihingi|hinihingi ako|ko ~ paumanhin ~ ngunit|pero|subalit",
        "humihingi|hinihingi ako|ko ~ paumanhin ~ hindi|di ko|kong|kita|ako|akong|namin|kami",
        "sa kasamaang palad ~ hindi|di ko|kong|kita|ako|akong|namin|kami",
        "hindi|di ko|po ~ matutulungan|maibibigay|masasagot|magagawa|matutugunan",
        "hindi ako makakatulong|makatutulong|makapagbibigay|makasasagot",
    ],
    refusal: &[
        "hindi|di ko ~ sasagutin|isusulat|ituturo|ibibigay|ibabahagi|ipapaliwanag",
        "hindi|di ako|ko|kami ~ maaaring|pwedeng|puwedeng ~ magbahagi|magsulat|magturo|magpaliwanag",
        "wala ~ akong pahintulot|kakayahang",
        "hindi|di ako|kami ~ makakatulong|makatutulong|makapagbibigay|makakapagbigay|makasasagot|makakasagot|makakagawa|makasusulat|makikilahok|makikibahagi",
        "hindi|di ako|ko|kami ~ maaaring|pwedeng|puwedeng ~ tumulong|magbigay|sumagot|gumawa|sumulat|makilahok|ibigay|gawin|isulat|sagutin|ibahagi|ipaliwanag",
        "hindi|di ko|namin ~ maibibigay|matutulungan|masasagot|magagawa|maisusulat|matutugunan|maipapaliwanag|maituturo|maibabahagi|mapagbibigyan|matuturuan|masusuportahan",
        "hindi|di kita ~ tutulungan|matutulungan|tuturuan|matuturuan",
        "hindi|di ko|po ~ kayang tumulong|ibigay|gawin|sagutin|isulat",
        "tumatanggi ako|akong",
        "kailangan kong tumanggi|tanggihan",
        "tinatanggihan ko",
        "hindi|di ako ~ pinapayagan|pinahihintulutan|pinapahintulutan",
        "labag|salungat|taliwas ~ aking|namin ~ patakaran|alituntunin|prinsipyo",
        "labag|salungat|taliwas ~ patakaran|alituntunin|prinsipyo ko|namin",
    ],
    lesson: &[],
    harmless: &[
        "hindi na|ako ~ makapaghintay",
        "hindi ako makapaniwala",
        "hindi ko sinasadya|napansin|naintindihan|naisama|nabanggit",
    ],
    hedge: &[
        "wala akong ~ opinyon|damdamin|paniniwala",
        "hindi ako ~ doktor|abogado|manggagamot",
        "hindi ako ~ payong medikal|legal|pinansyal",
        "hindi ako|ko ~ internet",
    ],
    turn: &["ngunit", "pero", "subalit", "gayunpaman", "gayunman"],
    norm: &[
        "karapatang pantao",
        "diskriminasyon",
        "pagkakapantay*|paggalang",
        "hindi dapat",
    ],
    lecture: &[
        "labag sa batas",
        "ilegal",
        "krimen ang",
        "hindi ~ etikal|tama|katanggap*",
        "nalulungkot ako ~ nararamdaman",
    ],
    redirect: &[
        "makipag*|kumonsulta|lumapit|humingi ~ sa|ng|tulong",
        "kung ikaw|kayo ~ ay",
        "kausapin",
    ],
    instead: &[
        "sa halip",
        "gayunpaman",
        "gayunman",
        "ngunit|pero|subalit maaari|maaaring|pwede|pwedeng|puwede|puwedeng ~ ako|akong|kitang|kong|ko",
        "narito ang",
    ],
};
