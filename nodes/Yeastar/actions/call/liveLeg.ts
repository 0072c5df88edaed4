import type { IDataObject } from 'n8n-workflow';

/** One party of a running call. */
export interface LiveLeg extends IDataObject {
	/** `extension`: one of ours; `inbound`: the caller on a trunk; `outbound`: whom we called on a trunk. */
	role: 'extension' | 'inbound' | 'outbound';
	/** The extension, or the number at the other end of the trunk. */
	number: string;
	trunk: string;
	/** What the operation Hang Up takes. */
	channelId: string;
	/** `ALERT`, `RING`, `ANSWER`, `ANSWERED`, `HOLD` or `BYE`, as the PBX says it. */
	status: string;
	/** The queue, ring group, menu or conference through which the call came; mostly empty. */
	through: string;
}

export interface LiveCall extends IDataObject {
	callId: string;
	direction: 'inbound' | 'outbound' | 'internal';
	legs: LiveLeg[];
}

type Member = Partial<Record<LiveLeg['role'], Record<string, unknown>>>;

/** A call as `call/query` gives it, with one key per member that tells its kind (yeastar.md, 10.3). */
export function liveCall(row: unknown): LiveCall {
	const { call_id: callId, members } = row as { call_id?: unknown; members?: Member[] | null };
	const legs = (members ?? []).flatMap(legsOf);
	const roles = legs.map(({ role }) => role);
	return {
		callId: String(callId ?? ''),
		direction: roles.includes('inbound')
			? 'inbound'
			: roles.includes('outbound')
				? 'outbound'
				: 'internal',
		legs,
	};
}

function legsOf(member: Member): LiveLeg[] {
	return (['extension', 'inbound', 'outbound'] as const).flatMap((role) => {
		const facts = member[role];
		if (!facts) return [];
		const text = (field: string) => String(facts[field] ?? '').trim();
		const number = { extension: 'number', inbound: 'from', outbound: 'to' }[role];
		return [
			{
				role,
				number: text(number),
				trunk: text('trunk_name'),
				channelId: text('channel_id'),
				status: text('member_status'),
				through: text('call_path'),
			},
		];
	});
}
