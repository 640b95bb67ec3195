"""Checks a Weighhouse record by docs/record.md alone (Python 3.11; openssl for signatures). Exit 0: what was checked holds; 5: something does not;
2: wrong use. Replies are not judged: of measures that read texts, and of intervals but Clopper and Pearson's, only bounds are checked."""
import argparse, base64, collections, datetime, decimal, functools, hashlib, json, math, opening, re, subprocess, sys, tempfile, tomllib, trust, types
from pathlib import Path
SCHEMAS = [Path(__file__).with_name("schema.json"), Path(__file__).parents[2] / "crates/weigh-core/src/report/schema.json"]
TOTO, BUNDLE = "application/vnd.in-toto+json", "application/vnd.dev.sigstore.bundle.v0.3+json"
STATEMENT, PREDICATES, MOST = "https://in-toto.io/Statement/v1", "https://in-toto.io/attestation/", 64  # depth, signatures: our own limits
WORST, SHARES = ["conforms", "inconclusive", "not_assessed", "does_not_conform"], ["korn_graubard", "clopper_pearson"]
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
READS = {"refusal": ("expect", "refusal"), "over_refusal": ("expect", "compliance"), "numeric_match": ("number", None)}  # cases that are units
def refuse(text): raise ValueError(text)
def sha(data): return hashlib.sha256(data).hexdigest()
def pairs(items): return dict(items) if len(dict(items)) == len(items) else refuse("a key stands twice")
def ordered(value, exact, left=MOST):  # RFC 8785 sorts keys by UTF-16 units, Python by code points
    (left == 0 or exact and (type(value) is float or type(value) is int and abs(value) >= 2**53)) and refuse("too deep, or no integer below 2^53")
    if isinstance(value, dict): return {key: ordered(value[key], exact, left - 1) for key in sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))}
    return [ordered(inner, exact, left - 1) for inner in value] if isinstance(value, list) else value
def strict(data): return ordered(json.loads(data.decode(), object_pairs_hook=pairs, parse_constant=refuse), False)  # nor NaN, nor a key twice
def canonical(value): return json.dumps(ordered(value, True), separators=(",", ":"), ensure_ascii=False).encode()
def strict_canonical(data): return strict(data) if canonical(strict(data)) == data else refuse("not in canonical form")
def fits(value, rule, root, at="$"):  # what does not fit, by the keywords of JSON Schema that the report's schema uses
    rule = root["$defs"][rule["$ref"].split("/")[-1]] if "$ref" in rule else rule
    if ("type" in rule and type(value) is not TYPES[rule["type"]] or value != rule.get("const", value) or value not in rule.get("enum", [value])
            or "anyOf" in rule and all(list(fits(value, option, root)) for option in rule["anyOf"])
            or any(key not in value for key in rule.get("required", [])) or "minimum" in rule and not rule["minimum"] <= value <= rule["maximum"]
            or "pattern" in rule and not re.fullmatch(rule["pattern"].strip("^$"), value) or "minItems" in rule and len(value) < rule["minItems"]
            or rule is root["$defs"]["decimal"] and decimal.Decimal(value) != decimal.Decimal(repr(float(value)))):  # its shortest text
        yield f"{at}: is none of what it may be, or lacks a part"
    for key, part in enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else []:
        own = rule.get("properties", {}).get(key, rule.get("additionalProperties", rule.get("items", {})))
        yield from [f"{at}: has an unknown key {key}"] if own is False else fits(part, own, root, f"{at}.{key}")
def unbase64(text):  # standard or URL-safe, padded or not
    return base64.b64decode((bare := text.translate(str.maketrans("-_", "+/")).rstrip("=")) + "=" * (-len(bare) % 4), validate=True)
def key_der(pem):
    der = unbase64("".join(pem.strip().removeprefix("-----BEGIN PUBLIC KEY-----").removesuffix("-----END PUBLIC KEY-----").split()))
    return der if len(der) in (44, 91) else refuse("neither an Ed25519 key nor one on P-256")
@functools.lru_cache(maxsize=None)
def verifies(der, signature, message):
    with tempfile.TemporaryDirectory() as folder:
        key, sig, text = (Path(folder, name) for name in ("key", "sig", "text"))
        key.write_bytes(der), sig.write_bytes(signature), text.write_bytes(message)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin", "-in", text, "-sigfile", sig]
        return subprocess.run(command + ["-digest", "sha256"] * (len(der) == 91), capture_output=True).returncode == 0
def signed_by(parsed, der): return any(verifies(der, signature, parsed[1]) for signature in parsed[2])
def envelope(value):  # the payload, the bytes that are signed and the signatures; fields that nobody knows may stand there
    payload, given = unbase64(value["payload"]), value["signatures"]
    value["payloadType"] == TOTO and 1 <= len(given) <= MOST or refuse("another payloadType, no signature, or too many")
    return payload, f"DSSEv1 {len(TOTO)} {TOTO} {len(payload)} ".encode() + payload, [unbase64(one["sig"]) for one in given]
def envelopes(seen, args):  # the envelope and what repeats it; the statement in its form
    read, names = lambda name: (seen.record / name).read_bytes(), {path.name for path in seen.record.iterdir()}
    seen.main, own, others = envelope(strict(read("report.dsse.json"))), key_der(read("report.pub.pem").decode()), {}
    seen.need(all(signed_by(seen.main, der) for der in [own, *(key_der(path.read_text()) for path in [args.key] if path)])
              and read("report.json") == seen.main[0], "envelope: no good signature by the key, or report.json is not the payload")
    seen.statement, schema = strict_canonical(seen.main[0]), json.loads(next(path for path in SCHEMAS if path.exists()).read_bytes())
    seen.faults, seen.report = list(fits(seen.statement, schema, schema))[:9] + seen.faults, seen.statement["predicate"]
    if "report.sigstore.json" in names:
        bundle, hint = strict(read("report.sigstore.json")), base64.b64encode(hashlib.sha256(own).digest()).decode()
        seen.need((bundle["mediaType"], bundle["verificationMaterial"]["publicKey"]["hint"]) == (BUNDLE, hint), "bundle: its type, or hint")
        others["bundle"] = bundle["dsseEnvelope"], seen.main[0]
    if "report.intoto.jsonl" in names:
        first, second, *seen.further = read("report.intoto.jsonl").split(b"\n")
        others |= {"line 1": (strict(first), seen.main[0]), "line 2": (strict(second), canonical(test_result(seen, sha(seen.main[0]))))}
    for name, (other, payload) in others.items():
        parsed = envelope(other)
        seen.need(parsed[0] == payload and signed_by(parsed, own), f"{name}: not what follows from this report, or not signed by its key")
def test_result(seen, digest):
    told, plan = seen.report, seen.report["plan"]
    sources = [(f"report:{told['id']}", digest), ("profile:{id}@{version}".format(**plan["profile"]), plan["profile"]["digest"])]
    sources += [(f"suite:{key}@{suite['version']}", suite["digest"]) for key, suite in plan["suites"].items()]
    part = lambda one: f" ({one['stratum']['language']})" if "language" in (one["stratum"] or "") else ""
    names = lambda *kinds: [one["requirement"] + part(one) for one in told["findings"] if one["verdict"] in kinds]
    body = {"configuration": [{"name": name, "digest": {"sha256": digest}} for name, digest in sources], "passedTests": names("conforms"),
            "warnedTests": names("inconclusive", "not_assessed"), "failedTests": names("does_not_conform"),
            "result": {"conforms": "PASSED", "does_not_conform": "FAILED"}.get(told["verdict"], "WARNED")}
    return {"_type": STATEMENT, "subject": seen.statement["subject"], "predicateType": PREDICATES + "test-result/v0.1", "predicate": body}
def journal(seen, args):  # canonical lines in a chain: a plan, openings before what they hold for, one seal at the end
    raw, seen.head, bodies = (seen.record / "journal.jsonl").read_bytes().split(b"\n"), "0" * 64, {}
    needs = {"planned": set(), "opened": {"planned"}, "trial": {"opened"}, "judge": {"opened"}, "judgement": {"judge"}, "sealed": {"opened"}}
    for number, text in enumerate(raw[:-1] if not raw[-1] else refuse("bytes behind the last line")):
        body, kind = strict(text)["body"], strict(text)["type"]
        placed = (kind == "planned") == (number == 0) and (kind == "sealed") == (number == len(raw) - 2) and needs[kind] <= set(bodies)
        placed and text == canonical({"body": body, "prev": seen.head, "seq": number, "type": kind}) or refuse(f"line {number + 1} does not follow")
        seen.head, _ = sha(text), bodies.setdefault(kind, []).append(body)
    (seen.plan,), (seen.seal,), seen.bodies, seen.lines = bodies["planned"], bodies["sealed"], bodies, len(raw) - 1
    seen.trials = {body["trial"]: body["responses"] for body in bodies.get("trial", [])}
def merkle(leaves):  # RFC 6962, section 2.1
    half = 1 << max(len(leaves) - 1, 1).bit_length() - 1
    node = b"\1" + merkle(leaves[:half]) + merkle(leaves[half:]) if len(leaves) > 1 else b"".join(b"\0" + leaf for leaf in leaves)
    return hashlib.sha256(node).digest()
def completeness(seen, args):  # every planned trial once, and none else
    bodies, judged, plan = seen.bodies.get("trial", []), seen.bodies.get("judgement", []), seen.plan
    counts, asked = collections.Counter(trial.rsplit(":", 2)[0] for trial in seen.trials), sum(map(len, seen.trials.values()))
    seen.need("shard" not in plan and len(bodies) == len(seen.trials) == plan["trials"] == seen.seal["trials"] and asked == plan["requests"]
               and counts == collections.Counter({key: suite["trials"] for key, suite in plan["suites"].items()}), "journal: not the planned trials")
    leaves = sorted(bodies, key=lambda body: body["trial"]) + sorted(judged, key=lambda body: body["judged"])
    seen.need(merkle([canonical(leaf) for leaf in leaves]).hex() == seen.seal["transcript"], "journal: another Merkle root")
def amendments(seen, args, name="amendments.json"):  # the report's id and amendment, from the record's own report on
    told, seen.issued = {key: seen.report[key] for key in seen.report if key != "amendment"} | {"id": "WH-" + seen.head[:16]}, seen.seal["at"]
    for one in strict_canonical((seen.record / name).read_bytes())["amendments"] if (seen.record / name).exists() else []:
        one["at"] >= seen.issued and one["reason"].strip() and all(map(str.strip, one["laboratory"].values())) or refuse("no amendment")
        one["replaces"] = {"id": told["id"], "issued": seen.issued, "statement": sha(canonical(seen.statement | {"predicate": told}))}
        told, seen.issued = told | {"amendment": one, "id": "WH-" + sha(canonical(one))[:16]}, one["at"]
    seen.need(told == seen.report, "report: its id or amendment is not what follows")
def repetition(seen, args):  # what the report repeats from the journal
    opened, model, options = seen.bodies["opened"], seen.bodies["opened"][0]["subject"], seen.plan["options"]
    named = sorted((file["name"].rsplit("/", 1)[-1], file["sha256"]) for file in model["files"])
    named += [(f"model:/{key}", model[key]) for key in ("tokenizer", "config", "chat_template") if model[key]]
    told = {key: told for key, told in seen.report["record"].items() if key == "commitment"} | {key: seen.seal[key] for key in ["energy"] if key in seen.seal}
    own = {"subject": model, "plan": seen.plan, "transcript": seen.seal["transcript"],
           "conditions": list({canonical(body["conditions"]): body["conditions"] for body in opened}.values()),
           "record": told | dict(journal_head=seen.head, journal_lines=seen.lines, opened=[b["at"] for b in opened], sealed=seen.seal["at"])}
    seen.faults += [f"report: {key} is not the journal's" for key, value in own.items() if canonical(seen.report[key]) != canonical(value)]
    seen.need(seen.statement["subject"] == [{"name": name, "digest": {"sha256": digest}} for name, digest in named]
               and all(body["subject"] == model for body in opened), "statement: its subject is not the model's files and parts")
    whole = options | {"tier": "full", "limit": None, "languages": []} == options and not any(e["unscored"] for e in seen.report["estimates"])
    seen.need(seen.report["deviations"] or whole, "report: tells no deviation where the record shows one")
def suites(seen, args):  # digests of every file, ids and versions; trials are cases
    files = {path.relative_to(seen.record).as_posix(): path.read_bytes() for path in (seen.record / "suites").rglob("*") if not path.is_dir()}
    for key, plan in seen.plan["suites"].items():
        own = {name.removeprefix(f"suites/{key}/"): files.pop(name) for name in sorted(files) if name.startswith(f"suites/{key}/")}
        listed = canonical([{"path": name, "sha256": sha(data), "size": len(data)} for name, data in own.items()])
        seen.need(sha(listed) == plan["digest"], f"suite {key}: another digest")
        if "suite.toml" not in own: continue  # a suite in one file, perhaps in YAML
        head, ids = tomllib.loads(own["suite.toml"].decode()), {trial for trial in seen.trials if trial.startswith(key + ":")}
        seen.need((head["id"], head["version"]) == (key, plan["version"]), f"suite {key}: another id or version in suite.toml")
        rows = [(name[6:-6], strict(row)) for name in own if name.startswith("cases.") for row in own[name].split(b"\n") if row.strip()]
        cases = {f"{key}:{language}:{row['id']}": row for language, row in rows if "id" in row}
        seen.need({trial.split("~")[0] for trial in ids} <= set(cases), f"suite {key}: a trial that is none of its cases")
        seen.suites[key] = (head, cases)
    seen.need(not files, "suites: files that belong to no planned suite")
def limit_holds(k, n, lower, level):  # Clopper and Pearson's lower limit: there P(X >= k) crosses (1 - level) / 2
    way = lambda i, p: math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p)
    tail = lambda p: float(p >= 1) if not 0 < p < 1 else math.fsum(math.exp(way(i, p)) for i in range(k, n + 1))
    return lower == 0 if k == 0 else 0 < lower < 1 and tail(lower - 1e-9) <= (1 - level) / 2 <= tail(lower + 1e-9)
def interval_holds(told, level):  # below, missing units count as the worst, above as the best; clusters only widen
    n, scored, method, point = told["planned"], told["scored"], told["interval"]["method"], float(told["point"] or 0)
    lower, upper, stated = (float(told["interval"][key]) for key in ("lower", "upper", "level"))
    hits, exact, plain = round(point * scored), told["clusters"] == n, lower <= upper and stated == level  # exact: each unit is its own cluster
    right = not exact or limit_holds(hits, n, lower, level) and limit_holds(scored - hits, n, 1 - upper, level)
    return plain and (not scored or method not in SHARES or right and point == hits / scored and method == SHARES[exact]
                      and 0 <= lower <= hits / n and (hits + n - scored) / n <= upper <= 1)
def chosen_right(case, responses):  # whether the first of the highest likelihoods is the right choice's; None: not all were scored
    texts, scores = case.get("choices", ["better", "worse"]), [float(one.get("likelihood", {"log_prob": "nan"})["log_prob"]) for one in responses]
    right = case.get("answer", 0) if isinstance(case.get("answer", 0), int) else texts.index(case["answer"])
    return None if len(scores) != len(texts) or any(map(math.isnan, scores)) else scores.index(max(scores)) == right
def derives(told, suite, trials):  # whether it holds: choices are decided again; of measures that read texts, units are counted
    (head, cases), stratum, (key, value) = suite, told["stratum"], READS.get(told["measure"], (None, None))
    units = [(trial, cases[trial.split("~")[0]]) for trial in trials if trial.startswith(told["suite"] + ":") and not trial.endswith("~control")]
    units = [(trials[trial], case) for trial, case in units if stratum == "all" or stratum.get("language") == trial.split(":")[1]
             or stratum.get("tag") in case.get("tags", []) + head.get("tags", []) + [f"variant-{made}" for made in trial.split("~")[1:]]]
    if key:
        replies = [seen[-1].get("generated", {}).get("text", "") for seen, case in units if key in case and value in (None, case[key])]
        return told["planned"] == len(replies) and told["scored"] <= sum(bool(text.strip()) for text in replies)
    marks = [mark for mark in (chosen_right(case, seen) for seen, case in units) if mark is not None]
    counts, point = (len(units), len(marks), len({case.get("family", case["id"]) for _, case in units})), told["point"] and float(told["point"])
    return (told["planned"], told["scored"], told["clusters"]) == counts and point == (sum(marks) / len(marks) if marks else None)
def level(look, key): return float(look["confidence"][look["suites"].get(key, {"look": 1})["look"] - 1])  # of the look that extended a suite last
def look_holds(look, alpha, shares):  # each look spends its share of alpha
    spent = [alpha * float(share) for share in shares[:len(look.get("extends", [])) + 1]]
    return not (look or shares) or [look["of"], look["number"], look["spent"], *look["confidence"]] == [len(shares), len(look["extends"]) + 1, *(
        repr(round(one, 12)) for one in [sum(spent), *(1 - part for part in spent)])] and all(one["look"] > 1 for one in look["suites"].values())
def profile(seen):
    seen.profile = tomllib.loads((data := (seen.record / "profile.toml").read_bytes()).decode())
    seen.need({"digest": sha(data)} | {key: seen.profile[key] for key in ("id", "version")} == seen.plan["profile"], "profile: not the planned one")
def figures(seen, args):  # the profile; counts, strata, intervals, answers
    groups = profile(seen) or {}
    look = seen.plan.get("look", {"confidence": [seen.profile["confidence"]], "suites": {}})
    seen.need(look_holds(seen.plan.get("look", {}), 1 - float(seen.profile["confidence"]), seen.profile.get("looks", [])), "look: not the profile's")
    for told in seen.report["estimates"]:
        key, measure, stratum = told["suite"], told["measure"], told["stratum"]
        suite, same, name = seen.suites.get(key), groups.setdefault((key, measure), {}), f"{key} {measure} {stratum}"
        seen.need(told["planned"] == told["scored"] + sum(told["unscored"].values()) and told["clusters"] <= told["planned"]
                   and same.setdefault(str(stratum), told) is told, f"{name}: counts do not add up, or told twice")
        seen.need(not told["interval"] or interval_holds(told, level(look, key)), f"{name}: its interval")
        again = suite and (measure in READS or measure == "accuracy" and "perturb" not in suite[0])  # what is made may be in another order
        seen.need(not again or derives(told, suite, seen.trials), f"{name}: not what the answers say")
        seen.left += [f"points of {measure} of {key}"] * (stratum == "all" and not (again and measure == "accuracy"))
    for (key, measure), same in groups.items():
        parts, count = [one for one in same.values() if "language" in one["stratum"]], lambda one: collections.Counter(one["unscored"], n=one["planned"])
        spoken = {trial.split(":")[1] for trial in seen.trials if trial.startswith(key + ":")}  # none for a suite that was not planned
        seen.need(sum(map(count, parts), collections.Counter()) == +count(same["all"]) and {told["stratum"]["language"] for told in parts} <= spoken
                  and (len(parts) != 1 or parts[0] | {"stratum": "all"} == same["all"]), f"{key} {measure}: languages do not make up the whole")
def verdicts(estimate, limit, rule, cases=0, **_):  # what the rule allows; of rules other than three-way only what conforms is described
    told = (estimate or {}) if rule == "point" else estimate and estimate["interval"] or {}
    ends = [end for end in map(told.get, ("point", "lower", "upper")) if end and limit]
    over = [(decimal.Decimal(end) - decimal.Decimal(*limit.values())) * (1 if "at_least" in limit else -1) for end in ends]
    if not over: return {"not_assessed", "inconclusive"} if estimate and limit else {"not_assessed"}
    return {"conforms" if estimate["scored"] >= cases else "inconclusive"} if min(over) >= 0 else set(WORST[1:]) if rule != "three_way" else {"does_not_conform" if max(over) < 0 else "inconclusive"}
def reached(want, estimate):  # the best steps that the worse end of the interval, and the point, reach
    best = lambda end, sign=1 if "at_least" in want else -1: next((step["name"] for step in want["steps"] if sign * (float(end) - float(step["limit"])) >= 0), None)
    worse = estimate and estimate["interval"] and "steps" in want and estimate["interval"]["lower" if "at_least" in want else "upper"]
    return {"surely": best(worse), "point": best(estimate["point"])} if worse else None
def findings(seen, args):  # each requirement with its estimate, by its rule
    told, wanted = seen.report["findings"], seen.profile["requirement"]
    seen.need(list(dict.fromkeys(one["requirement"] for one in told)) == [want["id"] for want in wanted], "findings: not the profile's")
    for want in wanted:
        mine, scope = [one for one in told if one["requirement"] == want["id"]], want.get("scope")
        fitting = [e for e in seen.report["estimates"] if (e["suite"], e["measure"]) == (want.get("suite"), want.get("measure"))
                   and ("language" in e["stratum"] if scope == "each-language" else e["stratum"] == scope)]
        limit, rule = {key: want[key] for key in ("at_least", "at_most") if key in want} or None, want.get("rule", "").replace("-", "_") or None
        same = all((one["title"], one["limit"], one["rule"], one.get("steps")) == (want["title"]["en"], limit, rule, reached(want, one["estimate"]))
                   and all(one.get(key) == (text["en"] if isinstance(text := want.get(key), dict) else text) for key in ("clause", "cases", "note", "unverified")) for one in mine)
        seen.need(same and [one["estimate"] for one in mine] == (fitting or [None]) and all(one["verdict"] in verdicts(**one) for one in mine),
                  f"finding {want['id']}: its title, limit, rule, steps, estimate or verdict")
    seen.need(seen.report["verdict"] in [max((one["verdict"] for one in told), key=WORST.index)], "verdict: not the worst of the findings")
def moment(text): return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
def demands(seen, args):  # age; nonce and model files where they are given
    old = datetime.timedelta.max if args.max_age is None else datetime.timedelta(days=args.max_age)
    seen.need(datetime.timedelta(0) <= seen.now - moment(seen.seal["at"]) <= old, "age: too old, or sealed in the future")
    seen.need(args.nonce in (None, seen.plan.get("nonce")), "nonce: another")
    for file in seen.report["subject"]["files"] if args.model else []:
        place = args.model / file["name"].rsplit("/", 1)[-1] if args.model.is_dir() else args.model
        seen.need(hashlib.file_digest(open(place, "rb"), "sha256").hexdigest() == file["sha256"], f"model: {file['name']} is another file")
class Seen(types.SimpleNamespace):  # what was read, and what was found
    def need(self, holds, text): self.faults += [] if holds else [text]
def verify(args):
    seen = Seen(faults=[], checked=[], left=list(opening.LEFT[opening.withheld(args)]), withheld=opening.withheld(args), record=args.record,
                now=args.now or datetime.datetime.utcnow(), further=[], suites={})
    parts = [opening.stated] if seen.withheld else [journal, amendments, completeness, repetition, suites, figures, findings]
    for part in (envelopes, *parts, *[opening.openings] * bool(args.opening), *[trust.trust] * bool(args.policy), demands):
        before = len(seen.faults)
        try: part(seen, args)
        except Exception as error: seen.faults.append(f"{part.__name__}: {type(error).__name__} {str(error)[:160]}")  # a hostile form: a fault, too
        seen.checked += [part.__name__] * (len(seen.faults) == before)
        if seen.faults and part in (envelopes, journal): break  # there is nothing to hold the rest against
    seen.left += ["whether to trust the key; countersignatures"] * (not args.policy) + ["model files"] * (not args.model)
    return seen
def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("record", "--key", "--policy", "--model"): parser.add_argument(name, type=Path)
    for name, kind in {"--now": moment, "--nonce": str, "--max-age": float}.items(): parser.add_argument(name, type=kind)
    for name in ("--countersignature", "--opening"): parser.add_argument(name, action="append", default=[], type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(words)
if __name__ == "__main__":
    told = {"fault": (found := verify(options := arguments())).faults, "checked": found.checked, "not checked": found.left}
    print(json.dumps(told) if options.json else "\n".join(f"{word}: {text}" for word, texts in told.items() for text in texts))
    sys.exit(5 if found.faults else 0)
