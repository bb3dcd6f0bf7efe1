import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { testFolder } from "@caravela/platform/testing/folder";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { type PublicPackage, pack, publicPackages } from "./packed.ts";

const run = promisify(execFile);
const packages = publicPackages();
const typed = packages.filter(({ manifest }) => "." in manifest.exports);
const tarballs = new Map<PublicPackage, string>();
let folder: string;

beforeAll(async () => {
  folder = await testFolder();
  for (const one of packages) tarballs.set(one, await pack(one, folder));
});

const tarballOf = (one: PublicPackage) => readFileSync(tarballs.get(one) ?? "");

/** The files of a tarball, as they lie in it. */
async function filesOf(one: PublicPackage): Promise<readonly string[]> {
  const { stdout } = await run("tar", ["-tzf", tarballs.get(one) ?? ""]);
  return stdout.trim().split("\n");
}

it("is all that a user can install, and nothing of what is within", () => {
  expect(packages.map(({ name }) => name).sort()).toEqual(PUBLISHED);
});

describe.each(packages.map((one) => [one.name, one] as const))("%s, packed in its folder", (_name, one) => {
  it("has nothing that publint would have otherwise", async () => {
    const { messages } = await publint({ pack: { tarball: tarballOf(one).buffer as ArrayBuffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, one.manifest, { color: false }))).toEqual([]);
  });

  it("says what it is, and brings its licence, its README and what it is built to along, and no source", async () => {
    const { description, license, repository } = one.manifest;
    expect({ description, license, repository }).toEqual({
      description: expect.stringMatching(/^.{20,}\.$/),
      license: "Apache-2.0",
      repository: { type: "git", directory: one.folder.slice(one.folder.lastIndexOf("/packages/") + 1) },
    });
    expect(one.manifest.exports["./package.json"]).toBe("./package.json");
    const files = await filesOf(one);
    expect(files).toEqual(expect.arrayContaining(["package/LICENSE", "package/README.md", "package/package.json"]));
    expect(files.filter((file) => /(?<!\.d)\.tsx?$|\.test\.|\/src\/testing\/scripted/.test(file))).toEqual([]);
  });

  it("leads by no condition but its own to a file that it does not bring along", () => {
    const conditions = Object.values(one.manifest.exports).flatMap((entry) =>
      typeof entry === "string" ? [] : Object.keys(entry),
    );
    expect([...new Set(conditions)].filter((name) => !["@caravela/source", "types", "default"].includes(name))).toEqual(
      [],
    );
  });
});

describe.each(typed.map((one) => [one.name, one] as const))("the types of %s", (_name, one) => {
  it("are found by whatever resolves modules as Node and bundlers do", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarballOf(one))));
    expect(analysis.types).not.toBe(false);
    const problems = "problems" in analysis ? analysis.problems : [];
    // what is published is ESM: CommonJS requires it, which Node can and TypeScript's oldest ways cannot be told of
    const known = problems.filter((problem) => !isOfOldWays(problem));
    expect(known).toEqual([]);
  });
});

function isOfOldWays(problem: object): boolean {
  const kind = "resolutionKind" in problem ? problem.resolutionKind : null;
  return kind === "node10" || kind === "node16-cjs";
}

describe("what needs nothing else", () => {
  it.each(["@caravela/client", "@caravela/sibs"])(
    "%s is imported, and required, by a program that has installed it alone",
    async (name) => {
      const one = packages.find((some) => some.name === name);
      const project = join(folder, name.replace("/", "-"));
      const installed = join(project, "node_modules", name);
      mkdirSync(installed, { recursive: true });
      await run("tar", ["-xzf", tarballs.get(one as PublicPackage) ?? "", "--strip-components=1", "-C", installed]);
      const says = "Object.keys(all).length > 0 ? 'whole' : 'empty'";
      writeFileSync(join(project, "esm.mjs"), `import * as all from "${name}"; console.log(${says});`);
      writeFileSync(join(project, "cjs.cjs"), `const all = require("${name}"); console.log(${says});`);
      for (const file of ["esm.mjs", "cjs.cjs"])
        expect((await run(process.execPath, [file], { cwd: project })).stdout.trim()).toBe("whole");
    },
  );
});

const PUBLISHED = ["@caravela/client", "@caravela/gateway", "@caravela/server", "@caravela/sibs", "caravela"];
