import { removeRun } from "./run-folder.ts";

// Outlives the test run that started it: when that is gone, killed or not, nobody holds the other end any more, and
// what it left behind is ended.
const [folder] = process.argv.slice(2);
process.stdin.resume().on("end", () => {
  if (folder !== undefined) void removeRun(folder);
});
