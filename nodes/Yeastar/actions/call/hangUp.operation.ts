import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { insteadOf } from '../../../transport/ServiceError';
import { pbxError } from '../../transport/errors';
import { yeastarPbx, type YeastarPbx } from '../../transport/yeastarPbx';
import { liveCall } from './liveLeg';

export const hangUp: Operation = {
	description: updateDisplayOptions({ show: { resource: ['call'], operation: ['hangUp'] } }, [
		{
			displayName: 'Hang Up By',
			name: 'hangUpBy',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Call ID',
					value: 'callId',
					description: 'Ends the whole call, for all parties',
				},
				{
					name: 'Channel ID',
					value: 'channelId',
					description: 'Ends the part of one party, as Get Live Calls names it',
				},
				{
					name: 'Paging Number',
					value: 'pagingNumber',
					description: 'Ends a paging or intercom call',
				},
			],
			default: 'callId',
		},
		{
			displayName: 'Call ID',
			name: 'callId',
			type: 'string',
			default: '={{ $json.callId }}',
			required: true,
			placeholder: 'e.g. 1772435720.42',
			displayOptions: { show: { hangUpBy: ['callId'] } },
		},
		{
			displayName: 'Channel ID',
			name: 'channelId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. PJSIP/1102-0000002b',
			displayOptions: { show: { hangUpBy: ['channelId'] } },
		},
		{
			displayName: 'Paging Number',
			name: 'pagingNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 6300',
			displayOptions: { show: { hangUpBy: ['pagingNumber'] } },
		},
	]),

	async execute(context, itemIndex) {
		const by = context.getNodeParameter('hangUpBy', itemIndex) as string;
		const value = String(context.getNodeParameter(by, itemIndex)).trim();
		const pbx = await yeastarPbx(context, itemIndex);
		if (by === 'callId') await hangUpWholeCall(pbx, value);
		else if (by === 'channelId') await pbx.post('call/hangup', { channel_id: value });
		else await pbx.post('call/hangup', { paging_number: value });
		return [{ json: { hungUp: true, [by]: value } }];
	},
};

/** The PBX hangs up legs, not calls; with the first one, the others often end by themselves. */
async function hangUpWholeCall(pbx: YeastarPbx, callId: string): Promise<void> {
	const { data } = await pbx.get<{ data?: unknown[] }>('call/query', { call_id: callId });
	const legs = (data ?? [])
		.map(liveCall)
		.filter((call) => call.callId === callId)
		.flatMap((call) => call.legs)
		.filter(({ channelId, status }) => channelId !== '' && status !== 'BYE');
	if (legs.length === 0) throw pbxError('call/query', { errcode: 60001 });
	for (const [index, { channelId }] of legs.entries()) {
		const request = pbx.post('call/hangup', { channel_id: channelId });
		await (index === 0 ? request : request.catch(insteadOf(['notFound', 'refused'], undefined)));
	}
}
