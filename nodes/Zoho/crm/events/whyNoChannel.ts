import { ServiceError } from '../../../transport/ServiceError';
import { receptionRefused } from '../../events/receptionRefused';
import { isPrivateAddress, originOf } from '../../events/webhookAddress';
import { ZOHO_CRM } from '../../transport/errors';
import { LONGEST_NOTIFY_URL } from './channel';

const LIMIT_CODES: ReadonlySet<string> = new Set(['LIMIT_REACHED', 'LIMIT_EXCEEDED']);
const ADDRESS_FIELD = 'notify_url';

/**
 * Why Zoho CRM gives no channel, for people; null for an error that says nothing about channels, such as a network that
 * is down or a module that does not exist.
 *
 * @param error of a request to `/actions/watch`
 * @param url the address that was to receive
 */
export function whyNoChannel(error: unknown, url: string): ServiceError | null {
	if (!(error instanceof ServiceError)) return null;
	if (error.kind === 'permission') return error;
	if (LIMIT_CODES.has(error.code ?? '')) {
		return receptionRefused(
			ZOHO_CRM,
			error,
			'Zoho CRM gives the connected user no more notification channels',
			'Unpublish workflows with a Zoho CRM Trigger that nobody needs, or connect this one with another user.',
		);
	}
	if (error.code === 'INVALID_DATA' && error.fields.includes(ADDRESS_FIELD)) {
		return receptionRefused(ZOHO_CRM, error, ...addressRefused(url));
	}
	if (error.code === 'NOT_SUPPORTED') {
		return receptionRefused(
			ZOHO_CRM,
			error,
			'Zoho CRM has no notifications for one of the chosen modules',
			'Put the modules that have notifications into a Zoho CRM Trigger of their own.',
		);
	}
	return null;
}

function addressRefused(url: string): [message: string, advice: string] {
	const advice =
		'Make n8n reachable from the internet by https and set N8N_WEBHOOK_URL to that address, or choose Receive By > Search Only.';
	if (url.length > LONGEST_NOTIFY_URL) {
		return [
			`Zoho CRM takes addresses of ${LONGEST_NOTIFY_URL} characters at most, and that of this trigger has ${url.length}`,
			'Set N8N_WEBHOOK_URL to a shorter address, or choose Receive By > Search Only.',
		];
	}
	if (!url.startsWith('https:')) {
		return [
			`Zoho CRM sends notifications to https addresses only, not to ${originOf(url)}`,
			advice,
		];
	}
	if (isPrivateAddress(url)) {
		return [`Zoho CRM cannot reach this n8n at ${originOf(url)}, a private address`, advice];
	}
	return [`Zoho CRM does not accept ${originOf(url)} as the address of this n8n`, advice];
}
