import { createServer } from "node:http";
import { CannotStart } from "@caravela/platform/cannot-start";
import { expect, it } from "vitest";
import { freePort, listen } from "../../../tests/support/shop.ts";
import { claimPorts } from "./ports.ts";

it("names each port that is taken, and gives those that are not", async () => {
  const taken = [createServer(), createServer()];
  const ports = await Promise.all(taken.map(async (server) => Number(new URL(await listen(server)).port)));
  const [one = 0, other = 0] = ports;
  const wanted = [
    { port: one, setting: "CARAVELA_PORT" },
    { port: await freePort(), setting: "CARAVELA_GATEWAY_PORT" },
    { port: other, setting: "CARAVELA_SHOP_PORT" },
  ] as const;
  const says = ({ port, setting }: (typeof wanted)[number]) =>
    `Port ${port} on 127.0.0.1 is taken: end the program that uses it, or set ${setting} to another port.`;
  await expect(claimPorts("127.0.0.1", wanted)).rejects.toThrow(
    new CannotStart(`${says(wanted[0])}\n${says(wanted[2])}`),
  );
  for (const server of taken) server.close();
  expect(await claimPorts("127.0.0.1", wanted)).toEqual(wanted.map(({ port }) => port));
  expect(await claimPorts("127.0.0.1", [{ port: 0, setting: "CARAVELA_PORT" }])).toEqual([expect.any(Number)]);
});
