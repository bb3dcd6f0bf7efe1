import { startGateway } from "../src/main.ts";

// A gateway in a process of its own: its settings come as the only argument, its address goes to the parent, whose end
// is its own.
const gateway = await startGateway(JSON.parse(process.argv[2] ?? ""));
process.once("disconnect", () => void gateway.close());
process.send?.({ url: gateway.url });
