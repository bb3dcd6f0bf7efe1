import { HELP, readOptions } from "./options.ts";
import { tableOf } from "./report.ts";
import { keepIn, playRounds } from "./rounds.ts";

const options = readOptions(process.argv.slice(2));
if (options.help) {
  console.log(HELP);
  process.exit();
}
// whatever runs hears of our end, and ends; see ground/watcher.ts
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)
  process.once(signal, () => process.exit(code));

console.log(`seed ${options.seed}`);
const figures = await playRounds(options, {
  tell: (line) => console.log(`${(performance.now() / 1000).toFixed(0)} s  ${line}`),
  keep: keepIn(options.file),
});
console.log("");
for (const line of tableOf(figures)) console.log(line);
process.exit(figures.violations > 0 ? 1 : 0);
