import { takeOver } from "../parts/hydrate.ts";
import { AtmPage } from "./page.tsx";
import type { AtmView } from "./view.ts";
import "./atm.css";

takeOver<AtmView>((view) => <AtmPage view={view} />);
