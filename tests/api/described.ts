import { Ajv2020 } from "ajv/dist/2020.js";
import type { Answer, Json } from "../support/json.ts";
import { responseAt, templateOf } from "../support/listed-problems.ts";
import type { ReceivedEvent } from "../support/shop.ts";
import type { Stage } from "../support/stage.ts";

/** What `/openapi.json` says of one call. */
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Media {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}

/** Holds answers against the API's own description. */
export interface Description {
  readonly document: Json & { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  /** What is wrong with an answer by the description; empty when nothing is. */
  faults(method: string, path: string, answer: Answer): string[];
  /**
   * The examples of what an operation is sent and answers, each with where it stands; undefined: there is none.
   */
  examplesOf(path: string, method: string): [place: string[], example: unknown][];
  /** What is wrong with a value by the schema that stands there. */
  faultsBy(place: readonly (string | undefined)[], value: unknown): string[];
  /** What is wrong with an event by the description of its type. */
  faultsOfEvent(event: Pick<ReceivedEvent, "type" | "data">): string[];
}

/** Reads the description of a running server. */
export async function readDescription(stage: Stage): Promise<Description> {
  const { body: document } = await stage.api("GET", "/openapi.json");
  const ajv = new Ajv2020({
    strict: false,
    formats: { "date-time": isInstant, date: isDate, uri: URL.canParse, email: true },
  });
  ajv.addSchema(document, "api");

  function faults(method: string, path: string, answer: Answer): string[] {
    const template = templateOf(document.paths, path);
    const responses = document.paths[template ?? ""]?.[method.toLowerCase()]?.responses ?? {};
    const status = [String(answer.status), `${String(answer.status)[0]}XX`].find((one) => responses[one] !== undefined);
    if (status === undefined) return [`${method} ${path} answers ${answer.status}, which is not described`];
    const type = answer.headers.get("content-type")?.split(";", 1)[0] ?? "";
    const described = Object.keys(responseAt(document, responses, status)?.content ?? {});
    if (answer.body === null && described.length === 0) return [];
    if (!described.includes(type)) return [`${method} ${path} answers ${type}, described is ${described}`];
    const { $ref } = responses[status] as { $ref?: string };
    const at = $ref?.split("/").slice(1) ?? ["paths", template, method.toLowerCase(), "responses", status];
    const place = [...at, "content", type, "schema"];
    return faultsBy(place, answer.body).map((fault) => `${method} ${path}: ${fault}`);
  }

  function faultsOfEvent(event: Pick<ReceivedEvent, "type" | "data">): string[] {
    const place = ["webhooks", event.type, "post", "requestBody", "content", "application/json", "schema"];
    return faultsBy(place, event).map((fault) => `${event.type}: ${fault}`);
  }

  function faultsBy(place: readonly (string | undefined)[], value: unknown): string[] {
    const validate = ajv.getSchema(`api#/${place.map(pointer).join("/")}`) ?? (() => false);
    if (validate(value)) return [];
    const errors = "errors" in validate ? (validate.errors ?? []) : [];
    return errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  function examplesOf(path: string, method: string): [string[], unknown][] {
    const { requestBody, responses = {} }: Partial<Operation> = document.paths[path]?.[method] ?? {};
    const bodies = Object.entries(responses).map(([status, body]) => [["responses", status], body] as const);
    const good = bodies.filter(([[, status = ""]]) => status.startsWith("2"));
    const all = requestBody === undefined ? good : [[["requestBody"], requestBody] as const, ...good];
    return all.flatMap(([place, body]) => {
      const { content = {} } = body as { content?: Readonly<Record<string, Media>> };
      return Object.entries(content).map(([type, media]): [string[], unknown] => {
        const [named] = Object.values(media.examples ?? {});
        const shared = document.components as { examples: Readonly<Record<string, { value: unknown }>> };
        const value = named?.value ?? shared.examples[named?.$ref?.split("/").at(-1) ?? ""]?.value;
        const at = ["paths", path, method, ...place, "content", type];
        return [at, media.example ?? value];
      });
    });
  }
  return { document, faults, examplesOf, faultsBy, faultsOfEvent };
}

/** The same stage, whose every call to the API is held against the description. */
export function described(stage: Stage, { faults }: Description): { stage: Stage; faults: string[] } {
  const found: string[] = [];
  const api: Stage["api"] = async (method, path, body, headers) => {
    const answer = await stage.api(method, path, body, headers);
    found.push(...faults(method, path, answer));
    return answer;
  };
  return { stage: Object.create(stage, { api: { value: api } }), faults: found };
}

function pointer(part: string | undefined): string {
  return encodeURIComponent((part ?? "").replaceAll("~", "~0").replaceAll("/", "~1"));
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
