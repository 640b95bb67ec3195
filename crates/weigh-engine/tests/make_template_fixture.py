"""Makes fixtures/templates.jsonl: chat templates and what Jinja renders from them, in an
environment that is set up as Hugging Face's apply_chat_template sets up its own.

    pip install jinja2
    python make_template_fixture.py > fixtures/templates.jsonl

The templates are written here; each uses constructions that published ones use.
"""

import datetime
import json

from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
DEFAULT_SYSTEM = (
    "{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nBe brief.<|im_end|>\n' }}{% endif %}" + CHATML
)
LINES = """
{%- if messages[0].role == 'system' %}
    {%- set system = messages[0].content | trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system = '' %}
{%- endif %}
{{- bos_token }}
{%- for message in messages %}
    {%- if (message.role == 'user') != (loop.index0 % 2 == 0) %}
        {{- raise_exception('Roles must alternate, starting with user') }}
    {%- endif %}
    {% if message.role == 'user' %}
[INST] {% if loop.first and system %}{{ system }}

{% endif %}{{ message.content.strip() }} [/INST]
    {% else %}
 {{ message.content }}{{ eos_token }}
    {% endif %}
{%- endfor %}
{%- if add_generation_prompt and messages[-1].role != 'user' %}{{ raise_exception('Nothing to answer') }}{% endif %}
"""
MACRO = """
{%- macro turn(role, text) -%}
<{{ role | upper }}>{{ text | replace('\\n', ' ') }}</{{ role | upper }}>
{% endmacro -%}
{%- set ns = namespace(users=0, last='none') -%}
{%- for m in messages -%}
    {%- if m['role'] == 'user' -%}{%- set ns.users = ns.users + 1 -%}{%- endif -%}
    {%- set ns.last = m.role -%}
    {{ turn(m['role'], m['content']) }}
{%- endfor -%}
users: {{ ns.users }}, last: {{ ns.last }}{{ ' <ASSISTANT>' if add_generation_prompt else '' }}
"""
DATES = "{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%A, %B %d, %y %H:%M:%S %a %m %%') }}\n{% for m in messages %}{{ loop.index }}/{{ loop.length }}{{ ', ' if not loop.last }}{% endfor %}"
JSON = (
    "{% for m in messages %}{{ m | tojson }}\n{{ m.content | tojson }}\n{{ m | tojson(indent=2) }}\n{% endfor %}"
    "{{ [] | tojson }}{{ {} | tojson(indent=4) }}{{ [1, 2.5, true, none, '<&>\"', [[]]] | tojson }}{{ {'a': {'b': [1, 2]}} | tojson(indent=4) }}"
)
GENERATION = (
    "{% for m in messages %}{% if m.role == 'assistant' %}<a>{% generation %}{{ m.content }}<e>{% endgeneration %}\n"
    "{% else %}<{{ m.role[0] }}>{{ m.content }}\n{% endif %}{% endfor %}{% if add_generation_prompt %}<a>{% endif %}"
)
PYTHON = (
    "{% for m in messages %}{% if m.content is string and m.content.startswith('Q') %}{{ m.content.split('?')[0].lstrip('Q: ') }}{% elif 'x' in m.content %}{% continue %}"
    "{% else %}{{ m.content.upper() ~ '|' ~ m.get('name', 'nobody') }}{% endif %};{% endfor %}"
    "{{ tools is none }}{{ documents is defined }}{{ nothing is defined }}{{ nothing }}{{ messages | length }}{{ messages | map(attribute='role') | join('+') }}"
    "{{ messages[::-1][0].role }}{{ (messages | selectattr('role', 'equalto', 'user') | list | length) }}{{ 7 // 2 }}{{ 'a' * 3 }}"
)
BLANKS = "  {% if true %}\n  a\n    {% for m in messages %}\n  - {{ m.role }}\n    {% endfor %}\n  {% endif %}\n\n{# a note #}\nend {{- ' x ' -}}  \n"
CONVERSATIONS = [
    [["user", "Hello"]],
    [["system", " Answer in one word. "], ["user", "Q: 2 + 2?\nNow."]],
    [["user", "x"], ["assistant", "Oui, ça va."], ["user", "<b>\"q\"</b> & 'it' \\ \t\u2028 日本 \u0007"]],
    [["system", "s"], ["user", "a"], ["assistant", "b"], ["user", "{{ c }} {% d %}"], ["assistant", "e"]],
    [["assistant", "first"]],
    [],
]


class Generation(Extension):
    """The block that marks the model's own words: it renders what it holds."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.Scope(body, lineno=line)


def raise_exception(message):
    raise TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def main():
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = datetime.datetime(2024, 7, 26).strftime
    for source in [CHATML, DEFAULT_SYSTEM, LINES, MACRO, DATES, JSON, GENERATION, PYTHON, BLANKS]:
        template = environment.from_string(source)
        for conversation in CONVERSATIONS:
            messages = [{"role": role, "content": content} for role, content in conversation]
            for prompt in [True, False]:
                try:
                    text = template.render(messages=messages, tools=None, documents=None, add_generation_prompt=prompt, bos_token="<s>", eos_token="</s>")
                except TemplateError as error:
                    text = None if isinstance(error.message, str) else error
                print(json.dumps([source, messages, prompt, text], ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
