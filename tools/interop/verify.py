"""Checks a Weighhouse record by docs/record.md alone, with Python 3.11 and openssl. Exit 0: what was checked holds; 5: something does not.
Replies are not judged: of the figures of measures that read texts only counts and bounds are checked. It says what else it leaves unchecked."""
import argparse, base64, collections, contextlib, datetime, decimal, functools, hashlib, json, math, pathlib, re, subprocess, sys, tempfile, tomllib
TOTO, BUNDLE = "application/vnd.in-toto+json", "application/vnd.dev.sigstore.bundle.v0.3+json"
STATEMENT, PREDICATES = "https://in-toto.io/Statement/v1", "https://in-toto.io/attestation/"
KEYS = {"id", "subject", "plan", "conditions", "transcript", "estimates", "findings", "verdict", "deviations", "record"}  # some have two more
AFTER = {"planned": set(), "opened": {"planned"}, "trial": {"opened"}, "judge": {"opened"}, "judgement": {"judge"}, "sealed": {"opened"}}
WORST = ["conforms", "inconclusive", "not_assessed", "does_not_conform"]
def need(holds, what):
    if not holds: raise ValueError(what)
def sha(data): return hashlib.sha256(data).hexdigest()
def pairs(items): return dict(items) if len(dict(items)) == len(items) else need(False, "a key stands twice")
def ordered(value, exact, left=127):  # RFC 8785 sorts keys by UTF-16 units, Python by code points
    need(left and not (exact and (type(value) is float or type(value) is int and abs(value) >= 2**53)), "too deep, or no integer below 2^53")
    if isinstance(value, dict): return {key: ordered(value[key], exact, left - 1) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    return [ordered(one, exact, left - 1) for one in value] if isinstance(value, list) else value
def strict(data): return ordered(json.loads(data.decode(), object_pairs_hook=pairs, parse_constant=lambda text: need(False, text)), exact=False)
def canonical(value): return json.dumps(ordered(value, exact=True), separators=(",", ":"), ensure_ascii=False).encode()
def strict_canonical(data): return strict(data) if canonical(strict(data)) == data else need(False, "not in canonical form")
def unbase64(text):  # standard or URL-safe, padded or not
    bare = text.translate(str.maketrans("-_", "+/")).rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
def key_der(pem):
    der = unbase64("".join(pem.removeprefix("\ufeff").strip().removeprefix("-----BEGIN PUBLIC KEY-----").removesuffix("-----END PUBLIC KEY-----").split()))
    return der if len(der) in (44, 91) else need(False, "neither an Ed25519 key nor one on P-256")
@functools.lru_cache(maxsize=None)
def verifies(der, signature, message):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in {"key": der, "sig": signature, "text": message}.items(): pathlib.Path(folder, name).write_bytes(data)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile sig".split()
        return subprocess.run(command + ["-digest", "sha256"] * (len(der) == 91), cwd=folder, capture_output=True).returncode == 0
def envelope(wire, kind=TOTO):  # the payload, the bytes that are signed, the signatures; further fields may stand there
    payload, given = unbase64(wire["payload"]), wire["signatures"]
    need(wire["payloadType"] == kind and 1 <= len(given) <= 64, "another payloadType, no signature, or too many")
    return payload, f"DSSEv1 {len(kind)} {kind} {len(payload)} ".encode() + payload, [unbase64(one["sig"]) for one in given]
def signed_by(parsed, der): return any(verifies(der, signature, parsed[1]) for signature in parsed[2])
def node(*parts): return hashlib.sha256((b"\0", b"\1")[len(parts) - 1] + b"".join(parts)).digest()  # RFC 6962, section 2.1; of one part: a leaf
def split(count): return 1 << (count - 1).bit_length() - 1  # how many leaves the left one of two children has
def merkle(nodes): return nodes[0] if len(nodes) == 1 else node(merkle(nodes[:split(len(nodes))]), merkle(nodes[split(len(nodes)):]))
def moment(text): return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
def envelopes(r):  # the envelope and what repeats it; the statement in its form
    r.main, own = envelope(strict(r.read("report.dsse.json"))), key_der(r.read("report.pub.pem").decode())
    need(signed_by(r.main, own) and (not r.key or signed_by(r.main, key_der(r.key.read_text()))), "no good signature by the key")
    r.statement, wrappings = strict_canonical(r.main[0]), []
    r.report, form = r.statement["predicate"], {"_type": STATEMENT, "predicateType": "https://weighhouse.org/attestation/test-report/v1"}
    need(r.statement == form | {key: r.statement[key] for key in ("predicate", "subject")} and KEYS <= set(r.report) <= KEYS | {"judges", "amendment"}
         and r.read("report.json") == r.main[0], "another type of statement, other keys, or report.json is not the payload")
    if (r.record / "report.sigstore.json").exists():
        bundle, hint = strict(r.read("report.sigstore.json")), base64.b64encode(hashlib.sha256(own).digest()).decode()
        need((bundle["mediaType"], bundle["verificationMaterial"]["publicKey"]["hint"]) == (BUNDLE, hint), "bundle: its type, or hint")
        wrappings.append((envelope(bundle["dsseEnvelope"]), r.main[0]))
    if (r.record / "report.intoto.jsonl").exists():
        first, second, *r.further = r.read("report.intoto.jsonl").split(b"\n")
        wrappings += [(envelope(strict(first)), r.main[0]), (envelope(strict(second)), canonical(test_result(r)))]
    need(all(parsed[0] == payload and signed_by(parsed, own) for parsed, payload in wrappings), "a wrapping does not follow from this report")
def test_result(r):
    plan, part = r.report["plan"], lambda one: f" ({one['stratum']['language']})" if "language" in (one["stratum"] or "") else ""
    sources = {f"report:{r.report['id']}": sha(r.main[0]), "profile:{id}@{version}".format(**plan["profile"]): plan["profile"]["digest"]}
    sources |= {f"suite:{key}@{suite['version']}": suite["digest"] for key, suite in plan["suites"].items()}
    named = lambda *verdicts: [one["requirement"] + part(one) for one in r.report["findings"] if one["verdict"] in verdicts]
    body = {"configuration": [{"name": name, "digest": {"sha256": digest}} for name, digest in sources.items()], "passedTests": named("conforms"),
            "warnedTests": named("inconclusive", "not_assessed"), "failedTests": named("does_not_conform"),
            "result": {"conforms": "PASSED", "does_not_conform": "FAILED"}.get(r.report["verdict"], "WARNED")}
    return {"_type": STATEMENT, "subject": r.statement["subject"], "predicateType": PREDICATES + "test-result/v0.1", "predicate": body}
def journal(r):  # canonical lines in a chain: a plan, openings before what they hold for, one seal at the end
    *lines, rest = r.read("journal.jsonl").split(b"\n")
    r.head, r.lines, r.bodies = "0" * 64, len(lines), {}
    for number, text in enumerate(lines):
        body, kind = strict(text)["body"], strict(text)["type"]
        placed = (kind == "planned") == (number == 0) and (kind == "sealed") == (number == len(lines) - 1) and AFTER[kind] <= set(r.bodies)
        need(placed and not rest and text == canonical({"body": body, "prev": r.head, "seq": number, "type": kind}), f"line {number + 1}: misplaced")
        r.head, _ = sha(text), r.bodies.setdefault(kind, []).append(body)
    r.plan, r.seal, r.answers, r.judged = r.bodies["planned"][0], r.bodies["sealed"][0], r.bodies.get("trial", []), r.bodies.get("judgement", [])
    r.sealed, r.trials = r.seal["at"], {body["trial"]: body["responses"] for body in r.answers}
def completeness(r):  # every planned trial once, and none else
    counts, asked = collections.Counter(trial.rsplit(":", 2)[0] for trial in r.trials), sum(map(len, r.trials.values()))
    need(counts == collections.Counter({key: suite["trials"] for key, suite in r.plan["suites"].items()}) and "shard" not in r.plan
         and len(r.answers) == len(r.trials) == r.plan["trials"] == r.seal["trials"] and asked == r.plan["requests"], "not the planned trials")
    leaves = sorted(r.answers, key=lambda body: body["trial"]) + sorted(r.judged, key=lambda body: body["judged"])
    need(merkle([node(canonical(body)) for body in leaves]).hex() == r.seal["transcript"], "another Merkle root")
def amendments(r, name="amendments.json"):  # the report's id and amendment, from the record's own report on
    told, r.issued = {key: r.report[key] for key in r.report if key != "amendment"} | {"id": "WH-" + r.head[:16]}, r.sealed
    kept = strict_canonical(r.read(name)) if (r.record / name).exists() else {"amendments": []}
    for one in kept["amendments"]:
        need(kept == {"amendments": kept["amendments"], "format": "weighhouse-amendments/1"} and one["at"] >= r.issued and one["reason"].strip()
             and all(map(str.strip, one["laboratory"].values())), "no amendment")
        one["replaces"] = {"id": told["id"], "issued": r.issued, "statement": sha(canonical(r.statement | {"predicate": told}))}
        told, r.issued = told | {"amendment": one, "id": "WH-" + sha(canonical(one))[:16]}, one["at"]
    need(told == r.report, "the report's id or amendment is not what follows")
def repetition(r):  # what the report repeats from the journal
    opened, model = r.bodies["opened"], r.bodies["opened"][0]["subject"]
    record = {"commitment": r.report["record"]["commitment"], "journal_head": r.head, "journal_lines": r.lines, "sealed": r.sealed,
              "opened": [body["at"] for body in opened]} | {key: r.seal[key] for key in ["energy"] if key in r.seal}
    conditions = list({canonical(body["conditions"]): body["conditions"] for body in opened}.values())
    own = {"subject": model, "plan": r.plan, "conditions": conditions, "transcript": r.seal["transcript"], "record": record}
    need(all(canonical(r.report[key]) == canonical(own[key]) for key in own), "model, plan, conditions or record are not the journal's")
    named = sorted((file["name"].rsplit("/", 1)[-1], file["sha256"]) for file in model["files"])
    named += [(f"model:/{key}", model[key]) for key in ("tokenizer", "config", "chat_template") if model[key]]
    need(r.statement["subject"] == [{"name": name, "digest": {"sha256": digest}} for name, digest in named]
         and all(body["subject"] == model for body in opened), "the statement's subject is not the model's files and parts")
    whole = {"tier": "full", "limit": None, "languages": []}.items() <= r.plan["options"].items()
    need(r.report["deviations"] or whole and not any(one["unscored"] for one in r.report["estimates"]), "no deviation where the record shows one")
def suites(r):  # digests of every file, ids and versions; trials are cases
    files = {path.relative_to(r.record / "suites").as_posix(): path.read_bytes() for path in (r.record / "suites").rglob("*") if not path.is_dir()}
    for key, plan in r.plan["suites"].items():
        own = {name.removeprefix(key + "/"): files.pop(name) for name in sorted(files) if name.startswith(key + "/")}
        listed = [{"path": name, "sha256": sha(data), "size": len(data)} for name, data in own.items()]
        need(sha(canonical(listed)) == plan["digest"], f"{key}: another digest")
        if "suite.toml" in own:  # else it is a suite in one file, perhaps in YAML
            head = tomllib.loads(own["suite.toml"].decode())
            rows = [(name[6:-6], strict(row)) for name in own if name[:6] == "cases." for row in own[name].split(b"\n") if row.strip()]
            cases = {f"{key}:{language}:{row['id']}": row for language, row in rows if "id" in row}
            need((head["id"], head["version"]) == (key, plan["version"]), f"{key}: another id or version in suite.toml")
            need({trial.split("~")[0] for trial in r.trials if trial.startswith(key + ":")} <= set(cases), f"{key}: a trial that is no case")
            r.suites[key] = head, cases
    need(not files, "files that belong to no planned suite")
def limit_holds(k, n, lower, level):  # Clopper and Pearson's lower limit: there P(X >= k) crosses (1 - level) / 2
    way = lambda i, p: math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p)
    tail = lambda p: math.fsum(math.exp(way(i, p)) for i in range(k, n + 1))
    return lower == 0 if k == 0 else tail(lower - 1e-9) <= (1 - level) / 2 <= tail(lower + 1e-9)
def interval_holds(told, level):  # below, missing units count as the worst, above as the best
    n, scored, method, point = told["planned"], told["scored"], told["interval"]["method"], float(told["point"] or 0)
    lower, upper, stated = (float(told["interval"][key]) for key in ("lower", "upper", "level"))
    hits, kind = round(point * scored), ("korn_graubard", "clopper_pearson")[told["clusters"] == n]  # exact where each unit is its own cluster
    if not scored or method not in ("clopper_pearson", "korn_graubard"): return lower <= upper and stated == level
    return (method == kind and stated == level and point == hits / scored and 0 <= lower <= hits / n and (hits + n - scored) / n <= upper <= 1
            and (kind == "korn_graubard" or limit_holds(hits, n, lower, level) and limit_holds(scored - hits, n, 1 - upper, level)))
def chosen_right(case, responses):  # whether the first of the highest likelihoods is the right choice's; None: not all were scored
    texts, scores = case.get("choices", ["better", "worse"]), [float(one.get("likelihood", {"log_prob": "nan"})["log_prob"]) for one in responses]
    right = case.get("answer", 0) if isinstance(case.get("answer", 0), int) else texts.index(case["answer"])
    return None if len(scores) != len(texts) or any(map(math.isnan, scores)) else scores.index(max(scores)) == right
def accuracy_holds(told, head, cases, trials):  # choices are decided again
    parts = lambda key: ["all", {"language": key.split(":")[1]}, *({"tag": tag} for tag in cases[key].get("tags", []) + head.get("tags", []))]
    units = [(cases[key], trials[key]) for key in trials if key.startswith(told["suite"] + ":") and "~" not in key and told["stratum"] in parts(key)]
    marks = [mark for mark in (chosen_right(*unit) for unit in units) if mark is not None]
    counts, point = (len(units), len(marks), len({case.get("family", case["id"]) for case, _ in units})), told["point"] and float(told["point"])
    return (told["planned"], told["scored"], told["clusters"]) == counts and point == (sum(marks) / len(marks) if marks else None)
def figures(r):  # counts, intervals, answers
    look = r.plan.get("look", {"confidence": [r.profile["confidence"]], "suites": {}})
    for told in r.report["estimates"]:
        key, name, interval = told["suite"], "{suite} {measure} {stratum}".format(**told), told["interval"] or {}
        parts = [one | {"stratum": "all"} for one in r.report["estimates"]
                 if told["stratum"] == "all" and (one["suite"], one["measure"]) == (key, told["measure"]) and "language" in one["stratum"]]
        need(told["stratum"] != "all" or len(parts) > 1 and sum(one["planned"] for one in parts) == told["planned"] or parts == [told],
             f"{name}: languages do not make up the whole")
        need(all(type(figure) is str for figure in [told["point"] or "", *interval.values()]), f"{name}: a figure that is no text")
        need(told["planned"] == told["scored"] + sum(told["unscored"].values()) and told["clusters"] <= told["planned"], f"{name}: its counts")
        level = float(look["confidence"][look["suites"].get(key, {"look": 1})["look"] - 1])  # of the look that extended the suite last
        need(not interval or interval_holds(told, level), f"{name}: its interval")
        again = key in r.suites and told["measure"] == "accuracy" and "perturb" not in r.suites[key][0]  # what a suite makes may be in another order
        need(not again or accuracy_holds(told, *r.suites[key], r.trials), f"{name}: not what the answers say")
        r.left += [f"points of {told['measure']} of {key}"] * (told["stratum"] == "all" and not again)
def verdicts(estimate, limit, rule, cases=0, **_):  # what the rule allows
    told = (estimate or {}) if rule == "point" else estimate and estimate["interval"] or {}
    ends = [end for end in map(told.get, ("point", "lower", "upper")) if end and limit]
    over = [(decimal.Decimal(end) - decimal.Decimal(*limit.values())) * (1 if "at_least" in limit else -1) for end in ends]
    if not over: return {"not_assessed", "inconclusive"} if estimate and limit else {"not_assessed"}
    if min(over) >= 0: return {"conforms" if estimate["scored"] >= cases else "inconclusive"}
    return set(WORST[1:]) if rule != "three_way" else {"does_not_conform" if max(over) < 0 else "inconclusive"}
def profile(r):
    r.profile, digest = tomllib.loads(r.read("profile.toml").decode()), sha(r.read("profile.toml"))
    need({"digest": digest, "id": r.profile["id"], "version": r.profile["version"]} == r.report["plan"]["profile"], "not the planned one")
def findings(r):  # each requirement with its estimate, by its rule; the worst is the verdict
    told, wanted = r.report["findings"], r.profile["requirement"]
    need(list(dict.fromkeys(one["requirement"] for one in told)) == [want["id"] for want in wanted], "the requirements are not the profile's")
    for want in wanted:
        mine, scope = [one for one in told if one["requirement"] == want["id"]], want.get("scope")
        fitting = [one for one in r.report["estimates"] if (one["suite"], one["measure"]) == (want.get("suite"), want.get("measure"))
                   and ("language" in one["stratum"] if scope == "each-language" else one["stratum"] == scope)]
        own = {"title": want["title"]["en"], "rule": want["rule"].replace("-", "_") if "rule" in want else None, "cases": want.get("cases"),
               "limit": {key: want[key] for key in ("at_least", "at_most") if key in want} or None}
        need(all(own == {key: one.get(key) for key in own} and one["verdict"] in verdicts(**one) for one in mine)
             and [one["estimate"] for one in mine] == (fitting or [None]), f"{want['id']}: its title, limit, rule, estimate or verdict")
    need(r.report["verdict"] == max((one["verdict"] for one in told), key=WORST.index), "the verdict is not the worst of the findings")
def approvals(r):  # the report, and each countersignature of it that was made after it, with the times
    yield r.main, r.issued
    for data in [path.read_bytes() for path in r.countersignature] + r.further:
        with contextlib.suppress(Exception):  # what is no countersignature approves nothing, and does no harm
            parsed = envelope(strict(data))
            body, form = strict(parsed[0]), {"_type": STATEMENT, "predicateType": PREDICATES + "svr/v0.2"}
            said, subjects = body["predicate"], [one["digest"]["sha256"] for one in body["subject"]]
            differs = any(re.match(r"https://weighhouse\.org/checked/cases\?([^&]*&)*differing=(?!0(&|\Z))", one) for one in said["properties"])
            fits = form.items() <= body.items() and subjects == [sha(r.main[0])] and len(parsed[2]) <= 4 and len(parsed[0]) <= 1 << 20
            if fits and not differs and moment(r.issued) <= moment(said["timeCreated"]) <= r.now: yield parsed, said["timeCreated"]
def valid(key, day):  # both ends of its period included; a compromised key signs nothing
    gone = key.get("revoked", {"reason": "superseded", "at": "9999"})
    return key.get("valid_from", "") <= day <= key.get("valid_until", "9999") and gone["reason"] == "superseded" and day < gone["at"]
def policy_in(data):  # a policy in its form: no unknown key, every key of a signer once, groups of what stands before them
    told, known = tomllib.loads(data.decode()), []
    groups, rotations = told.get("groups", []), [told[key] for key in ("rotation",) if key in told]
    rings = [[key for one in told["authorities"] for key in one["keys"]], *(one["keys"] for one in rotations)]
    gone = [key["revoked"] for ring in rings for key in ring if "revoked" in key]
    for tables, must, may in (([told], "format id version expires quorum authorities", "groups rotation"), (told["authorities"], "id name keys", ""),
                              (groups, "id members threshold", ""), (rotations, "threshold keys", ""), (gone, "at reason", ""),
                              (sum(rings, []), "pem", "valid_from valid_until revoked")):
        need(all(set(must.split()) <= set(table) <= set((must + " " + may).split()) for table in tables), f"a key is unknown or missing, of {must}")
        need(all(datetime.date.fromisoformat(one[key]) for one in tables for key in ("expires", "at", "valid_from", "valid_until") if key in one), "")
    need(all(key.get("valid_from", "") <= key.get("valid_until", "9999") for key in sum(rings, [])), "a period that ends before it begins")
    need(all(len({key_der(key["pem"]) for key in ring}) == len(ring) for ring in rings), "a key stands twice")
    for one in told["authorities"] + groups + rotations:
        name, among = one.get("id", "[rotation]"), one.get("members", one.get("keys"))
        need(name.lower() not in map(str.lower, known) and set(one.get("members", [])) <= set(known), f"{name}: stands twice, or one is unknown")
        need(1 <= one.get("threshold", 1) <= len(among) == len(set(map(str, among))), f"{name}: its threshold, or a member stands twice")
        known.append(name)
    need(told["format"] == "weighhouse-trust/1" and told["version"] > 0 and told["quorum"] in known and re.fullmatch("[A-Za-z0-9._-]+", told["id"])
         and {one["reason"] for one in gone} <= {"superseded", "compromised"}, "another format, version, name, quorum or reason")
    return told
def trust(r):  # authorities count: never signatures, names or keys
    policy, signed = policy_in(r.policy.read_bytes()), list(approvals(r))
    need(r.now.date().isoformat() < policy["expires"], "the policy has expired")
    agree = {one["id"] for one in policy["authorities"] for key in one["keys"] for parsed, at in signed
             if valid(key, at[:10]) and signed_by(parsed, key_der(key["pem"]))}
    for group in policy.get("groups", []):
        agree |= {group["id"]} if len(agree & set(group["members"])) >= group["threshold"] else set()
    need(policy["quorum"] in agree, f"{policy['quorum']} does not agree; there are {sorted(agree)}")
def rotation(r):  # whether the policy gives way to the one in this envelope: enough keys of both have signed that
    old, parsed = policy_in(r.policy.read_bytes()), envelope(strict(r.rotation.read_bytes()), "application/vnd.weighhouse.trust+toml")
    new, today = policy_in(parsed[0]), r.now.date().isoformat()
    need(new["id"] == old["id"] and new["version"] > old["version"] and today < new["expires"], "of another name, not newer, or expired")
    for one in (old["rotation"], new["rotation"]):
        need(sum(valid(key, today) and signed_by(parsed, key_der(key["pem"])) for key in one["keys"]) >= one["threshold"], "too few keys have signed")
def demands(r):  # age; nonce and model files where they are given
    days, most = (r.now - moment(r.sealed)) / datetime.timedelta(days=1), math.inf if r.max_age is None else r.max_age
    need((r.policy is r.max_age is None or 0 <= days <= most) and r.nonce in (None, r.plan.get("nonce")), "too old, of the future, or another nonce")
    for file in r.report["subject"]["files"] if r.model else []:
        place = r.model / file["name"].rsplit("/", 1)[-1] if r.model.is_dir() else r.model
        need(hashlib.file_digest(open(place, "rb"), "sha256").hexdigest() == file["sha256"], f"the model's {file['name']} is another file")
RECORD = [envelopes, journal, amendments, completeness, repetition, suites, profile, figures, findings]
def asked(r): return [trust] * bool(r.policy) + [rotation] * bool(r.rotation) + [demands]
def verify(r, parts):
    r.read, r.now = lambda name: (r.record / name).read_bytes(), r.now or datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    r.suites, r.further, r.checked, r.faults = {}, [], [], []
    r.left = ["digests of plan, tokenizer, configuration and template; judges; cards; looks; steps; how the commitment was made"]
    r.left += ["whom to trust; countersignatures"] * (not r.policy) + ["model files"] * (not r.model)
    for part in parts:
        try: part(r)
        except Exception as error: r.faults.append(f"{part.__name__}: {type(error).__name__} {str(error)[:160]}")  # a hostile form is a fault, too
        else: r.checked.append(part.__name__)
        if r.faults and part in (envelopes, journal, profile): break  # there is nothing to hold the rest against
    return r
def options(text):
    parser = argparse.ArgumentParser(description=text)
    for name in ("record", "--key", "--policy", "--rotation", "--model"): parser.add_argument(name, type=pathlib.Path)
    for name, kind in {"--now": moment, "--nonce": str, "--max-age": float}.items(): parser.add_argument(name, type=kind)
    parser.add_argument("--countersignature", action="append", default=[], type=pathlib.Path)
    return parser
def tell(r):
    print(*[f"fault: {one}" for one in r.faults], *[f"checked: {one}" for one in r.checked], *[f"not checked: {one}" for one in r.left], sep="\n")
    sys.exit(5 if r.faults else 0)
if __name__ == "__main__": tell(verify(r := options(__doc__).parse_args(), RECORD + asked(r)))
