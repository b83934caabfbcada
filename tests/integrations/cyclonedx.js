// cyclonedx.js FILE: fails where a bill of materials does not hold to the schema of CycloneDX, or names too few parts to
// be one of a release.
const { readFileSync } = require("fs");
const { Spec, Validation } = require("@cyclonedx/cyclonedx-library");

(async () => {
  const text = readFileSync(process.argv[2], "utf8");
  const faults = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text);
  if (faults) throw new Error(JSON.stringify(faults, null, 1));
  const parts = JSON.parse(text).components;
  for (const name of ["libgit2-1.5", "libclang-cpp19", "nlohmann-json3-dev", "libc6"])
    if (!parts.some((part) => part.name === name)) throw new Error(`${name} is missing`);
  console.log(`${parts.length} parts, valid`);
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
