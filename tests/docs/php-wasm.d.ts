// What `interpreters.ts` uses of two packages: one has no types, and those of the other are not found by programs that
// are modules.

declare module "@php-wasm/node-7-4" {
  export function getPHPLoaderModule(): Promise<object>;
}

declare module "@php-wasm/universal" {
  export function loadPHPRuntime(loader: object): Promise<number>;
  export class PHP {
    constructor(runtime: number);
    mkdirTree(path: string): void;
    onMessage(listener: (data: string) => Promise<string>): void;
    readFileAsText(path: string): string;
    writeFile(path: string, content: string): void;
    run(program: { code: string }): Promise<{ readonly text: string; readonly errors: string }>;
  }
}
