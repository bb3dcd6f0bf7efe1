import type { FastifyInstance, FastifyRequest } from "fastify";
import { httpProblems, Problem } from "./problems.ts";

/**
 * Has bodies read as JSON, an empty one as none at all (many clients say that it is JSON at a POST without one), and
 * every other type refused. A member that stands twice is refused by name: which of two amounts was meant is nobody's
 * to guess; so is one that would change what all objects are.
 */
export function takeJson(
  http: Pick<FastifyInstance, "getDefaultJsonParser" | "removeAllContentTypeParsers" | "addContentTypeParser">,
): void {
  const parse = http.getDefaultJsonParser("error", "error");
  http.removeAllContentTypeParsers();
  http.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    (request: FastifyRequest, body: Buffer, done) => {
      const text = textOrProblem(body, request.headers["content-type"]);
      if (text instanceof Problem) done(text);
      else if (text.trim() === "") done(null, undefined);
      else parse(request, text, (error, value) => done(error ?? doubled(text), value));
    },
  );
}

function textOrProblem(body: Buffer, contentType: string | undefined): string | Problem {
  try {
    return jsonText(body, contentType);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function doubled(text: string): Problem | null {
  const fields = doubledMembers(text);
  const message = "stands more than once: send it once";
  return fields.length === 0 ? null : httpProblems.invalidRequest(fields.map((field) => ({ field, message })));
}

/** So many are named. */
const MOST_NAMED = 10;

/** What stands in a JSON where it is known to be one: texts, and what opens, parts and closes. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** An object or a list that is open. */
interface Open {
  /** The names of an object's members, and whether each is known to stand more than once; null for a list. */
  readonly names: Map<string, boolean> | null;
  /** The member or the place that is being read. */
  at: string | number;
  isNameNext: boolean;
}

/**
 * The members of a JSON that stand more than once in their object, as JSON pointers, in one pass.
 * @param json one that can be parsed
 */
export function doubledMembers(json: string): string[] {
  const found: string[] = [];
  const open: Open[] = [];
  for (const [token] of json.matchAll(TOKENS)) {
    const inner = open.at(-1);
    if (token === "{") open.push({ names: new Map(), at: "", isNameNext: true });
    else if (token === "[") open.push({ names: null, at: 0, isNameNext: false });
    else if (token === "}" || token === "]") open.pop();
    else if (inner === undefined) continue;
    else if (token === ",") {
      inner.isNameNext = inner.names !== null;
      if (typeof inner.at === "number") inner.at += 1;
    } else if (inner.isNameNext) {
      const name: string = JSON.parse(token);
      inner.at = name;
      inner.isNameNext = false;
      const isKnown = inner.names?.get(name);
      if (isKnown === false) found.push(open.map(({ at }) => `/${escaped(String(at))}`).join(""));
      inner.names?.set(name, isKnown !== undefined);
      if (found.length === MOST_NAMED) break;
    }
  }
  return found;
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/**
 * The text of a JSON body, in the encoding that its `Content-Type` names: UTF-8, unless it names another. A mark at its
 * beginning is no part of it.
 * @throws Problem 415 for an encoding that nobody knows, 400 for bytes that are none of it.
 */
export function jsonText(bytes: Buffer, contentType = ""): string {
  const [, charset = "utf-8"] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType) ?? [];
  const decoder = decoderOf(charset);
  try {
    return decoder.decode(bytes);
  } catch {
    throw httpProblems.malformedBody(`The body is not in ${charset}: send JSON in UTF-8.`);
  }
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

function decoderOf(charset: string): TextDecoder {
  if (charset === "utf-8") return UTF_8;
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw httpProblems.unsupportedMediaType("The body is in an encoding that is not known here: send JSON in UTF-8.");
  }
}
