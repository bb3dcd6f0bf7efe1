/**
 * Stands for an object that is another one each time: whatever is read or called on it later is that of the current
 * one. So what was built on a server's parts once goes on with the parts of its next life.
 * @param current throws where there is none
 */
export function forwarded<T extends object>(current: () => T): T {
  return new Proxy(current(), {
    get: (_, name) => {
      const value = Reflect.get(current(), name);
      if (typeof value === "function") return (...args: unknown[]) => called(current(), name, args);
      return isPlace(value) ? forwarded(() => Reflect.get(current(), name) as object) : value;
    },
  });
}

function called(owner: object, name: string | symbol, args: unknown[]): unknown {
  return (Reflect.get(owner, name) as (...args: unknown[]) => unknown).apply(owner, args);
}

/** Whether it has members of its own that may be others later. */
function isPlace(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
