import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { epochMillis } from '../../src/core/units.ts';
import { invitationLink, invite } from '../../src/hub/operators/invite.ts';
import { seriousIn } from './axe.ts';
import type { runHub } from './running-hub.ts';

/** Nothing serious for who uses a screen reader or sees little, nor anything beyond the screen. */
export async function isInOrder(page: Page): Promise<void> {
  expect((await seriousIn(page)).map(({ id, nodes }) => `${id} ${nodes[0]}`)).toEqual([]);
  // asked one by one: an element comes out of a page as an empty object
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
  expect(clientWidth).toBeGreaterThan(0);
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
}

/** What goes wrong on a desk's page, and whatever it asks of others than its hub. */
export function watchPage(page: Page, origin: string): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) problems.push(`asked ${new URL(request.url()).origin}`);
  });
  return problems;
}

/** The link of a fresh invitation, as the command line makes it. */
export async function invitedBy(
  hub: Pick<Awaited<ReturnType<typeof runHub>>, 'sql' | 'url'>,
  who: Parameters<typeof invite>[1],
): Promise<string> {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const at = { sql: hub.sql, now: epochMillis(Date.now()), by: 'command-line', random } as const;
  const made = await invite(at, who);
  if (typeof made === 'string') throw new Error(made);
  return invitationLink(hub.url, made.token);
}
