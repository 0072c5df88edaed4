import { createHash } from 'crypto';

/** A short text that is equal for equal parts, and from which they cannot be told. */
export function fingerprintOf(parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
