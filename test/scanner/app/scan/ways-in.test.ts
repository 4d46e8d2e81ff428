import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { typedOn } from '../../../support/keyboards.ts';
import type { OpenPhone } from '../../../support/on-shift.ts';
import { createWorld, type World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  world = await createWorld();
  phone = await world.open();
});
afterEach(() => world.close());

const photo = new Blob(['x'], { type: 'image/jpeg' });
const scans = async () => (await world.log.read(1, 1000)).filter((entry) => entry.type === 'scan');
const onShift = async () => {
  await phone.actions.enrolDemo();
  await phone.actions.startShift('7');
};

describe('a picture with several codes', () => {
  beforeEach(onShift);

  it('asks which one is meant, judges nothing, and tells the screen no text', async () => {
    const pass = await world.pass();
    phone.reader.pictures = ['https://example.org', pass];
    await phone.actions.readPicture(photo);
    const { choice, card } = phone.state();
    expect(choice?.picture).toBe(photo);
    expect(choice?.codes.map(({ what }) => what)).toEqual(['web-link', 'pass']);
    expect(choice?.codes[1]?.corners).toHaveLength(4);
    expect(JSON.stringify(phone.state())).not.toContain(pass);
    expect([card, await scans()]).toEqual([undefined, []]);
    expect(phone.reader.held).toBe(true);
  });

  it('judges exactly the one chosen, as a picture', async () => {
    phone.reader.pictures = ['https://example.org', await world.pass(), await world.pass()];
    await phone.actions.readPicture(photo);
    await phone.actions.chooseCode(1);
    expect(phone.state().choice).toBeUndefined();
    expect(phone.state().card?.verdict.state).toBe('pass');
    expect(await scans()).toMatchObject([{ state: 'pass', method: 'picture' }]);
  });

  it('judges none and goes on scanning when the choice is given up', async () => {
    phone.reader.pictures = ['a code', await world.pass()];
    await phone.actions.readPicture(photo);
    await phone.actions.chooseCode();
    expect([phone.state().choice, phone.state().card]).toEqual([undefined, undefined]);
    expect(phone.reader.held).toBe(false);
    await phone.actions.chooseCode(1); // a second tap, too late
    expect(await scans()).toEqual([]);
  });

  it('makes way for a hardware scanner', async () => {
    phone.reader.pictures = ['a code', 'another'];
    await phone.actions.readPicture(photo);
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().choice).toBeUndefined();
    expect(await scans()).toMatchObject([{ method: 'wedge' }]);
    expect(phone.reader.held).toBe(true); // its card is up
  });
});

describe('a hardware scanner that is set up wrongly', () => {
  beforeEach(onShift);

  it.each<[string, string, (text: string) => string]>([
    ['a prefix', 'extra', (text) => `~${text}`],
    ['a suffix', 'extra', (text) => `${text}#`],
    ['a suffix of its own alphabet', 'extra', (text) => `${text}07`],
    ['a French keyboard', 'wrong-layout', (text) => typedOn('azerty', text)],
    ['a Russian keyboard', 'wrong-layout', (text) => typedOn('russian', text)],
  ])('is named, and nobody is judged or logged for it: %s', async (_, trouble, change) => {
    for (const form of ['cwt', 'jwt'] as const) {
      await phone.actions.present(change(await world.pass({ form })), 'wedge');
      const { wedgeTrouble, card, counts } = phone.state();
      expect([wedgeTrouble, card, counts.stop]).toEqual([trouble, undefined, 0]);
    }
    expect(await scans()).toEqual([]);
  });

  it('may send the AIM identifier of a QR code: the pass behind it is judged', async () => {
    await phone.actions.present(`]Q1${await world.pass()}`, 'wedge');
    expect(phone.state().card?.verdict.state).toBe('pass');
    expect(await scans()).toMatchObject([{ state: 'pass', method: 'wedge' }]);
  });

  it('is no excuse for a damaged code: from camera, picture or scanner it is malformed', async () => {
    const pass = await world.pass();
    const damaged = `${pass.slice(0, 50)}${pass.slice(51)}`;
    await phone.actions.present(damaged, 'wedge');
    expect(phone.state().card?.verdict.reason).toBe('malformed');
    await phone.actions.present(`${pass}#`, 'picture');
    expect(phone.state().card?.verdict.reason).toBe('malformed');
    phone.actions.dismissCard();
    phone.reader.show(`${pass}#`);
    await expect.poll(() => phone.state().card?.verdict.reason).toBe('malformed');
    expect(phone.state().wedgeTrouble).toBeUndefined();
  });
});

describe('a picture that leads to nothing', () => {
  it.each(['picture-unreadable', 'picture-too-large', 'decoder-failed'] as const)(
    'says %s, which is not "no code"',
    async (code) => {
      await onShift();
      phone.reader.pictureFault = code;
      await phone.actions.readPicture(photo);
      expect(phone.state().picture).toBe(code);
    },
  );

  it('says that there is no code on it, until the next card', async () => {
    await onShift();
    phone.reader.pictures = [];
    await phone.actions.readPicture(photo);
    expect(phone.state().picture).toBe('none');
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().picture).toBeUndefined();
  });

  it('says nothing more once a picture holds a code', async () => {
    await onShift();
    phone.reader.pictureFault = 'picture-unreadable';
    await phone.actions.readPicture(photo);
    phone.reader.pictureFault = undefined;
    phone.reader.pictures = [await world.pass()];
    await phone.actions.readPicture(photo);
    expect(phone.state().picture).toBeUndefined();
    expect(phone.state().card?.verdict.state).toBe('pass');
  });

  it('says so where it shows a code and nobody is on shift', async () => {
    await phone.actions.enrolDemo();
    phone.reader.pictures = [await world.pass()];
    await phone.actions.readPicture(photo);
    expect(phone.state().picture).toBe('no-shift');
    expect(await scans()).toEqual([]);
  });
});

describe('a green card of the person before', () => {
  beforeEach(async () => {
    await onShift();
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict.state).toBe('pass');
  });

  it('is gone when a scanner types what is its own trouble and not judged', async () => {
    await phone.actions.present(`9${await world.pass()}`, 'wedge');
    expect(phone.state().wedgeTrouble).toBe('extra');
    expect(phone.state().card).toBeUndefined();
  });

  it.each([
    ['has no code', [], undefined],
    ['cannot be opened', [], 'picture-unreadable'],
  ] as const)('is gone when a picture comes that %s', async (_, codes, fault) => {
    phone.reader.pictures = [...codes];
    phone.reader.pictureFault = fault;
    await phone.actions.readPicture(photo);
    expect(phone.state().card).toBeUndefined();
    expect(phone.state().picture).toBe(fault ?? 'none');
  });

  it('is gone when a picture has several codes to choose from', async () => {
    phone.reader.pictures = ['https://example.org', await world.pass()];
    await phone.actions.readPicture(photo);
    expect(phone.state().card).toBeUndefined();
    expect(phone.state().choice?.codes).toHaveLength(2);
  });
});

describe('a picture while a card waits for its tap', () => {
  it('is not read, and says so: nothing is dropped in silence', async () => {
    await onShift();
    await phone.actions.present('https://example.org', 'wedge');
    phone.reader.pictures = [await world.pass()];
    await phone.actions.readPicture(photo);
    expect(phone.state().picture).toBe('card-first');
    expect(phone.state().card?.verdict.reason).toBe('not-a-pass');
    await phone.actions.refuse('other');
    expect(phone.state().picture).toBe('card-first');
    await phone.actions.readPicture(photo);
    expect(phone.state().card?.verdict.state).toBe('pass');
    expect(await scans()).toHaveLength(2);
  });
});

describe('a code with no content', () => {
  it('is no pass, and said to be empty', async () => {
    await onShift();
    phone.reader.show('');
    await expect
      .poll(() => phone.state().card?.verdict)
      .toMatchObject({ state: 'unknown', reason: 'not-a-pass', what: 'empty' });
  });
});

describe('a text from a hardware scanner or a picture', () => {
  const code = 'kakou:enrol#hub=http%3A%2F%2Flocalhost&code=ABCDEFGHIJKLMNOPQRSTUQ';

  it('enrols a phone that has no gate, when it is an enrolment code', async () => {
    await phone.actions.present('https://example.org', 'wedge');
    expect(world.remote.calls.some(({ path }) => path === '/v1/devices')).toBe(false);
    await phone.actions.present(code, 'wedge');
    expect(world.remote.calls.some(({ path }) => path === '/v1/devices')).toBe(true);
  });

  it('is dropped where no shift runs: nobody is judged that nobody sees', async () => {
    await phone.actions.enrolDemo();
    await phone.actions.present(await world.pass(), 'wedge');
    phone.reader.pictures = [await world.pass(), await world.pass()];
    await phone.actions.readPicture(photo);
    expect(await scans()).toEqual([]);
    expect([phone.state().card, phone.state().choice]).toEqual([undefined, undefined]);
  });

  it('is dropped during a break', async () => {
    await onShift();
    await phone.actions.pauseShift();
    await phone.actions.present(await world.pass(), 'wedge');
    expect(await scans()).toEqual([]);
  });

  it('is the next person where a pass is still on screen, and waits for the tap on all else', async () => {
    await onShift();
    await phone.actions.present(await world.pass(), 'wedge');
    await phone.actions.present('https://example.org', 'wedge');
    expect(phone.state().card?.verdict.reason).toBe('not-a-pass');
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict.reason).toBe('not-a-pass');
    expect(await scans()).toHaveLength(2);
  });
});

describe('a sheet over the camera', () => {
  it('that closes because a card came leaves the camera held', async () => {
    await onShift();
    phone.actions.holdReading(true);
    await phone.actions.present(await world.pass(), 'wedge');
    phone.actions.holdReading(false);
    expect(phone.reader.held).toBe(true);
    phone.actions.dismissCard();
    expect(phone.reader.held).toBe(false);
  });
});
