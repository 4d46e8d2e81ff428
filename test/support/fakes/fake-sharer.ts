import type { FileSharer } from '../../../src/ports/phone.ts';

type SharedFile = Parameters<FileSharer['share']>[0];

export function fakeSharer(): FileSharer & { readonly shared: SharedFile[] } {
  const shared: SharedFile[] = [];
  return { shared, share: async (file) => void shared.push(file) };
}
