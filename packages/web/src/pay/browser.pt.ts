import { takeOverPayPage } from "./take-over.tsx";
import { pt } from "./texts.pt.ts";

takeOverPayPage(pt);
