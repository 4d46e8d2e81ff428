/** Words of a phone at which nobody stands: read by people at a door, and by who sets it up. */
export const enKiosk = {
  'kiosk.title': 'Kiosk',
  'kiosk.show': 'Please show your health code',
  'kiosk.how.front': 'Hold it in the frame, a hand away from the screen.',
  'kiosk.how.back': 'Hold it up to the camera, a hand away.',
  'kiosk.how.none': 'Hold it to the scanner.',
  'kiosk.goIn': 'Please go in',
  'kiosk.staff': 'Please see a member of staff',
  'kiosk.staff.next': 'They will help you.',
  'kiosk.out': 'Out of service',
  'kiosk.trouble.starting': 'Starting…',
  'kiosk.trouble.storage': 'The log cannot be written',
  'kiosk.trouble.rules': 'No valid rules: connect it',
  'kiosk.trouble.clock': 'Clock not certain: connect it',
  'kiosk.trouble.list': 'Revocation list too old: connect it',
  'kiosk.trouble.temperature': 'The rule here has a person take the temperature',
  'kiosk.trouble.original-way': 'The rule here has a person decide',
  'kiosk.trouble.camera': 'The camera shows no picture',
  'kiosk.trouble.scanner': 'The hardware scanner is set up wrongly',
  'kiosk.lock': 'Admin',
  'kiosk.leave.title': 'Leave the kiosk',
  'kiosk.leave.lead': 'With the supervisor’s PIN. The kiosk’s shift ends, and its report is shown.',
  'kiosk.leave.go': 'Leave the kiosk',
  'kiosk.leave.noPin':
    'This phone has no supervisor’s PIN any more. Ask the operator to set one at the desk.',
  'kiosk.lead':
    'A tablet at a door, with nobody beside it. It lets in whoever passes and sends everybody else to a guard. It is left with the supervisor’s PIN alone.',
  'kiosk.camera': 'It reads codes with',
  'kiosk.camera.front': 'Front camera',
  'kiosk.camera.back': 'Back camera',
  'kiosk.camera.none': 'Hardware scanner',
  'kiosk.refused.rules': 'There are no rules yet. Connect it first.',
  'kiosk.refused.temperature':
    'Not here: a person has to take everybody’s temperature at this gate, so a kiosk could let nobody in. Where all are measured before the code, say above with what.',
  'kiosk.refused.original-way':
    'Not here: the code does not decide at this gate, so a kiosk could let nobody in.',
  'kiosk.go': 'Start the kiosk',
  'desk.kiosk': 'Kiosk: {camera}',
} as const satisfies Record<string, string>;

export type KioskWords = Readonly<Record<keyof typeof enKiosk, string>>;
