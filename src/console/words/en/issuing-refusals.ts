/** What the issuing side refuses, and what to do about it. */
export const refusals = {
  'refusal.no-issuing':
    'No issuing side is set up at this hub. Who runs it starts the hub with --issuing.',
  'refusal.too-many-until': 'As often as may be in this time. Again at {time}.',
  'issuing.refusal.not-found':
    'Nothing of the issuing side answers at this address. Tell who runs the proxy: /authority/ must lead there.',
  'issuing.refusal.offline':
    'The issuing side does not answer. Look at the network, then try again.',
  'issuing.refusal.odd':
    'What answers is not the issuing side: it may be down. Try again; else tell who runs it.',
  'issuing.refusal.sign-in-failed':
    'The issuing side does not take this hub’s word. Tell who runs it: its bundle must name the hub’s key, and --issuing its issuer.',
  'issuing.refusal.sign-in-needed': 'The session at the issuing side was ended. Try again.',
  'issuing.refusal.not-allowed': 'Your role may not do that at the issuing side.',
  'issuing.refusal.cross-site':
    'The issuing side takes it for another site’s page. Tell who runs the proxy: it must pass on the host.',
  'issuing.refusal.not-secure': 'Open the desk by https.',
  'issuing.refusal.bad-document': 'The number is not one of this document: look again.',
  'issuing.refusal.no-person':
    'Nobody here has this document: they have not signed in, and no pass was made. It was counted and written down.',
  'issuing.refusal.declare-first':
    'The person has declared nothing yet: tick the declaration and fill it in.',
  'issuing.refusal.declared-thrice':
    'The person has declared three times today. Untick the declaration: the last one counts.',
  'issuing.refusal.state-unknown':
    'The state cannot be worked out, so there is no code. Tell an admin to look at the rules.',
  'issuing.refusal.issuer-closed':
    'This scheme issues no codes now: it is suspended, retired, or its keys are over. Tell who runs it.',
  'issuing.refusal.list-full':
    'There is no number left for another code. Tell who runs the issuing side.',
  'issuing.refusal.appeal-unknown':
    'Somebody else has answered it, or it is gone. Go on with the next.',
  'issuing.refusal.fact-unknown':
    'One of the facts is not this person’s, or is gone. Load the page anew and choose again.',
  'issuing.refusal.unknown-source':
    'No source of this name is known. Tell who runs the issuing side to add it.',
  'issuing.refusal.bad-signature':
    'The signature is not good: the file was changed, or the source has another key. Nothing was taken. Ask the source.',
  'issuing.refusal.other-batch':
    'The source has sent other content under this batch’s name before. Nothing was taken. Ask it to give a new name.',
  'issuing.refusal.wrong-type': 'That is signed, but no file of facts. Choose another.',
  'issuing.refusal.malformed': 'That is no signed file. Choose the one that the source sent.',
  'issuing.refusal.bad-shape': 'Something in it is not as it must be: look at it again.',
  'issuing.refusal.too-large': 'It is too large. Ask the source for several smaller files.',
  'issuing.refusal.bad-rules':
    'These are no rules of this scheme: format, issuer or a state does not fit.',
  'issuing.refusal.rules-failed':
    'They fail for somebody and were not taken into use. Try them to see which.',
  'issuing.refusal.clock-doubtful':
    'The clock of the issuing side is in doubt: it signs nothing. Tell who runs it.',
  'issuing.refusal.unavailable': 'The issuing side’s database cannot store now. Try again soon.',
  'issuing.refusal.busy': 'The issuing side has its hands full. Try again in some seconds.',
  'issuing.refusal.too-slow': 'It took too long to come. Try again on a better line.',
  'issuing.refusal.internal':
    'Something went wrong at the issuing side. Try again; if it stays so, tell who runs it.',
} as const;
