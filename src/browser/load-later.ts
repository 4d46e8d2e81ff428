type Method = (...values: unknown[]) => Promise<unknown>;

/** A port whose every answer is a promise, so that its code may be loaded with the first question. */
export function latePort<Port extends object>(load: () => Promise<Port>): Port {
  let loading: Promise<Port> | undefined;
  const ask =
    (name: string | symbol): Method =>
    async (...values) => {
      loading ??= load();
      loading.catch(() => {
        loading = undefined; // the next question tries again
      });
      const port: object = await loading;
      const method: Method = Reflect.get(port, name);
      return method(...values);
    };
  return new Proxy({} as Port, { get: (_, name) => ask(name) });
}
