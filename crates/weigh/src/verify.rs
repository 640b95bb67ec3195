//! `weigh verify`: is a record signed and whole, and does it give the same report again?

use weigh_attest::keys;
use weigh_attest::tell;
use weigh_attest::verify::verify;

use crate::args::VerifyArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// Carries out `weigh verify`.
pub fn command(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let key = args.key.as_deref().map(keys::read_public).transpose();
    let key = key.map_err(|fault| {
        Failure::new(
            Exit::Usage,
            format!("cannot use the public key: {fault}"),
            "give the PEM file that `weigh key show` prints for the signer",
        )
    })?;
    if !args.dir.is_dir() {
        return Err(Failure::new(
            Exit::Usage,
            format!("cannot verify {}: it is no folder", args.dir.display()),
            "give the folder that holds report.dsse.json",
        ));
    }
    let outcome = verify(&args.dir, key.as_ref());
    if output.json {
        output.line(&tell::as_json(&outcome).to_string());
    } else {
        output.line(tell::as_text(&outcome).trim_end());
    }
    Ok(match outcome {
        Ok(_) => Exit::Success,
        Err(fault) if fault.is_machine() => Exit::Machine,
        Err(_) => Exit::Invalid,
    })
}
