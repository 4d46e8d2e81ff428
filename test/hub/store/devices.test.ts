import { expect, it, vi } from 'vitest';
import { findDevice } from '../../../src/hub/store/devices.ts';
import type { Queries } from '../../../src/node/database.ts';

it.each(['', 'x\u0000y', 'a b', "a'b", '人', 'A'.repeat(65)])(
  'a text that can be no id (%j) is nobody, and the database is not asked: PostgreSQL would throw',
  async (id) => {
    const sql = { query: vi.fn(async () => []) };
    expect(await findDevice(sql as unknown as Queries, id)).toBeUndefined();
    expect(sql.query).not.toHaveBeenCalled();
  },
);
