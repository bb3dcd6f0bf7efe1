import type { Http } from "@caravela/platform/http";
import { httpProblems } from "@caravela/platform/problems";
import { REMEDY } from "@caravela/platform/validation";
import { type Static, Type } from "typebox";
import type { FaultSettings, Faults, Range } from "../faults/faults.ts";
import { callNames } from "../spg/routes.ts";

const Probability = Type.Number({ minimum: 0, maximum: 1 });
const between = (maximum: number) =>
  Type.Tuple([Type.Number({ minimum: 0, maximum }), Type.Number({ minimum: 0, maximum })]);
const STRICT = { additionalProperties: false };

const CallFaults = Type.Object(
  {
    delayMs: Type.Optional(between(600_000)),
    http: Type.Optional(
      Type.Record(Type.String({ pattern: "^[45]\\d\\d$" }), Probability, {
        ...STRICT,
        [REMEDY]: "must be an error's status, as 503",
      }),
    ),
    dropAnswer: Type.Optional(Probability),
    html: Type.Optional(Probability),
  },
  STRICT,
);

const NotificationFaults = Type.Object(
  {
    drop: Type.Optional(Probability),
    duplicate: Type.Optional(Probability),
    delaySeconds: Type.Optional(between(600)),
    reorder: Type.Optional(Probability),
    corrupt: Type.Optional(Probability),
  },
  STRICT,
);

const Settings = Type.Object(
  {
    seed: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 4_294_967_295 }), Type.Null()])),
    calls: Type.Optional(Type.Record(Type.String(), CallFaults)),
    notifications: Type.Optional(NotificationFaults),
  },
  STRICT,
);

/** What faults can be for: a call, or every one that is not named. */
const NAMES = [...callNames, "*"];

/** `GET /sandbox/faults` and `PUT`, which replaces all; `{}` clears. */
export function serveFaults(http: Http, { faults }: { faults: Faults }): void {
  http.get("/sandbox/faults", async () => faults.settings());
  http.put<{ Body: Static<typeof Settings> }>("/sandbox/faults", { schema: { body: Settings } }, async ({ body }) => {
    const settings = settingsOf(body);
    await faults.replace(settings);
    return settings;
  });
}

function settingsOf({ seed = null, calls = {}, notifications = {} }: Static<typeof Settings>): FaultSettings {
  const unknown = Object.keys(calls).filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw httpProblems.invalidRequest(unknown.map(notKnown));
  for (const [name, { delayMs }] of Object.entries(calls)) inOrder(delayMs, `${pointerTo(name)}/delayMs`);
  inOrder(notifications.delaySeconds, "/notifications/delaySeconds");
  return { seed, calls, notifications };
}

function notKnown(name: string) {
  return { field: pointerTo(name), message: `is not known here: must be one of ${NAMES.join(", ")}` };
}

/** RFC 6901, section 3. */
function pointerTo(name: string): string {
  return `/calls/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function inOrder(range: Range | undefined, field: string): void {
  if (range === undefined || range[0] <= range[1]) return;
  throw httpProblems.invalidRequest([{ field, message: "must be [from, to], the lower first" }]);
}
