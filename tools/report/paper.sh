#!/usr/bin/env bash
# A record's report on paper in six languages against programs of others: tools/report/paper.sh RECORD.
# qpdf reads the document's structure, pdftotext its text, pdfdetach what is attached. Needs qpdf, poppler-utils, Python and
# fonts with Arabic and Chinese letters (fonts-noto-core, fonts-noto-cjk). WEIGH names a built `weigh`.
set -euo pipefail
record="$(realpath "$1")" weigh="${WEIGH:-weigh}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for language in ar en es fr ru zh; do
  pdf="$work/$language.pdf"
  "$weigh" report "$record" --lang "$language" --format pdf --out "$pdf" 2> /dev/null
  "$weigh" report "$record" --lang "$language" --format html > "$work/page.html" 2> /dev/null
  qpdf --check "$pdf" > /dev/null
  pdftotext "$pdf" "$work/text" 2> /dev/null
  pdfdetach -saveall -o "$work" "$pdf" 2> /dev/null
  cmp "$work/report.json" "$record/report.json"
  cmp "$work/report.dsse.json" "$record/report.dsse.json"
  python3 - "$work/page.html" "$work/text" "$language" <<'END'
import html, re, sys, unicodedata

page, text = (open(path, encoding="utf-8").read() for path in sys.argv[1:3])


def bare(text):
    """Letters alone: no marks of direction, no spaces where a line ends, no numbers, which stand elsewhere among letters from right to left."""
    return "".join(c for c in unicodedata.normalize("NFKC", html.unescape(text)) if unicodedata.category(c)[0] == "L")


shown = bare(text)
headings = [bare(re.sub("<[^>]*>", "", found)) for found in re.findall("<h[12][^>]*>(.*?)</h[12]>", page, re.DOTALL)]
missing = [heading for heading in headings if heading not in shown]
assert headings and not missing, missing
print(f"{sys.argv[3]}: {len(headings)} headings of the page are in the document's text, and both attachments are the record's")
END
done
