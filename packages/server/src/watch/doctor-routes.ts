import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { Type } from "typebox";
import { MINUTE } from "../domain/time.ts";
import { problem } from "../http/problems.ts";
import { answers, nullable } from "../http/schemas.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly isWell: boolean;
  readonly says: string;
  /** What a person can do about it. */
  readonly todo?: string;
}

/** Looks at the settings that this server runs with, as `caravela doctor` does. */
export type Examine = () => Promise<readonly Finding[]>;

/** Whoever asks within so long is told the same, in milliseconds of system time: each examination asks SIBS. */
const SAME_FOR = MINUTE;

export const doctorSchema = Type.Object(
  {
    at: nullable(
      Type.String({
        format: "date-time",
        description: "When it was looked at. Null: it cannot be, since no `caravela` command started this server.",
      }),
    ),
    isWell: nullable(Type.Boolean({ description: "Whether all of it is well." })),
    findings: Type.Array(
      Type.Object({
        isWell: Type.Boolean(),
        says: Type.String({ description: "What was found." }),
        todo: nullable(Type.String({ description: "What to do about it. Null: nothing." })),
      }),
    ),
  },
  { title: "Examination", description: "What `caravela doctor` says of the settings of the server that answers." },
);

/** What the doctor says, as data. `examine` null: nobody can look. */
export function doctorRoutes(
  http: Http,
  { examine, systemClock }: { readonly examine: Examine | null; readonly systemClock: Clock },
): void {
  let latest: { readonly at: Date; readonly findings: Promise<readonly Finding[]> } | null = null;

  http.get(
    "/v1/doctor",
    {
      schema: {
        tags: ["Server"],
        operationId: "getExamination",
        summary: "Have the settings of this server checked against SIBS, its addresses and its database",
        description:
          "As `caravela doctor` does: SIBS is asked for a checkout at each terminal, which charges nothing. Looked at anew at most once a minute. No secret is in it.",
        response: answers({ 200: doctorSchema }),
      },
      config: { scope: "admin", problems: ["key_of_one_terminal"], keepsToTerminal: true },
    },
    async ({ caller }) => {
      if (caller.terminal !== null) throw problem("key_of_one_terminal", "This tells of all terminals of the server.");
      if (examine === null) return { at: null, isWell: null, findings: [] };
      const { at, findings } = lately(examine);
      const all = await findings;
      return {
        at: at.toISOString(),
        isWell: all.every(({ isWell }) => isWell),
        findings: all.map(({ isWell, says, todo = null }) => ({ isWell, says, todo })),
      };
    },
  );

  /** Whoever asks while it is looked at waits for the same; what could not be looked at is looked at again. */
  function lately(examined: Examine) {
    const at = systemClock.now();
    if (latest !== null && at.getTime() < latest.at.getTime() + SAME_FOR) return latest;
    const findings = examined();
    const now = { at, findings };
    latest = now;
    findings.catch(() => {
      if (latest === now) latest = null;
    });
    return now;
  }
}
