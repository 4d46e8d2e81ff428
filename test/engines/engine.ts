/** One page, and the few things a walk needs from whatever drives it. */
export interface Tab {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** What this function gives in the page, awaited there; its argument and its value are JSON. */
  run<Value, Given = undefined>(
    work: (given: Given) => Value | Promise<Value>,
    given?: Given,
  ): Promise<Value>;
  /** Real keys, one after the other; a line feed is Enter. */
  type(keys: string): Promise<void>;
  escape(): Promise<void>;
  /** A real click of the mouse, in CSS pixels of the viewport. */
  click(x: number, y: number): Promise<void>;
  /** PNG. */
  picture(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A running browser of 360 × 740 that speaks Chinese and lets every page see its camera. */
export interface Engine {
  newTab(): Promise<Tab>;
  /** Ends it as an empty battery would: at once, nothing flushed. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface Start {
  /** A folder that is kept from one start to the next. */
  readonly profile: string;
  /** Run in every page before its own scripts. */
  readonly scripts: readonly string[];
}

export const size = { width: 360, height: 740 };
export const language = 'zh-CN';

/** The text of a function that is called in the page; it ends in JSON, or in `undefined`. */
export const called = (work: unknown, given: unknown): string =>
  `Promise.resolve((${work})(${JSON.stringify(given)})).then((value) => JSON.stringify(value))`;
