# Written with Python 3.11.7, sacrebleu 2.6.0, rouge-score 0.1.2, nltk 3.10.4, numpy 2.4.6, regex 2026.11.19.
"""Writes text_similarity.json: 200 pairs in 8 languages with the scores of other implementations.

The references are texts of our own. The candidates are made from them by a seeded hand that drops,
doubles, swaps and changes words or letters and touches punctuation, digits and white space.
"""

import json
import pathlib
import random
import re
import string
from collections import Counter

from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF

TEXTS = {
    "en": [
        "The old harbour clock stopped at 4:15, and nobody in the village wound it again.",
        "She paid $1,250.50 for the bicycle; it wasn't a bargain, but it was well-built.",
        "Rain fell for three days. On the fourth, the river reached the bakery's door.",
        "\"Where did you leave the map?\" he asked, looking under the table (and the chairs).",
        "Our teacher's rule was simple: read first, think second, and answer last...",
    ],
    "de": [
        "Die alte Mühle am Fluss mahlt seit 1893 kein Korn mehr, aber ihr Rad dreht sich noch.",
        "Für den Umzug brauchen wir 12,5 Meter Seil, zwei Körbe und viel Geduld.",
        "„Hast du den Schlüssel?“, fragte Jürgen, während es draußen zu schneien begann.",
        "Der Zug nach Köln-Deutz fährt heute von Gleis 7 ab; bitte Vorsicht an der Tür!",
        "Im Garten blühen Äpfel, Kirschen und – zum ersten Mal – auch ein Quittenbaum.",
    ],
    "ru": [
        "Старый маяк на мысе горит каждую ночь, хотя корабли давно ходят другим путём.",
        "В корзине лежало 12 яблок, 3 груши и одна большая тыква.",
        "«Почему ты молчишь?» — спросила бабушка, наливая чай с мятой.",
        "Поезд опоздал на 2,5 часа, и мы успели прочитать всю газету.",
        "Снег растаял; река поднялась, и мост пришлось закрыть до пятницы.",
    ],
    "ar": [
        "كان الجسر القديم يربط بين السوق والمدرسة، ثم جرفه السيل قبل عشرين عامًا.",
        "اشترت ليلى ٣ كيلوغرامات من التمر، ودفعت ١٢٫٥ دينارًا.",
        "هل سمعت صوت المطر؟ لقد بدأ قبل الفجر ولم يتوقف حتى الآن.",
        "يفتح المتحف أبوابه في التاسعة صباحًا؛ والدخول مجاني يوم الجمعة.",
        "زرع الفلاح القمح في الحقل الكبير، والعدس في الحقل الصغير.",
    ],
    "hi": [
        "पुराने पुल के नीचे नदी धीरे-धीरे बहती है, और बच्चे वहाँ मछली देखते हैं।",
        "दुकानदार ने १२ किलो चावल और 3.5 किलो दाल तौली।",
        "क्या तुमने मेरी नीली किताब देखी है? मैंने उसे मेज़ पर रखा था।",
        "बारिश रुकते ही गाँव के लोग खेतों की ओर चल पड़े।",
        "मेले में रोशनी थी, संगीत था, और सबसे अच्छी जलेबी भी।",
    ],
    "zh": [
        "老桥下面的河水很清，孩子们常常在那里看鱼。",
        "她花了 1,250 元买自行车，虽然不便宜，但是很结实。",
        "“你把地图放在哪里了？”他一边问，一边看桌子下面。",
        "火车晚点 2.5 小时，我们读完了整份报纸……",
        "雨下了三天，第四天河水到了面包店的门口！",
    ],
    "th": [
        "สะพานเก่าข้ามแม่น้ำสายเล็ก เด็ก ๆ ชอบมานั่งดูปลาทุกเย็น",
        "แม่ซื้อข้าว 12 กิโลกรัมและมะม่วง ๕ ลูกจากตลาดเช้า",
        "คุณเห็นหนังสือสีฟ้าของฉันไหม ฉันวางไว้บนโต๊ะเมื่อวานนี้",
        "รถไฟมาช้า 2.5 ชั่วโมง พวกเราจึงอ่านหนังสือพิมพ์จนจบ",
        "ฝนตกติดต่อกันสามวัน น้ำในแม่น้ำจึงสูงถึงหน้าร้านขนมปัง",
    ],
    "sw": [
        "Daraja la zamani linaunganisha soko na shule, na watoto hulipita kila asubuhi.",
        "Mama alinunua kilo 12 za mchele na maembe 5 kwa shilingi 3,500.",
        "\"Umeiweka wapi ramani?\" aliuliza, akitazama chini ya meza.",
        "Mvua ilinyesha siku tatu; siku ya nne mto ulifika mlangoni mwa duka la mikate.",
        "Ng'ombe wa jirani alikula mahindi yetu yote, lakini hatukukasirika sana!",
    ],
}
UNSPACED = {"zh", "th"}
MARKS = [".", ",", "!", "?", " -", "...", "\"", "।", "،", "。", " & ", "&amp;", "-", ") ", "€", "…"]


def units(text, language):
    return list(text) if language in UNSPACED else text.split(" ")


def join(parts, language):
    return ("" if language in UNSPACED else " ").join(parts)


def change(text, language, hand):
    """One change."""
    parts = units(text, language)
    kind = hand.randrange(10)
    at = hand.randrange(max(len(parts), 1))
    if not parts:
        return hand.choice(MARKS)
    if kind == 0:
        del parts[at]
    elif kind == 1:
        parts.insert(at, parts[hand.randrange(len(parts))])
    elif kind == 2:
        other = hand.randrange(len(parts))
        parts[at], parts[other] = parts[other], parts[at]
    elif kind == 3:
        parts[at] = parts[at].upper() if hand.random() < 0.5 else parts[at].capitalize()
    elif kind == 4:
        place = hand.randrange(len(parts[at]) + 1)
        parts[at] = parts[at][:place] + hand.choice(MARKS) + parts[at][place:]
    elif kind == 5:
        parts[at] = str(hand.randrange(2000)) + hand.choice(["", ".5", ",000", "-", "%"])
    elif kind == 6:
        parts = parts[: max(at, 1)]
    elif kind == 7:
        parts[at] = "".join(c for c in parts[at] if c not in string.punctuation)
    elif kind == 8 and len(parts[at]) > 1:
        letters = list(parts[at])
        hand.shuffle(letters)
        parts[at] = "".join(letters)
    else:
        parts[at] = parts[at] + hand.choice(["  ", "\t", "\u00a0", "\n", "-\n", "\u001c"])
    return join(parts, language)


def candidate(text, language, number, hand):
    if number == 0 and hand.random() < 0.3:
        return text
    if number == 4 and hand.random() < 0.2:
        return hand.choice(["", " ", "?", "42", text[:3]])
    for _ in range(hand.choice([1, 2, 3, 5, 9])):
        text = change(text, language, hand)
    return text


def squad_f1(answer, references):
    """Our own words for the formula of SQuAD's script."""

    def words(text):
        text = "".join(c for c in text.lower() if c not in string.punctuation)
        return re.sub(r"\b(a|an|the)\b", " ", text).split()

    def one(answer, reference):
        a, r = words(answer), words(reference)
        if not a or not r:
            return float(a == r)
        common = sum((Counter(a) & Counter(r)).values())
        return 0.0 if common == 0 else 2 * common / (len(a) + len(r))

    return max(one(answer, reference) for reference in references)


CHRFS = {
    "chrf": CHRF(),
    "chrf_plus_plus": CHRF(word_order=2),
    "chrf_plus_plus_lower": CHRF(word_order=2, lowercase=True),
}
TOKENISERS = ["13a", "intl", "zh", "char", "none"]
ROUGE = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)


def bleu(tokeniser, effective, lowercase=False):
    return BLEU(tokenize=tokeniser, effective_order=effective, lowercase=lowercase, force=True)


def pair_scores(candidate, references):
    rouge = ROUGE.score_multi(references, candidate)["rougeL"]
    return {
        **{name: chrf.sentence_score(candidate, references).score for name, chrf in CHRFS.items()},
        **{
            f"bleu_{name}": bleu(name, True).sentence_score(candidate, references).score
            for name in TOKENISERS
        },
        "rouge_l": [rouge.precision, rouge.recall, rouge.fmeasure],
        "squad_f1": squad_f1(candidate, references),
    }


def corpus_scores(pairs):
    candidates = [pair["candidate"] for pair in pairs]
    most = max(len(pair["references"]) for pair in pairs)
    streams = [
        [pair["references"][i] if i < len(pair["references"]) else None for pair in pairs]
        for i in range(most)
    ]
    return {
        **{name: chrf.corpus_score(candidates, streams).score for name, chrf in CHRFS.items()},
        **{
            f"bleu_{name}": bleu(name, False).corpus_score(candidates, streams).score
            for name in TOKENISERS
        },
        "bleu_13a_lower": bleu("13a", False, True).corpus_score(candidates, streams).score,
    }


def main():
    hand = random.Random(20250611)
    pairs = []
    for language, texts in TEXTS.items():
        for text in texts:
            for number in range(5):
                references = [text]
                if hand.random() < 0.3:
                    references.append(candidate(text, language, 1, hand))
                pairs.append(
                    {
                        "language": language,
                        "candidate": candidate(text, language, number, hand),
                        "references": references,
                    }
                )
    for pair in pairs:
        pair["scores"] = pair_scores(pair["candidate"], pair["references"])
    corpora = {
        language: corpus_scores([pair for pair in pairs if pair["language"] == language])
        for language in TEXTS
    }
    corpora["all"] = corpus_scores(pairs)
    row = lambda value: json.dumps(value, ensure_ascii=False)
    lines = ",\n".join(row(pair) for pair in pairs)
    corpus = ",\n".join(f"{row(name)}: {row(scores)}" for name, scores in corpora.items())
    text = f'{{"pairs": [\n{lines}\n],\n"corpora": {{\n{corpus}\n}}}}\n'
    json.loads(text)
    pathlib.Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")


main()
