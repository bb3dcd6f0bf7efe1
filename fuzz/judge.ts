import type { Answer as ApiAnswer } from "../tests/support/json.ts";
import type { Input } from "./request.ts";
import { type Change, uncounted } from "./world/counted.ts";
import { CARD_NUMBERS } from "./world/lives.ts";
import type { Things } from "./world/things.ts";
import { type Answer, type Heard, headerIn } from "./world/wire.ts";

/** How long an answer may take, in milliseconds: ten seconds are what a shop's own call of SIBS may. */
export const BOUND_MS = 15_000;

/** What came of an input. */
export interface Outcome {
  readonly heard: Heard;
  readonly changes: readonly Change[];
  /** What both programs wrote to their logs meanwhile. */
  readonly lines: readonly string[];
}

/** What is known of the world that an input was sent into. */
export interface Judging {
  readonly things: Things;
  /** Says in what an answer of the API is not as its description has it. */
  readonly description: (method: string, target: string, answer: ApiAnswer) => Promise<string[]>;
}

/** What of the inside of programs no answer holds. */
const INSIDE = [
  /\n\s+at .+:\d+:\d+/,
  /node:internal/,
  /node_modules/,
  /\/packages\/\w+\/src/,
  /\b(TypeError|RangeError|SyntaxError|ReferenceError)\b/,
  /syntax error at or near|duplicate key value|violates \w+[- ]\w* ?constraint|invalid input syntax|invalid byte sequence/,
  /Cannot read propert|is not a function|is not iterable/,
];

/** All that is wrong with what came of an input; nothing: it is as it should be. */
export async function faultsOf(input: Input, outcome: Outcome, judging: Judging): Promise<string[]> {
  const { heard } = outcome;
  if ("none" in heard) return [...faultsOfNone(input, heard), ...faultsOfLines(outcome.lines, judging)];
  return [
    ...(heard.status >= 500 && !isSaidOfSibs(heard) ? [`answered ${heard.status}`] : []),
    ...(heard.took > BOUND_MS ? [`answered after ${Math.round(heard.took)} ms`] : []),
    ...faultsOfText(`${heard.headers.join("\n")}\n${heard.body.toString("utf8")}`, "the answer", input, judging),
    ...faultsOfLines(outcome.lines, judging),
    ...faultsOfChanges(input, outcome, heard),
    ...(await faultsOfShape(input, heard, judging)),
  ];
}

function faultsOfNone({ isMangled }: Input, { none }: { none: "closed" | "silent" }): string[] {
  if (none === "silent") return [`no answer within ${BOUND_MS} ms`];
  return isMangled ? [] : ["the connection was closed without an answer"];
}

/** SIBS, or a mail server, may be away; whoever asks is told. The gateway here is not: what says so lies. */
function isSaidOfSibs({ status, body }: Answer): boolean {
  return status === 503 && /problems\/(busy)/.test(body.toString("latin1"));
}

function faultsOfText(text: string, where: string, input: Input | null, { things }: Judging): string[] {
  const inside = INSIDE.filter((one) => one.test(text)).map((one) => `${where} tells of the inside: ${one}`);
  const isGatewaysOwn = input?.asked.program === "gateway" && /^[^?]*\/sandbox\/terminals/i.test(input.asked.target);
  const secrets = isGatewaysOwn
    ? []
    : things.secrets.filter((secret) => text.includes(secret)).map(() => `${where} holds a secret`);
  const cards = CARD_NUMBERS.filter((number) => text.includes(number)).map(() => `${where} holds a card's number`);
  return [...inside, ...secrets, ...cards];
}

/** Errors are told to the log whole, but for secrets. */
function faultsOfLines(lines: readonly string[], { things }: Judging): string[] {
  return lines.flatMap((line) => {
    const secrets = things.secrets
      .filter((secret) => line.includes(secret))
      .map(() => `a line of the log holds a secret: ${line}`);
    const cards = CARD_NUMBERS.filter((number) => line.includes(number)).map(
      () => "a line of the log holds a card's number",
    );
    const errors = /"level":(50|60)/.test(line) ? [`a line of the log tells of an error: ${line.slice(0, 900)}`] : [];
    return [...secrets, ...cards, ...errors];
  });
}

function faultsOfChanges({ asked, isMangled }: Input, { changes }: Outcome, { status, body }: Answer): string[] {
  if (isMangled) return []; // half of what was sent may be another request
  const isRead = ["GET", "HEAD", "OPTIONS", "TRACE"].includes(asked.method);
  if (status < 400 && !isRead) return [];
  const unlawful = uncounted(changes, asked, body.toString("latin1"));
  const told = unlawful
    .slice(0, 5)
    .map(({ table, did, columns }) => `${did} ${table}${columns.length > 0 ? ` (${columns})` : ""}`);
  return unlawful.length === 0 ? [] : [`${isRead ? "read" : "refused"}, and it changed ${told.join(", ")}`];
}

/** What refuses a request before it is one of an operation. */
const OF_NO_OPERATION = [404, 405, 408, 413, 414, 415, 417, 431];

/** What the API answers is as its description says. */
async function faultsOfShape(
  input: Input,
  { status, headers, body }: Answer,
  { description }: Judging,
): Promise<string[]> {
  const { asked, isMangled } = input;
  const isDescribed =
    asked.program === "server" &&
    /^\/v1\/[^.%\\;#]*$/.test(asked.target) &&
    ["GET", "POST", "DELETE"].includes(asked.method);
  if (!isDescribed || isMangled || OF_NO_OPERATION.includes(status) || headerIn(headers, "content-encoding") !== null)
    return [];
  const text = body.toString("utf8");
  const type = headerIn(headers, "content-type") ?? "";
  const answer = {
    status,
    headers: new Headers(headers as [string, string][]),
    body: text === "" ? null : /json/.test(type) ? JSON.parse(text) : text,
  };
  return description(asked.method, asked.target, answer);
}
