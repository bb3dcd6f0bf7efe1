import { describe, expect, it } from "vitest";
import { returnCode, returnCodes } from "./return-codes.ts";

describe("the return codes", () => {
  it("know every code of the reference", () => {
    const dotted = ["00.110.1601", "01.106.0004", "10.106.0001", "10.107.0001", "10.107.0002", "10.107.0003"];
    const checkout = [1201, 1202, 1203, 1204, 1205, 1206, 1301, 1302, 1303, 1304].map((number) => `12.110.${number}`);
    const api = [2, 101, 113, 119, 301, 500, 501, 504, 506, 507, 518, 520, 528, 531, 612, 613];
    const codes = ["000", "999", "T9999", ...api.map((number) => `E${String(number).padStart(4, "0")}`)];
    expect(Object.keys(returnCodes).sort()).toEqual([...codes, ...dotted, ...checkout].sort());
  });

  it("say whose fault it is and whether trying again can help", () => {
    expect(returnCode("T9999")).toMatchObject({ fault: "sibs", tryAgain: "later" });
    expect(returnCode("E0506")).toMatchObject({ fault: "customer", tryAgain: "customer" });
    expect(returnCode("E0101")).toMatchObject({ fault: "merchant", tryAgain: "corrected" });
    expect(returnCode("E0119")).toMatchObject({ fault: "issuer", tryAgain: "customer" });
    expect(returnCode("E0531")).toMatchObject({ tryAgain: "no" });
  });

  it.each(["E9999", "", "toString", "__proto__"])("do not know %j", (code) => {
    expect(returnCode(code)).toBeNull();
  });
});
