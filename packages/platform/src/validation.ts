import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { FastifyRequest, FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { readAddress } from "./address.ts";
import { CompiledSchemas } from "./compiled-schemas.ts";
import { markBefore } from "./page-mark.ts";
import type { FieldError } from "./problems.ts";

/**
 * Characters that PostgreSQL's JSON can hold: no U+0000 and no half of a surrogate pair. No name or address needs them.
 */
const STORABLE = /^[^\0\ud800-\udfff]*$/u;

const dateTime = fullFormats["date-time"] as { readonly validate: (text: string) => boolean };

/** `date-time` is the standard's. The others are more forgiving than the standard's are, or none of its. */
const FORMATS = {
  "date-time": isMoment,
  // a blank one is none, and whether there must be one is not for this to say
  uri: (text: string) => text.trim() === "" || URL.canParse(text),
  email: (text: string) => STORABLE.test(text) && /^\s*([^\s@]{1,64}@[^\s@]{1,255}\s*)?$/.test(text),
  ip: (text: string) => readAddress(text) !== null,
  page: (text: string) => markBefore(text) !== null,
  storable: STORABLE,
  seen: isSeen,
  line: (text: string) => isSeen(text) && !/[\p{Cc}\u2028\u2029]/u.test(text),
};

function isSeen(text: string): boolean {
  return STORABLE.test(text) && /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Co}]/u.test(text);
}

/** What a text has to be, to whoever sent another. */
const FORMAT_MESSAGES: Readonly<Record<string, string>> = {
  "date-time": "must be a day and time that the calendar has, as 2026-12-31T23:59:00Z",
  uri: "must be a whole address, as https://shop.example/thanks",
  email: "must be an e-mail address",
  ip: "must be an address on the network, as 192.0.2.7",
  page: "must be the `next` of the page before",
  storable: "holds a character that is none: U+0000, or half of a pair",
  seen: "must hold something to see, and no character that is none (U+0000, or half of a pair)",
  line: "must be one line, with something to see in it and no control characters",
} satisfies Partial<Record<keyof typeof FORMATS, string>>;

/** What a value of each type is called. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "must be a text",
  integer: "must be a whole number",
  number: "must be a number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be an object with members",
  null: "must be left out",
};

type Words = (params: Readonly<Record<string, unknown>>) => string | undefined;

const orMore =
  (what: string): Words =>
  ({ limit }) =>
    limit === 1 ? "must not be empty" : `must have ${limit} ${what} or more`;
const atMost =
  (what: string): Words =>
  ({ limit }) =>
    `must have ${limit} ${what} at most`;

/** What is wrong with a value, by the rule of its schema that it breaks: what it has to be, not how it is checked. */
const WORDS: Readonly<Record<string, Words>> = {
  type: ({ type }) => TYPE_WORDS[String(type)],
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[] | undefined)?.join(", ")}`,
  const: ({ allowedValue }) => `must be ${allowedValue}`,
  format: ({ format }) => FORMAT_MESSAGES[String(format)],
  minimum: ({ limit }) => `must be ${limit} or more`,
  maximum: ({ limit }) => `must be ${limit} or less`,
  minLength: orMore("characters"),
  maxLength: atMost("characters"),
  minItems: orMore("entries"),
  maxItems: atMost("entries"),
  maxProperties: atMost("members"),
  additionalProperties: () => "is not known here",
  uniqueItems: ({ i, j }) => `has the same twice, at places ${Number(j) + 1} and ${Number(i) + 1}: name it once`,
};

/**
 * The member of a schema that says what its value must be, where its rules alone would tell nobody: of a pattern, of
 * names, of a choice. It follows the field's name: "must be a day, as 2026-12-31".
 */
export const REMEDY = "x-remedy";

/**
 * Where a schema has a rule that only a program understands, and says no remedy for it: as pointers. What has such is
 * better not served.
 */
export function wordless(schema: unknown, at = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const rules = schema as Readonly<Record<string, unknown>>;
  const { anyOf = [] } = rules as { readonly anyOf?: readonly { readonly type?: unknown }[] };
  const isChoice = anyOf.filter(({ type }) => type !== "null").length > 1;
  const hasNames = "patternProperties" in rules && rules.additionalProperties === false;
  const isWordless = (isChoice || hasNames || "pattern" in rules) && !(REMEDY in rules);
  const within = Object.entries(rules).flatMap(([member, part]) => wordless(part, `${at}/${member}`));
  return [...(isWordless ? [at] : []), ...within];
}

// JSON says itself what is a number; the parts of a URL and headers are texts and are read as what the schema wants
const options = { strict: false, useDefaults: true, allErrors: true, verbose: true, formats: FORMATS } as const;
const ofBodies = validatorsOf(new Ajv(options));
const ofTexts = validatorsOf(new Ajv({ ...options, coerceTypes: "array" }));

function validatorsOf(ajv: Ajv): CompiledSchemas<ValidateFunction> {
  return new CompiledSchemas((schema) => ajv.compile(schema));
}

/** More than a person would mend at once; a body of nothing but mistakes is not answered by a longer one. */
const MOST_FAULTS = 50;

/** Whether a text is a moment as RFC 3339 writes it, which knows leap seconds: no clock of ours does. */
export function isMoment(text: string): boolean {
  return dateTime.validate(text) && !Number.isNaN(Date.parse(text));
}

/** Validates with Ajv what the TypeBox schemas say, without ever changing a body but for its defaults. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = (httpPart === "body" ? ofBodies : ofTexts).of(schema);
  const validate: ReturnType<FastifySchemaCompiler<TSchema>> = (value: unknown) => {
    const isValid = validator()(value);
    validate.errors = validator().errors ?? null;
    return isValid;
  };
  return validate;
};

const PARTS = { params: "params", querystring: "query", body: "body", headers: "headers" } as const;

/** All that is wrong with a request by the schemas of its route, in whichever of its parts. */
export function faultsOf(request: FastifyRequest): FieldError[] {
  const found = Object.entries(PARTS).flatMap(([part, member]) => {
    const isValid = request.getValidationFunction(part as keyof typeof PARTS);
    if (isValid === undefined || isValid(request[member] ?? null)) return [];
    return fieldErrors(isValid.errors ?? [], part);
  });
  return found.slice(0, MOST_FAULTS);
}

/** Ajv's errors as the fields at fault. */
export function fieldErrors(errors: readonly Partial<ErrorObject>[], part = "body"): FieldError[] {
  return firstOfEach(withoutEchoes(errors)).map((error) => {
    const { instancePath = "", keyword = "", params = {} } = error;
    const field = (name: unknown) =>
      part === "body" ? `${instancePath}/${escapePointer(String(name))}` : String(name);
    if (keyword === "required") return { field: field(params.missingProperty), message: "is missing" };
    const message = remedyOf(error) ?? WORDS[keyword]?.(params) ?? "is not valid";
    if (keyword === "additionalProperties") return { field: field(withoutNumbers(params.additionalProperty)), message };
    return { field: pathIn(part, instancePath), message };
  });
}

/** What a schema says itself: of its value, or where its names are chosen by whoever sends it, of these. */
function remedyOf({ keyword, parentSchema = {} }: Partial<ErrorObject>): string | undefined {
  const said: unknown = parentSchema[REMEDY];
  const isOfNames = keyword === "additionalProperties";
  return typeof said === "string" && isOfNames === "patternProperties" in parentSchema ? said : undefined;
}

/**
 * What may be null, or of two kinds, is a choice: that a wrong value is not null either, nor any of the two, helps
 * nobody, but what it says itself of what it takes; nor that it is not of the other kind, where something inside it is
 * wrong.
 */
function withoutEchoes(errors: readonly Partial<ErrorObject>[]): readonly Partial<ErrorObject>[] {
  const isOfMember = ({ keyword = "" }: Partial<ErrorObject>) => ["required", "additionalProperties"].includes(keyword);
  const isWrongWithin = (path = "") =>
    errors.some((one) => one.instancePath?.startsWith(`${path}/`) || (one.instancePath === path && isOfMember(one)));
  const isChoice = (error: Partial<ErrorObject>) => error.keyword === "anyOf" && remedyOf(error) !== undefined;
  const isTold = ({ instancePath }: Partial<ErrorObject>) =>
    !isWrongWithin(instancePath) && errors.some((one) => isChoice(one) && one.instancePath === instancePath);
  const isOfOther = ({ instancePath, schemaPath = "" }: Partial<ErrorObject>) =>
    /\/anyOf\/\d+\/(type|const|enum)$/.test(schemaPath) && isWrongWithin(instancePath);
  const telling = errors.filter((error) => {
    if (error.keyword === "anyOf") return isChoice(error) && isTold(error);
    return !(error.keyword === "type" && error.params?.type === "null") && !isOfOther(error) && !isTold(error);
  });
  return telling.length === 0 ? errors : telling;
}

/** What breaks one rule of a schema breaks others too: one of them is enough to find the mistake. */
function firstOfEach(errors: readonly Partial<ErrorObject>[]): readonly Partial<ErrorObject>[] {
  const seen = new Map<string, Partial<ErrorObject>>();
  for (const error of errors) {
    const { instancePath, schemaPath = "", params } = error;
    const name = params?.missingProperty ?? params?.additionalProperty ?? "";
    const place = JSON.stringify([instancePath, name, schemaPath.replace(/[^/]*$/, "")]);
    if (!seen.has(place)) seen.set(place, error);
  }
  return [...seen.values()];
}

function pathIn(part: string, instancePath: string): string {
  return part === "body" ? instancePath : instancePath.replace(/^\//, "");
}

/** A name that nobody knows is told back to whoever sent it, but for a number that could be a card's. */
export function withoutNumbers(name: unknown): string {
  return String(name).replace(/\d(?:[ .-]?\d){11,}/g, "[digits]");
}

/** RFC 6901, section 3. */
function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
