#!/usr/bin/env bash
# Opens reports full of hostile texts in headless Chromium, in every language, and wants the page that harmless texts give: the same elements and attributes,
# nothing on the console, no request and no dialog. A page that does run a script shows that each of these would be seen. Needs Chromium and Python 3:
# tools/report/hostile.sh [CHROMIUM]
set -euo pipefail
cd "$(dirname "$0")/../.."
browser="${1:-chromium}" work="${CARGO_TARGET_DIR:-target}/hostile"
rm -rf "$work" && mkdir -p "$work"
tools/example.sh hostile "$work"
own='document.documentElement.setAttribute("data-owned","1");document.body.append(document.createElement("hr"))'
controlled() { sed -e '/Content-Security-Policy/d' -e "s#</body>#$1</body>#" "$work/harmless.en.html"; }
controlled "<script>$own</script><img src=\"http://127.0.0.1:9/i.png\"><img src=x onerror=\"throw 1\">" > "$work/control.en.html"
controlled "<script>alert(1)</script>" > "$work/dialog.en.html"
for page in "$work"/*.html; do
  name="${page%.html}"
  code=0  # a dialog waits for somebody: the browser does not end
  timeout 30 "$browser" --headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run \
    --user-data-dir="$work/user" --log-net-log="$name.net.json" --net-log-capture-mode=IncludeSensitive --enable-logging=stderr \
    --virtual-time-budget=3000 --dump-dom "file://$(realpath "$page")" > "$name.dom" 2> "$name.log" || code=$?
  echo "$code" > "$name.code"
done
python3 - "$work" <<'PY'
import collections, html.parser, json, pathlib, re, sys
work, faults = pathlib.Path(sys.argv[1]), []

class Kinds(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.counts = collections.Counter()
        self.feed(text)
    def handle_starttag(self, tag, attributes):
        self.counts[tag] += 1
        self.counts.update(f"{tag} {name}" for name, _ in attributes)

def seen(name):  # elements and attributes; requests to elsewhere; the console; dialogs
    log = (work / f"{name}.log").read_text(errors="replace")
    net = (work / f"{name}.net.json").read_text(errors="replace")
    requests = set(re.findall(r'"url":"(https?://127\.0\.0\.1[^"]*)"', net))
    console = re.findall(r"CONSOLE.*", log)
    ended = int((work / f"{name}.code").read_text()) == 0
    return Kinds((work / f"{name}.dom").read_text()).counts, requests, console, ended

for language in ("ar", "en", "es", "fr", "ru", "zh"):
    plain, hostile = seen(f"harmless.{language}"), seen(f"hostile.{language}")
    more, fewer = hostile[0] - plain[0], plain[0] - hostile[0]
    print(f"{language}: {sum(n for kind, n in hostile[0].items() if ' ' not in kind)} elements of {sum(' ' not in kind for kind in hostile[0])} kinds; "
          f"other than harmless: {sum((more + fewer).values())}; requests: {len(hostile[1])}; console: {len(hostile[2])}; dialogs: {0 if hostile[3] else 'it did not end'}")
    if plain[0]["section"] < 15 or more or fewer or hostile[1] or hostile[2] or plain[1] or plain[2] or not (plain[3] and hostile[3]):
        faults.append(f"{language}: {dict(more)} {dict(fewer)} {hostile[1:]} {plain[1:]}")
control, plain = seen("control.en"), seen("harmless.en")
caught = {"element": control[0]["hr"] > plain[0]["hr"], "attribute": control[0]["html data-owned"] == 1, "request": bool(control[1]), "console": bool(control[2]),
          "dialog": not seen("dialog.en")[3]}
print("a page that runs a script:", ", ".join(f"{what} {'seen' if found else 'NOT SEEN'}" for what, found in caught.items()))
faults += [] if all(caught.values()) else ["the check does not see what it looks for"]
print("\n".join(faults) if faults else "no text became anything but text")
sys.exit(1 if faults else 0)
PY
