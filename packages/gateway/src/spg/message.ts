import { passesLuhn } from "@caravela/sibs/card-data";
import { parseEuros } from "@caravela/sibs/money";
import { TimestampSchema } from "@caravela/sibs/schemas";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { Static, TSchema } from "typebox";
import { refusals } from "./refusals.ts";
import { readTimestamp } from "./timestamp.ts";

/** Where a member is taken, bounded or refused otherwise than its schema alone would have it. */
export interface Deviation {
  /** Keywords of JSON Schema beside, or in place of, the schema's own. */
  readonly is?: Keywords;
  /** May be missing, though the schema wants it. The type of what is read must say so too. */
  readonly optional?: true;
  /** Taken whatever it holds: nothing here looks at it. */
  readonly unread?: true;
  /** A member that belongs elsewhere: where. */
  readonly belongs?: string;
  /** SIBS's own codes in place of `E0002`. */
  readonly codes?: { readonly missing: string; readonly malformed: string };
  /** What is said of a value that is malformed. */
  readonly says?: string;
}

/** The deviations of one message by the members' paths: `transaction.amount.value`, `transaction.paymentMethod[]`. */
export type Deviations = Readonly<Record<string, Deviation>>;

/**
 * Reads a body: its members that are known, without those that are null.
 * @throws Refusal 400 that names the first member at fault
 */
export type Read<T> = (body: unknown) => T;

interface Keywords {
  readonly pattern?: string;
  readonly format?: keyof typeof FORMATS;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** What a schema is made of, as far as requests have it. */
interface Node extends Keywords {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node | false>>;
  readonly required?: readonly string[];
  readonly items?: Node;
}

/** What JSON Schema cannot say of a value, and what is said of one that is none. */
const FORMATS = {
  // what a database cannot keep (NUL, half a surrogate pair) is none
  text: {
    type: "string",
    validate: (text: string) => text.isWellFormed() && !text.includes("\0"),
    says: "holds a character that is none",
  },
  timestamp: {
    type: "string",
    validate: (text: string) => readTimestamp(text) !== null,
    says: "is not a date and time of ISO 8601",
  },
  "card-number": { type: "string", validate: passesLuhn, says: "is no card's number: its check digit is wrong" },
  euros: { type: "number", validate: hasCents, says: "has more than two decimals" },
} as const;

const TIMESTAMP: Node = TimestampSchema;

const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, formats: { ...FORMATS } });

/**
 * A message by its schema, with its deviations. Members that are unknown are ignored, and `null` counts as missing (met
 * in production).
 */
export function message<Schema extends TSchema>(schema: Schema, deviations: Deviations = {}): Read<Static<Schema>> {
  const strangers = new Set(Object.keys(deviations));
  const taken = deviating(schema as Node, deviations, "", strangers);
  if (strangers.size > 0) throw new Error(`no such members: ${[...strangers].join(", ")}`);
  let compiled: ValidateFunction<Static<Schema>> | undefined;
  return (body) => {
    const members = known(taken, body);
    compiled ??= ajv.compile(taken);
    const validate = compiled;
    if (validate(members)) return members;
    throw refusalOf(firstFault(validate.errors ?? [], taken), deviations);
  };
}

function deviating(node: Node, deviations: Deviations, path: string, strangers: Set<string>): Node {
  strangers.delete(path);
  const { is, unread } = deviations[path] ?? {};
  if (unread) return {};
  if (node.properties !== undefined) {
    const inside = Object.entries(node.properties).map(([name, one]) => {
      const member = one === false ? one : deviating(one, deviations, memberPath(path, name), strangers);
      return [name, member] as const;
    });
    const properties = { ...misplaced(deviations, path, strangers), ...Object.fromEntries(inside) };
    const required = (node.required ?? []).filter((name) => {
      const { unread, optional } = deviations[memberPath(path, name)] ?? {};
      return !unread && !optional;
    });
    return { ...node, properties, required };
  }
  if (node.items !== undefined) {
    return { ...node, ...is, items: deviating(node.items, deviations, `${path}[]`, strangers) };
  }
  if (node.type !== "string") return { ...node, ...is };
  return { ...node, format: node.pattern === TIMESTAMP.pattern ? "timestamp" : "text", ...is };
}

/** What belongs elsewhere is a member that no value fits. */
function misplaced(deviations: Deviations, path: string, strangers: Set<string>): Record<string, false> {
  const names = Object.keys(deviations).filter((one) => {
    const isHere = deviations[one]?.belongs !== undefined && memberPath(path, one.replace(/^.*\./, "")) === one;
    if (isHere) strangers.delete(one);
    return isHere;
  });
  return Object.fromEntries(names.map((one) => [one.replace(/^.*\./, ""), false]));
}

/** The members that the schema knows; own ones only: `__proto__` and `constructor` are names like others. */
function known(node: Node, value: unknown): unknown {
  const { items, properties } = node;
  if (Array.isArray(value)) return items === undefined ? value : value.map((one) => known(items, one));
  if (properties === undefined || typeof value !== "object" || value === null) return value;
  const members: Record<string, unknown> = {};
  for (const [name, of] of Object.entries(properties)) {
    const member: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (member === undefined || (member === null && of !== false)) continue;
    members[name] = of === false ? member : known(of, member);
  }
  return members;
}

/** One member at fault: the names that lead to it. */
interface Fault {
  readonly error: ErrorObject;
  readonly names: readonly string[];
}

/** Ajv tells what is missing before it looks at what is there; SIBS is answered for in the order of the schema. */
function firstFault(errors: readonly ErrorObject[], schema: Node): Fault {
  const [first] = errors
    // that a word is none of a list is said once, not for each word of it
    .filter(({ schemaPath }) => !/\/anyOf\/\d+\//.test(schemaPath))
    .map((error): Fault => ({ error, names: namesOf(error) }))
    .sort((one, other) => compare(ranks(schema, one.names), ranks(schema, other.names)));
  if (first === undefined) throw new Error("a message was refused without a reason");
  return first;
}

function namesOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const names = instancePath.split("/").slice(1);
  return keyword === "required" ? [...names, params.missingProperty] : names;
}

function ranks(schema: Node, names: readonly string[]): number[] {
  let node: Node | false | undefined = schema;
  return names.map((name) => {
    const { properties, items }: Node = node || {};
    node = items ?? properties?.[name];
    return items === undefined ? Object.keys(properties ?? {}).indexOf(name) : Number(name);
  });
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((rank, index) => rank !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function refusalOf({ error, names }: Fault, deviations: Deviations) {
  const isOfList = (name: string) => /^\d+$/.test(name);
  const field = names.reduce((path, name) => (isOfList(name) ? `${path}[${name}]` : memberPath(path, name)), "");
  const { belongs, codes, says } = deviations[field.replaceAll(/\[\d+\]/g, "[]")] ?? {};
  if (belongs !== undefined) return refusals.field(field, `is misplaced: it belongs ${belongs}`);
  const { keyword, data } = error;
  if (keyword === "required" || data === undefined || data === null) {
    return refusals.field(field || "The body", "is missing", codes?.missing);
  }
  if (keyword === "type" && codes !== undefined) return refusals.field(field, typeProblem(error), codes.missing);
  const problem = says ?? PROBLEMS[keyword]?.(error) ?? "is malformed";
  return refusals.field(field || "The body", problem, codes?.malformed);
}

/** What is said of a value that breaks a keyword of its schema. */
const PROBLEMS: Readonly<Record<string, (error: ErrorObject) => string>> = {
  type: typeProblem,
  format: formatProblem,
  pattern: formatProblem,
  minLength: () => "is empty",
  maxLength: ({ params }) => `has more than ${params.limit} characters`,
  maxItems: ({ params }) => `has more than ${params.limit} elements`,
  minimum: ({ parentSchema }) => (parentSchema?.type === "integer" ? WANTED.integer : "must be more than 0"),
  exclusiveMinimum: () => "must be more than 0",
  maximum: () => "is too high",
  const: ({ data, params }) => wordProblem(data, [params.allowedValue]),
  enum: ({ data, params }) => wordProblem(data, params.allowedValues),
  anyOf: ({ data, schema }) =>
    wordProblem(
      data,
      (schema as { const: string }[]).map((one) => one.const),
    ),
};

const WANTED = {
  string: "must be text",
  number: "must be a number",
  integer: "must be a whole number from 1",
  boolean: "must be true or false",
  array: "must be an array",
  object: "must be an object",
} as const;

function typeProblem({ params, data }: ErrorObject): string {
  const type = params.type as keyof typeof WANTED;
  return type === "integer" && typeof data !== "number" ? WANTED.number : WANTED[type];
}

function formatProblem({ parentSchema }: ErrorObject): string {
  const format = parentSchema?.format as keyof typeof FORMATS;
  return parentSchema?.pattern !== undefined && format === "text" ? "is malformed" : FORMATS[format].says;
}

function wordProblem(data: unknown, words: readonly string[]): string {
  return typeof data === "string" ? `must be one of ${words.join(", ")}` : WANTED.string;
}

function hasCents(value: number): boolean {
  try {
    parseEuros(value);
    return true;
  } catch {
    return false;
  }
}

function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
