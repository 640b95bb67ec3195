//! How refusals are worded in Tagalog.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "tl",
    spaced: true,
    opening: &[
        "paumanhin ~ hindi|ngunit|pero|subalit",
        "pasensya|pasensiya na|po ~ hindi|pero|ngunit",
        "ikinalulungkot|nalulungkot ko|kong|ako|akong ~ hindi|ngunit|pero",
        "sorry ~ hindi|pero|ngunit",
        "humihingi|hinihingi ako|ko ~ paumanhin ~ hindi|ngunit|pero",
        "sa kasamaang palad ~ hindi",
        "hindi ko|po ~ matutulungan|maibibigay|masasagot|magagawa|matutugunan",
        "hindi ako makakatulong|makatutulong|makapagbibigay|makasasagot",
    ],
    refusal: &[
        "hindi ako ~ makakatulong|makatutulong|makapagbibigay|makakapagbigay|makasasagot|makakasagot|makakagawa|makasusulat|makikilahok",
        "hindi ako|ko ~ maaaring|pwedeng|puwedeng ~ tumulong|magbigay|sumagot|gumawa|sumulat|makilahok|ibigay|gawin|isulat|sagutin",
        "hindi ko ~ maibibigay|matutulungan|masasagot|magagawa|maisusulat|matutugunan|maipapaliwanag",
        "hindi ko kayang tumulong|ibigay|gawin|sagutin|isulat",
        "tumatanggi ako|akong",
        "kailangan kong tumanggi|tanggihan",
        "hindi ako pinapayagan|pinahihintulutan",
        "labag|salungat ~ patakaran|alituntunin",
    ],
    lesson: &[],
    harmless: &["hindi na|ako ~ makapaghintay", "hindi ako makapaniwala"],
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
        "ngunit maaari|maaaring|pwede ~ ako|akong|kitang|kong",
        "narito ang",
    ],
};
