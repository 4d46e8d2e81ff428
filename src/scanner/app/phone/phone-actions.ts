import type { CodeReader } from '../../../ports/code-reader.ts';
import type { Phone } from '../../../ports/phone.ts';
import { bestEffort } from '../best-effort.ts';
import type { AppStore } from '../store.ts';
import type { DeviceStore } from '../stores.ts';
import type { Settings } from './settings.ts';

interface Needs {
  readonly store: AppStore;
  readonly reader: Pick<CodeReader, 'decoderName'>;
  readonly device: Pick<DeviceStore, 'setSettings'>;
  readonly phone?: () => Promise<Phone>;
}

/** The phone itself: what it says, and what the guard chose. */
export type PhoneActions = ReturnType<typeof createPhoneActions>;

export function createPhoneActions({ store, reader, device, phone: load }: Needs) {
  return {
    /** Asks the browser to keep the log, and reads how the app is installed and kept. */
    async readPhone(): Promise<void> {
      const phone = await load?.();
      if (!phone) return;
      await phone.persist();
      const [installWay, browser] = [phone.installWay(), phone.browser()];
      const storage = await phone.storage();
      store.setState({ phone: { installWay, browser, decoder: reader.decoderName(), ...storage } });
    },
    install: async () => (await load?.())?.install(),
    setSettings: (change: Partial<Settings>) =>
      bestEffort(store, async () => {
        const chosen = change.language !== undefined && { languageChosen: true };
        const settings = { ...store.getState().settings, ...change, ...chosen };
        store.setState({ settings });
        await device.setSettings(settings);
      }),
  };
}
