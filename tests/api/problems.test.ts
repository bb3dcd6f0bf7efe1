import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allProblems } from "../../packages/server/src/http/problem-pages.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("a problem's type", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it.each(allProblems())("/problems/$code is an address that says what to do", async ({ code, status, title }) => {
    const answer = await fetch(`${stage.server.url}/problems/${code}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain(title);
    expect(page).toContain(`HTTP ${status}`);
  });

  it("that is none of ours is not found", async () => {
    for (const code of ["nothing", "constructor", "%3Cscript%3E"]) {
      expect((await fetch(`${stage.server.url}/problems/${code}`)).status).toBe(404);
    }
  });

  it("that an answer names is one of them", async () => {
    const { body } = await stage.api("GET", "/v1/payments/unknown");
    expect((await fetch(stage.server.url + body.type)).status).toBe(200);
  });
});
