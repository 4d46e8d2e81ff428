import type { FaultCode } from '../../../core/fault.ts';
import type { Colour, NotAPass } from '../../../core/terms.ts';
import type { Venue } from '../../../core/trust/venue-rule.ts';
import type { VerdictState } from '../../../core/verify/verdict.ts';
import { enStates } from '../../../words/log/states.ts';
import { enScreens, type ScreenKey } from './screens.ts';

type Required =
  | `state.${VerdictState}`
  | `what.${NotAPass}`
  | `colour.${Colour}`
  | `venue.${Venue}`
  | `fault.${FaultCode}.${'title' | 'next'}`;

/** Every word a guard sees. The source of the keys: other languages must have exactly these. */
export const en = {
  ...enScreens,
  'app.name': 'Kakou',
  'app.demo': 'DEMO',
  'app.starting': 'Starting…',
  'app.reload': 'Open again',
  'app.close': 'Close',
  'app.cancel': 'Cancel',

  ...enStates,
  'state.temperature': 'Take temperature',
  'state.left': 'Has left',

  'what.empty': 'An empty code',
  'what.web-link': 'A web link',
  'what.wifi': 'A Wi-Fi code',
  'what.contact': 'A contact card',
  'what.phone': 'A phone number',
  'what.mail': 'An email address',
  'what.location': 'A map location',
  'what.payment': 'A payment code',
  'what.venue-code': 'A venue poster code',
  'what.enrolment': 'A device enrolment code',
  'what.foreign-pass': 'A foreign health certificate',
  'what.too-long': 'A code that is far too long',
  'what.binary': 'A code that holds no text',
  'what.text': 'Plain text',

  'colour.green': 'Green',
  'colour.orange': 'Orange',
  'colour.yellow': 'Yellow',
  'colour.red': 'Red',
  'colour.none': 'No colour',

  'venue.residential': 'Residential compound',
  'venue.workplace': 'Workplace',
  'venue.transit': 'Bus and metro',
  'venue.station': 'Station',
  'venue.mall': 'Mall or shop',
  'venue.hospital': 'Hospital',
  'venue.school': 'School',
  'venue.other': 'Other place',

  'fault.storage-unavailable.title': 'This browser cannot keep the log',
  'fault.storage-unavailable.next': 'Leave private mode, or open in another browser.',
  'fault.storage-quota.title': 'Phone storage is full',
  'fault.storage-quota.next':
    'Phone storage is full: delete photos or files. Upload and export still work.',
  'fault.storage-closed.title': 'The log was closed',
  'fault.storage-closed.next': 'Close Kakou everywhere and open it again.',
  'fault.storage-corrupt.title': 'The log is damaged',
  'fault.storage-corrupt.next': 'Do not clear any data. Hand the phone to the supervisor.',
  'fault.decoder-failed.title': 'Codes cannot be read',
  'fault.decoder-failed.next': 'Open Kakou again. If it still fails, update the browser.',
  'fault.picture-unreadable.title': 'This file cannot be opened here',
  'fault.picture-unreadable.next': 'Take a screenshot of it, or save it as JPEG or PNG.',
  'fault.picture-too-large.title': 'This picture is too large',
  'fault.picture-too-large.next': 'Crop it to the code, or take a screenshot.',
  'fault.key-unavailable.title': 'The key of this phone is gone',
  'fault.key-unavailable.next': 'Re-enrol this phone.',
  'fault.config-invalid.title': 'This copy of Kakou is not set up',
  'fault.config-invalid.next': 'Call the operator.',
  'fault.internal.title': 'Something went wrong',
  'fault.internal.next': 'Open Kakou again. If it still fails, call the operator.',

  'camera.tapToStart': 'Tap to start scanning',
  'camera.tapToResume': 'Tap to continue scanning',
  'camera.starting': 'Opening the camera…',
  'camera.aim': 'Hold the code in the frame',
  'camera.hint.distance': 'Hold the phones closer, a hand apart',
  'camera.hint.torch': 'Too dark? Turn the light on',
  'camera.hint.clean-lens': 'Wipe the lens of this phone',
  'camera.hint.manual': "Can't scan it? Use Manual entry",
  'camera.hint.one-at-a-time': 'One person at a time: cover the other code',
  'camera.zoom': 'Zoom',
  'camera.wedge': 'Hardware scanner',
  'camera.retry': 'Retry',
  'camera.picture': 'Picture',
  'camera.pictureBusy': 'Reading the picture…',
  'camera.pictureNone':
    'No code in this picture. Choose one that shows the whole code sharply, or use the camera.',
  'camera.pictureNoShift': 'Nothing was checked: start the shift or end the break first.',
  'camera.pictureCardFirst':
    'The picture was not read: close the card first, then choose it again.',
  'camera.torch': 'Light',
  'camera.lens': 'Lens',
  'camera.view': 'Camera picture',

  'bar.tools': 'Tools',
  'bar.shift': 'Shift',
  'bar.settings': 'Settings',
  'bar.counts': 'This shift',
  'bar.recent': 'Last scans',
  'last.undo': 'Undo',
  'last.open': 'No record of the outcome: {n}',
  'manual.done': 'Registered',
  'bar.storage': 'Let nobody in: scans cannot be saved',
  'bar.update': 'A new version is ready',
  'bar.updateGo': 'Update',

  'status.line': 'Status of this phone',
  'status.onDuty': 'On duty: {operator}',
  'status.online': 'Online',
  'status.offline': 'No network',
  'status.unreached': 'Hub unreachable',
  'status.refused': 'Hub refuses',
  'status.reach.no-answer': 'Try another network',
  'status.reach.server': 'Hub fault: keep scanning',
  'status.reach.not-the-hub': 'Log in to this network first',
  'status.reach.refused': 'Call the operator',
  'status.unsynced': '{n} to upload',
  'status.synced': 'All uploaded',
  'status.trustMissing': 'No rules yet: go online',
  'status.trustExpired': 'Rules expired: go online',
  'status.trustAge': 'Rules updated {ago}',
  'status.connectBy': 'Go online before {when}',
  'status.listOld': 'Revocation list from {ago}',
  'status.trustBehind': 'Rules not the newest: try another network',
  'status.clock.held': 'Clock not checked lately',
  'status.clock.unconfirmed': 'Clock unsure: go online',
  'status.clock.bad': 'Clock wrong: go online',
  'status.clock.fast': 'Clock seems {n} s fast: go online',
  'status.clock.slow': 'Clock seems {n} s slow: go online',

  'card.issuer': 'Issuer',
  'card.status': 'Status',
  'card.holder': 'Holder',
  'card.age': 'Created',
  'card.notices': 'Notices',
  'card.relative': 'Shown by a relative',
  'card.offline': 'Offline code',
  'card.paper': 'Paper code',
  'card.seen': 'Used here {ago}',
  'card.seenElsewhere': 'Used at another gate {ago}',
  'card.hotline': 'Hotline',
  'card.hold': 'Keep open',
  'card.next': 'Next scan',
  'card.label': 'Verdict',

  'temp.normal': 'Normal',
  'temp.high': 'Fever',
  'temp.type': 'Type value',
  'temp.typed': 'Measured temperature',
  'temp.range': '{min} to {max}',
  'temp.three': '3 digits: 365 is 36.5 ℃',
  'temp.fahrenheit': '{fahrenheit} ℉ is {celsius}: type {digits}',
  'temp.confirm': 'OK',
  'temp.delete': 'Delete',

  'bar.manual': 'Manual entry',

  'card.addCompanion': '+ Person',
  'card.companions': '{n} with them',

  'shift.paused': 'On a break. Tap to continue',
} as const satisfies Record<Required, string> & Record<string, string>;

export type Key = keyof typeof en;
export type Messages = Readonly<Record<Key, string>>;
/** What must be there before the camera. */
export type StartMessages = Omit<Messages, ScreenKey>;
