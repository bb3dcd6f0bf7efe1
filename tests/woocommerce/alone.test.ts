import { beforeAll, describe, expect, it } from "vitest";
import { FILES, PluginShop } from "./plugin.ts";

const SECRET = `whsec_${Buffer.from("thirty-two characters of secret!").toString("base64")}`;

let shop: PluginShop;

beforeAll(async () => {
  shop = await PluginShop.open({
    enabled: "yes",
    server: "https://pay.example.pt",
    api_key: "sk_test_1",
    secret: SECRET,
  });
});

it.each(["submitted", "pending"])(
  "has an order wait for a reference that is %s, and for nothing that ends within minutes",
  async (status) => {
    const judge = (method: string) =>
      shop.run("Caravela\\WooCommerce\\Judgement::of($payment, $order)", {
        payment: { id: "pay_1", status: "pending", attempts: [{ method, status }] },
        order: { payments: ["pay_1"], paidBy: null, isPaid: false, cents: 1_250, status: "pending" },
      });
    expect(await judge("multibanco")).toBe("await");
    expect(await judge("mbway")).toBe("nothing");
  },
);

describe("the settings", () => {
  const say = (expression: string, given: object = {}) => shop.run(expression, given);

  it("never show a secret, and keep it where nothing is typed", async () => {
    const html = await say(
      "gateway()->generate_kept_secret_html('secret', ['title' => 'Secret', 'description' => '']) . gateway()->generate_kept_secret_html('api_key', ['title' => 'Key', 'description' => ''])",
    );
    expect(html).not.toContain("whsec_");
    expect(html).not.toContain("sk_");
    expect(await say("gateway()->validate_kept_secret_field('secret', '')")).toBe(SECRET);
    expect(
      await say(
        "(function () { try { gateway()->validate_kept_secret_field('secret', 'x'); } catch (Exception $e) { return $e->getMessage(); } })()",
      ),
    ).toContain("not changed");
  });

  it.each([
    ["https://pay.example.pt", true],
    ["https://pay.example.pt/", true],
    ["http://127.0.0.1:3000", true],
    ["http://pay.example.pt", false],
    ["http://127.0.0.1.example.pt", false],
    ["https://user:pass@pay.example.pt", false],
    ["https://pay.example.pt/v1", false],
  ])("take %s for the server's address: %s", async (address, isTaken) => {
    const said = await say(
      "(function ($a) { try { return gateway()->validate_server_field('server', $a); } catch (Exception $e) { return false; } })($address)",
      { address },
    );
    expect(said).toBe(isTaken ? address.replace(/\/$/, "") : false);
  });
});

it("reckons amounts in whole cents, and refuses what is none", async () => {
  const cents = (amount: string) =>
    shop.run(
      "(function ($a) { try { return Caravela\\WooCommerce\\Amount::cents($a); } catch (InvalidArgumentException $e) { return null; } })($amount)",
      { amount },
    );
  for (const [amount, is] of [
    ["0.29", 29],
    ["12", 1200],
    ["12.5", 1250],
    ["19.990", 1999],
    ["999999.99", 99_999_999],
  ] as const)
    expect(await cents(amount)).toBe(is);
  for (const amount of ["", "-1.00", "1,00", "1.005", "1e3", " 1.00", "1.00\n", "NaN"])
    expect(await cents(amount)).toBeNull();
});

describe("the plugin's files", () => {
  it("are PHP that version 7.4 reads, each closed to whoever calls it by its address", async () => {
    for (const [path, text] of FILES) {
      expect(await shop.lint(path), path).toBeNull();
      if (!path.startsWith("languages/"))
        expect(text, path).toMatch(/^defined\('(ABSPATH|WP_UNINSTALL_PLUGIN)'\) \|\| exit;$/m);
    }
  });

  it("say everything in Portuguese too, and nothing that is not said", () => {
    const said = new Set(
      [...FILES.values()].flatMap((text) =>
        [...text.matchAll(/__\('([^']+)', 'caravela-for-woocommerce'\)/g)].map(([, words]) => words),
      ),
    );
    const translated = [
      ...(FILES.get("languages/caravela-for-woocommerce-pt_PT.l10n.php") ?? "").matchAll(
        /^ {8}'([^']+)' => '([^']+)',$/gm,
      ),
    ];
    expect(new Set(translated.map(([, words]) => words))).toEqual(said);
    for (const [, words = "", theirs = ""] of translated)
      expect(theirs.match(/%(\d\$)?s/g), words).toEqual(words.match(/%(\d\$)?s/g));
  });

  it("ask orders of WooCommerce alone, wherever it keeps them", () => {
    for (const [path, text] of FILES) expect(text, path).not.toMatch(/post_meta|WP_Query|\$wpdb|get_post\(|wp_posts/);
  });
});
