"""Trust policies, for verify.py: who approves of a report, and whether they are enough."""
import contextlib, tomllib
import verify


def approvals(seen, counters):  # the envelope and time of the report and of each countersignature of it after the seal
    yield seen.main, verify.moment(seen.issued)
    for data in counters:
        with contextlib.suppress(Exception):  # what is no countersignature approves nothing, and does no harm
            parsed = verify.envelope(verify.strict(data))
            body, subjects = verify.strict_canonical(parsed[0]), [one["digest"]["sha256"] for one in verify.strict(parsed[0])["subject"]]
            time, kind = verify.moment(body["predicate"]["timeCreated"]), (body["_type"], body["predicateType"])
            if kind == (verify.STATEMENT, verify.PREDICATES + "svr/v0.2") and verify.sha(seen.main[0]) in subjects and time >= verify.moment(seen.issued):
                yield parsed, time


def valid(key, day):  # both ends of its period included; a compromised key signs nothing
    gone = key.get("revoked", {"reason": "superseded", "at": "9999"})
    return key.get("valid_from", "") <= day <= key.get("valid_until", "9999") and gone["reason"] == "superseded" and day < gone["at"]


def trust(seen, args):  # authorities count: never signatures, names or keys
    policy, counters = tomllib.loads(args.policy.read_text()), [path.read_bytes() for path in args.countersignature]
    keys = [(verify.key_der(key["pem"]), one["id"], key) for one in policy["authorities"] for key in one["keys"]]
    seen.need(policy["format"] == "weighhouse-trust/1" and seen.now.date().isoformat() < policy["expires"]
              and len({der for der, *_ in keys}) == len(keys), "policy: its format, expired, or a key stands twice")
    signed = [(parsed, time.date().isoformat()) for parsed, time in approvals(seen, counters + seen.further) if time <= seen.now]
    agree = {name for der, name, key in keys for parsed, day in signed if valid(key, day) and verify.signed_by(parsed, der)}
    known = {one["id"] for one in policy["authorities"]}
    for group in policy.get("groups", []):
        members, enough = set(group["members"]), group["threshold"]
        seen.need(members <= known and group["id"] not in known and 1 <= enough <= len(members), f"policy: the group {group['id']}")
        known, agree = known | {group["id"]}, agree | ({group["id"]} if len(members & agree) >= enough else set())
    seen.need(policy["quorum"] in agree, f"policy: {policy['quorum']} does not agree; there are {sorted(agree)}")
