import type { ServiceError } from '../../transport/ServiceError';
import { isUnclearRefusal } from './loginErrors';

/**
 * After five wrong logins the PBX blocks the address of n8n, and a trigger tries for ever. Other credentials have a state
 * of their own, and a person can lift the refusal, so this only limits what nobody watches.
 */
const REMEMBER_WRONG_CREDENTIALS_MS = 6 * 3_600_000;
/** Each further try prolongs the block of an address. */
const REMEMBER_REFUSED_ADDRESS_MS = 30 * 60_000;
const REMEMBER_NO_TOKEN_SLOT_MS = 60_000;
/**
 * Most likely the PBX has a problem of its own that passes. Should it mean a wrong secret in some firmware, the fifth
 * login comes after more than an hour, and a person can lift the refusal.
 */
const REMEMBER_UNCLEAR_REFUSAL_MS = [60_000, 5 * 60_000, 30 * 60_000] as const;

/**
 * For how many milliseconds nobody in this process logs in again after the PBX has refused a login.
 *
 * @param unclearRefusals how many unclear ones there were in a row, this one included
 */
export function pauseAfterRefusal(error: ServiceError, unclearRefusals: number): number {
	if (isUnclearRefusal(error)) {
		const last = REMEMBER_UNCLEAR_REFUSAL_MS.length - 1;
		return REMEMBER_UNCLEAR_REFUSAL_MS[Math.min(unclearRefusals - 1, last)];
	}
	if (error.kind === 'credentials') return REMEMBER_WRONG_CREDENTIALS_MS;
	if (error.code === '70004' || error.code === '70087') return REMEMBER_REFUSED_ADDRESS_MS;
	return error.code === '60002' ? REMEMBER_NO_TOKEN_SLOT_MS : 0;
}
