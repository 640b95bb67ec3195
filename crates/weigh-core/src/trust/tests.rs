//! Policies and approvals: who is counted, how often, and when.

use super::*;
use crate::diagnostic::Diagnostic;

/// Keys of these tests are named and not real: what is no key begins with `no`.
fn key(pem: &str) -> Result<Digest, String> {
    if pem.starts_with("no") {
        return Err("it is none".to_owned());
    }
    // A key may be written in two ways, as PEM with other line ends.
    Ok(Digest::of(pem.trim_end().as_bytes()))
}

const POLICY: &str = r#"format = "weighhouse-trust/1"
id = "coast"
version = 3
expires = "2027-06-30"
quorum = "coast"
[[authorities]]
id = "ke"
name = "Authority of Kenya"
keys = [
  { pem = "ke-1", valid_until = "2026-06-30", revoked = { at = "2026-05-01", reason = "superseded" } },
  { pem = "ke-2", valid_from = "2026-05-01", valid_until = "2027-04-30" },
]
[[authorities]]
id = "tz"
name = "Authority of Tanzania"
keys = [
  { pem = "tz-1", revoked = { at = "2026-08-01", reason = "compromised" } },
  { pem = "tz-2", valid_from = "2026-08-01" },
]
[[authorities]]
id = "mz"
name = "Authority of Mozambique"
keys = [{ pem = "mz-1" }]
[[authorities]]
id = "so"
name = "Authority of Somalia"
keys = [{ pem = "so-1" }]
[[groups]]
id = "north"
members = ["ke", "so"]
threshold = 1
[[groups]]
id = "coast"
members = ["north", "tz", "mz"]
threshold = 2
[rotation]
threshold = 2
keys = [{ pem = "ke-2" }, { pem = "tz-2" }, { pem = "mz-1" }]
"#;

fn policy(text: &str) -> Policy {
    parse("trust.toml", text.as_bytes(), &key).unwrap_or_else(|found| panic!("{found:#?}"))
}

fn at(day: &str) -> Timestamp {
    let time = if day.contains('T') { "" } else { "T12:00:00Z" };
    Timestamp(format!("{day}{time}"))
}

/// Approvals as `key@day`, separated by spaces.
fn approvals(text: &str) -> Vec<Approval> {
    let one = |word: &str| {
        let (name, day) = word.split_once('@').unwrap();
        Approval {
            keyid: key(name).unwrap(),
            at: at(day),
        }
    };
    text.split_whitespace().map(one).collect()
}

/// Who approves, and whether that is enough.
#[test]
fn authorities_are_counted() {
    let rows: &[(&str, &str, &str, &str, bool)] = &[
        ("nobody", "", "2026-11-28", "", false),
        ("one of three", "mz-1@2026-11-01", "2026-11-28", "mz", false),
        (
            "two of three",
            "mz-1@2026-11-01 tz-2@2026-11-02",
            "2026-11-28",
            "mz tz",
            true,
        ),
        (
            "a group for one",
            "mz-1@2026-11-01 so-1@2026-11-02",
            "2026-11-28",
            "mz so",
            true,
        ),
        (
            "two of one group",
            "ke-2@2026-11-01 so-1@2026-11-02",
            "2026-11-28",
            "ke so",
            false,
        ),
        (
            "all",
            "ke-2@2026-11-01 so-1@2026-11-02 tz-2@2026-11-01 mz-1@2026-11-01",
            "2026-11-28",
            "ke mz so tz",
            true,
        ),
        (
            "the same signature twice",
            "mz-1@2026-11-01 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "one key at two times",
            "mz-1@2026-11-01 mz-1@2026-11-02",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "two keys of one authority",
            "ke-1@2026-04-01 ke-2@2026-11-01",
            "2026-11-28",
            "ke",
            false,
        ),
        (
            "two keys of one authority and another",
            "ke-1@2026-04-01 ke-2@2026-11-01 mz-1@2026-11-01",
            "2026-11-28",
            "ke mz",
            true,
        ),
        (
            "an unknown key",
            "xx-1@2026-11-01 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "two unknown keys",
            "xx-1@2026-11-01 xx-2@2026-11-01",
            "2026-11-28",
            "",
            false,
        ),
        (
            "superseded, dated before",
            "ke-1@2026-04-30 mz-1@2026-11-01",
            "2026-11-28",
            "ke mz",
            true,
        ),
        (
            "superseded, dated the second before",
            "ke-1@2026-04-30T23:59:59Z mz-1@2026-11-01",
            "2026-11-28",
            "ke mz",
            true,
        ),
        (
            "superseded, dated the day itself",
            "ke-1@2026-05-01T00:00:00Z mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "superseded, dated after",
            "ke-1@2026-05-02 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "superseded, dated after its end, too",
            "ke-1@2026-07-01 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "compromised, dated before",
            "tz-1@2026-01-01 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "compromised, dated after",
            "tz-1@2026-11-01 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "compromised beside the new key",
            "tz-1@2026-11-01 tz-2@2026-11-01 mz-1@2026-11-01",
            "2026-11-28",
            "mz tz",
            true,
        ),
        (
            "too early",
            "ke-2@2026-04-30 mz-1@2026-11-01",
            "2026-11-28",
            "mz",
            false,
        ),
        (
            "on its first second",
            "ke-2@2026-05-01T00:00:00Z mz-1@2026-11-01",
            "2026-11-28",
            "ke mz",
            true,
        ),
        (
            "on its last second",
            "ke-2@2027-04-30T23:59:59Z mz-1@2026-11-01",
            "2027-05-02",
            "ke mz",
            true,
        ),
        (
            "a second too late",
            "ke-2@2027-05-01T00:00:00Z mz-1@2026-11-01",
            "2027-05-02",
            "mz",
            false,
        ),
        (
            "dated in the future",
            "mz-1@2026-11-29 tz-2@2026-11-01",
            "2026-11-28",
            "tz",
            false,
        ),
        (
            "dated now",
            "mz-1@2026-11-28 tz-2@2026-11-01",
            "2026-11-28",
            "mz tz",
            true,
        ),
        (
            "before the policy expires",
            "mz-1@2026-11-01 tz-2@2026-11-02",
            "2027-06-29T23:59:59Z",
            "mz tz",
            true,
        ),
        (
            "when it expires",
            "mz-1@2026-11-01 tz-2@2026-11-02",
            "2027-06-30T00:00:00Z",
            "mz tz",
            false,
        ),
        (
            "long after it expired",
            "mz-1@2026-11-01 tz-2@2026-11-02",
            "2030-01-01",
            "mz tz",
            false,
        ),
        (
            "in any order",
            "tz-2@2026-11-02 mz-1@2026-11-01",
            "2026-11-28",
            "mz tz",
            true,
        ),
    ];
    let policy = policy(POLICY);
    for (what, given, now, approving, recognised) in rows {
        let found = policy.recognise(&approvals(given), &at(now));
        let names: Vec<&str> = found.approving.iter().map(String::as_str).collect();
        assert_eq!(
            (names.join(" ").as_str(), found.recognised),
            (*approving, *recognised),
            "{what}"
        );
    }
}

/// The quorum may be one authority, and nesting may be deep.
#[test]
fn quorums_of_other_shapes() {
    let given = |text: &str| approvals(text);
    let now = at("2026-11-28");
    let alone = POLICY.replace("quorum = \"coast\"", "quorum = \"mz\"");
    assert!(
        policy(&alone)
            .recognise(&given("mz-1@2026-11-01"), &now)
            .recognised
    );
    assert!(
        !policy(&alone)
            .recognise(&given("tz-2@2026-11-01"), &now)
            .recognised
    );
    let all = POLICY.replace("threshold = 2\n[rotation]", "threshold = 3\n[rotation]");
    let two = "mz-1@2026-11-01 tz-2@2026-11-02";
    assert!(!policy(&all).recognise(&given(two), &now).recognised);
    let three = format!("{two} so-1@2026-11-02");
    assert!(policy(&all).recognise(&given(&three), &now).recognised);
    // Read by nobody, made by hand: a threshold of 0 passes nobody.
    let mut open = policy(POLICY);
    open.groups[1].threshold = 0;
    assert!(!open.recognise(&given(&three), &now).recognised);
}

/// Who must have signed a new policy.
#[test]
fn a_policy_gives_way_to_a_newer_one() {
    let newer = POLICY.replace("version = 3", "version = 4").replace(
        "keys = [{ pem = \"ke-2\" }, { pem = \"tz-2\" }, { pem = \"mz-1\" }]",
        "keys = [{ pem = \"ke-3\" }, { pem = \"tz-2\" }, { pem = \"so-1\" }]",
    );
    let (old, new) = (policy(POLICY), policy(&newer));
    let rows: &[(&str, &Policy, &str, &str, &str)] = &[
        ("two of each", &new, "ke-2 tz-2 ke-3", "2026-11-28", ""),
        ("all", &new, "ke-2 tz-2 mz-1 ke-3 so-1", "2026-11-28", ""),
        (
            "the old alone",
            &new,
            "ke-2 mz-1",
            "2026-11-28",
            "0 of the new policy's keys",
        ),
        (
            "the new alone",
            &new,
            "ke-3 so-1",
            "2026-11-28",
            "0 of the old policy's keys",
        ),
        (
            "one of the old",
            &new,
            "tz-2 ke-3 so-1",
            "2026-11-28",
            "1 of the old policy's keys",
        ),
        (
            "one of the new",
            &new,
            "ke-2 mz-1 so-1",
            "2026-11-28",
            "1 of the new policy's keys",
        ),
        (
            "strangers",
            &new,
            "xx-1 xx-2 xx-3",
            "2026-11-28",
            "0 of the old policy's keys",
        ),
        (
            "nobody",
            &new,
            "",
            "2026-11-28",
            "0 of the old policy's keys",
        ),
        (
            "the same again",
            &old,
            "ke-2 tz-2 mz-1",
            "2026-11-28",
            "version 3, and version 3 is in force",
        ),
        (
            "an old one that has expired",
            &new,
            "ke-2 tz-2 ke-3",
            "2027-07-01",
            "it has expired",
        ),
    ];
    for (what, to, keys, now, expect) in rows {
        let signed = keys
            .split_whitespace()
            .map(|name| key(name).unwrap())
            .collect();
        let found = old.gives_way(to, &signed, &at(now));
        let said = found.err().map_or(String::new(), |fault| fault.to_string());
        assert!(
            said.contains(expect) && said.is_empty() == expect.is_empty(),
            "{what}: {said}"
        );
    }
    let signed = ["ke-2", "tz-2", "ke-3"]
        .into_iter()
        .map(|name| key(name).unwrap())
        .collect();
    let now = at("2026-11-28");
    // A newer one cannot be played back over.
    assert!(matches!(
        new.gives_way(&old, &signed, &now),
        Err(RotationFault::NotNewer { .. })
    ));
    let other = policy(&newer.replace("id = \"coast\"\nversion", "id = \"hills\"\nversion"));
    assert!(matches!(
        old.gives_way(&other, &signed, &now),
        Err(RotationFault::Other { .. })
    ));
    let fixed = policy(POLICY.split("[rotation]").next().unwrap());
    assert_eq!(
        fixed.gives_way(&new, &signed, &now),
        Err(RotationFault::Fixed)
    );
    let last = policy(newer.split("[rotation]").next().unwrap());
    assert_eq!(
        old.gives_way(&last, &signed, &now),
        Err(RotationFault::NoSuccessor)
    );
}

fn said(found: &[Diagnostic]) -> Vec<String> {
    let place = |d: &Diagnostic| format!("{}:{} {} {}", d.line, d.column, d.code, d.message);
    found.iter().map(place).collect()
}

#[test]
fn every_way_a_policy_is_wrong() {
    let rows: &[(&str, &str, &str)] = &[
        ("trust/1", "trust/2", "1:10 E0008"),
        (
            "id = \"coast\"\nversion",
            "id = \"the coast\"\nversion",
            "2:6 E0011",
        ),
        ("version = 3", "version = 0", "3:11 E0017"),
        (
            "expires = \"2027-06-30\"",
            "expires = \"30.6.2027\"",
            "4:11 E0702",
        ),
        ("quorum = \"coast\"", "quorum = \"Coast\"", "5:10 E0802"),
        ("quorum = \"coast\"", "quorum = \"inland\"", "5:10 E0802"),
        ("\"tz-1\"", "\"ke-1\"", "17:11 E0013"),
        ("\"tz-1\"", "\"tz-2\\n\"", "18:11 E0013"),
        ("\"mz-1\" }]", "\"no\" }]", "23:17 E0801"),
        (
            "members = [\"ke\", \"so\"]",
            "members = [\"ke\", \"ke\"]",
            "30:18 E0013",
        ),
        (
            "members = [\"ke\", \"so\"]",
            "members = [\"ke\", \"coast\"]",
            "30:18 E0802",
        ),
        (
            "members = [\"ke\", \"so\"]",
            "members = [\"ke\", \"north\"]",
            "30:18 E0802",
        ),
        ("members = [\"ke\", \"so\"]", "members = []", "30:11 E0009"),
        ("threshold = 1", "threshold = 0", "31:13 E0803"),
        ("threshold = 1", "threshold = 3", "31:13 E0803"),
        ("threshold = 1", "threshold = -1", "31:13 E0017"),
        ("id = \"north\"", "id = \"KE\"", "28:1 E0013"),
        ("threshold = 2\nkeys", "threshold = 4\nkeys", "37:13 E0803"),
        ("\"ke-2\" }, {", "\"tz-2\" }, {", "38:35 E0013"),
        (
            "valid_from = \"2026-05-01\"",
            "valid_from = \"2028-05-01\"",
            "11:3 E0804",
        ),
        (
            "reason = \"compromised\"",
            "reason = \"lost\"",
            "17:59 E0008",
        ),
        (
            "reason = \"compromised\"",
            "because = \"lost\"",
            "17:29 E0006",
        ),
        ("name = \"Authority of Kenya\"\n", "", "6:1 E0006"),
    ];
    for (old, new, expect) in rows {
        let text = POLICY.replacen(old, new, 1);
        assert_ne!(text, POLICY, "{old} is not in the policy");
        let found = parse("trust.toml", text.as_bytes(), &key).unwrap_err();
        let said = said(&found);
        assert!(said[0].starts_with(expect), "{new}: {said:#?}");
    }
}
