/**
 * What is made of schemas, each once: when it is first needed, and for all that say the same. To make one takes
 * milliseconds, a server has hundreds of schemas, and most of what it answers shares a few.
 */
export class CompiledSchemas<Compiled> {
  readonly #compile: (schema: object) => Compiled;
  /** By the schema's own text: what it says is all that anything is made of. */
  readonly #known = new Map<string, Compiled>();

  constructor(compile: (schema: object) => Compiled) {
    this.#compile = compile;
  }

  /** Gives what is made of a schema whenever it is asked for. */
  of(schema: object): () => Compiled {
    let compiled: Compiled | undefined;
    return () => (compiled ??= this.#make(schema));
  }

  #make(schema: object): Compiled {
    const text = JSON.stringify(schema);
    const compiled = this.#known.get(text) ?? this.#compile(JSON.parse(text));
    this.#known.set(text, compiled);
    return compiled;
  }
}
