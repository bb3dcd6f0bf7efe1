import { type Operator, renderColleagueForm, renderInvited, renderTeam } from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { addCallForm, findListed, type Read, takeAway } from "../call-form.ts";
import { limitsIn } from "../forms.ts";
import type { Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import { segment } from "./payment.ts";

const AT = "/dashboard/team";
const API = "/v1/operators";
const DONE = ["change", "remove"] as const;

/** The people at work: who they are, what they may, and how they come in. */
export function teamScreens(screens: Screens): void {
  screens.show(AT, async ({ ask, query, mustHave, shell }) => {
    mustHave("listOperators");
    const page = await ask.page<Operator>(API, {}, query.after);
    return renderTeam(await shell(), { page, done: DONE.find((done) => done === query.done) ?? null });
  });

  addCallForm<null, Operator>(screens, {
    at: `${AT}/invite`,
    needs: "inviteOperator",
    wantsTouch: true,
    about: async () => null,
    read: readWanted,
    call: ({ ask }, { body, key }) => ask.post(API, body, key),
    draw: async ({ shell }, _about, form) =>
      renderColleagueForm(await shell(), { kind: "invite", operator: null, form }),
    done: showInvited,
  });

  addCallForm<Operator, Operator>(screens, {
    at: `${AT}/:id/change`,
    needs: "changeOperator",
    wantsTouch: true,
    about: operatorOf,
    read: readWanted,
    call: ({ ask }, { about, body, key }) => ask.post(`${API}/${segment(about.id)}`, body, key),
    draw: async ({ shell }, operator, form) => renderColleagueForm(await shell(), { kind: "change", operator, form }),
    done: () => ({ to: `${AT}?done=change` }),
  });

  addCallForm<Operator, Operator>(screens, {
    at: `${AT}/:id/link`,
    needs: "renewInvitation",
    wantsTouch: true,
    about: operatorOf,
    call: ({ ask }, { about, key }) => ask.post(`${API}/${segment(about.id)}/invite`, null, key),
    draw: async ({ shell }, operator, form) => renderColleagueForm(await shell(), { kind: "link", operator, form }),
    done: showInvited,
  });

  addCallForm<Operator, null>(screens, {
    at: `${AT}/:id/remove`,
    needs: "removeOperator",
    wantsTouch: true,
    about: operatorOf,
    call: ({ ask }, { about }) => takeAway(ask, `${API}/${segment(about.id)}`),
    draw: async ({ shell }, operator, form) => renderColleagueForm(await shell(), { kind: "remove", operator, form }),
    done: () => ({ to: `${AT}?done=remove` }),
  });
}

function operatorOf({ ask, params }: Visit): Promise<Operator> {
  return findListed<Operator>(ask, API, params.id);
}

/** The link stands in the answer to the press alone: whoever asks for the page again is told that it was shown. */
async function showInvited({ shell }: Visit, operator: Operator) {
  return { html: renderInvited(await shell(), { operator }), status: 201 };
}

/**
 * What a colleague shall be. Whoever is of one terminal gives that one alone, and is not asked for it; nor is anybody
 * for the name and role of whom the company's provider lets in.
 */
function readWanted(fields: FormFields, { me }: Visit, operator: Operator | null): Read {
  const [name, role, terminal] = ["name", "role", "terminal"].map((field) => textOf(fields, field).trim());
  const limits = limitsIn(fields);
  const isOurs = operator?.signsOn !== true;
  const faults = {
    ...(isOurs && name === "" && { name: "missing" as const }),
    ...(isOurs && role === "" && { role: "missing" as const }),
    ...limits.faults,
  };
  return {
    body: {
      ...(isOurs && { name, role }),
      ...limits.body,
      ...(me.terminal === null && { terminal: terminal === "" ? null : terminal }),
    },
    faults,
  };
}
