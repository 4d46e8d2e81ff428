import type { Sql } from '../../node/database.ts';
import { type DatabasePlace, openDatabase as open } from '../../node/store/open-database.ts';
import { migrate } from './migrations.ts';

/** Opens the hub's database: the server at `url`, or the embedded one under `folder`. */
export const openDatabase = (place: Omit<DatabasePlace, 'migrate'>): Promise<Sql> =>
  open({ ...place, migrate });
