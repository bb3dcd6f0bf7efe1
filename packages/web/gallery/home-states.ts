import type { HomeView } from "@caravela/web/home";

const everywhere: HomeView["places"] = [
  { name: "dashboard", at: "/dashboard" },
  { name: "docs", at: "/docs" },
  { name: "health", at: "/healthz" },
];

/** The server's own address, in front of SIBS and in front of the gateway of one's own machine. */
export const homeStates: Record<string, Omit<HomeView, "lang">> = {
  production: { version: null, isDemonstration: false, places: everywhere },
  demonstration: {
    version: "0.1.0",
    isDemonstration: true,
    places: [
      { name: "shop", at: "http://127.0.0.1:4000" },
      { name: "phone", at: "http://127.0.0.1:4010/phone" },
      { name: "atm", at: "http://127.0.0.1:4010/atm" },
      ...everywhere,
    ],
  },
};
