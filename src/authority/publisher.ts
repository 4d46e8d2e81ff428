import type { SignedSettings } from '../core/enrol/signed-settings.ts';
import type { ZoneCount } from '../core/enrol/zone-count.ts';
import type { DeskPass } from '../core/health/desk-pass.ts';
import type { DeviceRecord } from '../core/log/device-record.ts';
import type { HubExportClaims } from '../core/log/export/hub-export.ts';
import type { Bytes, EpochSeconds } from '../core/units.ts';

/** What a hub publishes and signs on behalf of the authority: protocol 3 and 7. */
export interface Authority {
  /** Runs on the demo keys, whose private halves are public. */
  readonly demo: boolean;
  /** Root file N (JWS general JSON), or undefined when there is none. */
  root(version: number): Bytes | undefined;
  /** The bundle in force at `now`; signed anew before it ages, same bytes in between. */
  bundle(now: EpochSeconds): Promise<Bytes>;
  /** The full status list of an issuer for a day (`YYYY-MM-DD`), as `statuslist+jwt`. */
  list(issuer: string, day: string): Promise<string | undefined>;
  /** The cumulative delta since the full list, as `kakou-delta+jwt`. */
  delta(issuer: string): Promise<string | undefined>;
  /** `kakou-time+jws` (JWS general JSON) over the client's nonce (base64url, 128 bits). */
  signTime(nonce: string, now: EpochSeconds): Promise<string>;
  /** `kakou-receipt+jws` (JWS general JSON) over `{device, seq, head, t}`. */
  signReceipt(claims: {
    device: string;
    seq: number;
    head: string;
    t: EpochSeconds;
  }): Promise<string>;
  /** `kakou-device+jws` (JWS general JSON), by the receipt key. */
  signDevice(record: DeviceRecord): Promise<string>;
  /** `kakou-hub-export+jws` (JWS general JSON), by the receipt key. */
  signExport(claims: HubExportClaims): Promise<string>;
  /** `kakou-settings+jws` (JWS general JSON), by the receipt key. */
  signSettings(settings: SignedSettings): Promise<string>;
  /** Its word on how many are inside where a phone's gate leads: protocol 12. */
  signZone(count: ZoneCount): Promise<string>;
  /** `kakou-desk+jwt` (JWS compact), by the receipt key: protocol 15. */
  signDeskPass(pass: DeskPass): Promise<string>;
}
