// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { browserOf, createPhone, hostAppOf } from '../../src/browser/phone.ts';

const ios =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const android = 'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko)';
const desktop = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the app in whose window a page is', () => {
  it.each([
    ['wechat', `${ios} Mobile/15E148 MicroMessenger/8.0.49(0x1800312b) NetType/WIFI`],
    ['alipay', `${android} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 AlipayClient/10.5`],
    ['dingtalk', `${android} Chrome/116.0.0.0 Mobile Safari/537.36 DingTalk/7.0 Channel/700159`],
    ['feishu', `${ios} Mobile/15E148 Lark/7.9`],
    ['qq', `${android} Version/4.0 Chrome/116.0 MQQBrowser/6.2 Mobile Safari/537.36 QQ/8.9`],
    ['other', `${ios} Mobile/15E148`],
    ['other', 'Mozilla/5.0 (Linux; Android 10; V1 Build/Q; wv) Chrome/89.0 Mobile Safari/537.36'],
    [undefined, `${android} Chrome/124.0.0.0 Mobile Safari/537.36`],
  ] as const)('%s', (app, agent) => {
    expect(hostAppOf(agent, false)).toBe(app);
  });
});

describe('a browser is told by what it says of itself', () => {
  it.each([
    ['ios-safari', `${ios} Version/17.4 Mobile/15E148 Safari/604.1`],
    ['ios-other', `${ios} CriOS/124.0.6367.88 Mobile/15E148 Safari/604.1`],
    ['in-app', `${ios} Mobile/15E148 MicroMessenger/8.0.49(0x1800312b) NetType/WIFI`],
    ['in-app', `${android} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 AlipayClient/10.5`],
    ['in-app', `${android} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 Weibo (Pixel__13)`],
    ['in-app', `${android} Version/4.0 Chrome/116.0 MQQBrowser/6.2 Mobile Safari/537.36 QQ/8.9`],
    ['in-app', `${android} Chrome/116.0.0.0 Mobile Safari/537.36 DingTalk/7.0 Channel/700159`],
    [
      'in-app',
      `${android.replace('Pixel 7', 'Pixel 7; wv')} Version/4.0 Chrome/116.0 Safari/537.36`,
    ],
    ['in-app', `${ios} Mobile/15E148`],
    ['in-app', `${ios} Mobile/15E148 Lark/7.9`],
    ['android', `${android} Chrome/108.0 MQQBrowser/13.9 Mobile Safari/537.36`],
    ['android', `${android} Chrome/124.0.0.0 Mobile Safari/537.36`],
    ['firefox', 'Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0'],
    ['firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0'],
    ['edge', `${desktop} Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0`],
    ['chrome', `${desktop} Chrome/124.0.0.0 Safari/537.36`],
    ['safari', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.4 Safari/605.1.15'],
    ['other', 'Lynx/2.8.9'],
  ] as const)('%s', (browser, agent) => {
    expect(browserOf(agent, false)).toBe(browser);
  });

  it('and on the home screen by the way it was opened', () => {
    expect(browserOf(`${ios} Mobile/15E148`, true)).toBe('ios-home');
    expect(browserOf(`${android} Chrome/124.0.0.0 Mobile Safari/537.36`, true)).toBe(
      'android-home',
    );
  });
});

describe('the battery', () => {
  afterEach(() => void Reflect.deleteProperty(navigator, 'getBattery'));
  const phone = () =>
    createPhone({ readPicture: async () => [], decoderName: () => 'loading' }, () => undefined);
  const has = (getBattery: () => Promise<unknown>) =>
    Object.defineProperty(navigator, 'getBattery', { value: getBattery, configurable: true });

  it('is told in per cent', async () => {
    has(async () => ({ level: 0.564, charging: true }));
    expect(await phone().battery()).toEqual({ percent: 56, charging: true });
  });

  it.each([
    ['is not known to the browser', undefined],
    ['may not be asked for', () => Promise.reject(new DOMException('no', 'NotAllowedError'))],
    ['is half a thing', async () => ({ level: 0.5 })],
    ['is no number', async () => ({ level: Number.NaN, charging: false })],
    ['is more than full', async () => ({ level: 3, charging: false })],
  ])('is not told where it %s', async (_, getBattery) => {
    if (getBattery) has(getBattery);
    expect(await phone().battery()).toBeUndefined();
  });
});
