import type { Dice } from "../dice.ts";
import { type Tree, treeOf } from "./tree.ts";
import type { Values } from "./values.ts";

/** What a schema of the OpenAPI document may say, as far as values are made by it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** Schemas of one document. */
export class Schemas {
  readonly #document: unknown;

  constructor(document: unknown) {
    this.#document = document;
  }

  /** The schema that is meant: what it refers to, and of a choice the parts that are not null. */
  choices(schema: Schema): readonly Schema[] {
    if (schema.$ref !== undefined) return this.choices(this.#at(schema.$ref));
    const parts = schema.anyOf ?? schema.oneOf ?? [];
    const choices = parts.flatMap((part) => this.choices(part)).filter(({ type }) => type !== "null");
    return choices.length === 0 ? [schema] : choices;
  }

  /** What may stand at a path of a value. */
  along(schema: Schema, path: readonly (string | number)[]): readonly Schema[] {
    const [step, ...rest] = path;
    if (step === undefined) return this.choices(schema);
    return this.choices(schema).flatMap((choice) => {
      const inner = typeof step === "number" ? choice.items : choice.properties?.[step];
      return inner === undefined ? [] : this.along(inner, rest);
    });
  }

  #at(reference: string): Schema {
    const steps = reference.split("/").slice(1);
    return steps.reduce((at, step) => (at as Record<string, unknown>)[step], this.#document) as Schema;
  }
}

/** A value as a schema wants it, as far as the schema says. */
export function valueBy(schemas: Schemas, schema: Schema, { dice, values }: { dice: Dice; values: Values }): Tree {
  const made = (inner: Schema): Tree => valueBy(schemas, inner, { dice, values });
  const chosen = dice.pick(schemas.choices(schema));
  if (chosen.const !== undefined) return treeOf(chosen.const);
  if (chosen.enum !== undefined) return treeOf(dice.pick(chosen.enum));
  switch (typeOf(chosen)) {
    case "object": {
      const { properties = {}, required = [] } = chosen;
      const given = Object.entries(properties).filter(([name]) => required.includes(name) || dice.happens(0.35));
      return { members: given.map(([name, inner]) => [name, made(inner)]) };
    }
    case "array": {
      const { minItems = 0, maxItems = 3, items = {} } = chosen;
      return {
        list: Array.from({ length: dice.between(minItems, Math.min(maxItems, minItems + 3)) }, () => made(items)),
      };
    }
    case "integer":
    case "number":
      return { raw: String(dice.between(chosen.minimum ?? 0, Math.min(chosen.maximum ?? 1_000, 100_000))) };
    case "boolean":
      return { raw: String(dice.happens(0.5)) };
    case "string":
      return { text: textBy(chosen, { dice, values }) };
    default:
      return values.any();
  }
}

function textBy(
  { format, minLength = 0, maxLength = 30 }: Schema,
  { dice, values }: { dice: Dice; values: Values },
): string {
  if (format === "date-time") return values.inDays(dice.between(1, 60));
  if (format === "date") return values.inDays(dice.between(1, 60)).slice(0, 10);
  if (format === "uri") return "https://shop.localhost/thanks";
  if (format === "email") return "ana@example.pt";
  if (format === "ip") return "192.0.2.7";
  return values.of(dice.between(Math.max(1, minLength), Math.min(maxLength, 60)));
}

/** Values at the bounds of a schema, and one step beyond. */
export function edgesOf(schemas: Schemas, schema: Schema, { dice, values }: { dice: Dice; values: Values }): Tree[] {
  return schemas.choices(schema).flatMap((choice): Tree[] => {
    const { minimum, maximum, minLength, maxLength, minItems, maxItems, items } = choice;
    const numbers = [minimum, maximum].flatMap((bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1]));
    const lengths = [minLength, maxLength].flatMap((bound) =>
      bound === undefined ? [] : [bound - 1, bound, bound + 1],
    );
    const counts = [minItems, maxItems].flatMap((bound) => (bound === undefined ? [] : [bound, bound + 1]));
    const one = items === undefined ? null : valueBy(schemas, items, { dice, values });
    return [
      ...numbers.flatMap((number): Tree[] => [
        { raw: String(number) },
        { text: String(number) },
        { raw: `${number}.5` },
      ]),
      ...lengths.map((length): Tree => ({ text: values.of(length) })),
      ...(one === null
        ? []
        : counts.map((count): Tree => ({ list: Array.from({ length: Math.min(count, 2_000) }, () => one) }))),
      ...(choice.enum ?? []).flatMap((value): Tree[] => [treeOf(value), { text: String(value).toUpperCase() }]),
      ...(/date/.test(choice.format ?? "") ? [{ text: values.moment() }, { text: values.moment() }] : []),
    ];
  });
}

function typeOf({ type, properties, items }: Schema): string | undefined {
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return type.find((one) => one !== "null");
  if (properties !== undefined) return "object";
  return items === undefined ? undefined : "array";
}
