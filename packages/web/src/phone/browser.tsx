import { takeOver } from "../parts/hydrate.ts";
import { PhonePage } from "./page.tsx";
import type { PhoneView } from "./view.ts";
import "./phone.css";

takeOver<PhoneView>((view) => <PhonePage view={view} />);
