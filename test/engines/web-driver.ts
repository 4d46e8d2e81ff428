/** One WebDriver session (W3C WebDriver), spoken by plain requests. */
export interface WebDriver {
  get<Value>(path: string): Promise<Value>;
  post<Value>(path: string, body?: object): Promise<Value>;
  delete(path: string): Promise<void>;
}

/** Asks the driver at this address; a refusal is thrown with its code and words. */
export function webDriver(address: string): WebDriver {
  async function ask<Value>(method: string, path: string, body?: object): Promise<Value> {
    const answer = await fetch(`${address}${path}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = (await answer.json()) as { value: Value };
    if (answer.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${method} ${path}: ${error}: ${message}`);
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    delete: (path) => ask('DELETE', path),
  };
}
