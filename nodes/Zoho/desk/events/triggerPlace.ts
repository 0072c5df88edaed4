import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { isRestart, mayPass } from '../../../triggers/triggerPlace';
import { addressesOf, type AddressedCredential } from '../../transport/dataCenters';
import { ZOHO_CREDENTIAL } from '../../transport/zohoConnection';
import { portalKey, zohoDeskClient } from '../../transport/zohoDesk';
import type { DeskPortal } from './hubs';
import type { TriggerMemory } from './triggerMemory';
import type { DeskTriggerContext } from './triggerSettings';

export function memoryOf(context: DeskTriggerContext): TriggerMemory {
	return context.getWorkflowStaticData('node') as TriggerMemory;
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
