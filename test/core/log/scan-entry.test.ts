import { describe, expect, it } from 'vitest';
import { scanBody } from '../../../src/core/log/scan-entry.ts';
import { epochSeconds } from '../../../src/core/units.ts';
import { type VerifiedPass, verdict } from '../../../src/core/verify/verdict.ts';

const label = { 'zh-CN': '天津', 'zh-TW': '天津', en: 'Tianjin' };
const pass: VerifiedPass = {
  kind: 'live',
  form: 'cwt',
  issuer: 'CN-TJ',
  issuerName: label,
  jti: 'AAECAwQFBgcICQoL',
  state: 'g',
  maskedName: '张*三',
  maskedId: '12…2X',
  relativeHeld: true,
  notices: [{ code: 'a1', label }],
  iat: epochSeconds(1_646_121_600),
  exp: epochSeconds(1_646_121_660),
  ageS: 4,
};
const textHmac = 'ab'.repeat(32);

describe('what the log keeps of a scan', () => {
  it('keeps the claims of a verified pass and neither its name, its id nor its text', () => {
    const body = scanBody({
      verdict: verdict('pass', 'admitted', { pass }),
      method: 'camera',
      textHmac,
      bundle: 7,
      list: 3,
    });
    expect(body).toStrictEqual({
      type: 'scan',
      method: 'camera',
      state: 'pass',
      reason: 'admitted',
      kind: 'live',
      iss: 'CN-TJ',
      jti: 'AAECAwQFBgcICQoL',
      st: 'g',
      ageS: 4,
      relativeHeld: true,
      bundle: 7,
      list: 3,
    });
  });

  it('keeps nothing of a paper pass by which one person could be followed from day to day', () => {
    const paper: VerifiedPass = { ...pass, kind: 'paper', relativeHeld: false };
    const body = scanBody({
      verdict: verdict('check', 'paper-check-id', { pass: paper }),
      method: 'camera',
      textHmac,
    });
    expect(body).toStrictEqual({
      type: 'scan',
      method: 'camera',
      state: 'check',
      reason: 'paper-check-id',
      kind: 'paper',
      iss: 'CN-TJ',
      st: 'g',
    });
  });

  it('keeps nothing but an HMAC of a text whose signature was not good', () => {
    const body = scanBody({
      verdict: verdict('stop', 'bad-signature'),
      method: 'wedge',
      textHmac,
    });
    expect(body).toStrictEqual({
      type: 'scan',
      method: 'wedge',
      state: 'stop',
      reason: 'bad-signature',
      textHmac,
    });
  });

  it('keeps nothing at all of what is no pass: a hash of a telephone number is a telephone number', () => {
    const body = scanBody({
      verdict: verdict('unknown', 'not-a-pass', { what: 'phone' }),
      method: 'camera',
      textHmac,
    });
    expect(body).toStrictEqual({
      type: 'scan',
      method: 'camera',
      state: 'unknown',
      reason: 'not-a-pass',
    });
  });

  it('says that a list older than allowed was passed over', () => {
    const late = verdict('pass', 'admitted', {
      pass: { ...pass, relativeHeld: false },
      listTooOld: true,
    });
    const body = scanBody({ verdict: late, method: 'camera', textHmac });
    expect(body.listTooOld).toBe(true);
    expect(body).not.toHaveProperty('relativeHeld');
  });
});
