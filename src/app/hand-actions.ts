import type { AppPorts } from './app-config.ts';
import type { Engine } from './engine.ts';
import type { HandActions } from './hand-state.ts';

interface HandParts {
  readonly ports: Pick<AppPorts, 'reader'>;
  readonly engine: Promise<Engine>;
  /** Runs what needs the disk; a failure is the red bar. */
  onDisk(task: () => Promise<void>): Promise<void>;
}

/** The guard's hands: what is not scanned. */
export function createHandActions({ ports, engine, onDisk }: HandParts): HandActions {
  return {
    holdReading: (held) => ports.reader.hold(held),
    setCompanions: async (companions) => (await engine).session.companions(companions),
    registerByHand: (form) => onDisk(async () => (await engine).registerByHand(form)),
  };
}
