//! What is taken, refused and recorded.

use super::*;
use crate::dtype::Dtype;
use crate::memory::Room;
use crate::open::open_parts;
use crate::tiny::TinyModel;

fn parts() -> (tempfile::TempDir, Parts) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.gguf");
    let dtype = Dtype::Q8_0;
    let model = TinyModel {
        dtype,
        ..TinyModel::new(5)
    };
    model.write_gguf(&path).unwrap();
    let parts = open_parts(&path).unwrap();
    (folder, parts)
}

/// A device that computes through candle, and is everywhere.
fn somewhere() -> Accelerator {
    Accelerator {
        name: "candle".to_owned(),
        device: Device::Cpu,
    }
}

fn told(opened: Opened) -> BTreeMap<String, String> {
    opened.map_err(|fault| fault.to_string()).unwrap().1
}

fn refused(opened: Opened) -> String {
    opened
        .map(|(_, conditions)| conditions)
        .unwrap_err()
        .to_string()
}

#[test]
fn an_accelerator_computes_in_the_class_that_was_asked_for() {
    let (_folder, parts) = parts();
    for compute in [Compute::F32, Compute::Bf16] {
        let told = told(Place::on_accelerator(&parts, somewhere(), compute));
        assert_eq!(told, conditions("candle", compute.name(), "candle"));
    }
    assert_eq!(
        refused(Place::on_accelerator(&parts, somewhere(), Compute::Stored)),
        "device candle: it does not compute in stored, only in f32 and bf16; `--device cpu` \
         computes in every class"
    );
}

#[test]
fn another_class_than_was_asked_for_is_a_fallback() {
    let (_folder, parts) = parts();
    let told = told(Place::in_class(
        &parts,
        somewhere(),
        Compute::Bf16,
        Class::F16,
    ));
    assert_eq!(told["compute"], "f16");
    assert_eq!(told[FALLBACK], "candle has no bf16: f16 was used");
}

#[test]
fn the_cpu_is_a_fallback_only_for_an_accelerator_that_is_there() {
    let (_folder, parts) = parts();
    let cpu = || Place::on_cpu(&parts, Compute::Stored, Isa::Portable, 1);
    let plain = conditions("cpu", "stored", "portable");
    let options = OpenOptions {
        compute: Compute::Stored,
        ..OpenOptions::default()
    };
    let estimate = Estimate::new(&parts, &options, Room::now()).unwrap();
    let automatic = Place::open(&parts, &options, Isa::Portable, 1, &estimate);
    assert_eq!(told(automatic), plain);
    let there = Place::on_accelerator(&parts, somewhere(), Compute::Stored);
    let mut told = told(there.or_else(|fault| instead(&fault, cpu)));
    let reason = told.remove(FALLBACK).unwrap();
    assert!(
        reason.starts_with("the CPU was used: device candle: "),
        "{reason}"
    );
    assert_eq!(told, plain);
}

#[test]
fn a_device_that_is_missing_is_an_error() {
    let missing = |is_built| {
        let choice = DeviceChoice::Cuda(1);
        let open = || Err(candle_core::Error::Msg("no such device".to_owned()));
        let fault = device(choice, "cuda", is_built, open).map(|at| at.name);
        fault.unwrap_err().to_string()
    };
    let end = "; `--device auto` takes what there is and records it";
    assert_eq!(missing(true), format!("device cuda:1: no such device{end}"));
    let feature = "this build has no cuda; build with `--features cuda`";
    assert_eq!(missing(false), format!("device cuda:1: {feature}{end}"));
}
