import { ServiceError } from '../../transport/ServiceError';
import {
	MAX_LIMITATION_EXCEEDED,
	pbxError,
	SERVICE,
	serviceError,
	type Explanation,
	type PbxAnswer,
} from './errors';

/** What 60002 means for `get_token` only: a PBX hands out 8 tokens per application, each lives 30 minutes. */
const NO_TOKEN_SLOT: Explanation = {
	kind: 'limit',
	message: 'All 8 access tokens of this Client ID are in use',
	advice:
		'Wait up to 30 minutes until unused ones expire, or give each system that uses the API its own Client ID. Regenerating the Client Secret frees all of them at once.',
	retryAfterMs: 5 * 60_000,
};

const WRONG_CREDENTIALS: Explanation = {
	kind: 'credentials',
	message: 'The PBX does not accept the Client ID and Client Secret',
	advice:
		'Copy both again from Integrations > API in the PBX portal into the credential and test it. After 5 wrong logins the PBX blocks the IP address of n8n.',
};

const PROCESSING = 2;
const OVERLOAD_TASK_RUNNING = 70082;

/** The PBX has not looked at Client ID and Client Secret yet, and nothing was handed out. */
const BUSY: ReadonlySet<number> = new Set([PROCESSING, OVERLOAD_TASK_RUNNING]);

/** INTERNAL SERVER ERROR and FAILURE: hardly about the secret, but no document excludes it. */
const UNCLEAR: ReadonlySet<number> = new Set([-2, -1]);

/** The API or its version, the address of n8n: only an administrator can change these. */
const ABOUT_ACCESS: ReadonlySet<number> = new Set([
	10001, 10002, 10003, 70004, 70087, 70123, 70656,
]);

/** Whether the login was put off, so that it may be repeated at once and counts as no attempt. */
export function isBusyAtLogin({ errcode }: PbxAnswer): boolean {
	return BUSY.has(errcode);
}

/** Whether a login failed for a reason that may pass, or may be a wrong secret after all. */
export function isUnclearRefusal({ kind, code }: ServiceError): boolean {
	return kind === 'unavailable' && UNCLEAR.has(Number(code ?? NaN));
}

/**
 * What to tell people about a login that failed. The PBX has no errcode of its own for wrong credentials (one client saw
 * 1), so everything means them that is known to mean nothing else (yeastar.md, 1.4).
 */
export function loginError(answer: PbxAnswer): ServiceError {
	const { errcode, errmsg } = answer;
	if (errcode === MAX_LIMITATION_EXCEEDED) return serviceError(answer, NO_TOKEN_SLOT);
	if (BUSY.has(errcode)) {
		const { message, advice } = pbxError('get_token', answer);
		return serviceError(answer, { kind: 'limit', message, advice });
	}
	if (UNCLEAR.has(errcode)) {
		return serviceError(answer, {
			kind: 'unavailable',
			message: `The PBX could not log n8n in (${errmsg || errcode})`,
			advice:
				'n8n tries again in some minutes. If it stays, compare Client ID and Client Secret with Integrations > API in the PBX portal and test the credential.',
		});
	}
	if (ABOUT_ACCESS.has(errcode)) return pbxError('get_token', answer);
	return serviceError(answer, WRONG_CREDENTIALS);
}

/** Without a login attempt: each wrong one counts towards the block of the address. */
export function incompleteCredential(): ServiceError {
	return new ServiceError({
		service: SERVICE,
		kind: 'credentials',
		message: 'The credential lacks the Client ID or the Client Secret',
		advice: 'Copy both from Integrations > API in the PBX portal into the credential.',
	});
}
