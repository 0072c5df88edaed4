import { randomBytes, timingSafeEqual } from 'crypto';
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { addressesOf, type AddressedCredential } from '../../transport/dataCenters';
import { ZOHO_CREDENTIAL } from '../../transport/zohoConnection';
import { portalKey, zohoDeskClient } from '../../transport/zohoDesk';
import type { DeskPortal } from './hubs';
import type { TriggerMemory } from './triggerMemory';
import type { DeskTriggerContext } from './triggerSettings';

/** What tells one trigger from all others of this n8n. */
export function triggerIdOf(context: DeskTriggerContext): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

export function memoryOf(context: DeskTriggerContext): TriggerMemory {
	return context.getWorkflowStaticData('node') as TriggerMemory;
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

/**
 * The organisation of the credential. After a restart it is taken from memory if Zoho cannot be asked.
 *
 * @throws ServiceError
 */
export async function portalOf(
	context: ITriggerFunctions | IHookFunctions,
	memory: TriggerMemory,
): Promise<DeskPortal> {
	const { portal, orgId, deskApiUrl } = await zohoDeskClient(context).catch(
		async (error: unknown) => {
			if (!memory.orgId || !isRestart(context) || !mayPass(error)) throw error;
			return await rememberedPortal(context, memory.orgId);
		},
	);
	memory.orgId = orgId;
	return { portal, orgId, deskApiUrl };
}

async function rememberedPortal(
	context: ITriggerFunctions | IHookFunctions,
	orgId: string,
): Promise<DeskPortal> {
	const credential = await context.getCredentials<AddressedCredential>(ZOHO_CREDENTIAL);
	const { deskApiUrl } = addressesOf(credential);
	return { portal: portalKey(deskApiUrl, orgId), orgId, deskApiUrl };
}

/** The parameter in the address of the webhook that holds the secret. */
export const KEY_PARAMETER = 'key';

/** A secret that nobody guesses; the webhook ids of templates are public. */
export function newAddressKey(): string {
	return randomBytes(24).toString('base64url');
}

export function addressWithKey(url: string, key: string): string {
	return `${url}${url.includes('?') ? '&' : '?'}${KEY_PARAMETER}=${key}`;
}

/** Whether a request was made to an address with the right secret. */
export function hasKey(context: IWebhookFunctions, expected: string | undefined): boolean {
	const given = (context.getQueryData() as Record<string, unknown>)[KEY_PARAMETER];
	if (typeof given !== 'string' || !expected) return false;
	const [one, other] = [Buffer.from(given), Buffer.from(expected)];
	return one.length === other.length && timingSafeEqual(one, other);
}
