import type { Sql } from '../../node/database.ts';
import type { Patience } from '../../node/patience.ts';
import { type DataPlace, openOrExplain as open } from '../../node/store/open-or-explain.ts';
import { migrate } from '../store/migrations.ts';

/** Opens the hub's database, migrated; what is in the way is said as a `CommandError`. */
export const openOrExplain = (
  place: DataPlace,
  onError: (error: Error) => void,
  patience?: Patience,
): Promise<Sql> => open({ name: 'hub', migrate }, place, onError, patience);
