/** Settings of a gate's phones, what phones tell of themselves, and one in another's place. */
export const phones = {
  'set.title': 'Phones of this gate',
  'set.why':
    'They take it with their next upload, within five minutes, and keep it without a network.',
  'set.since': 'Last set {time}.',
  'set.rapid': 'Rapid mode at the start of a shift',
  'set.rapidHint': 'At buses, metros and stations. The guard may change it for the shift.',
  'set.asGuard': 'as the guard chose last',
  'set.on': 'on',
  'set.off': 'off',
  'set.passBack': 'Minutes until the same code lets in again',
  'set.passBackHint':
    '1 to 1440. Empty: as the rule says, or 5. It never shortens what the rule says.',
  'set.language': 'Language',
  'set.languageHint': 'Where the guard has chosen none on the phone.',
  'set.asPhone': 'the phone’s own',
  'set.kiosk': 'Kiosk: a tablet that nobody stands at',
  'set.kioskHint':
    'Every phone of this gate becomes one after its shift, so give it a gate of its own. It lets in a plain pass alone, and is left by the supervisor’s PIN on it, never from here.',
  'set.kioskNo': 'left to the supervisor there',
  'set.kiosk.front': 'front camera',
  'set.kiosk.back': 'back camera',
  'set.kiosk.none': 'hardware scanner, no camera',
  'set.pin': 'Supervisor’s PIN for all phones here',
  'set.pinAnother': 'Another supervisor’s PIN for all phones here',
  'set.pinHint': '6 to 12 digits. It takes the place of the one on the phones.',
  'set.pinKept': 'One is set and cannot be shown. Empty: it stays.',
  'set.pinAgain': 'The same once more',
  'set.pinDiffers': 'The two must be the same.',
  'set.pinRemove': 'Send none any more. Phones keep the one they have.',

  'import.what.rapid': 'rapid mode (on, off)',
  'import.what.passback': 'the seconds until the same code lets in again (60 to 86400)',
  'import.what.language': 'the language (zh-CN, zh-TW, en)',
  'import.what.kiosk': 'the kiosk (front, back, none)',
  'import.settings':
    'Phones’ settings, if you like: rapid, passback, language, kiosk. An empty cell unsets one.',

  'phones.heard': 'Last contact',
  'phones.received': 'Last entry',
  'phones.lists': 'Revocation list',
  'phones.clock': 'Clock',
  'phones.skew': 'off by about {seconds} s, as passes say',
  'phones.unsent': 'Not uploaded',
  'phones.unsentThen': '{count} when last heard of',
  'phones.storage': 'Storage',
  'phones.space': '{used} of {quota} MB',
  'phones.cannotWrite': 'the log cannot be written',
  'phones.battery': 'Battery',
  'phones.percent': '{n} %',
  'phones.charging': '{n} %, charging',
  'phones.settings': 'Settings of the gate',
  'phones.settingsNone': 'none taken yet',
  'phones.settingsOf': 'of {time}',
  'phones.settingsOld': 'of {time}, not yet the newest',
  'phones.settingsRefused': 'refused the newest: {code}',
  'phones.unsentRange': 'entries {from} to {to} were written and never came',
  'phones.replaces': 'In place of',
  'phones.replacedBy': 'In its place',
  'phones.replace': 'Replace this phone',
  'phones.replaceWhy':
    'Lost, broken or emptied: it is revoked now, what is missing is written down, and a code for another phone at its gate appears. The same phone can use it too.',
  'phones.replaceScreen': 'Revoke, and code on this screen',
  'phones.replacePaper': 'Revoke, and code on paper',
  'phones.back': 'Back to the phones',
  'phones.replaced': 'Revoked. Enrol the other phone with this code.',

  'quality.synced': 'good',
  'quality.held': 'good, held without the hub',
  'quality.unconfirmed': 'not confirmed',
  'quality.bad': 'wrong',

  'alarm.storage': 'storage nearly full',
  'alarm.skew': 'clock off, as passes say',
  'alarm.list-old': 'lists too old',
  'alarm.battery': 'battery low on duty',
  'alarm.settings': 'settings refused',

  'act.device-replaced': 'replaced a phone',
  'act.gate-settings-changed': 'set a gate’s phones',

  'refusal.gate-closed': 'The gate is closed: open it again, or enrol a phone at another.',
  'refusal.clock-doubtful':
    'The hub’s clock is in doubt: settings are dated by it. Tell who runs the hub.',

  'failing.daily-export': 'The daily export has not been written since {since}.',
  'failing.no-folder':
    'Its folder is not there or may not be written: look at the disk of the hub. It is tried again every 15 minutes, and days left out are made up for.',
  'failing.no-room':
    'The disk of its folder is full: make room. It is tried again every 15 minutes, and days left out are made up for.',
  'failing.no-database': 'The database did not answer. It is tried again every 15 minutes.',
  'failing.failed': 'Why stands in the hub’s log. It is tried again every 15 minutes.',
} as const;
