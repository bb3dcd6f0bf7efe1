import { cents } from "@caravela/sibs/money";
import type { BankView, ChallengeView, EndingView } from "@caravela/web/issuer";

const id = "1144e804-9619-42f6-a6e7-2fbc10135283";

/** The simulated bank's question, after a wrong password. */
export const challengeState: Omit<ChallengeView, "lang"> = {
  id,
  merchant: "Loja da Ribeira",
  amount: cents(550),
  card: { firstSix: "400000", lastFour: "0028" },
  isWrong: true,
  returnUrl: "http://shop.example/back",
};

/** Its last page. The one that goes back by itself stands nowhere long enough to be looked at. */
export const endingState: Omit<EndingView, "lang"> = { id, ending: "passed", returnUrl: null };

/** What it is. */
export const bankState: Omit<BankView, "lang"> = {
  cards: [{ number: "4000000000000028", says: "asks for the password, then approves" }],
  waiting: 2,
};
