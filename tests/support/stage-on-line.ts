import type { ServerSettings } from "@caravela/server";
import { type Line, layLine } from "./line.ts";
import { type Stage, setStage } from "./stage.ts";

/**
 * Sets a stage whose server reaches its gateway over a line, which ends with the stage.
 * @param changes what this test's server is set to otherwise
 * @param overhear is told what the gateway answers
 */
export async function setStageOnLine(
  changes: Partial<ServerSettings> = {},
  overhear?: (path: string, text: string) => void,
): Promise<{ stage: Stage; line: Line }> {
  const laid = Promise.withResolvers<Line>();
  const reach = async (gateway: string) => {
    const line = await layLine(gateway, overhear);
    laid.resolve(line);
    return line.url;
  };
  const stage = await setStage(changes, { reach });
  const line = await laid.promise;
  const { close } = stage;
  stage.close = async () => {
    await close();
    await line.close();
  };
  return { stage, line };
}
