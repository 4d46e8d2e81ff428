/** Settings, and what is stored. */
export const settings = {
  'settings.large': 'Large text',
  'settings.largeWhy': 'Everything bigger',
  'settings.hideNameWhy': 'Your name is not shown beside the code',
  'settings.privacy': 'What is stored on this phone',
  'settings.storedCode':
    'A signed code for one day with colour, masked name and masked number, of you and of family you have shown; and the key it belongs to.',
  'settings.storedVisits':
    'Places you entered that are not sent yet: deleted once sent, and kept until then even after signing out.',
  'settings.storedChoices': 'Language, text size, whether the name is hidden.',
  'settings.notStored': 'Not stored here: your full name and number, declarations.',
  'settings.deleted': 'Signing out deletes all the rest but the choices.',
} as const;
