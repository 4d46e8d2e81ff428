/** Words of the one page a guard has on paper. `docs/guard.en.md` says the same. */
export const enPaper = {
  'paper.title': 'The guard’s page',
  'paper.print': 'Print the guard’s page',
  'paper.begin': 'Start',
  'paper.begin.how':
    'Open Kakou, say how temperature is taken this shift, then tap your number or type it: scanning starts. Hold the code about a hand away.',
  'paper.cards': 'Five results, one thing to do for each',
  'paper.pass':
    'Let them in. It takes a green code and a normal temperature: if you notice a fever, tap “{high}”.',
  'paper.temperature': 'Take the temperature, then tap “{normal}” or “{high}”.',
  'paper.check': 'Read the reason, do what it says, then tap “{admit}” or “{refuse}”.',
  'paper.stop':
    'Do not let in. Say why; if a hotline is shown, that is where to call. Only the supervisor can make an exception.',
  'paper.unknown':
    'The phone cannot decide; it is not their fault. Look at their ID, make a manual entry, let them in.',
  'paper.cases': 'What happens often',
  'paper.screenshot':
    'Screenshot or old code: ask them to open the health code, refresh it, and scan again.',
  'paper.noPhone': 'No phone, or its battery is empty: look at their ID, tap “{manual}”. No names.',
  'paper.family':
    'An old person’s or a child’s code on a relative’s phone: see that the person is there, then tap “{admit}”.',
  'paper.mistake':
    'Wrong tap: tap the last result at the bottom. It can be changed for 10 minutes.',
  'paper.offline':
    'No network: go on scanning. Everything is kept on this phone and uploaded later.',
  'paper.noHub':
    '“Hub unreachable”: go on scanning, try another network, else tell the supervisor.',
  'paper.redBar': 'A red bar: let nobody in, call the supervisor.',
  'paper.dark': 'Dark, or glare: switch on “{light}”, ask them to turn up their screen.',
  'paper.finish': 'End, or hand over',
  'paper.finish.how':
    'Tap “{shift}”. End it when it says all is uploaded; without a network end it all the same, the log stays on this phone. For the next guard tap “{handOver}”.',
  'paper.never': 'Never copy or photograph codes and names. Let nobody else use this phone.',
  'paper.boss': 'Supervisor’s telephone',
  'paper.hotline': 'Hotline',
  'paper.clinic': 'Nearest fever clinic',
} as const satisfies Record<string, string>;

export type PaperWords = Readonly<Record<keyof typeof enPaper, string>>;
