import type { Stack } from '../../e2e/stack/startStack.mts';
import type { SavedWorkflow } from '../../e2e/stack/workflows.mts';
import type { Entry } from '../../simulators/wecom/weComSimulator.mts';
import { customers as callers } from '../customers.mts';

/** What is typed into the template wecom-channel-setup. */
export const channel = {
	accountName: 'Customer service',
	scene: 'poster',
	source: 'Exhibition poster',
	department: 'Sales',
};

export interface Writer {
	externalUserId: string;
	nickname: string;
	/** Behind the QR code that this customer scans. */
	entry: Entry;
}

/** The chats with the company's customer service. */
export interface WeChat {
	openKfId: string;
	/** Behind the QR code that wecom-channel-setup has made. */
	link: string;
	writers: readonly Writer[];
	/** Somebody of WeChat who has the QR code; with a telephone number, one made for that customer. */
	addWriter(nickname: string, number?: string): Writer;
}

/** Tells WeCom where n8n takes its callbacks, as a person does in the console. */
export async function openWeChat(
	{ client, n8n, wecom }: Stack,
	messages: SavedWorkflow,
): Promise<WeChat> {
	const trigger = messages.nodes.find(({ type }) => type.endsWith('.weComCustomerServiceTrigger'));
	const url = `${n8n.url}/webhook/${String(trigger?.webhookId)}/wecom`;
	const { saved, status } = await wecom.saveCallbackUrl(url);
	if (!saved) throw new Error(`WeCom does not take the address ${url}, which answered ${status}`);

	const rows = await client.readRows<{ openKfId: string; link: string }>('callbridge_channels', {
		scene: channel.scene,
	});
	const [row] = rows;
	if (!row) throw new Error('wecom-channel-setup has made no channel');

	const writers: Writer[] = [];
	return {
		...row,
		writers,
		addWriter(nickname, number) {
			const parameter = encodeURIComponent(`phone=${number}`);
			const writer = {
				externalUserId: wecom.addCustomer({ nickname }),
				nickname,
				entry: { url: number === undefined ? row.link : `${row.link}&scene_param=${parameter}` },
			};
			writers.push(writer);
			return writer;
		},
	};
}

/** Those who write: somebody new, and a caller, by a link that holds the number. */
export function addSampleWriters(weChat: WeChat): { stranger: Writer; caller: Writer } {
	const lin = callers.find(({ name }) => name === CALLER) ?? callers[0];
	return {
		stranger: weChat.addWriter('陈晨 Chen'),
		caller: weChat.addWriter('梅梅 Mei', lin.number),
	};
}

/** Calls, too: known to Zoho Desk by her number. */
export const CALLER = 'Mei Lin';
