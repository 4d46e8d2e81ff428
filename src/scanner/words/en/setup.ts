/** Words of what is done once: enrolment, supervisor's PIN, installing, camera, hardware scanner. */
export const enSetup = {
  'enrol.aim': "Hold the hub's enrolment code in the frame.",
  'enrol.compare': 'Compare the six digits',
  'enrol.compareWhy':
    'Ask the operator to read out the six digits that the hub shows. Only if they are the same is this phone enrolled.',
  'enrol.same': 'The same',
  'enrol.differ': 'Not the same',
  'enrol.digits-differ':
    'Not enrolled. Tell the operator: the six digits differ, somebody else may have used the code. Revoke it and make a new one.',
  'enrol.place.title': 'Do not enrol here yet',
  'enrol.place.in-app':
    'This is a window inside another app, such as WeChat. When it closes, enrolment and log may be gone.',
  'enrol.place.in-app.next':
    'Tap ⋯, choose “Open in browser”, then scan the code again. It has not been used up.',
  'enrol.place.tab':
    'Enrolled in an iPhone tab, Kakou on the home screen must enrol again; after a week unused a tab loses its log.',
  'enrol.place.tab.next':
    'Tap Share, “Add to Home Screen”, open Kakou there, scan the code again. It is not used up.',
  'enrol.place.leave': 'OK, not here',
  'enrol.place.here': 'Enrol here all the same',
  'install.title': 'Add Kakou to the home screen',
  'install.prompt': 'Opens faster and keeps its log.',
  'install.ios': 'Safari: Share, then Add to Home Screen. Then enrol inside the app.',
  'install.android': 'Browser menu, then Add to home screen.',
  'install.in-app': 'This is a window inside another app. Open the address in the browser first.',
  'install.go': 'Install',
  'boss.title': 'Supervisor',
  'boss.lead': 'For the supervisor.',
  'boss.first': 'This phone has no supervisor’s PIN yet. The supervisor sets it.',
  'boss.noneOnShift':
    'This phone has no supervisor’s PIN yet. The supervisor sets it after the shift, in Settings, Supervisor.',
  'boss.new': 'New PIN',
  'boss.again': 'Once more',
  'boss.againHint': 'The same as above',
  'boss.differs': 'The two are not the same.',
  'boss.set': 'Set the PIN',
  'boss.oldPin': 'First enter the current PIN.',
  'boss.newPin': 'Enter the new PIN, twice.',
  'boss.changed': 'The PIN is changed.',
  'boss.forgotten': 'PIN forgotten',
  'boss.resetHow':
    'Ask the administrator for a reset code from the hub and scan it here. It works once, within an hour.',
  'boss.resetOnShift': 'End the shift first, then reset the PIN.',
  'boss.resetAim': 'Hold the reset code in the picture.',
  'boss.resetPicture': 'From a picture of the code',
  'boss.reset-malformed': 'This reset code is damaged. Ask the administrator for another.',
  'boss.reset-forged':
    'This reset code is not from your hub. Do not use it; tell the administrator.',
  'boss.reset-other-device':
    'This reset code is for another phone. Ask the administrator for another.',
  'boss.reset-expired': 'This reset code has expired. Ask the administrator for another.',
  'boss.reset-used': 'This reset code has been used. Ask the administrator for another.',
  'boss.reset-clock': 'This phone’s time cannot be trusted. Go online first, then scan again.',
  'boss.pin': 'PIN',
  'boss.pinHint': '6 to 12 digits',
  'boss.wrong': 'Wrong PIN.',
  'boss.locked': 'Too many wrong PINs. Try again after {time}.',
  'boss.open': 'OK',
  'boss.shifts': 'Shifts on this phone',
  'boss.noShifts': 'No shift on this phone.',
  'boss.people': '{n} scanned',
  'boss.back': 'Back to the shifts',
  'boss.changePin': 'Change the PIN',
  'forget.title': 'Re-enrol this phone',
  'forget.ask':
    'This phone leaves its gate and its uploaded log is deleted. You need a new enrolment code.',
  'forget.notNow': 'First end the shift and upload everything.',
  'enrol.title': 'This phone has no gate yet',
  'enrol.lead': 'Kakou checks health codes on the phone, with or without a network.',
  'enrol.demo': 'Try the demo gate',
  'enrol.busy': 'Enrolling…',
  'enrol.offline': 'No network. Connect the phone once, then tap again.',
  'enrol.no-answer': 'There is a network, but no hub. Try another network, or tell the operator.',
  'enrol.refused': 'The hub refused this phone. Tap again, or call the operator.',
  'enrol.not-the-hub': 'This network shows a login page. Log in or change network, then try again.',
  'enrol.server': 'The hub is busy or has a problem. Wait a minute, then try again.',
  'enrol.code-malformed': 'This enrolment code is damaged. Ask the operator for a new one.',
  'enrol.code-unknown': 'The hub does not know this code. Ask the operator for a new one.',
  'enrol.code-used': 'This code has been used. Not by you? Tell the operator. Ask for a new one.',
  'enrol.code-expired': 'This code is older than 10 minutes. Ask the operator for a new one.',
  'enrol.other-hub':
    'This code is for another address. Open {hub} in the browser and scan it there.',
  'enrol.scan': 'Scan the enrolment code',
  'enrol.picture': 'Use a picture of the code',
  'scanner.title': 'Hardware scanner',
  'scanner.lead': 'Scan this test code, from here or from paper.',
  'scanner.waiting': 'Waiting for a scan',
  'scanner.damage.none': 'The test code arrived complete.',
  'scanner.damage.other': 'Another code arrived. Scan the test code for the full check.',
  'scanner.damage.extra':
    'Something comes before or after the code: switch prefix and code id off.',
  'scanner.damage.case': 'Upper and lower case are changed: Caps Lock off, set case to unchanged.',
  'scanner.damage.layout':
    'Characters are changed: set the keyboard country to US English, on scanner and phone.',
  'scanner.damage.width': 'Full-width characters: switch the input method to English.',
  'scanner.damage.lost':
    'Characters were lost: set a delay of 5 ms between characters, or use a cable.',
  'scanner.damage.alt-codes': 'It types Alt codes: switch them off.',
  'scanner.damage.input-method':
    'An input method catches its keys: switch the keyboard to English.',
  'scanner.changed': 'Changed: {letters}',
  'scanner.slow': 'Too slow, as if typed by hand: set the delay between characters to 0.',
  'scanner.noEnd': 'No Enter at the end: set the suffix to Enter.',
  'scanner.letters': 'Characters',
  'scanner.time': 'Time',
  'scanner.gap': 'Per character',
  'scanner.ms': '{n} ms',
  'scanner.end': 'Ends with',
  'scanner.end.Enter': 'Enter',
  'scanner.end.Tab': 'Tab',
  'scanner.end.none': 'Nothing',
  'scanner.print': 'Print the set-up sheet',
  'scanner.paper': 'Kakou: set up a hardware scanner',
  'scanner.paperLead': 'Set these with the codes in the manual of the scanner.',
  'scanner.set.mode': 'Interface: keyboard (USB or Bluetooth), not serial port.',
  'scanner.set.layout': 'Keyboard country: US English.',
  'scanner.set.suffix': 'Suffix: Enter.',
  'scanner.set.prefix': 'Prefix and code id: none.',
  'scanner.set.case': 'Case unchanged, Caps Lock off, Alt codes off.',
  'scanner.set.qr': 'QR code: on, also off screens and white on black.',
  'scanner.set.delay': 'Delay between characters: none.',
  'scanner.set.phone': 'The phone or tablet: keyboard in English.',
  'scanner.short': 'Test code',
  'scanner.long': 'As dense as a health code',
  'scanner.paperTest': 'Then open Settings, Hardware scanner in Kakou and scan both codes.',
  'camera.allow.ios-home':
    'Swipe Kakou away, open it again and tap Allow. If it still fails: Settings, Safari, Camera: Allow.',
  'camera.allow.ios-safari':
    'Tap the icon at the left of the address bar, Website Settings, Camera: Allow. Then retry.',
  'camera.allow.ios-other':
    'Open the Settings of the iPhone, find this browser, switch Camera on. Then retry.',
  'camera.allow.android-home':
    'Hold the Kakou icon, App info, Permissions, Camera: Allow. Then retry.',
  'camera.allow.android':
    'Tap the icon at the left of the address, Permissions, Camera: Allow. If it still fails: phone Settings, Apps, this browser, Permissions.',
  'camera.allow.in-app': 'This is a window inside another app. Tap ⋯ and open it in the browser.',
  'camera.allow.firefox':
    'Click the crossed-out camera beside the address, remove the block, retry.',
  'camera.allow.safari': 'Safari menu, Settings for this website, Camera: Allow. Then retry.',
  'camera.allow.chrome':
    'Click the icon at the left of the address, switch Camera on. Kakou continues by itself.',
  'camera.allow.edge':
    'Click the lock at the left of the address, Camera: Allow. Kakou continues by itself.',
} as const satisfies Record<string, string>;

export type SetupWords = Readonly<Record<keyof typeof enSetup, string>>;
