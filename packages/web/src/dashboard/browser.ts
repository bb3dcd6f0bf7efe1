import { copyByPress } from "./script/copy.ts";
import { listenToKeys } from "./script/keys.ts";
import { followAlong } from "./script/live.ts";
import { sendOnce } from "./script/once.ts";
import { printByPress } from "./script/print.ts";
import { keepTyped } from "./script/typed.ts";
import "./dashboard.css";

listenToKeys();
copyByPress();
sendOnce();
printByPress();
keepTyped();
followAlong();
