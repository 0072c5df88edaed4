import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { WeComCustomerService } from '../../../nodes/WeCom/WeComCustomerService.node';
import type { WeComSimulator } from '../../simulators/wecom/weComSimulator.mts';
import { prepareBinaryData, runNode, type NodeSetup } from '../nodeContext.mts';

/** A file of the item, by its binary field. */
export type Files = Record<string, { name: string; bytes: Buffer; mimeType?: string }>;

export interface Run extends Pick<NodeSetup, 'executionId' | 'continueOnFail'> {
	parameters: INodeParameters;
	json?: IDataObject;
	files?: Files;
}

/** Runs the node for one item with the credential of the simulator's first app. */
export async function runWeCom(
	wecom: WeComSimulator,
	{ parameters, json = {}, files = {}, ...setup }: Run,
): Promise<INodeExecutionData[]> {
	const binary = Object.fromEntries(
		await Promise.all(
			Object.entries(files).map(
				async ([field, { name, bytes, mimeType }]) =>
					[field, await prepareBinaryData(bytes, name, mimeType)] as const,
			),
		),
	);
	const { items } = await runNode(new WeComCustomerService(), {
		...setup,
		parameters,
		credentials: {
			weComCustomerServiceApi: {
				corpId: wecom.corpId,
				secret: wecom.secret,
				apiBaseUrl: wecom.baseUrl,
			},
		},
		items: [json],
		binaries: [binary],
	});
	return items;
}

/** The JSON of the one item that a run gives. */
export async function resultOf(wecom: WeComSimulator, run: Run): Promise<IDataObject> {
	const items = await runWeCom(wecom, run);
	expect(items).toHaveLength(1);
	return items[0].json;
}

/** What the company has sent to the customer. */
export function sentTo(wecom: WeComSimulator, openKfId: string, externalUserId: string) {
	return wecom.chat(openKfId, externalUserId).filter(({ from }) => from === 'company');
}
