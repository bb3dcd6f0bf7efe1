import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, type SignedIn, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let owner: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  owner = await asOperator(stage, "owner", { name: "Ana" });
});
afterAll(() => stage.close());

const wanted = { name: "Rui Costa", role: "refunder", refundLimit: "50,00", captureLimit: "200", terminal: "" };
const LINK = /\/dashboard\/invitations\/\w+/;

describe("the team", () => {
  it("is invited by a link that is shown once, changed, and removed", async () => {
    const desk = deskOf(stage, owner);
    const page = await desk.look("/dashboard/team/invite");
    const invited = await desk.send(page, "/dashboard/team/invite", wanted);
    expect([invited.status, LINK.test(invited.text)]).toEqual([201, true]);
    expect(invited.headers.get("cache-control")).toBe("no-store");
    const again = await desk.send(page, "/dashboard/team/invite", wanted);
    expect(again.text).toContain("shown already");
    expect(again.html).not.toMatch(LINK);

    const team = await desk.look("/dashboard/team");
    expect(team.text.match(/Rui Costa/g)?.length).toBe(1);
    expect(team.text).toMatch(/Rui Costa Refunder €50.00 €200.00 All Never yet None/);
    const [, at = ""] = /href="(\/dashboard\/team\/op_\w+)\/change" aria-label="Change: Rui/.exec(team.html) ?? [];

    const change = await desk.look(`${at}/change`);
    expect(change.html).toContain('value="50.00"');
    const changed = await desk.send(change, `${at}/change`, {
      ...wanted,
      role: "support",
      refundLimit: "",
      captureLimit: "",
    });
    expect(changed.to).toBe("/dashboard/team?done=change");
    expect((await desk.look("/dashboard/team")).text).toMatch(/Rui Costa Support — May not — May not All/);

    const renewed = await desk.send(await desk.look(`${at}/link`), `${at}/link`);
    expect(renewed.text).toMatch(LINK);
    const remove = await desk.look(`${at}/remove`);
    expect((await desk.send(remove, `${at}/remove`)).to).toBe("/dashboard/team?done=remove");
    expect((await desk.look("/dashboard/team")).text).not.toContain("Rui Costa");
    expect((await desk.look(`${at}/remove`)).status).toBe(404);
  });

  it("says what is missing or cannot be read, and keeps what was typed", async () => {
    const desk = deskOf(stage, owner);
    const page = await desk.look("/dashboard/team/invite");
    const typed = { name: "Eva", role: "", refundLimit: "much" };
    const { status, html, text } = await desk.send(page, "/dashboard/team/invite", typed);
    expect(status).toBe(422);
    expect(html).toContain('value="Eva"');
    expect(text).toContain("This is missing.");
    expect(text).toContain("Write an amount in euros");
  });

  it("keeps its last owner, and says so in words", async () => {
    const at = `/dashboard/team/${owner.id}/remove`;
    const page = await deskOf(stage, owner).look(at);
    const { status, text } = await deskOf(stage, owner, "pt").send(page, at);
    expect([status, text.includes("É a última pessoa responsável.")]).toEqual([409, true]);
  });

  it("asks for the passkey before anything is typed, and where a press came too late", async () => {
    const desk = deskOf(stage, await signedIn(stage, owner.id, false));
    const touch = "/dashboard/touch?to=%2Fdashboard%2Fteam%2Finvite";
    expect((await desk.look("/dashboard/team/invite")).to).toBe(touch);
    const page = await deskOf(stage, owner).look("/dashboard/team/invite");
    const late = await desk.send(page, "/dashboard/team/invite", wanted);
    expect([late.status, late.html.includes(`href="${touch}"`)]).toEqual([403, true]);
  });

  it("is an owner's: others are refused, and see their own sessions alone", async () => {
    const viewer = await asOperator(stage, "viewer", { name: "Vera" });
    const desk = deskOf(stage, viewer);
    for (const at of ["", "/invite", `/${owner.id}/change`, `/${owner.id}/remove`]) {
      expect((await desk.look(`/dashboard/team${at}`)).status).toBe(403);
    }
    const { text } = await desk.look("/dashboard/sessions");
    expect([text.includes("Vera"), text.includes("Ana"), text.includes("This one")]).toEqual([true, false, true]);
  });
});

describe("the settings", () => {
  it("say who one is, and lead to one's passkeys, sessions and, for owners, the server", async () => {
    const refunder = await asOperator(stage, "refunder", { name: "Rita", refundLimit: 2_000 });
    const { text, html } = await deskOf(stage, refunder).look("/dashboard/settings");
    expect(text).toMatch(/Rita Role Refunder Terminal All Limit of refunds €20.00 You can still refund today €20.00/);
    expect(html).toContain('href="/dashboard/passkeys"');
    expect(html).not.toContain("/dashboard/developers/doctor");
    expect((await deskOf(stage, owner).look("/dashboard/settings")).html).toContain("/dashboard/developers/doctor");
  });
});

describe("a session", () => {
  it("is ended by its owner, once for two presses; another's is not", async () => {
    const other = await signedIn(stage, owner.id);
    const at = `/dashboard/sessions/${other.session}/end`;
    const stranger = deskOf(stage, await asOperator(stage, "support"));
    await stranger.post(at, { key: "k" });
    expect((await deskOf(stage, other).look("/dashboard/sessions")).status).toBe(200);

    const desk = deskOf(stage, owner);
    const page = await desk.look("/dashboard/sessions");
    expect((await desk.send(page, at)).to).toBe("/dashboard/sessions?done=end");
    expect((await desk.send(page, at)).to).toBe("/dashboard/sessions?done=end");
    expect((await deskOf(stage, other).look("/dashboard/sessions")).to).toContain("/dashboard/login");
  });
});
