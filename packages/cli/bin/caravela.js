#!/usr/bin/env node
// Plain JavaScript for any Node: this says what is missing where the program itself could not even be read.
const NEEDED = 24;
const major = Number(process.versions.node.split(".")[0]);

if (major < NEEDED) {
  console.error(
    `Caravela runs on Node ${NEEDED} or newer, and this is ${process.versions.node}. Without installing another: npx -p node@${NEEDED} -p caravela caravela ${process.argv.slice(2).join(" ")}`,
  );
  process.exit(1);
}
await import("../dist/cli/src/main.js");
