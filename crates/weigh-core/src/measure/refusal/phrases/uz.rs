//! How refusals are worded in Uzbek.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "uz",
    spaced: true,
    opening: &[
        "kechirasiz|kechiring|uzr ~ lekin|ammo|biroq",
        "kechirasiz|kechiring|uzr|afsuski|afsusdaman ~ ~ olmayman|olmaymiz|berolmayman|bermayman|qilmayman|yozmayman|gapirmayman|aytmayman",
        "afsuski|afsusdaman ~ lekin|ammo|biroq",
        "yo'q|yoq ~ qilmayman|yozmayman|bermayman|aytmayman|o'rgatmayman|orgatmayman",
        "men buni|bunday|bunga ~ qilmayman|yozmayman|bermayman|aytmayman",
    ],
    refusal: &[
        "yordam|javob ~ istamayman|xohlamayman",
        "qatnashishni|yozishni|berishni|o'rgatishni istamayman|xohlamayman",
        "yordam|javob berishim mumkin emas",
        "yordam bera olmayman|olmaymiz",
        "yordam berolmayman|bermayman|berolmaymiz",
        "bera|qila|yoza|ayta|bajara|tushuntira|yarata|o'rgata|orgata|ko'rsata|korsata|eta|qo'llay|gapira|ko'maklasha|komaklasha|qatnasha|ulasha|baham olmayman|olmaymiz",
        "javob berolmayman|bermayman",
        "berolmayman|qilolmayman|yozolmayman|aytolmayman|bajarolmayman|gapirolmayman|tushuntirolmayman",
        "imkonim|imkoniyatim|huquqim yo'q|yoq",
        "menga ~ ruxsat berilmagan|yo'q|yoq",
        "menga ~ taqiqlangan|ta'qiqlangan|man",
        "rad etaman|etishim|etishga|qilaman|etamiz",
        "bosh tortaman|tortishim|tortamiz",
        "qoidalarim*|siyosatim*|me'yorlarim*|tamoyillarim* zid|xilof",
        "mening ~ qoidalar*|siyosat*|me'yorlar*|tamoyillar* zid|xilof",
    ],
    lesson: &[],
    harmless: &["kuta olmayman", "ishona olmayman"],
    hedge: &[
        "menda|mening ~ fikr*|his*|e'tiqod* ~ yo'q",
        "men ~ shifokor|advokat|yurist emasman",
        "tibbiy|huquqiy|moliyaviy maslahat bera olmayman",
        "internet* ~ olmayman",
    ],
    turn: &[
        "lekin",
        "ammo",
        "biroq",
        "shunga qaramay",
        "shunday bo'lsa ham",
    ],
    norm: &[
        "inson huquqlari*",
        "kamsitish*",
        "tenglik*|hurmat*",
        "kerak emas",
    ],
    lecture: &[
        "qonunga xilof|zid",
        "noqonuniy",
        "jinoyat hisoblanadi",
        "axloqqa zid",
        "afsusdaman ~ his",
    ],
    redirect: &[
        "murojaat qiling",
        "yordam so'rang",
        "maslahatlashing",
        "bilan gaplashing|bog'laning",
        "agar siz",
    ],
    instead: &[
        "buning o'rniga",
        "o'rniga",
        "biroq ~ olaman",
        "lekin men ~ olaman",
        "ammo ~ olaman",
    ],
};
