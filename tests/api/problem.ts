import { expect } from "vitest";
import type { Answer } from "../support/json.ts";
import type { Stage } from "../support/stage.ts";

/** Holds an answer to be a problem of this status and code, that names this field. */
export function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status, title: expect.any(String) });
  expect(answer.body.detail).toMatch(/\S/);
  expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual(field === undefined ? [] : [field]);
}

/** A POST whose body is sent to the letter. */
export async function postRaw(
  stage: Stage,
  path: string,
  body: string,
  headers: Record<string, string>,
): Promise<Answer> {
  const answer = await fetch(stage.server.url + path, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_stage", "idempotency-key": crypto.randomUUID(), ...headers },
    body,
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
