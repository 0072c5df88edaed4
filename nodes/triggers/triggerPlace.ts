import { randomBytes, timingSafeEqual } from 'crypto';
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { ServiceError } from '../transport/ServiceError';

export type TriggerContext = ITriggerFunctions | IHookFunctions | IWebhookFunctions;

/** What tells one trigger from all others of this n8n. */
export function triggerIdOf(context: TriggerContext): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/** Whether n8n has started, or another n8n has handed over: nobody publishes, and nobody would see an error. */
export function isRestart(context: ITriggerFunctions | IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/** Whether trouble may pass by itself, so that a trigger that was published once must not give up. */
export function mayPass(error: unknown): boolean {
	return (
		error instanceof ServiceError && error.kind !== 'credentials' && error.kind !== 'permission'
	);
}

/** The parameter in the address of the webhook that holds the secret. */
const KEY_PARAMETER = 'key';

/** A secret that nobody guesses, of 32 characters; the webhook ids of templates are public. */
export function newAddressKey(): string {
	return randomBytes(24).toString('base64url');
}

export function addressWithKey(url: string, key: string): string {
	return `${url}${url.includes('?') ? '&' : '?'}${KEY_PARAMETER}=${key}`;
}

/** Whether a request was made to an address with the right secret. */
export function hasKey(context: IWebhookFunctions, expected: string | undefined): boolean {
	return isSameSecret((context.getQueryData() as Record<string, unknown>)[KEY_PARAMETER], expected);
}

/** Compares in a time that does not tell how much of a guess was right. */
export function isSameSecret(given: unknown, expected: string | undefined): boolean {
	if (typeof given !== 'string' || !expected) return false;
	const [one, other] = [Buffer.from(given), Buffer.from(expected)];
	return one.length === other.length && timingSafeEqual(one, other);
}
