import { mailFault, type ServerSettings } from "@caravela/server";
import { type Finding, well, wrong } from "./finding.ts";

/** What the codes mean by which a mail server is not reached, or does not let us in. */
const WORDS: Readonly<Record<string, string>> = {
  EAUTH: "it does not take the user and the password",
  ECONNECTION: "nobody answers there",
  ESOCKET: "nobody answers there",
  EDNS: "its name leads nowhere",
  ETIMEDOUT: "it does not answer in time",
  ETLS: "it does not encrypt as it must",
};

/** Looks at the mail server, where one is set: whether it answers, and takes its user. Nothing is sent. */
export async function examineMail({ tasksMail = null, customerMail = null }: ServerSettings): Promise<Finding[]> {
  const set = tasksMail ?? customerMail;
  if (set === null) return [];
  const fault = await mailFault(set.smtpUrl);
  if (fault === null) return [well("the mail server of CARAVELA_SMTP_URL lets us in")];
  const [code = ""] = fault.split(" ");
  return [
    wrong(
      `the mail server of CARAVELA_SMTP_URL does not let us in: ${WORDS[code] ?? "it refuses"} (${fault})`,
      "check its name, port, user and password.",
    ),
  ];
}
