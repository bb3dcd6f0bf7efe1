import { takeOver } from "../parts/hydrate.ts";
import { MandatePage } from "./page.tsx";
import { fr } from "./texts.fr.ts";
import type { MandateView } from "./view.ts";
import "./mandate.css";

takeOver((view: MandateView) => <MandatePage view={view} texts={fr} />);
