import { type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { insteadOf } from '../../../transport/ServiceError';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { queueLocator } from '../locators';

interface QueueStatus {
	waiting_calls?: number;
	active_calls?: number;
	ringing_calls?: number;
	waiting_list?: IDataObject[];
	active_list?: IDataObject[];
	ringing_list?: IDataObject[];
}

export const getStatus: Operation = {
	description: updateDisplayOptions({ show: { resource: ['queue'], operation: ['getStatus'] } }, [
		queueLocator,
	]),

	async execute(context, itemIndex) {
		const id = locatedValue(context, 'queue', itemIndex, '');
		const pbx = await yeastarPbx(context, itemIndex);
		// An idle queue is answered with DATA NOT FOUND instead of zeros (yeastar.md, 7).
		const status: QueueStatus = await pbx
			.get<QueueStatus>('queue/call_status', { id })
			.catch(insteadOf<QueueStatus>(['notFound'], {}));
		return [
			{
				json: {
					id,
					waitingCalls: status.waiting_calls ?? 0,
					ringingCalls: status.ringing_calls ?? 0,
					activeCalls: status.active_calls ?? 0,
					waiting: (status.waiting_list ?? []).map(queuedCall),
					ringing: (status.ringing_list ?? []).map(queuedCall),
					active: (status.active_list ?? []).map(queuedCall),
				},
			},
		];
	},
};

/** While it waits, the called party of a call is the queue; then it is the agent. */
function queuedCall(entry: IDataObject): IDataObject {
	return {
		callId: String(entry.call_id ?? ''),
		callerNumber: entry.caller_number ?? '',
		callerName: entry.caller_display_name ?? '',
		calledNumber: entry.callee_number ?? '',
		calledName: entry.callee_display_name ?? '',
		seconds: entry.duration ?? 0,
	};
}
