import { takeOver } from "../parts/hydrate.ts";
import { AuthorizePage } from "./page.tsx";
import { pt } from "./texts.pt.ts";
import type { AuthorizeView } from "./view.ts";
import "./authorize.css";

takeOver((view: AuthorizeView) => <AuthorizePage view={view} texts={pt} />);
