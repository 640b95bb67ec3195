//! Renderings against Jinja's own, and templates that mean harm.

use weigh_core::request::{Message, Role};

use super::{ChatTemplate, TemplateFault};
use crate::open::open_parts;
use crate::test_model::smollm2;

fn messages(turns: &[(Role, &str)]) -> Vec<Message> {
    let message = |(role, content): &(Role, &str)| Message {
        role: *role,
        content: (*content).to_owned(),
    };
    turns.iter().map(message).collect()
}

fn template(source: &str) -> ChatTemplate {
    ChatTemplate::new(source, "<s>", "</s>").unwrap()
}

#[test]
fn renderings_are_those_of_jinja() {
    let fixture = include_str!("../../tests/fixtures/templates.jsonl");
    let mut seen = 0;
    for line in fixture.lines() {
        let (source, messages, prompt, expect): (String, Vec<Message>, bool, Option<String>) =
            serde_json::from_str(line).unwrap();
        let rendered = template(&source).render(&messages, prompt);
        match expect {
            Some(text) => assert_eq!(rendered.as_ref(), Ok(&text), "{source}"),
            None => assert!(rendered.is_err(), "{source}"),
        }
        seen += 1;
    }
    assert!(seen > 100);
}

#[test]
fn the_real_model_has_a_system_message_of_its_own() {
    let Some(model) = smollm2() else { return };
    let template = open_parts(&model).unwrap().template.unwrap();
    let text = template
        .render(&messages(&[(Role::User, "Hi")]), true)
        .unwrap();
    insta::assert_snapshot!(text, @r"
    <|im_start|>system
    You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
    <|im_start|>user
    Hi<|im_end|>
    <|im_start|>assistant
    ");
    let turns = messages(&[(Role::System, "Be kind."), (Role::User, "Hi")]);
    let text = template.render(&turns, false).unwrap();
    insta::assert_snapshot!(text, @r"
    <|im_start|>system
    Be kind.<|im_end|>
    <|im_start|>user
    Hi<|im_end|>
    ");
    assert_eq!(template.date(), None);
}

#[test]
fn a_refusal_says_what_the_template_says() {
    let source = "{{ raise_exception('no system message') }}";
    let refused = template(source).render(&[], true);
    let expect = TemplateFault::Refused("no system message".to_owned());
    assert_eq!(refused, Err(expect));
    let nested = "{% macro m() %}{{ raise_exception('deep') }}{% endmacro %}{{ m() }}";
    let expect = TemplateFault::Refused("deep".to_owned());
    assert_eq!(template(nested).render(&[], true), Err(expect));
}

#[test]
fn work_and_memory_are_bounded() {
    let endless =
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}";
    let long = "{% for i in range(100000) %}{{ 'x' * 1000 }}{% endfor %}";
    let doubling = "{% set n = namespace(s='x') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}";
    let large = "{% for i in range(20000) %}{{ 'x' * 1000 }}{% endfor %}";
    for source in [endless, long, large, doubling] {
        assert_eq!(
            template(source).render(&[], true),
            Err(TemplateFault::OutOfFuel),
            "{source}"
        );
    }
    for source in [
        "{{ 'x' * 99999999999 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ] {
        assert!(template(source).render(&[], true).is_err(), "{source}");
    }
    let nested = "{% set n = namespace(s=[]) %}{% for i in range(90) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s | tojson }}";
    assert!(matches!(
        template(nested).render(&[], true),
        Err(TemplateFault::Failed(_))
    ));
}

#[test]
fn nothing_outside_is_reached() {
    for source in [
        "{% include 'x' %}",
        "{% import '/etc/passwd' as p %}",
        "{{ debug() }}",
        "{{ messages.__class__.x }}",
        "{{ strftime_now('%Q') }}",
        "{{ unknown() }}",
        "{{ nothing | tojson }}",
    ] {
        let rendered = template(source).render(&[], true);
        assert!(
            matches!(rendered, Err(TemplateFault::Failed(_))),
            "{source}: {rendered:?}"
        );
    }
}

#[test]
fn what_is_no_template_is_refused_when_it_is_read() {
    let new = |source: &str| ChatTemplate::new(source, "", "").unwrap_err();
    for source in [
        "{% if %}",
        "{{",
        "{% for x in %}",
        &"(".repeat(10_000).replace('(', "{{("),
    ] {
        assert!(matches!(new(source), TemplateFault::Syntax(_)), "{source}");
    }
    let long = " ".repeat((1 << 20) + 1);
    assert_eq!(new(&long), TemplateFault::TooLarge((1 << 20) + 1));
}

#[test]
fn the_date_is_told_where_it_is_read() {
    let reads = template("{{ strftime_now('%Y') }}");
    assert_eq!(reads.date(), Some("2024-07-26"));
    assert_ne!(reads.digest(), template("").digest());
}
