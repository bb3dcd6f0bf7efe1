import { takeOver } from "../parts/hydrate.ts";
import { MandatePage } from "./page.tsx";
import { en } from "./texts.en.ts";
import type { MandateView } from "./view.ts";
import "./mandate.css";

takeOver((view: MandateView) => <MandatePage view={view} texts={en} />);
