//! What is refused, with the words that say why.

use super::super::{Kind, Level, NotARecipe, NotApplicable, Recipe, Transform};
use super::samples::language;
use crate::request::{Message, Role};

#[track_caller]
fn check(transform: &str, tag: &str, text: &str, expect: &str) {
    let transform: Transform = transform.parse().unwrap();
    let refused = transform.apply(text, &language(tag), 1).unwrap_err();
    assert_eq!(refused.to_string(), expect);
}

#[test]
fn texts_that_cannot_be_changed() {
    check("typos", "zh", "你好世界", "no keyboard is known for `zh`");
    check(
        "typos",
        "en",
        "a 25 pages {word}",
        "the text has no word that its keyboard mistypes",
    );
    check(
        "upper_case",
        "en",
        "ABC 1",
        "the text has no lower-case letter",
    );
    check(
        "lower_case",
        "ar",
        "سلام",
        "the text has no upper-case letter",
    );
    check(
        "random_case",
        "ja",
        "本",
        "the text has no letter with case",
    );
    check("spaces_doubled", "en", "word", "the text has no space");
    check(
        "spaces_dropped",
        "en",
        "5 6, 7",
        "the text has no space between two words",
    );
    check(
        "space_before_punctuation",
        "en",
        "3.14 at 10:30",
        "the text has no punctuation after a word",
    );
    check(
        "digits_native",
        "en",
        "5",
        "`en` has no decimal digits of its own",
    );
    check(
        "digits_native",
        "hi-Latn",
        "5",
        "`hi-Latn` has no decimal digits of its own",
    );
    check(
        "digits_native",
        "hi",
        "{5} www.a5.org",
        "the text has no ASCII digit",
    );
    check(
        "digits_ascii",
        "hi",
        "5",
        "the text has no digit of another script than ASCII",
    );
    check(
        "diacritics_dropped",
        "en",
        "plain",
        "the text has no diacritic",
    );
    check(
        "diacritics_dropped",
        "ru",
        "йод",
        "the text has no diacritic",
    );
    check(
        "nfd",
        "en",
        "plain",
        "the text has no character that decomposes",
    );
    check(
        "homoglyphs",
        "th",
        "กา",
        "the text has no letter with a look-alike",
    );
    check(
        "option_order",
        "en",
        "a",
        "it changes the order of choices, and this is a text",
    );
    check("base64", "en", "", "the text has no character");
    check(
        "rot13",
        "ru",
        "мир",
        "the text has no Latin letter without accents",
    );
    check(
        "leetspeak",
        "en",
        "why {a}",
        "the text has no letter that a digit resembles",
    );
    check(
        "spelled_out",
        "en",
        "a b",
        "the text has no word of two letters",
    );
    check(
        "zero_width",
        "en",
        "a",
        "the text has no word of two letters",
    );
    check(
        "tag_characters",
        "en",
        "a",
        "the text has no word of two letters",
    );
    check("role_frame", "th", "กา", "no wording is known in `th`");
    check(
        "paraphrase",
        "en",
        " \n",
        "the text has no request to put a frame around",
    );
    check(
        "payload_split",
        "en",
        "a",
        "the text has no place to split it at",
    );
    check(
        "payload_split",
        "en",
        "{whole}",
        "the text has no place to split it at",
    );
    check(
        "many_shot",
        "en",
        "a",
        "it changes a conversation, and this is a single text",
    );
}

#[test]
fn conversations_that_cannot_be_changed() {
    let said = |role| Message {
        role,
        content: "Hi there".to_owned(),
    };
    let en = language("en");
    let check = |transform: Transform, tag: &str, messages: &[Message], expect: NotApplicable| {
        let refused = transform.apply_messages(messages, &language(tag), 1);
        assert_eq!(refused, Err(expect));
    };
    let user = [said(Role::User)];
    check(Transform::ManyShot, "en", &[], NotApplicable::NoUserMessage);
    check(
        Transform::Typos,
        "en",
        &[said(Role::System)],
        NotApplicable::NoUserMessage,
    );
    check(
        Transform::OptionOrder,
        "en",
        &user,
        NotApplicable::NeedsChoices,
    );
    check(
        Transform::SystemOverride,
        "th",
        &user,
        NotApplicable::NoFrame(language("th")),
    );
    check(
        Transform::PrefilledTurn,
        "en",
        &[said(Role::User), said(Role::Assistant)],
        NotApplicable::UserNotLast,
    );
    check(
        Transform::Nfd,
        "en",
        &user,
        NotApplicable::Nothing("character that decomposes"),
    );
    let overridden = Transform::SystemOverride
        .apply_messages(&user, &en, 1)
        .unwrap();
    let twice = Transform::SystemOverride.apply_messages(&overridden, &en, 1);
    assert_eq!(
        twice,
        Err(NotApplicable::Nothing("part that it would change"))
    );
}

#[test]
fn recipes_are_read_and_written() {
    for (text, versioned, kind) in [
        ("typos", "typos@1", Kind::Perturbation),
        (
            "typos+digits_native",
            "typos@1+digits_native@1",
            Kind::Perturbation,
        ),
        (
            "base64+decode_frame",
            "base64@1+decode_frame@1",
            Kind::Attack,
        ),
        (
            "option_order+many_shot",
            "option_order@1+many_shot@1",
            Kind::Attack,
        ),
    ] {
        let recipe: Recipe = text.parse().unwrap();
        assert_eq!(recipe.to_string(), text);
        assert_eq!(recipe.versioned(), versioned);
        assert_eq!(recipe.kind(), kind);
        let json = serde_json::to_string(&recipe).unwrap();
        assert_eq!(serde_json::from_str::<Recipe>(&json).unwrap(), recipe);
    }
    for (text, expect) in [
        (
            "",
            "a recipe names at least one transform, as in `typos+digits_native`",
        ),
        (
            "typo",
            "there is no transform `typo`; did you mean `typos`?",
        ),
        ("typos+xyz", "there is no transform `xyz`"),
        ("typos+", "there is no transform ``"),
        ("nfd+typos+nfd", "the recipe names `nfd` twice"),
        ("\u{202e}", "there is no transform `<U+202E>`"),
    ] {
        let refused = text.parse::<Recipe>().unwrap_err();
        assert_eq!(refused.to_string(), expect);
        assert!(serde_json::from_value::<Recipe>(text.into()).is_err());
    }
    assert_eq!(Recipe::new(Vec::new()), Err(NotARecipe::Empty));
}

#[test]
fn steps_are_applied_from_the_left() {
    let hi = language("hi");
    let recipe: Recipe = "spelled_out+digits_native+option_order".parse().unwrap();
    assert_eq!(recipe.apply("कमल 25", &hi, 1).as_deref(), Ok("क-म-ल २५"));
    let one = Recipe::from(Transform::SpacesDoubled);
    let text = "a b c d e f g h i j k l m n o p q r s t";
    assert_eq!(
        one.apply(text, &hi, 9),
        Transform::SpacesDoubled.apply(text, &hi, 9)
    );
    let undone: Recipe = "upper_case+lower_case".parse().unwrap();
    let refused = undone.apply("abc", &language("en"), 1).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the text has no part that all steps leave changed"
    );
}

#[test]
fn recipes_order_choices() {
    let both: Recipe = "typos+option_order".parse().unwrap();
    let order = both.order(4, 1).unwrap().unwrap();
    assert!(!order.is_sorted() && order.len() == 4);
    assert_eq!(both.order(1, 1), Err(NotApplicable::OneChoice));
    let only = Recipe::from(Transform::OptionOrder);
    assert_eq!(
        only.apply("abc", &language("en"), 1),
        Err(NotApplicable::NeedsChoices)
    );
    assert_eq!(Recipe::from(Transform::Nfd).order(1, 1), Ok(None));
    assert_eq!(Transform::OptionOrder.level(), Level::Choices);
}
