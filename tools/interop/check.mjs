// Verifies the Sigstore bundles of signed reports with @sigstore/verify: node check.mjs FOLDER
import fs from "node:fs";
import path from "node:path";
import crypto from "node:crypto";
import { bundleFromJSON } from "@sigstore/bundle";
import { Verifier, toSignedEntity } from "@sigstore/verify";

const folder = process.argv[2];
let accepted = 0;
for (const name of fs.readdirSync(folder).sort()) {
  const at = (file) => fs.readFileSync(path.join(folder, name, file), "utf8");
  const key = crypto.createPublicKey(at("report.pub.pem"));
  const material = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => ({ publicKey: key, validFor: () => true }),
  };
  const verifier = new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, tsaThreshold: 0 });
  const json = JSON.parse(at("report.sigstore.json"));
  verifier.verify(toSignedEntity(bundleFromJSON(json)));
  const payload = Buffer.from(json.dsseEnvelope.payload, "base64");
  payload[payload.length - 2] ^= 1;
  json.dsseEnvelope.payload = payload.toString("base64");
  let refused = false;
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(json)));
  } catch {
    refused = true;
  }
  if (!refused) throw new Error(`${name}: a changed payload is accepted`);
  accepted += 1;
}
console.log(`${accepted} bundles: @sigstore/verify accepts them, and none with a changed payload`);
