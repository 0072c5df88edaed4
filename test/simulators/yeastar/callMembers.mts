export type MemberStatus = 'ALERT' | 'RING' | 'ANSWERED' | 'ANSWER' | 'HOLD' | 'BYE';

/** One living leg of the call, as events and `call/query` list it. */
export interface Leg {
	kind: 'extension' | 'inbound' | 'outbound';
	/** The extension's number; empty on trunk legs. */
	number: string;
	from: string;
	to: string;
	trunk: string;
	channelId: string;
	status: MemberStatus;
	callPath: string;
}

export interface MemberFields {
	channel_id: string;
	member_status: MemberStatus;
	call_path: string;
	/** Extension legs. */
	number?: string;
	/** Trunk legs. */
	from?: string;
	to?: string;
	trunk_name?: string;
}

/** A leg as events and `call/query` show it: exactly one of the three keys. */
export type Member = Partial<Record<Leg['kind'], MemberFields>>;

export const isAlive = (leg: Leg) => leg.status !== 'BYE';

export function memberOf(leg: Leg): Member {
	const common = {
		channel_id: leg.channelId,
		member_status: leg.status,
		call_path: leg.callPath,
	};
	if (leg.kind === 'extension') return { extension: { number: leg.number, ...common } };
	const trunkLeg = { from: leg.from, to: leg.to, trunk_name: leg.trunk, ...common };
	return { [leg.kind]: trunkLeg };
}
