import { useEffect, useState } from "preact/hooks";

/** What only a script knows of a browser, for the issuer to decide by (reference 2.9); the server knows the rest. */
export interface BrowserTold {
  /** `1`: a script runs here, so that what an issuer wants unseen can be done. */
  script: string;
  language: string;
  colorDepth: string;
  screenWidth: string;
  screenHeight: string;
  timeZoneOffset: string;
}

/** Hidden fields that tell of the browser, filled in where a script runs. */
export function BrowserFields() {
  const [told, setTold] = useState<Partial<BrowserTold>>({});
  useEffect(() => {
    setTold({
      script: "1",
      language: navigator.language,
      colorDepth: String(screen.colorDepth),
      screenWidth: String(screen.width),
      screenHeight: String(screen.height),
      timeZoneOffset: String(new Date().getTimezoneOffset()),
    });
  }, []);
  return (
    <>
      {Object.entries(told).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} autocomplete="off" />
      ))}
    </>
  );
}
