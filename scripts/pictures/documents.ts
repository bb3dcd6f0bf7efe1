import type { Browser, BrowserContextOptions } from "playwright-core";
import type { Stage } from "../../tests/support/stage.ts";
import type { Fortnight } from "./fortnight.ts";
import { keep } from "./keep.ts";
import { openFor, screensOf } from "./screens.ts";

const DESK: BrowserContextOptions = { viewport: { width: 1120, height: 860 } };

/** Which screens are pictures, and as high as what is to be seen of them. */
const SCREENS = { today: 900, tasks: 620, payment: 980, refund: 720, subscription: 860, approval: 640 } as const;

/** Makes every picture of the dashboard in the documents anew. @throws Error where one is too heavy */
export async function takePictures(browser: Browser, stage: Stage, fortnight: Fortnight): Promise<void> {
  const page = await openFor(browser, stage.server.url, fortnight.people.owner, DESK);
  for (const [name, height] of Object.entries(SCREENS)) {
    await page.goto(`${stage.server.url}${screensOf(fortnight)[name]}`);
    await keep(page, `dashboard-${name}.jpg`, height);
  }
  await page.goto(`${stage.server.url}/dashboard/team`);
  await keep(page, "colleagues-team.jpg", 700);
  await page.goto(`${stage.server.url}/dashboard/team/invite`);
  await page.getByLabel("Name").fill("Teresa Lopes");
  await page.getByRole("radio", { name: /^Support/ }).check();
  await page.getByRole("main").getByRole("button", { name: "Invite" }).click();
  await page.getByText("/dashboard/invitations/").waitFor();
  await keep(page, "colleagues-invited.jpg", 560);
  await page.context().close();
}
