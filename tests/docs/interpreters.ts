import { loadPHPRuntime, PHP } from "@php-wasm/universal";
import { loadPyodide } from "pyodide";

/** What a sample of a document made of one call: its result as JSON gives it, or the exception. */
export type Outcome = { readonly result: unknown } | { readonly threw: string };

/** Calls a function of a sample with each list of arguments. */
export type Interpreter = (calls: readonly (readonly unknown[])[]) => Promise<Outcome[]>;

/** PHP by itself, with a file system of its own. */
export async function openPhp(): Promise<PHP> {
  const { getPHPLoaderModule } = await import("@php-wasm/node-7-4");
  return new PHP(await loadPHPRuntime(await getPHPLoaderModule()));
}

/** PHP with the functions of `code`, in which a warning counts as an exception. @param code without its `<?php` */
export async function php(code: string, name: string): Promise<Interpreter> {
  const runtime = await openPhp();
  return async (calls) => {
    runtime.writeFile("/calls.json", JSON.stringify(calls));
    const { text, errors } = await runtime.run({
      code: `<?php
        set_error_handler(function ($level, $message) { throw new ErrorException($message); });
        ${code}
        $outcomes = [];
        foreach (json_decode(file_get_contents('/calls.json'), true) as $arguments) {
            try { $outcomes[] = ['result' => ${name}(...$arguments)]; }
            catch (Throwable $error) { $outcomes[] = ['threw' => $error->getMessage()]; }
        }
        echo json_encode($outcomes);`,
    });
    if (errors !== "") throw new Error(errors);
    return JSON.parse(text);
  };
}

/** Python with the functions of `code`, whose first argument comes as bytes. */
export async function python(code: string, name: string): Promise<Interpreter> {
  const runtime = await loadPyodide();
  runtime.runPython(code);
  runtime.runPython(`
import json
def outcome(body, *arguments):
    try:
        return {"result": ${name}(body.encode() if isinstance(body, str) else body, *arguments)}
    except BaseException as error:
        return {"threw": repr(error)}
`);
  return async (calls) => {
    runtime.globals.set("calls", JSON.stringify(calls));
    return JSON.parse(runtime.runPython("json.dumps([outcome(*arguments) for arguments in json.loads(calls)])"));
  };
}

/** JavaScript: the function of this name that the module `code` exports. */
export async function javascript(code: string, name: string): Promise<Interpreter> {
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const outcome = async (call: readonly unknown[]): Promise<Outcome> => {
    try {
      return { result: (await module[name](...call)) ?? null };
    } catch (error) {
      return { threw: String(error) };
    }
  };
  return (calls) => Promise.all(calls.map(outcome));
}
