import { takeOverPayPage } from "./take-over.tsx";
import { en } from "./texts.en.ts";

takeOverPayPage(en);
