import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { SignedIn } from "../../tests/support/operators.ts";
import type { Stage } from "../../tests/support/stage.ts";
import type { Fortnight } from "./fortnight.ts";

/** Every screen of the dashboard, by a name for its picture. @param fortnight what there is to be seen on them */
export function screensOf({ payments, approval, mandate, customer }: Fortnight): Record<string, string> {
  const payment = (id: string, rest = "") => `/dashboard/payments/${id}${rest}`;
  return {
    today: "/dashboard/today",
    tasks: "/dashboard/tasks",
    payments: "/dashboard/payments",
    "payments-found": "/dashboard/payments?q=2400",
    payment: payment(payments.story),
    "payment-unpaid": payment(payments.unpaid),
    "payment-held": payment(payments.held),
    "payment-in-doubt": payment(payments.inDoubt),
    "payment-waiting": payment(payments.waiting),
    refund: payment(payments.story, "/refund"),
    "refund-in-doubt": payment(payments.inDoubt, "/refund"),
    capture: payment(payments.held, "/capture"),
    release: payment(payments.held, "/release"),
    cancel: payment(payments.unpaid, "/cancel"),
    link: payment(payments.unpaid, "/link"),
    receipt: payment(payments.story, "/receipt"),
    approval: payment(payments.waiting, `/approvals/${approval}`),
    refunds: "/dashboard/refunds",
    "new-link": "/dashboard/links/new",
    subscriptions: "/dashboard/subscriptions",
    subscription: `/dashboard/subscriptions/${mandate}`,
    customer: `/dashboard/customers/${customer}`,
    developers: "/dashboard/developers",
    "new-key": "/dashboard/developers/keys/new",
    "new-endpoint": "/dashboard/developers/endpoints/new",
    events: "/dashboard/developers/events",
    requests: "/dashboard/developers/requests",
    doctor: "/dashboard/developers/doctor",
    team: "/dashboard/team",
    invite: "/dashboard/team/invite",
    audit: "/dashboard/audit",
    sessions: "/dashboard/sessions",
    settings: "/dashboard/settings",
    passkeys: "/dashboard/passkeys",
    "sign-in": "/dashboard/login",
  };
}

const SHAPES = {
  desk: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  "desk-dark": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
  "phone-dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  paper: { viewport: { width: 794, height: 1123 }, colorScheme: "light" },
} as const;

/** Opens a browser of a colleague's in which they are signed in. */
export async function openFor(browser: Browser, url: string, { cookie }: SignedIn, options: BrowserContextOptions) {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  const [name = "", value = ""] = cookie.split("=");
  const origin = url.replace("http:", "https:");
  await context.addCookies([{ name, value, url: origin, secure: true, httpOnly: true, sameSite: "Strict" }]);
  return context.newPage();
}

/** Takes every screen whose name has these letters in it, in every shape: `folder/desk/payment.png`. */
export async function takeScreens(
  browser: Browser,
  { server }: Stage,
  fortnight: Fortnight,
  { folder, only }: { readonly folder: string; readonly only: string },
): Promise<void> {
  for (const [shape, options] of Object.entries(SHAPES)) {
    const page = await openFor(browser, server.url, fortnight.people.owner, options);
    if (shape === "paper") await page.emulateMedia({ media: "print" });
    for (const [name, path] of Object.entries(screensOf(fortnight)).filter(([name]) => name.includes(only))) {
      await page.goto(`${server.url}${path}`);
      await page.screenshot({ path: join(folder, shape, `${name}.png`), fullPage: true });
    }
    await page.context().close();
  }
}
